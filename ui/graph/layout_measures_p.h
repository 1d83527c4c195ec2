#pragma once

#include <vector>

#include <QSizeF>

#include "graph/layout.h"

namespace espalier::ui {

/// The metrics as the layout works with them: x runs with time and y across it, whichever way the
/// picture runs in the end.
struct Measures {
    QSizeF card;
    QSizeF smallCard;
    QSizeF thinCard;
    QSizeF circle;
    double columnGap = 0;
    double laneGap = 0;
    double rowGap = 0;
    double arcRoom = 0; ///< of one shortcut
    double arcStep = 8; ///< between shortcuts on top of each other
    double framePadding = 0; ///< behind and below the cards
    double frameBefore = 0; ///< with the title where time runs down
    double frameAbove = 0; ///< with the title where time runs to the right
    double titleAbove = 0; ///< of a stage, above its first row; 0 where time runs down
    double titleBefore = 0; ///< before the row; 0 where time runs to the right
    double aspect = 1;
};

Measures measuresOf(const LayoutMetrics& metrics, bool downwards);

/// Of each card.
std::vector<QSizeF> sizesOf(const std::vector<Card>& cards, const Graph& graph,
                            const Measures& measures);

} // namespace espalier::ui
