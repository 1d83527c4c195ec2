#pragma once

#include <QIcon>

namespace espalier::ui {

enum class Glyph { Propose, FineTune, Step, Run, Pause, Stop, Undo, Redo, Open, New, Export };

/// A simple icon in the colour of button texts, whatever the palette becomes later.
QIcon glyphIcon(Glyph glyph);

} // namespace espalier::ui
