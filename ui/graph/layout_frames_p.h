#pragma once

#include <vector>

#include "graph/layout_measures_p.h"

namespace espalier::ui {

/// Around each unfolded group, and around residual blocks that are none. `cards` are placed and
/// `edges` routed.
std::vector<BlockFrame> placeFrames(const std::vector<Card>& cards,
                                    const std::vector<CardGroup>& groups,
                                    const std::vector<Edge>& edges, const Structures& structures,
                                    const Measures& measures);

} // namespace espalier::ui
