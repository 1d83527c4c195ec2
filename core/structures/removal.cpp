#include "structures/removal.h"

#include <algorithm>
#include <set>
#include <variant>

namespace espalier {

namespace {

/// Whether the operator can turn zero channels into something else; everything after it that
/// keeps zeros needs no zeroing of its own.
bool makesValues(const Node& node)
{
    const auto* pad = std::get_if<Pad>(&node.operation);
    return std::holds_alternative<Conv2d>(node.operation)
        || std::holds_alternative<BatchNorm2d>(node.operation)
        || std::holds_alternative<Linear>(node.operation) || (pad && pad->value != 0.0);
}

Ablation::Channels channelsOf(NodeId node, const std::vector<UnitId>& units,
                              const std::set<UnitId>& removed)
{
    Ablation::Channels zeroed{.node = node};
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (removed.contains(units[i]))
            zeroed.channels.push_back(static_cast<std::int64_t>(i));
    }
    return zeroed;
}

} // namespace

std::int64_t Removal::filterCount() const
{
    std::int64_t count = 0;
    for (const auto& [name, channels] : filters)
        count += static_cast<std::int64_t>(channels.size());
    return count;
}

std::string removalText(const Removal& removal)
{
    std::string text;
    for (const auto& layer : removal.layers)
        text += (text.empty() ? "" : ", ") + layer;
    if (!removal.filters.empty()) {
        const auto count = removal.filterCount();
        const auto convolutions = removal.filters.size();
        text += (text.empty() ? "" : ", ") + std::to_string(count)
            + (count == 1 ? " filter in " : " filters in ") + std::to_string(convolutions)
            + (convolutions == 1 ? " convolution" : " convolutions");
    }
    return text;
}

Result<std::set<UnitId>> removedUnits(const Structures& structures, const Removal& removal)
{
    std::set<UnitId> units;
    for (const auto& [name, channels] : removal.filters) {
        const auto* group = structures.filterGroup(name);
        if (!group)
            return fail(ErrorCode::NotFound, "There is no group of filters '" + name + "'.");
        for (const auto channel : channels) {
            const auto found = std::ranges::lower_bound(group->channels, channel);
            if (found == group->channels.end() || *found != channel)
                return fail(ErrorCode::NotFound,
                            "'" + name + "' has no removable filter " + std::to_string(channel)
                                + ".");
            units.insert(group->units[static_cast<std::size_t>(found - group->channels.begin())]);
        }
    }
    return units;
}

Result<std::vector<const Layer*>> removedLayers(const Structures& structures,
                                                const Removal& removal)
{
    std::vector<const Layer*> layers;
    for (const auto& name : removal.layers) {
        const auto* layer = structures.layer(name);
        if (!layer)
            return fail(ErrorCode::NotFound, "There is no removable layer '" + name + "'.");
        layers.push_back(layer);
    }
    return layers;
}

Result<Ablation> ablationOf(const Graph& graph, const Structures& structures,
                            const Removal& removal)
{
    const auto units = removedUnits(structures, removal);
    if (!units)
        return fail(units.error());
    const auto layers = removedLayers(structures, removal);
    if (!layers)
        return fail(layers.error());

    Ablation ablation;
    for (const auto* layer : *layers)
        ablation.branches.push_back({layer->add, layer->entry});
    if (units->empty())
        return ablation;
    for (const auto& node : graph.nodes()) {
        // What a batch norm overwrites anyway is not worth zeroing before it.
        const auto users = graph.users(node.id);
        const bool overwritten = users.size() == 1
            && std::holds_alternative<BatchNorm2d>(graph.node(users[0]).operation);
        if (!makesValues(node) || overwritten)
            continue;
        auto zeroed = channelsOf(node.id, structures.channelUnits[node.id.index()], *units);
        if (!zeroed.channels.empty())
            ablation.channels.push_back(std::move(zeroed));
    }
    return ablation;
}

} // namespace espalier
