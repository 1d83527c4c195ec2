#pragma once

#include "graph/layout.h"
#include "structures/structures.h"

class QGraphicsItem;

namespace espalier::ui {

// What lies under the cards. The caller owns the items.

/// One way between two cards; an item of its own, so that only those in sight are painted.
QGraphicsItem* makeEdgeItem(const Edge& edge);
/// The ground a block stands on, with its name.
QGraphicsItem* makeFrameItem(const BlockFrame& frame, const Block& block);
/// The heading of a stage.
QGraphicsItem* makeStageItem(const StageBand& band);

} // namespace espalier::ui
