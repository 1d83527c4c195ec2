#pragma once

#include <QString>

namespace espalier::ui {

/// Versions of Espalier and of what it is built on, as rich text.
QString aboutText();

} // namespace espalier::ui
