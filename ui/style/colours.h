#pragma once

#include <QColor>
#include <QPalette>

namespace espalier::ui {

/// What a colour means in the picture, the tables and the plots. The hues are those of Okabe and
/// Ito, told apart with every kind of colour vision.
enum class Meaning {
    Layer, ///< a layer candidate
    Filter, ///< a filter candidate
    Removed, ///< what the selected candidate takes away
    Current, ///< the network on the bench, the chosen candidate
    Heat, ///< how much of the number that the picture is painted by
    Dense, ///< the network it all began with
    Validation,
    Training,
};

bool isDark(const QPalette& palette);

/// The colour of a meaning, readable on the palette's Base.
QColor colourOf(Meaning meaning, const QPalette& palette);

/// `amount` (0..1) of `front` over `back`.
QColor blended(const QColor& front, const QColor& back, double amount);

} // namespace espalier::ui
