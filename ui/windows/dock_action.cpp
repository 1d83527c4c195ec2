#include "windows/dock_action.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QDockWidget>

namespace espalier::ui {

namespace {

bool hasKeyboard(const QDockWidget& dock)
{
    const auto* focus = QApplication::focusWidget();
    return focus && dock.isAncestorOf(focus);
}

/// The dock's first widget that takes the keyboard.
QWidget* entryOf(QDockWidget& dock)
{
    if (dock.widget()->focusPolicy() & Qt::TabFocus || dock.widget()->focusProxy())
        return dock.widget();
    for (auto* next = dock.widget()->nextInFocusChain(); next != dock.widget();
         next = next->nextInFocusChain()) {
        if (dock.widget()->isAncestorOf(next) && next->focusPolicy() & Qt::TabFocus
            && next->isVisibleTo(dock.widget()) && next->isEnabled())
            return next;
    }
    return dock.widget();
}

} // namespace

QAction* makeDockAction(QDockWidget& dock, int number)
{
    auto* action = new QAction(dock.windowTitle(), &dock);
    action->setObjectName(dock.objectName() + QStringLiteral("Action"));
    action->setCheckable(true);
    action->setChecked(!dock.isHidden());
    action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(number)));
    action->setStatusTip(QCoreApplication::translate(
        "DockAction", "Show the panel and go to it; hide it when the keyboard is in it"));
    dock.setToolTip(QStringLiteral("%1 (%2)").arg(
        dock.windowTitle(), action->shortcut().toString(QKeySequence::NativeText)));
    QObject::connect(action, &QAction::triggered, &dock, [&dock, action] {
        const bool hide = hasKeyboard(dock);
        dock.setVisible(!hide);
        action->setChecked(!hide);
        if (hide)
            return;
        dock.raise();
        entryOf(dock)->setFocus(Qt::ShortcutFocusReason);
    });
    QObject::connect(dock.toggleViewAction(), &QAction::toggled, action, &QAction::setChecked);
    return action;
}

} // namespace espalier::ui
