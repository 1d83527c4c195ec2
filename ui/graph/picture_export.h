#pragma once

#include <filesystem>

#include <QPalette>

#include "base/result.h"

namespace espalier::ui {

class GraphScene;

/// Writes the whole picture by suffix: .png (twice the size on the screen, as far as one can
/// reasonably look at it) or .svg. `palette`: its colours. Errors: Unsupported for other suffixes,
/// InvalidArgument where there is no picture, Io.
Status exportPicture(GraphScene& scene, const std::filesystem::path& file, const QPalette& palette);

} // namespace espalier::ui
