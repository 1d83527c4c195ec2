#pragma once

#include <cstddef>
#include <vector>

#include "graph/cells.h"
#include "network/graph.h"
#include "structures/removal.h"
#include "structures/structures.h"

namespace espalier::ui {

/// What a removal takes from one node.
struct NodeMark {
    bool whole = false; ///< the node lies in a branch that goes
    std::vector<std::size_t> cells; ///< ascending; these go, with all that is coupled to them
};

/// For each node of the graph what `removal` takes, what is coupled with it included. Names the
/// structures do not know are left out.
std::vector<NodeMark> marksOf(const Graph& graph, const Structures& structures,
                              const CellMap& cells, const Removal& removal);

} // namespace espalier::ui
