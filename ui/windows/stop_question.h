#pragma once

#include <functional>

#include <QString>

class QMessageBox;
class QWidget;

namespace espalier::ui {

/// What is asked before work that is going on is stopped for something else.
struct StopQuestion {
    const char* name; ///< of the box; its button is called NAME + "Stop"
    QString title;
    QString question;
    QString stop; ///< what the button says that stops
};

/// Asks once: while a box of that name is open, another call does nothing. `go` is called when the
/// user wants to stop.
void askToStop(QWidget& window, const StopQuestion& text, std::function<void()> go);

} // namespace espalier::ui
