#include "graph/layout_measures_p.h"

#include <variant>

namespace espalier::ui {

namespace {

bool hasWeights(const Operation& operation)
{
    return std::holds_alternative<Conv2d>(operation) || std::holds_alternative<Linear>(operation);
}

QSizeF sizeOf(const Card& card, const Graph& graph, const Measures& measures)
{
    if (card.isCircle)
        return measures.circle;
    if (card.isThin)
        return measures.thinCard;
    if (card.isFolded || hasWeights(graph.node(card.head).operation))
        return measures.card;
    return measures.smallCard;
}

} // namespace

Measures measuresOf(const LayoutMetrics& metrics, bool downwards)
{
    const auto along = [&](QSizeF size) { return downwards ? size.transposed() : size; };
    const double besideTitle = metrics.framePadding;
    const double atTitle = metrics.frameTitle + metrics.framePadding / 2;
    Measures measures;
    measures.card = along({metrics.cardWidth, metrics.cardHeight});
    measures.smallCard = along({metrics.smallWidth, metrics.smallHeight});
    measures.thinCard = along({metrics.smallWidth, metrics.thinHeight});
    measures.circle = {metrics.circle, metrics.circle};
    measures.columnGap = metrics.columnGap;
    measures.laneGap = metrics.laneGap;
    measures.rowGap = metrics.rowGap;
    measures.arcRoom = metrics.arcRoom;
    measures.framePadding = metrics.framePadding;
    measures.frameBefore = downwards ? atTitle : besideTitle;
    measures.frameAbove = downwards ? besideTitle : atTitle;
    if (downwards) // a title stands above the ways that come from the row before
        measures.titleBefore = metrics.stageTitle + metrics.columnGap / 2;
    else
        measures.titleAbove = metrics.stageTitle;
    measures.aspect = downwards ? 1.0 / metrics.aspect : metrics.aspect;
    return measures;
}

std::vector<QSizeF> sizesOf(const std::vector<Card>& cards, const Graph& graph,
                            const Measures& measures)
{
    std::vector<QSizeF> sizes;
    sizes.reserve(cards.size());
    for (const auto& card : cards)
        sizes.push_back(sizeOf(card, graph, measures));
    return sizes;
}

} // namespace espalier::ui
