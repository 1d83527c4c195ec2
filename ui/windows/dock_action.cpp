#include "windows/dock_action.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>

namespace espalier::ui {

namespace {

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
    action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(number)));
    action->setStatusTip(QCoreApplication::translate("DockAction", "Show the panel and go to it"));
    dock.setToolTip(QStringLiteral("%1 (%2)").arg(
        dock.windowTitle(), action->shortcut().toString(QKeySequence::NativeText)));
    QObject::connect(action, &QAction::triggered, &dock, [&dock] {
        dock.show();
        dock.raise();
        entryOf(dock)->setFocus(Qt::ShortcutFocusReason);
    });
    return action;
}

} // namespace espalier::ui
