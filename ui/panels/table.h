#pragma once

class QTableView;

namespace espalier::ui {

/// How every table of the window looks and behaves: whole rows, one at a time, no grid.
void setUpTable(QTableView& table);

} // namespace espalier::ui
