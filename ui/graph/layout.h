#pragma once

#include <cstddef>
#include <optional>
#include <set>
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
    double thinHeight = 30; ///< folded groups that take little room, as wide as small ones
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

/// What is drawn how.
struct LayoutOptions {
    bool downwards = false; ///< time runs from top to bottom, not from left to right
    std::set<std::string> folded; ///< keys of the groups that are drawn as one card each
    std::size_t foldAbove = 0; ///< with more cards every group is folded; 0: however many
    std::set<std::string> thin; ///< of the folded ones those that take little room
};

/// One card: an operator with the normalisation, activation and the like that follow it alone; or
/// a folded group.
struct Card {
    NodeId head; ///< of a folded group: the last node that has a card of its own otherwise
    std::vector<NodeId> nodes; ///< in topological order
    QRectF rect;
    bool isCircle = false;
    bool isFolded = false;
    bool isThin = false;
    std::optional<std::size_t> block; ///< index into Structures::blocks
    std::optional<std::size_t> group; ///< index into GraphLayout::groups
    int row = 0;
};

/// The way of a value from one card to another, an orthogonal line.
struct Edge {
    std::size_t from = 0; ///< index into cards
    std::size_t to = 0;
    std::vector<QPointF> points;
    bool isShortcut = false; ///< passes over other cards
};

/// The cards between two places where a single value crosses: a residual block, a dense block, an
/// inception module. It stands in a frame or, folded, is one card.
struct CardGroup {
    std::string key; ///< name of the node it ends with: tells it apart, in later networks too
    std::string name; ///< of the block, else the module path its nodes share
    std::optional<std::size_t> block; ///< index into Structures::blocks
    std::vector<NodeId> nodes;
    std::size_t cards = 0; ///< unfolded
    bool isFolded = false;
};

/// The ground of an unfolded group, or of a residual block within one.
struct BlockFrame {
    std::optional<std::size_t> group; ///< index into GraphLayout::groups
    std::optional<std::size_t> block; ///< index into Structures::blocks
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
    std::vector<CardGroup> groups; ///< in topological order
    std::vector<BlockFrame> frames;
    std::vector<StageBand> stages;
    int rows = 0;
    QRectF bounds;
};

/// A layered layout: time runs from left to right (or down, then rows are columns); a new row
/// begins with each stage and wherever a row would be too long, but only where a single value
/// crosses. Branches that run beside the longest path lie above it. Linear in nodes and edges but
/// for the search of the row length.
GraphLayout layoutGraph(const Graph& graph, const Structures& structures,
                        const LayoutOptions& options = {}, const LayoutMetrics& metrics = {});

} // namespace espalier::ui
