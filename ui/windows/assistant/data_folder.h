#pragma once

#include <filesystem>
#include <optional>

#include "data/data_spec.h"

namespace espalier::ui {

/// What kind of data set a folder seems to hold, by the names of its files and folders; nothing
/// where they say nothing. Looks at one level only.
std::optional<DataSpec::Format> guessFormat(const std::filesystem::path& folder);

} // namespace espalier::ui
