#include "graph/cells.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace espalier::ui {

namespace {

bool hasCells(const Node& node)
{
    return std::holds_alternative<Conv2d>(node.operation)
        || std::holds_alternative<Linear>(node.operation);
}

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void include(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double share(double value) const
    {
        if (!std::isfinite(value))
            return std::numeric_limits<double>::quiet_NaN();
        return high > low ? (value - low) / (high - low) : 0.5;
    }
};

} // namespace

CellMap::CellMap(const Graph& graph, const Structures& structures)
    : m_cells(graph.nodes().size())
{
    std::vector<NodeId> lastSeenIn; // by unit
    for (const auto& node : graph.nodes()) {
        if (!hasCells(node) || node.id.index() >= structures.channels.size())
            continue;
        auto& cells = m_cells[node.id.index()];
        for (const auto unit : structures.channels[node.id.index()].units) {
            if (unit.index() >= lastSeenIn.size())
                lastSeenIn.resize(unit.index() + 1);
            if (std::exchange(lastSeenIn[unit.index()], node.id) != node.id)
                cells.push_back(unit);
        }
    }
    m_places.resize(lastSeenIn.size());
    for (std::size_t group = 0; group < structures.filters.size(); ++group) {
        const auto& units = structures.filters[group].units;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (units[i].index() < m_places.size())
                m_places[units[i].index()] = UnitPlace{group, i};
        }
    }
}

std::span<const UnitId> CellMap::of(NodeId node) const
{
    if (!node.isValid() || node.index() >= m_cells.size())
        return {};
    return m_cells[node.index()];
}

std::optional<std::size_t> CellMap::find(NodeId node, UnitId unit) const
{
    const auto cells = of(node);
    const auto found = std::ranges::find(cells, unit);
    if (found == cells.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - cells.begin());
}

std::optional<UnitPlace> CellMap::place(UnitId unit) const
{
    return unit.isValid() && unit.index() < m_places.size() ? m_places[unit.index()] : std::nullopt;
}

ScaledScores scaledScores(const Structures& structures, const Scores& scores, ScoreScale scale)
{
    ScaledScores scaled(structures.filters.size());
    Range everywhere;
    for (const auto& [name, values] : scores.filters) {
        for (const auto value : values)
            everywhere.include(value);
    }
    for (std::size_t group = 0; group < structures.filters.size(); ++group) {
        const auto& structure = structures.filters[group];
        const auto found = scores.filters.find(structure.name);
        const bool fits =
            found != scores.filters.end() && found->second.size() == structure.units.size();
        if (!fits) {
            scaled[group].assign(structure.units.size(), std::numeric_limits<double>::quiet_NaN());
            continue;
        }
        Range range = everywhere;
        if (scale == ScoreScale::Layer) {
            range = {};
            std::ranges::for_each(found->second, [&](double value) { range.include(value); });
        }
        std::ranges::transform(found->second, std::back_inserter(scaled[group]),
                               [&](double value) { return range.share(value); });
    }
    return scaled;
}

} // namespace espalier::ui
