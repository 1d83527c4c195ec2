#pragma once

#include <cstdint>
#include <vector>

#include "network/graph.h"
#include "structures/removal.h"
#include "structures/structures.h"

namespace espalier::ui {

/// What a removal takes from one node's output.
struct NodeMark {
    bool whole = false; ///< the node lies in a branch that goes
    std::vector<std::int64_t> channels; ///< ascending; these go, with all that is coupled to them
};

/// For each node of the graph what `removal` takes, the coupled channels included. Names the
/// structures do not know are left out.
std::vector<NodeMark> marksOf(const Graph& graph, const Structures& structures,
                              const Removal& removal);

} // namespace espalier::ui
