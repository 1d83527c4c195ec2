#include "structures/structures.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "base/core_text.h"
#include "structures/blocks.h"
#include "structures/channels.h"

namespace espalier {

namespace {

/// Which nodes hold a unit in their output, ascending: units alike in this form one group.
std::vector<std::vector<NodeId>> nodesOfUnits(const Graph& graph, const ChannelUnits& units)
{
    std::vector<std::vector<NodeId>> nodes(units.frozen.size());
    for (const auto& node : graph.nodes()) {
        for (const auto unit : units.ofNode[node.id.index()].units) {
            auto& list = nodes[unit.index()];
            if (list.empty() || list.back() != node.id)
                list.push_back(node.id);
        }
    }
    return nodes;
}

bool isFrozen(const ChannelUnits& units, UnitId unit)
{
    return units.frozen[unit.index()] != Frozen::No;
}

std::string reasonFrozen(const ChannelUnits& units, const ChannelLayout& layout)
{
    auto worst = Frozen::No;
    for (const auto unit : layout.units)
        worst = std::max(worst, units.frozen[unit.index()]);
    switch (worst) {
    case Frozen::Output:
        return CoreText::tr("Its outputs are the network's outputs.");
    case Frozen::Input:
        return CoreText::tr("Its channels are added to those of the network's input.");
    case Frozen::Normalised:
        return CoreText::tr("A normalisation over its channels would change with each that goes.");
    case Frozen::Mixed:
        return CoreText::tr("What follows needs all of its channels in their places.");
    case Frozen::Strided:
        return CoreText::tr("A slice with a step reads its channels.");
    case Frozen::No:
        break;
    }
    return CoreText::tr("Its channels go with those of another group.");
}

class GroupFinder {
public:
    GroupFinder(const Graph& graph, const ChannelUnits& units, const std::vector<Block>& blocks)
        : m_graph(graph)
        , m_units(units)
        , m_blocks(blocks)
        , m_nodesOfUnit(nodesOfUnits(graph, units))
    {
    }

    std::vector<FilterGroup> groups()
    {
        for (const auto& node : m_graph.nodes()) {
            if (isProducer(node))
                collect(node);
        }
        for (auto& group : m_groups)
            complete(group);
        return std::move(m_groups);
    }

private:
    /// Adds the node's channels to the groups of their signatures; the first producer names a
    /// group.
    void collect(const Node& node)
    {
        const auto& channels = m_units.ofNode[node.id.index()].units;
        for (std::size_t i = 0; i < channels.size(); ++i) {
            const auto unit = channels[i];
            if (isFrozen(m_units, unit) || !m_seen.insert(unit).second)
                continue;
            const auto& signature = m_nodesOfUnit[unit.index()];
            const auto [entry, isNew] = m_bySignature.try_emplace(signature, m_groups.size());
            if (isNew)
                m_groups.push_back(FilterGroup{.kind = kindOf(node, signature),
                                               .name = node.name,
                                               .first = node.id,
                                               .members = signature});
            auto& group = m_groups[entry->second];
            group.channels.push_back(static_cast<std::int64_t>(i));
            group.units.push_back(unit);
        }
    }

    StructureKind kindOf(const Node& first, const std::vector<NodeId>& members) const
    {
        if (std::holds_alternative<Conv2d>(first.operation))
            return StructureKind::Filter;
        const bool inAttention = std::ranges::any_of(members, [&](NodeId id) {
            return std::holds_alternative<MatMul>(m_graph.node(id).operation);
        });
        return inAttention ? StructureKind::Head : StructureKind::Neuron;
    }

    void complete(FilterGroup& group)
    {
        for (const auto id : group.members) {
            if (isProducer(m_graph.node(id)))
                group.producers.push_back(id);
        }
        std::set<NodeId> consumers;
        for (const auto id : group.members) {
            for (const auto user : m_graph.users(id)) {
                if (isProducer(m_graph.node(user)))
                    consumers.insert(user);
            }
        }
        group.consumers.assign(consumers.begin(), consumers.end());
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            const auto& inside = m_blocks[i].nodes;
            const auto isInside = [&](NodeId id) {
                return std::ranges::find(inside, id) != inside.end();
            };
            if (std::ranges::all_of(group.members, isInside)) {
                group.block = i;
                group.firstOfBlock =
                    group.kind != StructureKind::Filter || group.first == firstConvolution(inside);
            }
        }
    }

    NodeId firstConvolution(const std::vector<NodeId>& nodes) const
    {
        const auto found = std::ranges::find_if(nodes, [&](NodeId id) {
            return std::holds_alternative<Conv2d>(m_graph.node(id).operation);
        });
        return found == nodes.end() ? NodeId() : *found;
    }

    const Graph& m_graph;
    const ChannelUnits& m_units;
    const std::vector<Block>& m_blocks;
    std::vector<std::vector<NodeId>> m_nodesOfUnit;
    std::vector<FilterGroup> m_groups;
    std::map<std::vector<NodeId>, std::size_t> m_bySignature;
    std::set<UnitId> m_seen;
};

void addUngroupedProducers(const Graph& graph, const ChannelUnits& units, Structures& structures)
{
    std::set<NodeId> grouped;
    for (const auto& group : structures.filters)
        grouped.insert(group.producers.begin(), group.producers.end());
    for (const auto& node : graph.nodes()) {
        if (isProducer(node) && !grouped.contains(node.id))
            structures.notPrunable.push_back({node.name, std::string(operationName(node.operation)),
                                              reasonFrozen(units, units.ofNode[node.id.index()])});
    }
}

template <class Part> const Part* byName(const std::vector<Part>& parts, std::string_view name)
{
    const auto found =
        std::ranges::find_if(parts, [&](const Part& part) { return part.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

/// Two groups can share their first convolution (part of its channels is coupled further); the
/// second is told apart by the first channel it holds.
void makeNamesUnique(std::vector<FilterGroup>& groups)
{
    std::set<std::string> names;
    for (auto& group : groups) {
        if (!names.insert(group.name).second)
            group.name += "[" + std::to_string(group.channels.front()) + "...]";
    }
}

} // namespace

std::string structureKindName(StructureKind kind)
{
    switch (kind) {
    case StructureKind::Layer:
        return "layer";
    case StructureKind::Filter:
        return "filter";
    case StructureKind::Head:
        return "head";
    case StructureKind::Neuron:
        return "neuron";
    }
    return {};
}

std::string structureKindPlural(StructureKind kind)
{
    return structureKindName(kind) + "s";
}

bool isProducer(const Node& node)
{
    return std::holds_alternative<Linear>(node.operation)
        || (std::holds_alternative<Conv2d>(node.operation) && !isDepthwise(node.operation));
}

std::vector<std::vector<std::int64_t>> keptPositions(const Node& node, const ChannelLayout& layout,
                                                     const std::set<UnitId>& removed)
{
    std::vector<std::vector<bool>> stays;
    for (const auto extent : node.shape)
        stays.emplace_back(static_cast<std::size_t>(extent), true);
    for (const auto dimension : layout.dimensions)
        std::fill(stays[static_cast<std::size_t>(dimension)].begin(),
                  stays[static_cast<std::size_t>(dimension)].end(), false);
    for (std::size_t i = 0; i < layout.units.size(); ++i) {
        if (removed.contains(layout.units[i]))
            continue;
        auto rest = i;
        for (auto axis = layout.dimensions.rbegin(); axis != layout.dimensions.rend(); ++axis) {
            auto& along = stays[static_cast<std::size_t>(*axis)];
            along[rest % along.size()] = true;
            rest /= along.size();
        }
    }
    std::vector<std::vector<std::int64_t>> kept;
    for (const auto& along : stays) {
        auto& positions = kept.emplace_back();
        for (std::size_t i = 0; i < along.size(); ++i) {
            if (along[i])
                positions.push_back(static_cast<std::int64_t>(i));
        }
    }
    return kept;
}

const Layer* Structures::layer(std::string_view name) const
{
    return byName(layers, name);
}

const FilterGroup* Structures::filterGroup(std::string_view name) const
{
    return byName(filters, name);
}

Structures findStructures(const Graph& graph)
{
    Structures structures;
    auto found = findResidualBlocks(graph);
    structures.isResidual = !found.blocks.empty() || !found.notPrunable.empty();
    if (!structures.isResidual)
        found = findPlainLayers(graph);
    auto units = findChannelUnits(graph);
    structures.layers = std::move(found.layers);
    structures.blocks = std::move(found.blocks);
    structures.notPrunable = std::move(found.notPrunable);
    structures.filters = GroupFinder(graph, units, structures.blocks).groups();
    makeNamesUnique(structures.filters);
    addUngroupedProducers(graph, units, structures);
    structures.channels = std::move(units.ofNode);
    return structures;
}

} // namespace espalier
