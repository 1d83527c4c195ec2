#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "network/graph.h"

namespace espalier {

enum class StructureKind { Layer, Filter };
std::string structureKindName(StructureKind kind); ///< "layer", "filter"

/// A residual branch whose removal leaves every shape intact: the Add then passes on its other
/// input.
struct Layer {
    std::string name; ///< common module path of the branch ("layer1.0"), else its first convolution
    NodeId add; ///< where branch and shortcut meet
    NodeId entry; ///< where they part; its value stays
    std::vector<NodeId> nodes; ///< the branch, topological order, without `add`
    int stage = 0; ///< blocks of the same output shape in a row are one stage
    int blockInStage = 0; ///< from 0, counted with the blocks that are not removable
    std::int64_t macs = 0; ///< what removing it saves
    std::int64_t params = 0;
    std::int64_t filters = 0; ///< output channels of its convolutions
};

/// Filters (output channels) that may each go, one unit at a time. A unit is everything that must
/// go with one filter: the same channel of every producer coupled with it by adds, pads, slices or
/// depthwise convolutions, its batch norms, and the matching input channels of every consumer.
struct FilterGroup {
    std::string name; ///< of its first convolution: "layer1.0.conv1"
    NodeId first; ///< that convolution (or Linear)
    std::vector<NodeId> producers; ///< convolutions and linears whose outputs are in the group
    std::vector<NodeId> members; ///< every node with channels of the group in its output
    std::vector<NodeId> consumers; ///< convolutions and linears that read it
    std::vector<std::int64_t>
        channels; ///< of `first`: unit i is its channel channels[i], ascending
    std::vector<UnitId> units; ///< parallel to `channels`
    /// The paper's rule: a convolution inside a residual branch whose only consumer is in that
    /// branch, and the first of that branch.
    bool firstOfBlock = false;
    std::optional<std::size_t> block; ///< index into Structures::blocks, when all members lie in it
};

/// Something that cannot be removed, and why, as a sentence for the user.
struct NotPrunable {
    std::string name;
    std::string operation; ///< operationName(), or "block" for a residual branch
    std::string reason;
};

/// A residual block, removable or not: what the floors per stage count.
struct Block {
    std::string name;
    NodeId add;
    NodeId entry;
    std::vector<NodeId> nodes; ///< of the branch
    int stage = 0;
    int blockInStage = 0;
    std::optional<std::size_t> layer; ///< index into Structures::layers when removable
};

/// All that can be removed from a graph. A value; made once per graph by findStructures().
struct Structures {
    std::vector<Layer> layers; ///< in topological order
    std::vector<Block> blocks; ///< all residual blocks, in topological order
    std::vector<FilterGroup> filters; ///< in topological order of `first`
    std::vector<NotPrunable> notPrunable;
    /// For each node and each channel of its output: the unit it belongs to. Channels that hold a
    /// constant (padding) have a unit of their own.
    std::vector<std::vector<UnitId>> channelUnits;

    const Layer* layer(std::string_view name) const;
    const FilterGroup* filterGroup(std::string_view name) const;
};

/// Analyses the topology only: residual branches and channel coupling (union-find over single
/// channels), never names. Linear in the number of channels.
Structures findStructures(const Graph& graph);

} // namespace espalier
