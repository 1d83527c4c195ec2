#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <QSizeF>

#include "graph/layout_cards_p.h"
#include "graph/layout_measures_p.h"

namespace espalier::ui {

/// Cards between two places where a single value crosses, arranged: columns follow each other in
/// time, lanes lie above each other.
struct Segment {
    CardRange cards;
    std::optional<std::size_t> group; ///< that it is
    std::optional<std::size_t> block; ///< that it is, index into Structures::blocks
    std::optional<int> stage; ///< of that block
    bool startsStage = false; ///< with that block
    std::vector<int> column; ///< of each card, from 0
    std::vector<int> lane; ///< of each card; 0 is the main line, the others lie above
    std::vector<double> columnX; ///< centres, from the segment's left end
    double width = 0;
    int lanes = 1;
    double laneHeight = 0; ///< of the highest card outside the main line
    double arcRoom = 0; ///< what its shortcuts take between the main line and the lanes
};

/// The whole network, arranged but not placed.
struct Segments {
    std::vector<Segment> segments; ///< in the order of time
    /// Of each link that passes over cards of the main line: how many shortcuts lie below it.
    std::vector<std::optional<int>> arcLevel;
};

/// `sizes`: of its cards.
Segments makeSegments(const CardGraph& network, const std::vector<QSizeF>& sizes,
                      const Structures& structures, const Measures& measures);

} // namespace espalier::ui
