#include "structures/removal.h"

#include <algorithm>
#include <set>
#include <variant>

#include "base/core_text.h"
#include "base/overloaded.h"

namespace espalier {

namespace {

/// Whether the operator can turn zero channels into something else; everything after it that
/// keeps zeros needs no zeroing of its own.
bool makesValues(const Node& node)
{
    return std::visit(Overloaded{
                          [](const Parameter&) { return true; },
                          [](const Conv2d&) { return true; },
                          [](const Linear&) { return true; },
                          [](const BatchNorm2d&) { return true; },
                          [](const LayerNorm&) { return true; },
                          [](const GroupNorm&) { return true; },
                          [](const Softmax&) { return true; },
                          [](const Add&) { return true; }, // of what is repeated along the channels
                          [](const Divide&) { return true; }, // 0/0
                          [](const Activation& activation) { return !keepsZero(activation); },
                          [](const Affine& affine) { return affine.shift != 0.0; },
                          [](const Pad& pad) { return pad.value != 0.0; },
                          [](const auto&) { return false; },
                      },
                      node.operation);
}

/// The positions that go, per dimension that loses any.
void addZeroed(Ablation& ablation, const Node& node, const ChannelLayout& layout,
               const std::set<UnitId>& removed)
{
    const auto kept = keptPositions(node, layout, removed);
    for (std::size_t dimension = 0; dimension < kept.size(); ++dimension) {
        const auto& stays = kept[dimension];
        if (static_cast<std::int64_t>(stays.size()) == node.shape[dimension])
            continue;
        Ablation::Channels zeroed{
            .node = node.id, .dimension = static_cast<std::int64_t>(dimension), .channels = {}};
        for (std::int64_t i = 0; i < node.shape[dimension]; ++i) {
            if (!std::ranges::binary_search(stays, i))
                zeroed.channels.push_back(i);
        }
        ablation.channels.push_back(std::move(zeroed));
    }
}

std::string unitsText(std::int64_t count, StructureKind kind)
{
    const bool one = count == 1;
    switch (kind) {
    case StructureKind::Head:
        return one ? CoreText::tr("1 head") : CoreText::tr("{1} heads", count);
    case StructureKind::Neuron:
        return one ? CoreText::tr("1 neuron") : CoreText::tr("{1} neurons", count);
    default:
        return one ? CoreText::tr("1 filter") : CoreText::tr("{1} filters", count);
    }
}

/// Where units are, in so many places.
std::string placesText(std::size_t count, StructureKind kind)
{
    const bool one = count == 1;
    switch (kind) {
    case StructureKind::Head:
        return one ? CoreText::tr("1 attention") : CoreText::tr("{1} attentions", count);
    case StructureKind::Neuron:
        return one ? CoreText::tr("1 linear layer") : CoreText::tr("{1} linear layers", count);
    default:
        return one ? CoreText::tr("1 convolution") : CoreText::tr("{1} convolutions", count);
    }
}

} // namespace

std::int64_t Removal::filterCount() const
{
    std::int64_t count = 0;
    for (const auto& [name, channels] : filters)
        count += static_cast<std::int64_t>(channels.size());
    return count;
}

std::string removalText(const Removal& removal, StructureKind kind)
{
    std::string text;
    for (const auto& layer : removal.layers)
        text += (text.empty() ? "" : ", ") + layer;
    if (!removal.filters.empty())
        text += (text.empty() ? "" : ", ")
            + CoreText::tr("{1} in {2}", unitsText(removal.filterCount(), kind),
                           placesText(removal.filters.size(), kind));
    return text;
}

Result<std::set<UnitId>> removedUnits(const Structures& structures, const Removal& removal)
{
    std::set<UnitId> units;
    for (const auto& [name, channels] : removal.filters) {
        const auto* group = structures.filterGroup(name);
        if (!group)
            return fail(ErrorCode::NotFound,
                        CoreText::tr("There is no group of filters '{1}'.", name));
        for (const auto channel : channels) {
            const auto found = std::ranges::lower_bound(group->channels, channel);
            if (found == group->channels.end() || *found != channel)
                return fail(ErrorCode::NotFound,
                            CoreText::tr("'{1}' has no removable filter {2}.", name, channel));
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
            return fail(ErrorCode::NotFound,
                        CoreText::tr("There is no removable layer '{1}'.", name));
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
        ablation.branches.push_back({layer->exit, layer->entry});
    if (units->empty())
        return ablation;
    for (const auto& node : graph.nodes()) {
        // What a batch norm overwrites anyway is not worth zeroing before it.
        const auto users = graph.users(node.id);
        const bool overwritten = users.size() == 1
            && std::holds_alternative<BatchNorm2d>(graph.node(users[0]).operation);
        if (!makesValues(node) || overwritten)
            continue;
        addZeroed(ablation, node, structures.channels[node.id.index()], *units);
    }
    return ablation;
}

} // namespace espalier
