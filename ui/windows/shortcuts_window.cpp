#include "windows/shortcuts_window.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace espalier::ui {

namespace {

QString withoutMnemonic(QString text)
{
    text.replace(QStringLiteral("&&"), QString(QChar(0x1)));
    text.remove(QLatin1Char('&'));
    return text.replace(QChar(0x1), QLatin1Char('&')).remove(QStringLiteral("…"));
}

void addKeys(const QMenu& menu, QTreeWidgetItem& section)
{
    for (const auto* action : menu.actions()) {
        if (const auto* below = action->menu()) {
            addKeys(*below, section);
            continue;
        }
        if (action->shortcut().isEmpty())
            continue;
        auto* item = new QTreeWidgetItem(&section);
        item->setText(0, withoutMnemonic(action->text()));
        item->setText(1, action->shortcut().toString(QKeySequence::NativeText));
        item->setText(2, action->statusTip());
        item->setToolTip(2, action->statusTip());
    }
}

} // namespace

ShortcutsWindow::ShortcutsWindow(const QMenuBar& menus, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsWindow"));
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("shortcutsList"));
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({tr("Action"), tr("Keys"), tr("What it does")});
    list->setRootIsDecorated(false);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const auto* action : menus.actions()) {
        if (!action->menu())
            continue;
        auto* section = new QTreeWidgetItem(list, {withoutMnemonic(action->text())});
        QFont font = list->font();
        font.setBold(true);
        section->setFont(0, font);
        addKeys(*action->menu(), *section);
        if (section->childCount() == 0)
            delete section;
    }
    list->expandAll();
    list->resizeColumnToContents(0);
    list->resizeColumnToContents(1);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
    resize(760, 620);
}

} // namespace espalier::ui
