#include "graph/layout_routes_p.h"

#include <algorithm>
#include <utility>

namespace espalier::ui {

namespace {

void dropRepeated(std::vector<QPointF>& points)
{
    const auto rest = std::ranges::unique(
        points, [](const QPointF& a, const QPointF& b) { return (a - b).manhattanLength() < 0.5; });
    points.erase(rest.begin(), rest.end());
}

/// Ways leave and meet the upper edge of a card beside its middle, so that both are told apart.
double besideMiddle(const QRectF& rect)
{
    return std::min(6.0, rect.width() / 4);
}

/// From a card to the gap before the row of another.
std::vector<QPointF> wayToRow(const QRectF& from, const RowPlace& source, const Measures& measures)
{
    const double right = source.right + measures.columnGap / 2;
    const double left = -measures.columnGap / 2;
    const double between = source.bottom + measures.rowGap / 2;
    const double y = from.center().y();
    return {{from.right(), y}, {right, y}, {right, between}, {left, between}};
}

/// Out of `from`, along at one height, and into `to` from the side or, where that height is above
/// it, from above. `arcLevel`: of a shortcut.
std::vector<QPointF> wayOf(const Card& from, const Card& to, std::optional<int> arcLevel,
                           const std::vector<RowPlace>& rows, const Measures& measures)
{
    const auto& source = rows[static_cast<std::size_t>(from.row)];
    const auto& target = rows[static_cast<std::size_t>(to.row)];
    const bool inRow = from.row == to.row;
    const double start = inRow ? from.rect.center().y() : target.line;
    const double entry = to.rect.center().y();
    const bool climbs = entry < start - 0.5; // to a lane above: up first, then along
    const bool descends = entry > start + 0.5;

    double along = climbs ? entry : start;
    if (arcLevel) {
        along = target.line - measures.card.height() / 2 - measures.arcRoom * 0.6
            - measures.arcStep * *arcLevel;
    }
    // Up to the border of a card; circles, and cards of other lanes, are reached a little inside.
    const double inside = arcLevel && !to.isCircle ? 0.0 : 2.0;

    std::vector<QPointF> points;
    if (!inRow)
        points = wayToRow(from.rect, source, measures);
    else if (arcLevel || climbs)
        points = {{from.rect.center().x() + besideMiddle(from.rect), from.rect.top() + inside}};
    else
        points = {{from.rect.right(), start}};
    points.emplace_back(points.back().x(), along);
    if (arcLevel || descends) {
        const double x = to.rect.center().x() - besideMiddle(to.rect);
        points.insert(points.end(), {{x, along}, {x, to.rect.top() + inside}});
    } else {
        points.emplace_back(to.rect.left(), entry);
    }
    dropRepeated(points);
    return points;
}

} // namespace

std::vector<Edge> routeEdges(const std::vector<Link>& links,
                             const std::vector<std::optional<int>>& arcLevel, const Places& places,
                             const Measures& measures)
{
    std::vector<Edge> edges;
    edges.reserve(links.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto [from, to] = links[i];
        auto points =
            wayOf(places.cards[from], places.cards[to], arcLevel[i], places.rows, measures);
        edges.push_back({from, to, std::move(points), arcLevel[i].has_value()});
    }
    return edges;
}

} // namespace espalier::ui
