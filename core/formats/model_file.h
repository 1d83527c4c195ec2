#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Opens a model of any known format; the format is found from the content, not the suffix.
/// `input`: shape of one sample, where the file does not tell. `architecture`: for files that hold
/// weights only, the built-in one they belong to (see architectureNames()); empty: the one that
/// fits. What is known but not readable (the pre-2020 pickle format) is refused with a sentence
/// that says how to convert.
Result<Network> importModel(const std::filesystem::path& file,
                            const std::optional<Shape>& input = std::nullopt,
                            const std::string& architecture = {});

/// Exports by suffix: .pt (TorchScript), .onnx, .py (PyTorch source, its weights beside it).
/// Errors: Unsupported for other suffixes, Io.
Status exportModel(const Network& network, const std::filesystem::path& file);

} // namespace espalier
