#pragma once

#include <vector>

#include "network/graph.h"
#include "structures/removal.h"

namespace espalier {

/// How a pruned graph comes from its parent, before any weight is touched.
struct SurgeryPlan {
    Graph graph;
    std::vector<NodeId> source; ///< by new NodeId: the parent's node
    /// By the *parent's* NodeId, then by dimension of its output: which positions stay, ascending.
    std::vector<std::vector<std::vector<std::int64_t>>> kept;
};

/// Errors as prunedGraph().
Result<SurgeryPlan> planSurgery(const Graph& graph, const Structures& structures,
                                const Removal& removal);

} // namespace espalier
