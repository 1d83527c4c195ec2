#include "panels/column_menu.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QTableView>

namespace espalier::ui {

ColumnMenu::ColumnMenu(QTableView& table, const QString& name, std::set<int> hiddenAtFirst,
                       std::set<int> fixed)
    : QObject(&table)
    , m_table(table)
    , m_key(QStringLiteral("hiddenColumns/") + name)
    , m_hidden(std::move(hiddenAtFirst))
    , m_fixed(std::move(fixed))
{
    if (const QSettings settings; settings.contains(m_key)) {
        m_hidden.clear();
        for (const auto& column : settings.value(m_key).toStringList())
            m_hidden.insert(column.toInt());
    }
    auto* header = table.horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](QPoint position) {
        auto* menu = new QMenu(&m_table);
        menu->setObjectName(QStringLiteral("columnMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fill(*menu);
        menu->popup(header->mapToGlobal(position));
    });
    for (int column = 0; column < table.model()->columnCount(); ++column)
        apply(column);
}

void ColumnMenu::setEmpty(int column, bool empty)
{
    empty ? (void)m_empty.insert(column) : (void)m_empty.erase(column);
    apply(column);
}

void ColumnMenu::fill(QMenu& menu)
{
    const auto* model = m_table.model();
    for (int column = 0; column < model->columnCount(); ++column) {
        if (m_fixed.contains(column))
            continue;
        auto* entry =
            menu.addAction(model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        entry->setToolTip(model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        entry->setCheckable(true);
        entry->setChecked(!m_hidden.contains(column));
        connect(entry, &QAction::toggled, this,
                [this, column](bool shown) { setShown(column, shown); });
    }
    menu.setToolTipsVisible(true);
}

void ColumnMenu::setShown(int column, bool shown)
{
    shown ? (void)m_hidden.erase(column) : (void)m_hidden.insert(column);
    apply(column);
    QStringList columns;
    for (const int hidden : m_hidden)
        columns << QString::number(hidden);
    QSettings().setValue(m_key, columns);
}

void ColumnMenu::apply(int column)
{
    m_table.setColumnHidden(column, m_hidden.contains(column) || m_empty.contains(column));
}

} // namespace espalier::ui
