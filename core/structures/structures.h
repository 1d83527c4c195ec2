#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "network/graph.h"

namespace espalier {

enum class StructureKind {
    Layer,
    Filter, ///< of convolutions
    Head, ///< of an attention, with its rows of the query, key and value projections
    Neuron, ///< of linear layers
};
std::string structureKindName(StructureKind kind); ///< "layer", "filter", "head", "neuron"
std::string structureKindPlural(StructureKind kind); ///< "layers", "filters", ...

/// A part in depth whose removal leaves every shape intact. With residual blocks: a branch, whose
/// Add then passes on its other input. Without any: a convolution (with its normalisation) whose
/// output has the shape of its input.
struct Layer {
    std::string name; ///< common module path of the branch ("layer1.0"), else its first convolution
    NodeId exit; ///< the Add where branch and shortcut meet; the last of `nodes` in a plain network
    NodeId entry; ///< where they part; its value becomes that of `exit`
    std::vector<NodeId> nodes; ///< the branch, topological order, without the Add
    int stage = 0; ///< blocks of the same output shape in a row are one stage
    int blockInStage = 0; ///< from 0, counted with the blocks that are not removable
    std::int64_t macs = 0; ///< what removing it saves
    std::int64_t params = 0;
    std::int64_t filters = 0; ///< output channels of its convolutions and linear layers
};

/// Filters (output channels), heads or neurons that may each go, one unit at a time. A unit is
/// everything that must go together: the same channel of every producer coupled with it by adds,
/// pads, slices, concatenations, shuffles or depthwise convolutions, its batch norms, and the
/// matching input channels of every consumer. A head is all its rows of queries, keys and values.
struct FilterGroup {
    StructureKind kind = StructureKind::Filter; ///< Filter, Head or Neuron
    std::string name; ///< of its first convolution or linear layer: "layer1.0.conv1"
    NodeId first; ///< that convolution or Linear
    std::vector<NodeId> producers; ///< convolutions and linears whose outputs are in the group
    std::vector<NodeId> members; ///< every node with channels of the group in its output
    std::vector<NodeId> consumers; ///< convolutions and linears that read it
    std::vector<std::int64_t>
        channels; ///< of `first`: unit i begins at its channel channels[i], ascending
    std::vector<UnitId> units; ///< parallel to `channels`
    /// The paper's rule: a convolution inside a residual branch whose only consumer is in that
    /// branch, and the first of that branch. Heads and neurons: all their members lie in a branch.
    bool firstOfBlock = false;
    std::optional<std::size_t> block; ///< index into Structures::blocks, when all members lie in it
};

/// Something that cannot be removed, and why, as a sentence for the user.
struct NotPrunable {
    std::string name;
    std::string operation; ///< operationName(), or "block" for a residual branch
    std::string reason;
};

/// A residual block, removable or not: what the floors per stage count. In a network without any:
/// a convolution.
struct Block {
    std::string name;
    NodeId exit;
    NodeId entry;
    std::vector<NodeId> nodes; ///< of the branch
    int stage = 0;
    int blockInStage = 0;
    std::optional<std::size_t> layer; ///< index into Structures::layers when removable
};

/// Which dimensions of a node's output hold channels, and the unit of each position in them.
struct ChannelLayout {
    std::vector<std::int64_t> dimensions; ///< ascending; empty where nothing can be told apart
    std::vector<UnitId> units; ///< row-major over the extents of `dimensions`
};

/// All that can be removed from a graph. A value; made once per graph by findStructures().
struct Structures {
    std::vector<Layer> layers; ///< in topological order
    std::vector<Block> blocks; ///< in topological order
    std::vector<FilterGroup> filters; ///< in topological order of `first`
    std::vector<NotPrunable> notPrunable;
    /// By NodeId: the channels of its output. Those that hold a constant (padding) have a unit of
    /// their own.
    std::vector<ChannelLayout> channels;
    bool isResidual = false; ///< whether there are residual blocks, removable or not

    const Layer* layer(std::string_view name) const;
    const FilterGroup* filterGroup(std::string_view name) const;
};

/// A node with filters of its own, each output channel computed from many inputs: a Linear or a
/// convolution that is not depthwise.
bool isProducer(const Node& node);

/// For each dimension of a node's output, which positions stay when `removed` go, ascending.
std::vector<std::vector<std::int64_t>> keptPositions(const Node& node, const ChannelLayout& layout,
                                                     const std::set<UnitId>& removed);

/// Analyses the topology only: residual branches and channel coupling (union-find over single
/// channels), never names. Linear in the number of channels.
Structures findStructures(const Graph& graph);

} // namespace espalier
