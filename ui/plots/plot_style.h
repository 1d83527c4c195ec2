#pragma once

#include <QPalette>
#include <QPen>

#include "plots/plot_library.h"

namespace espalier::ui {

/// Axes, grid, legend and ground in the palette's colours: for light and dark.
void applyPalette(QCustomPlot& plot, const QPalette& palette);

/// Legend, dragging and zooming with the mouse, double click shows everything again.
void setUpPlot(QCustomPlot& plot);

QPen linePen(const QColor& colour, double width = 2.0, Qt::PenStyle style = Qt::SolidLine);

/// Shows all values of visible lines with a margin around them, or the given ranges when there are
/// none.
void showAll(QCustomPlot& plot, const QCPRange& emptyKeys, const QCPRange& emptyValues);

} // namespace espalier::ui
