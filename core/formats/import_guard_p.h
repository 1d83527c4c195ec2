#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// What `read` makes of a model file. Exceptions of the libraries it calls become errors, and every
/// error names the file.
Result<Network> guardedImport(const std::filesystem::path& file,
                              const std::function<Result<Network>()>& read);

} // namespace espalier
