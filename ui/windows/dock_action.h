#pragma once

class QAction;
class QDockWidget;

namespace espalier::ui {

/// An action that leads to a dock, with Alt and `number` as its key: shows it, brings it to the
/// front and gives it the keyboard. It never hides the dock: who presses the key may not see
/// that the keyboard is there already. Belongs to the dock.
QAction* makeDockAction(QDockWidget& dock, int number);

} // namespace espalier::ui
