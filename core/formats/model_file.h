#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Opens a model of any known format; the format is found from the content, not the suffix. What is
/// known but not readable (a state dict, the pre-2020 pickle format, ONNX) is refused with a
/// sentence that says how to convert.
Result<Network> importModel(const std::filesystem::path& file,
                            const std::optional<Shape>& input = std::nullopt);

/// Exports by suffix: .pt (TorchScript), .py (PyTorch source, its weights beside it). Errors: Unsupported for other suffixes, Io.
Status exportModel(const Network& network, const std::filesystem::path& file);

} // namespace espalier
