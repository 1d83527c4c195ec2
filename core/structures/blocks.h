#pragma once

#include <vector>

#include "structures/structures.h"

namespace espalier {

/// The blocks of a graph and which of them can go.
struct Blocks {
    std::vector<Block> blocks;
    std::vector<Layer> layers;
    std::vector<NotPrunable> notPrunable; ///< one per block that must stay
};

/// An Add of two values of the network is a residual block when its inputs part at one node,
/// nothing else enters between there and the Add, and nothing leaves.
Blocks findResidualBlocks(const Graph& graph);

/// For networks without residual blocks (VGG): each convolution with the normalisation behind it is
/// a block; it can go when its output has the shape of its input.
Blocks findPlainLayers(const Graph& graph);

/// Appends a block: counts its stage and place in it, and makes a Layer of it when `reason` is
/// empty.
void addBlock(const Graph& graph, Blocks& blocks, Block block, const std::string& reason);

} // namespace espalier
