#include "pruning/filter_pool_p.h"

#include <algorithm>
#include <numeric>
#include <variant>

namespace espalier {

namespace {

/// Output channels of a convolution or linear layer.
std::int64_t outputChannels(const Node& node)
{
    return std::holds_alternative<Linear>(node.operation) ? node.shape.back() : node.shape.front();
}

/// For every unit, how many channels of which nodes go with it.
std::map<UnitId, std::map<NodeId, std::int64_t>> channelsOfUnits(const Structures& structures,
                                                                 const std::vector<NodeId>& nodes)
{
    std::map<UnitId, std::map<NodeId, std::int64_t>> channels;
    for (const auto node : nodes) {
        for (const auto unit : structures.channels[node.index()].units)
            ++channels[unit][node];
    }
    return channels;
}

std::vector<NodeId> othersOf(const FilterGroup& group)
{
    std::vector<NodeId> others;
    std::ranges::set_difference(group.members, group.producers, std::back_inserter(others));
    return others;
}

std::vector<FilterUnit> unitsOf(const Structures& structures, const FilterGroup& group,
                                std::size_t index, const Scores& scores)
{
    const auto filters = channelsOfUnits(structures, group.producers);
    const auto others = channelsOfUnits(structures, othersOf(group));
    const auto found = scores.filters.find(group.name);
    std::vector<FilterUnit> units;
    for (std::size_t i = 0; i < group.units.size(); ++i) {
        const bool scored = found != scores.filters.end() && i < found->second.size();
        units.push_back({.group = index,
                         .channel = group.channels[i],
                         .score = scored ? found->second[i] : 0.0,
                         .filters = filters.at(group.units[i]),
                         .others = others.contains(group.units[i]) ? others.at(group.units[i])
                                                                   : UnitChannels{}});
    }
    std::ranges::stable_sort(units, {}, &FilterUnit::score);
    return units;
}

} // namespace

std::int64_t FilterUnit::filterCount() const
{
    std::int64_t count = 0;
    for (const auto& [producer, taken] : filters)
        count += taken;
    return count;
}

FilterPool::FilterPool(const Graph& graph, const Structures& structures,
                       const std::vector<std::string>& groups, const Scores& scores,
                       std::int64_t minFilters)
    : m_minFilters(minFilters)
{
    for (const auto& name : groups) {
        const auto* group = structures.filterGroup(name);
        if (!group)
            continue;
        m_units.push_back(unitsOf(structures, *group, m_units.size(), scores));
        m_names.push_back(name);
        for (const auto producer : group->producers)
            m_left[producer] = outputChannels(graph.node(producer));
        for (const auto other : othersOf(*group))
            m_left[other] =
                static_cast<std::int64_t>(structures.channels[other.index()].units.size());
    }
}

std::int64_t FilterPool::unitCount(std::size_t group) const
{
    return static_cast<std::int64_t>(m_units[group].size());
}

bool FilterPool::isTaken(const FilterUnit& unit) const
{
    const auto taken = m_removal.filters.find(m_names[unit.group]);
    return taken != m_removal.filters.end()
        && std::ranges::binary_search(taken->second, unit.channel);
}

bool FilterPool::canTake(const FilterUnit& unit) const
{
    const auto leaves = [&](std::int64_t floor) {
        return [this, floor](const auto& entry) {
            return m_left.at(entry.first) - entry.second >= floor;
        };
    };
    return !isTaken(unit) && std::ranges::all_of(unit.filters, leaves(m_minFilters))
        && std::ranges::all_of(unit.others, leaves(1));
}

const FilterUnit* FilterPool::next(std::size_t group, std::int64_t atMost) const
{
    const auto found = std::ranges::find_if(m_units[group], [&](const FilterUnit& unit) {
        return unit.filterCount() <= atMost && canTake(unit);
    });
    return found == m_units[group].end() ? nullptr : &*found;
}

void FilterPool::take(const FilterUnit& unit)
{
    auto& channels = m_removal.filters[m_names[unit.group]];
    channels.insert(std::ranges::lower_bound(channels, unit.channel), unit.channel);
    for (const auto* lost : {&unit.filters, &unit.others}) {
        for (const auto& [node, count] : *lost)
            m_left[node] -= count;
    }
    m_taken += unit.filterCount();
}

std::vector<const FilterUnit*> FilterPool::ranked() const
{
    std::vector<const FilterUnit*> all;
    for (const auto& units : m_units) {
        for (const auto& unit : units)
            all.push_back(&unit);
    }
    std::ranges::stable_sort(all, {}, [](const FilterUnit* unit) { return unit->score; });
    return all;
}

std::int64_t filterCount(const Graph& graph)
{
    const auto nodes = graph.nodes();
    const auto features = graph.features();
    return std::accumulate(nodes.begin(), nodes.end(), std::int64_t{0},
                           [&](std::int64_t sum, const Node& node) {
                               const auto* linear = std::get_if<Linear>(&node.operation);
                               const bool isClassifier = linear && node.inputs.front() == features;
                               const bool counts = std::holds_alternative<Conv2d>(node.operation)
                                   || (linear && !isClassifier);
                               return sum + (counts ? outputChannels(node) : 0);
                           });
}

} // namespace espalier
