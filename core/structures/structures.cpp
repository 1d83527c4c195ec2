#include "structures/structures.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "structures/channels.h"
#include "structures/residual.h"

namespace espalier {

namespace {

/// A node with filters of its own: each output channel is computed from many inputs.
bool isProducer(const Node& node)
{
    return std::holds_alternative<Linear>(node.operation)
        || (std::holds_alternative<Conv2d>(node.operation) && !isDepthwise(node.operation));
}

/// Which nodes hold a unit in their output, ascending: units alike in this form one group.
std::vector<std::vector<NodeId>> nodesOfUnits(const Graph& graph, const ChannelUnits& units)
{
    std::vector<std::vector<NodeId>> nodes(units.isInput.size());
    for (const auto& node : graph.nodes()) {
        for (const auto unit : units.ofNode[node.id.index()]) {
            auto& list = nodes[unit.index()];
            if (list.empty() || list.back() != node.id)
                list.push_back(node.id);
        }
    }
    return nodes;
}

bool isFrozen(const ChannelUnits& units, UnitId unit)
{
    return units.isInput[unit.index()] || units.isOutput[unit.index()]
        || units.isStrided[unit.index()];
}

std::string reasonFrozen(const ChannelUnits& units, const std::vector<UnitId>& channels)
{
    const auto any = [&](const std::vector<bool>& flags) {
        return std::ranges::any_of(channels, [&](UnitId unit) { return flags[unit.index()]; });
    };
    if (any(units.isOutput))
        return "Its outputs are the network's outputs.";
    if (any(units.isInput))
        return "Its channels are added to those of the network's input.";
    return "A slice with a step reads its channels.";
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
        const auto& channels = m_units.ofNode[node.id.index()];
        for (std::size_t i = 0; i < channels.size(); ++i) {
            const auto unit = channels[i];
            if (isFrozen(m_units, unit) || !m_seen.insert(unit).second)
                continue;
            const auto& signature = m_nodesOfUnit[unit.index()];
            const auto [entry, isNew] = m_bySignature.try_emplace(signature, m_groups.size());
            if (isNew)
                m_groups.push_back(
                    FilterGroup{.name = node.name, .first = node.id, .members = signature});
            auto& group = m_groups[entry->second];
            group.channels.push_back(static_cast<std::int64_t>(i));
            group.units.push_back(unit);
        }
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
                group.firstOfBlock = group.first == firstConvolution(inside);
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
    return kind == StructureKind::Layer ? "layer" : "filter";
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
    auto residual = findResidualBlocks(graph);
    auto units = findChannelUnits(graph);
    structures.layers = std::move(residual.layers);
    structures.blocks = std::move(residual.blocks);
    structures.notPrunable = std::move(residual.notPrunable);
    structures.filters = GroupFinder(graph, units, structures.blocks).groups();
    makeNamesUnique(structures.filters);
    addUngroupedProducers(graph, units, structures);
    structures.channelUnits = std::move(units.ofNode);
    return structures;
}

} // namespace espalier
