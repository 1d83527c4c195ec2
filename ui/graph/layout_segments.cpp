#include "graph/layout_segments_p.h"

#include <algorithm>
#include <utility>

namespace espalier::ui {

namespace {

std::size_t cardCount(CardRange cards)
{
    return cards.end - cards.begin;
}

std::size_t columnCount(const Segment& segment)
{
    return static_cast<std::size_t>(std::ranges::max(segment.column)) + 1;
}

/// What the cards stand for, without their arrangement.
Segment segmentOf(CardRange range, const CardGraph& network, const Structures& structures)
{
    Segment segment;
    segment.cards = range;
    const auto& last = network.cards[range.end - 1];
    const bool isGroup = cardCount(range) > 1 || last.isFolded;
    if (!isGroup || !last.group)
        return segment;
    segment.group = last.group;
    segment.block = network.groups[*last.group].block;
    if (segment.block) {
        const auto& block = structures.blocks[*segment.block];
        segment.stage = block.stage;
        segment.startsStage = block.blockInStage == 0;
    }
    return segment;
}

/// Each card one column behind the last of those it reads.
std::vector<int> columnsOf(CardRange range, const CardGraph& network)
{
    std::vector<int> columns(cardCount(range), 0);
    for (auto card = range.begin; card < range.end; ++card) {
        auto& column = columns[card - range.begin];
        for (const auto link : network.inputs[card]) {
            const auto from = network.links[link].from;
            if (from >= range.begin)
                column = std::max(column, columns[from - range.begin] + 1);
        }
    }
    return columns;
}

/// Whether each card lies on the longest path to the last one.
std::vector<bool> mainLineOf(const Segment& segment, const CardGraph& network)
{
    const auto begin = segment.cards.begin;
    std::vector<bool> isOnLine(cardCount(segment.cards), false);
    for (auto card = segment.cards.end - 1;;) {
        isOnLine[card - begin] = true;
        const auto& inputs = network.inputs[card];
        const auto before = std::ranges::find_if(inputs, [&](std::size_t link) {
            const auto from = network.links[link].from;
            return from >= begin
                && segment.column[from - begin] == segment.column[card - begin] - 1;
        });
        if (before == inputs.end())
            return isOnLine;
        card = network.links[*before].from;
    }
}

/// Cards beside the main line take the lowest lane that is free in their column.
void findLanes(Segment& segment, const CardGraph& network, const std::vector<QSizeF>& sizes)
{
    const auto isOnLine = mainLineOf(segment, network);
    std::vector<int> used(columnCount(segment), 0); // lanes of each column, the main line aside
    segment.lane.assign(isOnLine.size(), 0);
    for (std::size_t i = 0; i < isOnLine.size(); ++i) {
        if (isOnLine[i])
            continue;
        segment.lane[i] = ++used[static_cast<std::size_t>(segment.column[i])];
        segment.lanes = std::max(segment.lanes, segment.lane[i] + 1);
        segment.laneHeight = std::max(segment.laneHeight, sizes[segment.cards.begin + i].height());
    }
}

void measureColumns(Segment& segment, const std::vector<QSizeF>& sizes, const Measures& measures)
{
    std::vector<double> widths(columnCount(segment), 0.0);
    for (std::size_t i = 0; i < segment.column.size(); ++i) {
        auto& width = widths[static_cast<std::size_t>(segment.column[i])];
        width = std::max(width, sizes[segment.cards.begin + i].width());
    }
    const bool isFramed = segment.group && cardCount(segment.cards) > 1;
    double x = isFramed ? measures.frameBefore : 0.0;
    for (const auto width : widths) {
        segment.columnX.push_back(x + width / 2);
        x += width + measures.columnGap;
    }
    segment.width = x - measures.columnGap + (isFramed ? measures.framePadding : 0.0);
}

/// The shortcuts of one source, which run together.
struct ArcBundle {
    int column = 0; ///< of the source; -1: it lies before the segment
    std::vector<std::size_t> links;
};

/// Links along the main line that pass over cards of it; by column, some without any.
std::vector<ArcBundle> arcBundles(const Segment& segment, const CardGraph& network)
{
    const auto count = cardCount(segment.cards);
    std::vector<ArcBundle> bundles(count + 1); // the last one: whatever enters the segment
    for (std::size_t i = 0; i < count; ++i)
        bundles[i].column = segment.column[i];
    bundles.back().column = -1;
    for (std::size_t to = 0; to < count; ++to) {
        for (const auto link : network.inputs[segment.cards.begin + to]) {
            const auto from = network.links[link].from;
            const bool enters = from < segment.cards.begin;
            const auto source = enters ? count : from - segment.cards.begin;
            const bool isOnLine = segment.lane[to] == 0 && (enters || segment.lane[source] == 0);
            if (isOnLine && segment.column[to] - bundles[source].column > 1)
                bundles[source].links.push_back(link);
        }
    }
    std::ranges::stable_sort(bundles, {}, &ArcBundle::column);
    return bundles;
}

/// Stacks shortcuts so that none lies on another. Returns how many lie on top of each other.
std::size_t stackArcs(const Segment& segment, const CardGraph& network,
                      std::vector<std::optional<int>>& arcLevel)
{
    std::vector<int> lastColumn; // that is taken, of each level
    for (const auto& bundle : arcBundles(segment, network)) {
        if (bundle.links.empty())
            continue;
        auto level =
            std::ranges::find_if(lastColumn, [&](int last) { return last <= bundle.column; });
        if (level == lastColumn.end())
            level = lastColumn.insert(level, -1);
        for (const auto link : bundle.links) {
            const auto to = network.links[link].to - segment.cards.begin;
            *level = std::max(*level, segment.column[to]);
            arcLevel[link] = static_cast<int>(level - lastColumn.begin());
        }
    }
    return lastColumn.size();
}

} // namespace

Segments makeSegments(const CardGraph& network, const std::vector<QSizeF>& sizes,
                      const Structures& structures, const Measures& measures)
{
    Segments made;
    made.arcLevel.resize(network.links.size());
    for (const auto range : cutWhereOneValueCrosses(network)) {
        auto segment = segmentOf(range, network, structures);
        segment.column = columnsOf(range, network);
        findLanes(segment, network, sizes);
        measureColumns(segment, sizes, measures);
        const auto arcs = stackArcs(segment, network, made.arcLevel);
        if (arcs > 0)
            segment.arcRoom = measures.arcRoom + measures.arcStep * static_cast<double>(arcs - 1);
        made.segments.push_back(std::move(segment));
    }
    return made;
}

} // namespace espalier::ui
