#pragma once

#include <vector>

#include "structures/structures.h"

namespace espalier {

/// The residual blocks of a graph and which of them can go.
struct ResidualBlocks {
    std::vector<Block> blocks;
    std::vector<Layer> layers;
    std::vector<NotPrunable> notPrunable; ///< one per block that must stay
};

/// An Add is a residual block when its two inputs part at one node, nothing else enters between
/// there and the Add, and nothing leaves.
ResidualBlocks findResidualBlocks(const Graph& graph);

} // namespace espalier
