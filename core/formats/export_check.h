#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier {

/// Runs an exported file against the network in memory, on up to 64 images of `data` (null: random
/// ones), and returns a clause that says what came out: "read back, its outputs differ by at most
/// 3.1e-06". PyTorch source is run in Python; without one the clause says that only its weights
/// were read. Errors: those of importModel, Stopped, and Mismatch when outputs differ by more than
/// 1e-3 of the largest.
Result<std::string> checkExport(const Network& network, const std::filesystem::path& file,
                                const DataView* data, std::stop_token stop = {});

} // namespace espalier
