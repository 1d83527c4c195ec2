#pragma once

#include <span>
#include <vector>

#include "graph/layout_rows_p.h"

namespace espalier::ui {

/// Where a row lies; its left end is at 0.
struct RowPlace {
    double right = 0;
    double top = 0; ///< with the title of a stage
    double line = 0; ///< the middle of the cards on the main line
    double bottom = 0;
};

struct Places {
    std::vector<Card> cards; ///< with rect and row
    std::vector<RowPlace> rows;
};

Places placeCards(std::vector<Card> cards, const std::vector<QSizeF>& sizes,
                  std::span<const Row> rows, const Measures& measures);

/// Titles at the left end of each stage's first block, or before its row where time runs down.
std::vector<StageBand> placeStages(std::span<const Row> rows, std::span<const RowPlace> places,
                                   const Graph& graph, const Structures& structures,
                                   const Measures& measures);

} // namespace espalier::ui
