#pragma once

#include <set>

#include <QObject>
#include <QString>

class QMenu;
class QTableView;

namespace espalier::ui {

/// Lets the user pick a table's columns by a menu of its header (right click, or the menu key on
/// the header), and keeps the choice in QSettings.
class ColumnMenu final : public QObject {
    Q_OBJECT

public:
    /// `name` is the table's key in the settings. `hiddenAtFirst` stay away until they are asked
    /// for; `fixed` cannot be hidden.
    ColumnMenu(QTableView& table, const QString& name, std::set<int> hiddenAtFirst,
               std::set<int> fixed);

    /// A column that has nothing to show is away, whatever is picked.
    void setEmpty(int column, bool empty);

private:
    void fill(QMenu& menu);
    void setShown(int column, bool shown);
    void apply(int column);

    QTableView& m_table;
    QString m_key;
    std::set<int> m_hidden; ///< by the user, or at first
    std::set<int> m_fixed;
    std::set<int> m_empty;
};

} // namespace espalier::ui
