#pragma once

#include <vector>

#include <QString>

#include "graph/ghosts.h"
#include "graph/layout.h"

namespace espalier::ui {

/// What is written on a card.
struct CardText {
    QString title;
    QString operation;
    QString shape;
    QString tip; ///< rich text
    bool isDim = false; ///< cannot go
};

/// A cell of a card, which shows those of all its nodes.
struct CardCell {
    NodeId node;
    UnitId unit;
};

/// A card in terms of the network shown, however the layout was made.
struct CardContent {
    NodeId head; ///< invalid: the card is a ghost
    std::vector<NodeId> nodes; ///< without those that went
    CardText text;
    std::vector<CardCell> cells;
    std::vector<bool>
        present; ///< of each cell that there was, whether it is there; empty: no ghosts
};

/// What the cards are drawn from.
struct CardSource {
    const GraphOnBench& network; ///< that is shown
    const CellMap& cells; ///< its
    const GraphOnBench& laidOut; ///< that the layout is of: the network shown, or an ancestor
    const Ghosts* ghosts = nullptr; ///< where it is an ancestor
    const GraphLayout& layout;
};

CardContent contentOf(const Card& card, const CardSource& source);

} // namespace espalier::ui
