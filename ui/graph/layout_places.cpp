#include "graph/layout_places_p.h"

#include <utility>

namespace espalier::ui {

namespace {

RowPlace placeOf(Row row, double top, const Measures& measures)
{
    RowPlace place;
    place.right = rowWidth(row, measures);
    place.top = top;
    place.bottom = top + rowHeight(row, measures);
    place.line =
        place.bottom - (hasFrames(row) ? measures.framePadding : 0.0) - measures.card.height() / 2;
    return place;
}

/// How far the middle of a lane lies above the main line.
double laneRise(const Segment& segment, int lane, const Measures& measures)
{
    if (lane == 0)
        return 0;
    return measures.card.height() / 2 + segment.arcRoom + measures.laneGap + segment.laneHeight / 2
        + (lane - 1) * (segment.laneHeight + measures.laneGap);
}

} // namespace

Places placeCards(std::vector<Card> cards, const std::vector<QSizeF>& sizes,
                  std::span<const Row> rows, const Measures& measures)
{
    Places places;
    double top = 0;
    for (std::size_t number = 0; number < rows.size(); ++number) {
        const auto place = placeOf(rows[number], top, measures);
        double left = 0;
        for (const auto& segment : rows[number]) {
            for (std::size_t i = 0; i < segment.column.size(); ++i) {
                auto& card = cards[segment.cards.begin + i];
                const auto column = static_cast<std::size_t>(segment.column[i]);
                card.rect.setSize(sizes[segment.cards.begin + i]);
                card.rect.moveCenter({left + segment.columnX[column],
                                      place.line - laneRise(segment, segment.lane[i], measures)});
                card.row = static_cast<int>(number);
            }
            left += segment.width + measures.columnGap;
        }
        places.rows.push_back(place);
        top = place.bottom + measures.rowGap;
    }
    places.cards = std::move(cards);
    return places;
}

std::vector<StageBand> placeStages(std::span<const Row> rows, std::span<const RowPlace> places,
                                   const Graph& graph, const Structures& structures,
                                   const Measures& measures)
{
    std::vector<StageBand> stages;
    for (std::size_t number = 0; number < rows.size(); ++number) {
        double left = 0;
        for (const auto& segment : rows[number]) {
            if (segment.startsStage) {
                const auto& block = structures.blocks[*segment.block];
                const double x = measures.titleBefore > 0 ? -measures.titleBefore : left;
                stages.push_back(
                    {block.stage, 0, graph.node(block.exit).shape, {x, places[number].top}});
            }
            if (segment.block && !stages.empty())
                ++stages.back().blocks;
            left += segment.width + measures.columnGap;
        }
    }
    return stages;
}

} // namespace espalier::ui
