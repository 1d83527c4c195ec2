#pragma once

#include <string>
#include <vector>

namespace espalier::cli {

/// A table for the terminal: columns as wide as their widest cell, two spaces between.
class Table {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Right;
    };

    explicit Table(std::vector<Column> columns);

    /// One cell per column.
    void addRow(std::vector<std::string> cells);
    /// All lines, each ended by a newline.
    std::string text() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace espalier::cli
