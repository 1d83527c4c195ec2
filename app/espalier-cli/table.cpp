#include "table.h"

#include <algorithm>
#include <cassert>

namespace espalier::cli {

Table::Table(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
}

void Table::addRow(std::vector<std::string> cells)
{
    assert(cells.size() == m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::string Table::text() const
{
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        std::size_t width = m_columns[column].title.size();
        for (const auto& row : m_rows)
            width = std::max(width, row[column].size());
        widths.push_back(width);
    }

    std::string text;
    const auto addLine = [&](const auto& cellOf) {
        std::string line;
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const std::string& cell = cellOf(column);
            const std::string space(widths[column] - cell.size(), ' ');
            line += column == 0 ? "" : "  ";
            line += m_columns[column].align == Align::Left ? cell + space : space + cell;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    };
    addLine([&](std::size_t column) -> const std::string& { return m_columns[column].title; });
    for (const auto& row : m_rows)
        addLine([&](std::size_t column) -> const std::string& { return row[column]; });
    return text;
}

} // namespace espalier::cli
