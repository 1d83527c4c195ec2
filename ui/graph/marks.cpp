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
                              const Removal& removal)
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
    for (std::size_t node = 0; node < marks.size() && node < structures.channels.size(); ++node) {
        const auto& ofNode = structures.channels[node];
        if (ofNode.dimensions.size() != 1) // drawn without cells
            continue;
        for (std::size_t channel = 0; channel < ofNode.units.size(); ++channel) {
            if (units.contains(ofNode.units[channel]))
                marks[node].channels.push_back(static_cast<std::int64_t>(channel));
        }
    }
    return marks;
}

} // namespace espalier::ui
