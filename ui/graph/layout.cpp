#include "graph/layout.h"

#include <utility>

#include "graph/layout_cards_p.h"
#include "graph/layout_frames_p.h"
#include "graph/layout_measures_p.h"
#include "graph/layout_places_p.h"
#include "graph/layout_routes_p.h"
#include "graph/layout_rows_p.h"
#include "graph/layout_segments_p.h"

namespace espalier::ui {

namespace {

QRectF boundsOf(const GraphLayout& layout, const std::vector<RowPlace>& rows)
{
    QRectF bounds;
    for (const auto& row : rows)
        bounds |= QRectF(QPointF(0, row.top), QPointF(row.right, row.bottom));
    for (const auto& card : layout.cards)
        bounds |= card.rect;
    for (const auto& frame : layout.frames)
        bounds |= frame.rect;
    for (const auto& stage : layout.stages)
        bounds |= QRectF(stage.titlePosition, QSizeF(1, 1));
    return bounds.marginsAdded({30, 30, 30, 30});
}

QPointF turned(const QPointF& point)
{
    return {point.y(), point.x()};
}

QRectF turned(const QRectF& rect)
{
    return {rect.y(), rect.x(), rect.height(), rect.width()};
}

/// Exchanges the ways along and across.
GraphLayout turned(GraphLayout layout)
{
    for (auto& card : layout.cards)
        card.rect = turned(card.rect);
    for (auto& edge : layout.edges) {
        for (auto& point : edge.points)
            point = turned(point);
    }
    for (auto& frame : layout.frames)
        frame.rect = turned(frame.rect);
    for (auto& stage : layout.stages)
        stage.titlePosition = turned(stage.titlePosition);
    layout.bounds = turned(layout.bounds);
    return layout;
}

} // namespace

GraphLayout layoutGraph(const Graph& graph, const Structures& structures,
                        const LayoutOptions& options, const LayoutMetrics& metrics)
{
    const auto measures = measuresOf(metrics, options.downwards);
    auto network = makeCards(graph, structures, options);
    const auto sizes = sizesOf(network.cards, graph, measures);
    const auto arranged = makeSegments(network, sizes, structures, measures);
    const auto rows = breakIntoRows(arranged.segments, measures);
    auto places = placeCards(std::move(network.cards), sizes, rows, measures);

    GraphLayout layout;
    layout.edges = routeEdges(network.links, arranged.arcLevel, places, measures);
    layout.frames = placeFrames(places.cards, network.groups, layout.edges, structures, measures);
    layout.stages = placeStages(rows, places.rows, graph, structures, measures);
    layout.cards = std::move(places.cards);
    layout.cardOf = std::move(network.cardOf);
    layout.groups = std::move(network.groups);
    layout.rows = static_cast<int>(rows.size());
    layout.bounds = boundsOf(layout, places.rows);
    return options.downwards ? turned(std::move(layout)) : layout;
}

} // namespace espalier::ui
