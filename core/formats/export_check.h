#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier {

/// Reads an exported file back and runs it against the network in memory, on up to 64 images of
/// `data` (null: random ones). Returns the largest absolute difference of their outputs, as text
/// ("3.1e-06"). Errors: those of importModel, and Mismatch when it is above 1e-3 of the largest
/// output.
Result<std::string> exportDifference(const Network& network, const std::filesystem::path& file,
                                     const DataView* data);

} // namespace espalier
