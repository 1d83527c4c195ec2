#pragma once

#include <vector>

#include "structures/structures.h"

namespace espalier {

/// Why a unit must stay. The later reasons win when two units are joined.
enum class Frozen {
    No,
    Strided, ///< read by a slice with a step along the channels
    Mixed, ///< an operator needs all of them at once, in a way that no cut keeps
    Normalised, ///< a normalisation over the channels: without one the others would change
    Input, ///< a channel of the network's input
    Output, ///< an output of the network
};

/// Channels that must stay or go together, found by union-find over single channels.
struct ChannelUnits {
    std::vector<ChannelLayout> ofNode; ///< by NodeId
    std::vector<Frozen> frozen; ///< by UnitId
};

ChannelUnits findChannelUnits(const Graph& graph);

/// A convolution that mixes no channels: as many groups as input channels.
bool isDepthwise(const Operation& operation);

} // namespace espalier
