#pragma once

#include "network/network.h"

namespace espalier::test {

// Two networks with random weights that have every operator between them, for round trips.

/// Images: convolutions, norms over channels, every activation, pools, pads, slices, concatenation.
Network imageOperators();

/// Tokens: a class token joined to every image, attention, layer norm, window partition, a constant
/// mask, reductions.
Network tokenOperators();

} // namespace espalier::test
