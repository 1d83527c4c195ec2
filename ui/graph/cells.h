#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "criteria/criterion.h"
#include "network/graph.h"
#include "structures/removal.h"
#include "structures/structures.h"

namespace espalier::ui {

/// Where a unit stands in the structures.
struct UnitPlace {
    std::size_t group = 0; ///< index into Structures::filters
    std::size_t index = 0; ///< into the group's units
};

/// The cells of every convolution and linear layer: the units its output channels belong to, in
/// order, each once. So a filter, a neuron or a head is one cell, and so is a channel that cannot
/// go. Holds neither graph nor structures.
class CellMap {
public:
    CellMap() = default;
    CellMap(const Graph& graph, const Structures& structures);

    std::span<const UnitId> of(NodeId node) const;
    /// The position of `unit` among the cells of `node`.
    std::optional<std::size_t> find(NodeId node, UnitId unit) const;
    /// Absent for channels that cannot go by themselves.
    std::optional<UnitPlace> place(UnitId unit) const;

private:
    std::vector<std::vector<UnitId>> m_cells; ///< by node
    std::vector<std::optional<UnitPlace>> m_places; ///< by unit
};

enum class ScoreScale {
    Layer, ///< each group from its lowest score to its highest
    Network, ///< all groups together
};

/// Scores as 0..1 by group and unit; NaN where there is none.
using ScaledScores = std::vector<std::vector<double>>;

ScaledScores scaledScores(const Structures& structures, const Scores& scores, ScoreScale scale);

} // namespace espalier::ui
