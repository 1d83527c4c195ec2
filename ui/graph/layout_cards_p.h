#pragma once

#include <cstddef>
#include <vector>

#include "graph/layout.h"

namespace espalier::ui {

/// A value goes from one card to another.
struct Link {
    std::size_t from = 0; ///< index into cards
    std::size_t to = 0;
};

/// The network as cards, which have no places yet.
struct CardGraph {
    std::vector<Card> cards; ///< in topological order of their heads
    std::vector<std::size_t> cardOf; ///< by node
    std::vector<Link> links; ///< one for each pair of cards, by the card they end at
    std::vector<std::vector<std::size_t>> inputs; ///< of each card: the links that end there
    std::vector<CardGroup> groups; ///< in topological order
};

/// Which cards there are: each operator with what follows it silently, each folded group as one.
CardGraph makeCards(const Graph& graph, const Structures& structures, const LayoutOptions& options);

struct CardRange {
    std::size_t begin = 0;
    std::size_t end = 0; ///< one past the last card
};

/// The cards cut behind each one whose value alone crosses.
std::vector<CardRange> cutWhereOneValueCrosses(const CardGraph& network);

} // namespace espalier::ui
