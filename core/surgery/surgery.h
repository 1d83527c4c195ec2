#pragma once

#include "network/network.h"
#include "structures/removal.h"
#include "structures/structures.h"

namespace espalier {

/// The pruned topology without touching weights: shapes, MACs and parameters of a candidate.
/// Errors: NotFound (no such part), InvalidArgument (every filter of a convolution would go).
Result<Graph> prunedGraph(const Graph& graph, const Structures& structures, const Removal& removal);

/// The pruned network. Its output equals that of the parent with the same parts zeroed (see
/// ablationOf). The parent is untouched; node names are kept.
Result<Network> prune(const Network& network, const Structures& structures, const Removal& removal);

} // namespace espalier
