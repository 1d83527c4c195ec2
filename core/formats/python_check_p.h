#pragma once

#include <filesystem>
#include <optional>

#include <ATen/core/Tensor.h>

#include "base/result.h"

namespace espalier {

/// Runs an exported source in Python (with the weights beside it) on `input` and returns the
/// outputs as one row of numbers. Nothing where no Python with PyTorch is found: $ESPALIER_PYTHON,
/// else each python3 of the PATH is asked. Errors: Mismatch where the source does not run, with
/// Python's words.
Result<std::optional<at::Tensor>> runInPython(const std::filesystem::path& source,
                                              const at::Tensor& input);

} // namespace espalier
