#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QString>

#include "criteria/criterion.h"
#include "graph/cells.h"
#include "network/graph.h"
#include "pruning/candidate.h"
#include "structures/structures.h"

namespace espalier::ui {

/// What the picture paints its layers by.
enum class PaintedNumber {
    None,
    Macs,
    Parameters,
    Latency, ///< seconds of a pass, measured
    Score, ///< mean over the cells
    Cka, ///< how unlike the network becomes without the block: 1 - CKA of its layer candidate
};

/// One number per node, where it is known.
struct PaintedValues {
    PaintedNumber number = PaintedNumber::None;
    std::vector<std::optional<double>> ofNode; ///< by NodeId

    /// Of several nodes: the sum of costs, the mean of anything else.
    std::optional<double> of(std::span<const NodeId> nodes) const;
};

struct PaintedSources {
    const Graph& graph;
    const Structures& structures;
    const CellMap& cells;
    const Scores* scores = nullptr;
    std::span<const Candidate> candidates;
    std::span<const double> seconds = {}; ///< by NodeId; empty: not measured
};

PaintedValues paintedValues(PaintedNumber number, const PaintedSources& sources);

/// Of several nodes it is the sum, and its scale begins at 0.
bool isCost(PaintedNumber number);

/// "2.4 M", "0.0123", "850 µs".
QString paintedText(PaintedNumber number, double value);
/// "MACs", "1 − CKA": for menus and legends.
QString paintedName(PaintedNumber number);

} // namespace espalier::ui
