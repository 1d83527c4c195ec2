#pragma once

#include <vector>

#include "network/graph.h"

namespace espalier {

/// Convolutions as they are where batch norm was folded into them: with a bias, and with none
/// behind them. Not the classifier, not those of a squeeze-excite gate (one position per image),
/// and none of a network with another normalisation, whose convolutions never had one. Ascending.
std::vector<NodeId> convolutionsWithoutNorm(const Graph& graph);

} // namespace espalier
