#pragma once

#include <QPalette>

namespace espalier::ui {

enum class Theme {
    System, ///< what the platform gave the application
    Light,
    Dark,
};

/// The colours of Light or Dark.
QPalette themePalette(Theme theme);

/// Gives the application a theme; every widget follows at once. Light and Dark are drawn by Qt's
/// own style: a platform's style need not take colours that it did not choose. GUI thread.
void applyTheme(Theme theme);

} // namespace espalier::ui
