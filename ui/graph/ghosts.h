#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/cells.h"
#include "network/graph.h"
#include "session/history.h"
#include "structures/structures.h"

namespace espalier::ui {

/// A network's graph with what can be removed from it; null where there is none.
struct GraphOnBench {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;
};

/// What earlier iterations took, in the terms of an ancestor of the network shown.
struct Ghosts {
    GraphOnBench ancestor;
    CellMap cells; ///< of the ancestor
    std::vector<NodeId> shown; ///< by the ancestor's node: the same one now; invalid: gone
    std::unordered_map<UnitId, IterationId> units; ///< of the ancestor that went, and when
    std::unordered_map<NodeId, IterationId> nodes; ///< of the ancestor that went with a layer

    /// For each cell the ancestor's node had, whether it is still there.
    std::vector<bool> present(NodeId ancestorNode) const;
};

/// The iterations from the dense network to `id`, both included; empty when one is missing.
std::vector<const Iteration*> lineOf(std::span<const Iteration> history, IterationId id);

/// `steps`: the iterations after the ancestor's, up to that of `now`. Null when the ancestor does
/// not have every node of `now`, so that it is none.
std::shared_ptr<const Ghosts> ghostsBetween(const GraphOnBench& ancestor,
                                            std::span<const Iteration* const> steps,
                                            const GraphOnBench& now);

} // namespace espalier::ui
