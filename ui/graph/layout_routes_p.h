#pragma once

#include <optional>
#include <vector>

#include "graph/layout_cards_p.h"
#include "graph/layout_places_p.h"

namespace espalier::ui {

/// The way of each link between placed cards. `arcLevel`: of each link, see Segments.
std::vector<Edge> routeEdges(const std::vector<Link>& links,
                             const std::vector<std::optional<int>>& arcLevel, const Places& places,
                             const Measures& measures);

} // namespace espalier::ui
