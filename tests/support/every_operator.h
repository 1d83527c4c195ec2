#pragma once

#include <vector>

#include "network/network.h"

namespace espalier::test {

// Two networks with random weights that have every operator between them, for round trips.

/// Images: convolutions, norms over channels, every activation, pools, pads, slices, concatenation.
Network imageOperators();

/// Tokens: a class token joined to every image, attention, layer norm, window partition, a constant
/// mask, reductions.
Network tokenOperators();

/// Each operator of these two in a network of its own, whose input is the operator's first, and any
/// other of the same shape; what else it takes is a constant. The last node has the name it has
/// there.
std::vector<Network> singleOperators();

} // namespace espalier::test
