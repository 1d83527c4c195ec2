#include "graph/marks.h"

#include <unordered_set>

namespace espalier::ui {

namespace {

std::unordered_set<UnitId> unitsOf(const Structures& structures, const Removal& removal)
{
    std::unordered_set<UnitId> units;
    for (const auto& [name, channels] : removal.filters) {
        const auto* group = structures.filterGroup(name);
        if (!group || group->first.index() >= structures.channels.size())
            continue;
        const auto& ofFirst = structures.channels[group->first.index()].units;
        for (const auto channel : channels) {
            if (channel >= 0 && static_cast<std::size_t>(channel) < ofFirst.size())
                units.insert(ofFirst[static_cast<std::size_t>(channel)]);
        }
    }
    return units;
}

} // namespace

std::vector<NodeMark> marksOf(const Graph& graph, const Structures& structures,
                              const CellMap& cells, const Removal& removal)
{
    std::vector<NodeMark> marks(graph.nodes().size());
    for (const auto& name : removal.layers) {
        if (const auto* layer = structures.layer(name)) {
            for (const auto node : layer->nodes)
                marks[node.index()].whole = true;
        }
    }
    const auto units = unitsOf(structures, removal);
    if (units.empty())
        return marks;
    for (const auto& node : graph.nodes()) {
        const auto ofNode = cells.of(node.id);
        for (std::size_t cell = 0; cell < ofNode.size(); ++cell) {
            if (units.contains(ofNode[cell]))
                marks[node.id.index()].cells.push_back(cell);
        }
    }
    return marks;
}

} // namespace espalier::ui
