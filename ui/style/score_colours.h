#pragma once

#include <QColor>
#include <QPalette>

namespace espalier::ui {

/// The colour of a score between 0 (the first to go: near the ground) and 1 (far from it). A
/// straight line through OKLab (Björn Ottosson, "A perceptual color space for image processing"),
/// so equal steps look equal; between yellow and blue with the lightness falling or rising all the
/// way, so every kind of colour vision sees its order.
QColor scoreColour(double value, const QPalette& palette);

} // namespace espalier::ui
