#pragma once

#include <filesystem>

#include "base/result.h"

namespace espalier::cli {

/// Whether a file could be written there, asked before hours of work: the folder exists, it and the
/// file may be written. Errors: Io, naming the file.
Status checkOutputFile(const std::filesystem::path& file);

} // namespace espalier::cli
