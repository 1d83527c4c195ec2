#include "graph/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace espalier::ui {

namespace {

/// Cards between two places where a single value crosses: (begin, end], the last one is such a
/// place.
struct Segment {
    std::size_t begin = 0; ///< first card
    std::size_t end = 0; ///< one past the last card
    std::optional<std::size_t> group; ///< that it is
    std::optional<std::size_t> block; ///< that ends with the last card
    std::vector<int> column; ///< of each card, from 0
    std::vector<int> lane; ///< of each card; 0 is the main line, the others lie above
    std::vector<double> columnX; ///< centres, from the segment's left end
    double width = 0;
    int lanes = 1;
    double laneHeight = 0; ///< of the highest card outside the main line
    int arcs = 0; ///< shortcuts on top of each other
};

template <class T> bool is(const Operation& operation)
{
    return std::holds_alternative<T>(operation);
}

bool hasWeights(const Operation& operation)
{
    return is<Conv2d>(operation) || is<Linear>(operation);
}

/// Operators that are drawn on the card of the one they follow.
bool followsSilently(const Operation& operation, const Operation& head)
{
    if (is<Pad>(operation) || is<Slice>(operation))
        return is<Pad>(head) || is<Slice>(head);
    return is<BatchNorm2d>(operation) || is<Activation>(operation) || is<Dropout>(operation)
        || is<Flatten>(operation) || is<Softmax>(operation);
}

void dropRepeated(std::vector<QPointF>& points)
{
    const auto rest = std::ranges::unique(
        points, [](const QPointF& a, const QPointF& b) { return (a - b).manhattanLength() < 0.5; });
    points.erase(rest.begin(), rest.end());
}

class LayoutBuilder {
public:
    LayoutBuilder(const Graph& graph, const Structures& structures, const LayoutOptions& options,
                  const LayoutMetrics& metrics)
        : m_graph(graph)
        , m_structures(structures)
        , m_options(options)
        , m_metrics(metrics)
    {
        if (options.downwards) // worked out as if from left to right, and turned in the end
            m_metrics.aspect = 1.0 / m_metrics.aspect;
    }

    GraphLayout build()
    {
        makeCards();
        makeEdges();
        assignBlocks();
        makeGroups();
        if (foldGroups())
            makeEdges();
        makeSegments();
        breakIntoRows();
        placeCards();
        routeEdges();
        placeFrames();
        m_layout.bounds = m_bounds.marginsAdded({30, 30, 30, 30});
        if (m_options.downwards)
            turn();
        return std::move(m_layout);
    }

private:
    using Rows = std::vector<std::vector<std::size_t>>; ///< of segments

    void makeCards();
    void makeEdges();
    void assignBlocks();
    std::vector<Segment> segments() const;
    void makeGroups();
    bool foldGroups();
    void makeSegments();
    void arrange(Segment& segment);
    void findLanes(Segment& segment) const;
    void measureColumns(Segment& segment) const;
    void countArcs(Segment& segment);

    void breakIntoRows();
    Rows rowsFor(double maxWidth) const;
    Rows balancedRows(std::span<const std::size_t> segments, double maxWidth) const;
    Rows greedyRows(std::span<const std::size_t> segments, double maxWidth) const;
    double rowWidth(std::span<const std::size_t> row) const;
    double rowHeight(std::span<const std::size_t> row) const;
    bool startsStage(std::span<const std::size_t> row) const;
    std::optional<int> stageOf(const Segment& segment) const;

    void placeCards();
    void placeRow(std::span<const std::size_t> row, int number, double top);
    void routeEdges();
    void routeInRow(Edge& edge, QPointF start, bool leavesCard) const;
    void placeFrames();

    QSizeF sizeOf(const Card& card) const;
    double mainHeight() const;
    double arcRoomOf(const Segment& segment) const;
    double frameAlong() const; ///< what a frame takes before its first column
    double frameAbove() const;
    double columnTitle() const; ///< how far a stage's title lies before its column
    void turn();
    double arcY(const Edge& edge) const;

    const Graph& m_graph;
    const Structures& m_structures;
    const LayoutOptions& m_options;
    LayoutMetrics m_metrics;
    GraphLayout m_layout;
    std::vector<std::vector<std::size_t>> m_inputs; ///< of each card: edges
    std::vector<Segment> m_segments;
    std::vector<int> m_arcLevel; ///< of each edge; -1: no arc
    Rows m_rows;
    struct RowGeometry {
        double left = 0, right = 0, top = 0, line = 0, bottom = 0;
    };
    std::vector<RowGeometry> m_rowGeometry;
    QRectF m_bounds;
};

void LayoutBuilder::makeCards()
{
    auto& cards = m_layout.cards;
    m_layout.cardOf.resize(m_graph.nodes().size());
    for (const auto& node : m_graph.nodes()) {
        if (node.inputs.size() == 1 && m_graph.users(node.inputs[0]).size() == 1) {
            auto& before = cards[m_layout.cardOf[node.inputs[0].index()]];
            const auto& head = m_graph.node(before.head).operation;
            if (before.nodes.back() == node.inputs[0] && !is<Input>(head)
                && followsSilently(node.operation, head)) {
                before.nodes.push_back(node.id);
                m_layout.cardOf[node.id.index()] = m_layout.cardOf[node.inputs[0].index()];
                continue;
            }
        }
        m_layout.cardOf[node.id.index()] = cards.size();
        Card card;
        card.head = node.id;
        card.nodes = {node.id};
        card.isCircle = is<Add>(node.operation);
        cards.push_back(std::move(card));
    }
}

/// One edge for each pair of cards, whatever is folded into them.
void LayoutBuilder::makeEdges()
{
    m_layout.edges.clear();
    m_inputs.assign(m_layout.cards.size(), {});
    std::vector<std::size_t> lastTo(m_layout.cards.size(), m_layout.cards.size());
    for (std::size_t to = 0; to < m_layout.cards.size(); ++to) {
        for (const auto node : m_layout.cards[to].nodes) {
            for (const auto input : m_graph.node(node).inputs) {
                const auto from = m_layout.cardOf[input.index()];
                if (from == to || std::exchange(lastTo[from], to) == to)
                    continue;
                m_inputs[to].push_back(m_layout.edges.size());
                m_layout.edges.push_back({from, to, {}, false});
            }
        }
    }
}

void LayoutBuilder::assignBlocks()
{
    for (std::size_t block = 0; block < m_structures.blocks.size(); ++block) {
        for (const auto node : m_structures.blocks[block].nodes)
            m_layout.cards[m_layout.cardOf[node.index()]].block = block;
        m_layout.cards[m_layout.cardOf[m_structures.blocks[block].exit.index()]].block = block;
    }
}

std::vector<Segment> LayoutBuilder::segments() const
{
    const auto& cards = m_layout.cards;
    std::vector<Segment> segments;
    std::vector<std::size_t> farthest(cards.size(), 0);
    for (const auto& edge : m_layout.edges)
        farthest[edge.from] = std::max(farthest[edge.from], edge.to);
    std::size_t reach = 0;
    std::size_t begin = 0;
    for (std::size_t card = 0; card < cards.size(); ++card) {
        const bool onlyOneCrosses = reach <= card;
        reach = std::max(reach, farthest[card]);
        if (!onlyOneCrosses && card + 1 < cards.size())
            continue;
        Segment segment;
        segment.begin = begin;
        segment.end = card + 1;
        segments.push_back(std::move(segment));
        begin = card + 1;
    }
    return segments;
}

void LayoutBuilder::makeGroups()
{
    auto& cards = m_layout.cards;
    const bool foldAll = m_options.foldAbove > 0 && cards.size() > m_options.foldAbove;
    for (const auto& segment : segments()) {
        if (segment.end - segment.begin < 2)
            continue;
        const auto& last = cards[segment.end - 1];
        CardGroup group;
        group.key = m_graph.node(last.head).name;
        group.cards = segment.end - segment.begin;
        if (last.isCircle)
            group.block = last.block;
        std::vector<std::string> names;
        for (auto card = segment.begin; card < segment.end; ++card) {
            cards[card].group = m_layout.groups.size();
            if (group.block)
                cards[card].block = group.block; // the cards of its shortcut too
            const auto& ofCard = cards[card].nodes;
            group.nodes.insert(group.nodes.end(), ofCard.begin(), ofCard.end());
            if (m_graph.params(cards[card].head) > 0) // what follows may be the next module's
                names.push_back(m_graph.node(cards[card].head).name);
        }
        group.name = group.block ? m_structures.blocks[*group.block].name : commonPath(names);
        group.isFolded = foldAll || m_options.folded.contains(group.key);
        m_layout.groups.push_back(std::move(group));
    }
}

/// The cards of each folded group become one. False when there is none.
bool LayoutBuilder::foldGroups()
{
    const auto isFolded = [&](const Card& card) {
        return card.group && m_layout.groups[*card.group].isFolded;
    };
    std::vector<Card> cards;
    for (auto& card : m_layout.cards) {
        const bool goesOn = isFolded(card) && !cards.empty() && cards.back().isFolded
            && cards.back().group == card.group;
        if (!goesOn) {
            cards.push_back(std::move(card));
            cards.back().isFolded = isFolded(cards.back());
            continue;
        }
        auto& folded = cards.back();
        folded.head = card.head;
        folded.nodes.insert(folded.nodes.end(), card.nodes.begin(), card.nodes.end());
    }
    const bool changed = cards.size() != m_layout.cards.size();
    m_layout.cards = std::move(cards);
    for (std::size_t i = 0; i < m_layout.cards.size(); ++i) {
        auto& card = m_layout.cards[i];
        std::ranges::sort(card.nodes);
        card.isCircle = card.isCircle && !card.isFolded;
        card.isThin = card.isFolded && m_options.thin.contains(m_layout.groups[*card.group].key);
        for (const auto node : card.nodes)
            m_layout.cardOf[node.index()] = i;
    }
    return changed;
}

void LayoutBuilder::makeSegments()
{
    m_segments = segments();
    m_arcLevel.assign(m_layout.edges.size(), -1);
    for (auto& segment : m_segments) {
        const auto& last = m_layout.cards[segment.end - 1];
        const bool isGroup = segment.end - segment.begin > 1 || last.isFolded;
        if (isGroup && last.group) {
            segment.group = last.group;
            segment.block = m_layout.groups[*last.group].block;
        }
        arrange(segment);
    }
}

void LayoutBuilder::arrange(Segment& segment)
{
    segment.column.assign(segment.end - segment.begin, 0);
    for (auto card = segment.begin; card < segment.end; ++card) {
        auto& column = segment.column[card - segment.begin];
        for (const auto edge : m_inputs[card]) {
            const auto from = m_layout.edges[edge].from;
            if (from >= segment.begin)
                column = std::max(column, segment.column[from - segment.begin] + 1);
        }
    }
    findLanes(segment);
    measureColumns(segment);
    countArcs(segment);
}

/// The longest path to the last card is the main line; every other card takes the lowest lane that
/// is free in its column.
void LayoutBuilder::findLanes(Segment& segment) const
{
    const auto count = segment.end - segment.begin;
    segment.lane.assign(count, -1);
    for (auto card = segment.end - 1;;) {
        segment.lane[card - segment.begin] = 0;
        const auto column = segment.column[card - segment.begin];
        const auto& inputs = m_inputs[card];
        const auto before = std::ranges::find_if(inputs, [&](std::size_t edge) {
            const auto from = m_layout.edges[edge].from;
            return from >= segment.begin && segment.column[from - segment.begin] == column - 1;
        });
        if (before == inputs.end())
            break;
        card = m_layout.edges[*before].from;
    }
    const auto columns = static_cast<std::size_t>(std::ranges::max(segment.column)) + 1;
    std::vector<int> used(columns, 0); // lanes taken in each column, the main line aside
    for (std::size_t i = 0; i < count; ++i) {
        if (segment.lane[i] == 0)
            continue;
        segment.lane[i] = ++used[static_cast<std::size_t>(segment.column[i])];
        segment.lanes = std::max(segment.lanes, segment.lane[i] + 1);
        segment.laneHeight =
            std::max(segment.laneHeight, sizeOf(m_layout.cards[segment.begin + i]).height());
    }
}

void LayoutBuilder::measureColumns(Segment& segment) const
{
    const auto columns = static_cast<std::size_t>(std::ranges::max(segment.column)) + 1;
    std::vector<double> widths(columns, 0.0);
    for (auto card = segment.begin; card < segment.end; ++card) {
        auto& width = widths[static_cast<std::size_t>(segment.column[card - segment.begin])];
        width = std::max(width, sizeOf(m_layout.cards[card]).width());
    }
    const bool isFramed = segment.group && segment.end - segment.begin > 1;
    const double padding = isFramed ? m_metrics.framePadding : 0.0;
    double x = isFramed ? frameAlong() : 0.0;
    for (const auto width : widths) {
        segment.columnX.push_back(x + width / 2);
        x += width + m_metrics.columnGap;
    }
    segment.width = x - m_metrics.columnGap + padding;
}

/// Shortcuts that pass over cards of the main line are stacked so that none lies on another; those
/// of one source run together.
void LayoutBuilder::countArcs(Segment& segment)
{
    const auto before = segment.end - segment.begin; // stands for whatever enters the segment
    std::vector<std::vector<std::size_t>> arcsOf(before + 1); // by source
    const auto columnOf = [&](std::size_t source) {
        return source == before ? -1 : segment.column[source];
    };
    for (auto card = segment.begin; card < segment.end; ++card) {
        for (const auto edge : m_inputs[card]) {
            const auto from = m_layout.edges[edge].from;
            const auto source = from >= segment.begin ? from - segment.begin : before;
            const bool isOnLine = segment.lane[card - segment.begin] == 0
                && (source == before || segment.lane[source] == 0);
            if (isOnLine && segment.column[card - segment.begin] - columnOf(source) > 1)
                arcsOf[source].push_back(edge);
        }
    }
    std::vector<std::size_t> sources(before + 1);
    std::iota(sources.begin(), sources.end(), std::size_t(0));
    std::ranges::stable_sort(sources, {}, columnOf);
    std::vector<int> lastColumnOfLevel;
    for (const auto source : sources) {
        if (arcsOf[source].empty())
            continue;
        auto level = std::ranges::find_if(lastColumnOfLevel,
                                          [&](int last) { return last <= columnOf(source); });
        if (level == lastColumnOfLevel.end())
            level = lastColumnOfLevel.insert(level, -1);
        for (const auto edge : arcsOf[source]) {
            *level = std::max(*level, segment.column[m_layout.edges[edge].to - segment.begin]);
            m_arcLevel[edge] = static_cast<int>(level - lastColumnOfLevel.begin());
            m_layout.edges[edge].isShortcut = true;
        }
    }
    segment.arcs = static_cast<int>(lastColumnOfLevel.size());
}

std::optional<int> LayoutBuilder::stageOf(const Segment& segment) const
{
    return segment.block ? std::optional(m_structures.blocks[*segment.block].stage) : std::nullopt;
}

void LayoutBuilder::breakIntoRows()
{
    double total = 0;
    double widest = 0;
    for (const auto& segment : m_segments) {
        total += segment.width + m_metrics.columnGap;
        widest = std::max(widest, segment.width);
    }
    double best = std::numeric_limits<double>::infinity();
    for (double width = widest; width < 2.0 * total; width *= 1.12) {
        const auto rows = rowsFor(width);
        double height = 0;
        double actual = 0;
        for (const auto& row : rows) {
            height += rowHeight(row) + m_metrics.rowGap;
            actual = std::max(actual, rowWidth(row));
        }
        const double misfit = std::abs(std::log(actual / height / m_metrics.aspect));
        if (misfit < best - 1e-9) {
            best = misfit;
            m_rows = rows;
        }
    }
    m_layout.rows = static_cast<int>(m_rows.size());
}

/// A row begins with each stage after the first; what stands before the first block and after the
/// last one keeps them company.
LayoutBuilder::Rows LayoutBuilder::rowsFor(double maxWidth) const
{
    Rows rows;
    std::vector<std::size_t> group;
    std::optional<int> stage;
    const auto flush = [&] {
        for (auto& row : balancedRows(group, maxWidth))
            rows.push_back(std::move(row));
        group.clear();
    };
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const auto own = stageOf(m_segments[i]);
        if (own && stage && own != stage)
            flush();
        if (own)
            stage = own;
        group.push_back(i);
    }
    flush();
    return rows;
}

LayoutBuilder::Rows LayoutBuilder::balancedRows(std::span<const std::size_t> segments,
                                                double maxWidth) const
{
    auto rows = greedyRows(segments, maxWidth);
    const auto count = rows.size();
    if (count < 2)
        return rows;
    double width = rowWidth(segments) / static_cast<double>(count);
    for (; width < maxWidth; width *= 1.05) {
        auto narrower = greedyRows(segments, width);
        if (narrower.size() <= count)
            return narrower;
    }
    return rows;
}

LayoutBuilder::Rows LayoutBuilder::greedyRows(std::span<const std::size_t> segments,
                                              double maxWidth) const
{
    Rows rows;
    double width = 0;
    for (const auto segment : segments) {
        const double extra = m_segments[segment].width + m_metrics.columnGap;
        if (rows.empty() || width + extra > maxWidth + m_metrics.columnGap) {
            rows.emplace_back();
            width = 0;
        }
        rows.back().push_back(segment);
        width += extra;
    }
    return rows;
}

double LayoutBuilder::rowWidth(std::span<const std::size_t> row) const
{
    return std::accumulate(row.begin(), row.end(), -m_metrics.columnGap,
                           [&](double sum, std::size_t segment) {
                               return sum + m_segments[segment].width + m_metrics.columnGap;
                           });
}

bool LayoutBuilder::startsStage(std::span<const std::size_t> row) const
{
    return std::ranges::any_of(row, [&](std::size_t segment) {
        const auto& block = m_segments[segment].block;
        return block && m_structures.blocks[*block].blockInStage == 0;
    });
}

double LayoutBuilder::mainHeight() const
{
    return m_options.downwards ? m_metrics.cardWidth : m_metrics.cardHeight;
}

double LayoutBuilder::arcRoomOf(const Segment& segment) const
{
    return segment.arcs > 0 ? m_metrics.arcRoom + 8.0 * (segment.arcs - 1) : 0.0;
}

double LayoutBuilder::frameAlong() const
{
    return m_options.downwards ? m_metrics.frameTitle + m_metrics.framePadding / 2
                               : m_metrics.framePadding;
}

double LayoutBuilder::frameAbove() const
{
    return m_options.downwards ? m_metrics.framePadding
                               : m_metrics.frameTitle + m_metrics.framePadding / 2;
}

double LayoutBuilder::rowHeight(std::span<const std::size_t> row) const
{
    double above = 0; // the main line
    bool framed = false;
    for (const auto index : row) {
        const auto& segment = m_segments[index];
        const double lanes = (segment.lanes - 1) * (segment.laneHeight + m_metrics.laneGap);
        above = std::max(above, lanes + arcRoomOf(segment));
        framed = framed || segment.group;
    }
    const double height =
        mainHeight() + above + (framed ? m_metrics.framePadding + frameAbove() : 0.0);
    return height + (startsStage(row) && !m_options.downwards ? m_metrics.stageTitle : 0.0);
}

/// Along the way of time and across it.
QSizeF LayoutBuilder::sizeOf(const Card& card) const
{
    const auto size = [&]() -> QSizeF {
        if (card.isCircle)
            return {m_metrics.circle, m_metrics.circle};
        if (card.isThin)
            return {m_metrics.smallWidth, m_metrics.thinHeight};
        if (card.isFolded || hasWeights(m_graph.node(card.head).operation))
            return {m_metrics.cardWidth, m_metrics.cardHeight};
        return {m_metrics.smallWidth, m_metrics.smallHeight};
    }();
    return m_options.downwards ? size.transposed() : size;
}

/// Above the ways that come from the column before.
double LayoutBuilder::columnTitle() const
{
    return m_metrics.stageTitle + m_metrics.columnGap / 2;
}

/// Exchanges the ways along and across.
void LayoutBuilder::turn()
{
    const auto turned = [](const QRectF& rect) {
        return QRectF(rect.y(), rect.x(), rect.height(), rect.width());
    };
    for (auto& card : m_layout.cards)
        card.rect = turned(card.rect);
    for (auto& edge : m_layout.edges) {
        for (auto& point : edge.points)
            point = {point.y(), point.x()};
    }
    for (auto& frame : m_layout.frames)
        frame.rect = turned(frame.rect);
    for (auto& band : m_layout.stages)
        band.titlePosition = {band.titlePosition.y(), band.titlePosition.x()};
    m_layout.bounds = turned(m_layout.bounds);
}

void LayoutBuilder::placeCards()
{
    double top = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        placeRow(m_rows[i], static_cast<int>(i), top);
        top = m_rowGeometry.back().bottom + m_metrics.rowGap;
    }
}

void LayoutBuilder::placeRow(std::span<const std::size_t> row, int number, double top)
{
    RowGeometry geometry;
    const bool framed = std::ranges::any_of(
        row, [&](std::size_t segment) { return m_segments[segment].group.has_value(); });
    const bool hasTitle = startsStage(row);
    geometry.top = top + (hasTitle && !m_options.downwards ? m_metrics.stageTitle : 0.0);
    geometry.bottom = top + rowHeight(row);
    geometry.line = geometry.bottom - (framed ? m_metrics.framePadding : 0.0) - mainHeight() / 2;
    double x = 0;
    if (m_options.downwards && hasTitle)
        m_bounds |= QRectF(-columnTitle(), top, 1, 1);
    for (const auto index : row) {
        const auto& segment = m_segments[index];
        for (auto i = segment.begin; i < segment.end; ++i) {
            auto& card = m_layout.cards[i];
            const auto lane = segment.lane[i - segment.begin];
            double y = geometry.line;
            if (lane > 0) {
                y -= mainHeight() / 2 + arcRoomOf(segment) + m_metrics.laneGap
                    + segment.laneHeight / 2
                    + (lane - 1) * (segment.laneHeight + m_metrics.laneGap);
            }
            const QSizeF size = sizeOf(card);
            const double centre =
                x + segment.columnX[static_cast<std::size_t>(segment.column[i - segment.begin])];
            card.rect = {centre - size.width() / 2, y - size.height() / 2, size.width(),
                         size.height()};
            card.row = number;
            m_bounds |= card.rect;
        }
        if (segment.block && m_structures.blocks[*segment.block].blockInStage == 0) {
            const auto& block = m_structures.blocks[*segment.block];
            m_layout.stages.push_back(
                {block.stage, 0, m_graph.node(block.exit).shape,
                 m_options.downwards ? QPointF(-columnTitle(), top) : QPointF(x, top)});
        }
        if (segment.block && !m_layout.stages.empty())
            ++m_layout.stages.back().blocks;
        x += segment.width + m_metrics.columnGap;
    }
    geometry.right = x - m_metrics.columnGap;
    m_bounds |= QRectF(0, top, geometry.right, geometry.bottom - top);
    m_rowGeometry.push_back(geometry);
}

double LayoutBuilder::arcY(const Edge& edge) const
{
    const auto index = static_cast<std::size_t>(&edge - m_layout.edges.data());
    const auto& row = m_rowGeometry[static_cast<std::size_t>(m_layout.cards[edge.to].row)];
    return row.line - mainHeight() / 2 - m_metrics.arcRoom * 0.6
        - 8.0 * std::max(0, m_arcLevel[index]);
}

void LayoutBuilder::routeEdges()
{
    for (auto& edge : m_layout.edges) {
        const auto& from = m_layout.cards[edge.from];
        const auto& to = m_layout.cards[edge.to];
        if (from.row == to.row) {
            routeInRow(edge, {from.rect.right(), from.rect.center().y()}, true);
            dropRepeated(edge.points);
            continue;
        }
        const auto& source = m_rowGeometry[static_cast<std::size_t>(from.row)];
        const auto& target = m_rowGeometry[static_cast<std::size_t>(to.row)];
        const double right = source.right + m_metrics.columnGap / 2;
        const double left = target.left - m_metrics.columnGap / 2;
        const double between = source.bottom + m_metrics.rowGap / 2;
        edge.points = {{from.rect.right(), from.rect.center().y()},
                       {right, from.rect.center().y()},
                       {right, between},
                       {left, between},
                       {left, target.line}};
        routeInRow(edge, {left, target.line}, false);
        dropRepeated(edge.points);
    }
}

/// From `start` (the right end of a card, or the left end of a row) to the card the edge ends at.
void LayoutBuilder::routeInRow(Edge& edge, QPointF start, bool leavesCard) const
{
    const auto& to = m_layout.cards[edge.to];
    const auto index = static_cast<std::size_t>(&edge - m_layout.edges.data());
    const QPointF entry(to.rect.left(), to.rect.center().y());
    if (m_arcLevel[index] >= 0) {
        const double y = arcY(edge);
        const auto& from = m_layout.cards[edge.from].rect;
        const double leaveX =
            leavesCard ? from.center().x() + std::min(6.0, from.width() / 4) : start.x();
        const double arriveX = to.rect.center().x() - std::min(6.0, to.rect.width() / 4);
        if (!leavesCard)
            edge.points.pop_back();
        edge.points.insert(edge.points.end(),
                           {{leaveX, leavesCard ? from.top() + (to.isCircle ? 2.0 : 0.0) : y},
                            {leaveX, y},
                            {arriveX, y},
                            {arriveX, to.rect.top() + (to.isCircle ? 2.0 : 0.0)}});
        return;
    }
    if (qFuzzyCompare(1 + start.y(), 1 + entry.y())) {
        edge.points.insert(edge.points.end(), {start, entry});
        return;
    }
    const bool climbs = entry.y() < start.y(); // to a lane above: up first, then along
    const auto& from = m_layout.cards[edge.from].rect;
    if (climbs && leavesCard) {
        const double x = from.center().x() + std::min(6.0, from.width() / 4);
        edge.points = {{x, from.top() + 2.0}, {x, entry.y()}, entry};
        return;
    }
    if (climbs) {
        edge.points.pop_back();
        edge.points.insert(edge.points.end(), {{start.x(), entry.y()}, entry});
        return;
    }
    const double x = to.rect.center().x() - std::min(6.0, to.rect.width() / 4);
    edge.points.insert(edge.points.end(), {start, {x, start.y()}, {x, to.rect.top() + 2.0}});
}

/// Around each unfolded group, and around residual blocks that are none.
void LayoutBuilder::placeFrames()
{
    std::vector<QRectF> ofGroup(m_layout.groups.size());
    std::vector<QRectF> ofBlock(m_structures.blocks.size());
    std::vector<std::size_t> cardsOfBlock(m_structures.blocks.size(), 0);
    for (const auto& card : m_layout.cards) {
        if (card.isFolded)
            continue;
        if (card.group)
            ofGroup[*card.group] |= card.rect;
        if (card.block && !(card.group && m_layout.groups[*card.group].block == card.block)) {
            ofBlock[*card.block] |= card.rect;
            ++cardsOfBlock[*card.block];
        }
    }
    for (const auto& edge : m_layout.edges) {
        const auto group = m_layout.cards[edge.to].group;
        if (group && edge.isShortcut && !ofGroup[*group].isNull())
            ofGroup[*group].setTop(std::min(ofGroup[*group].top(), arcY(edge)));
    }
    const auto add = [&](BlockFrame frame) {
        frame.rect.adjust(-frameAlong(), -frameAbove(), m_metrics.framePadding,
                          m_metrics.framePadding);
        m_bounds |= frame.rect;
        m_layout.frames.push_back(frame);
    };
    for (std::size_t group = 0; group < ofGroup.size(); ++group) {
        if (!ofGroup[group].isNull())
            add({group, m_layout.groups[group].block, ofGroup[group]});
    }
    for (std::size_t block = 0; block < ofBlock.size(); ++block) {
        if (cardsOfBlock[block] > 1)
            add({std::nullopt, block, ofBlock[block]});
    }
}

} // namespace

GraphLayout layoutGraph(const Graph& graph, const Structures& structures,
                        const LayoutOptions& options, const LayoutMetrics& metrics)
{
    return LayoutBuilder(graph, structures, options, metrics).build();
}

} // namespace espalier::ui
