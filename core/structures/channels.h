#pragma once

#include <vector>

#include "structures/structures.h"

namespace espalier {

/// Channels that must stay or go together, found by union-find over single channels.
struct ChannelUnits {
    std::vector<std::vector<UnitId>> ofNode; ///< by NodeId, one per channel of the output
    std::vector<bool> isInput; ///< by UnitId: holds a channel of the network's input
    std::vector<bool> isOutput; ///< by UnitId: holds an output of the network
    std::vector<bool> isStrided; ///< by UnitId: read by a slice with a step along the channels
};

ChannelUnits findChannelUnits(const Graph& graph);

/// A convolution that mixes no channels: as many groups as input channels.
bool isDepthwise(const Operation& operation);

} // namespace espalier
