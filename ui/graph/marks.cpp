#include "graph/marks.h"

#include <unordered_set>

namespace espalier::ui {

namespace {

std::unordered_set<UnitId> unitsOf(const Structures& structures, const Removal& removal)
{
    std::unordered_set<UnitId> units;
    for (const auto& [name, channels] : removal.filters) {
        const auto* group = structures.filterGroup(name);
        if (!group || group->first.index() >= structures.channelUnits.size())
            continue;
        const auto& ofFirst = structures.channelUnits[group->first.index()];
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
    for (std::size_t node = 0; node < marks.size() && node < structures.channelUnits.size();
         ++node) {
        const auto& ofNode = structures.channelUnits[node];
        for (std::size_t channel = 0; channel < ofNode.size(); ++channel) {
            if (units.contains(ofNode[channel]))
                marks[node].channels.push_back(static_cast<std::int64_t>(channel));
        }
    }
    return marks;
}

} // namespace espalier::ui
