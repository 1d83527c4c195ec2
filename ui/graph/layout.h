#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <QPointF>
#include <QRectF>

#include "network/graph.h"
#include "structures/structures.h"

namespace espalier::ui {

/// Sizes of the picture, in scene units (pixels at a zoom of 1).
struct LayoutMetrics {
    double cardWidth = 158;
    double cardHeight = 82;
    double smallWidth = 118; ///< cards without weights: pooling, padding, input
    double smallHeight = 46;
    double circle = 30; ///< diameter of an addition
    double columnGap = 30;
    double laneGap = 22;
    double arcRoom = 30; ///< above the cards, for shortcuts
    double framePadding = 12;
    double frameTitle = 18;
    double stageTitle = 34;
    double rowGap = 34;
    double aspect = 1.6; ///< width to height the rows are broken for
};

/// One card: an operator with the normalisation, activation and the like that follow it alone.
struct Card {
    NodeId head;
    std::vector<NodeId> nodes; ///< head first
    QRectF rect;
    bool isCircle = false;
    std::optional<std::size_t> block; ///< index into Structures::blocks
    int row = 0;
};

/// The way of a value from one card to another, an orthogonal line.
struct Edge {
    std::size_t from = 0; ///< index into cards
    std::size_t to = 0;
    std::vector<QPointF> points;
    bool isShortcut = false; ///< passes over other cards
};

struct BlockFrame {
    std::size_t block = 0; ///< index into Structures::blocks
    QRectF rect;
};

/// The blocks of one stage, in one or more rows.
struct StageBand {
    int stage = 0;
    int blocks = 0;
    Shape shape; ///< that leaves its blocks
    QPointF titlePosition; ///< left end, above the first row
};

/// Where everything is in the picture.
struct GraphLayout {
    std::vector<Card> cards; ///< in topological order of their heads
    std::vector<std::size_t> cardOf; ///< by node
    std::vector<Edge> edges;
    std::vector<BlockFrame> frames;
    std::vector<StageBand> stages;
    int rows = 0;
    QRectF bounds;
};

/// A layered layout: time runs from left to right; a new row begins with each stage and wherever a
/// row would be too long, but only where a single value crosses. Branches that run beside the
/// longest path lie above it. Linear in nodes and edges but for the search of the row length.
GraphLayout layoutGraph(const Graph& graph, const Structures& structures,
                        const LayoutMetrics& metrics = {});

} // namespace espalier::ui
