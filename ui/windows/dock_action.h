#pragma once

class QAction;
class QDockWidget;

namespace espalier::ui {

/// An action that leads to a dock, with Alt and `number` as its key: shows it, brings it to the
/// front and gives it the keyboard; hides it when it has the keyboard already. Checked while the
/// dock is not hidden. Belongs to the dock.
QAction* makeDockAction(QDockWidget& dock, int number);

} // namespace espalier::ui
