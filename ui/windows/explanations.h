#pragma once

class QWidget;

namespace espalier::ui {

/// Gives the parts of the main window what “What's This?” (Shift+F1) says of them.
void addExplanations(QWidget& window);

} // namespace espalier::ui
