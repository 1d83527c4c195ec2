#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Reads an ONNX file of opset 9 to 23 into a Network. Shape computations are worked out, what
/// exporters take apart (GELU, layer norm, SiLU ...) is put together again, and nodes are named by
/// their weights as in a TorchScript file. `input`: shape of one sample, needed only where the file
/// leaves extents open. Errors: NotFound, BadFormat (no complete ONNX file), Unsupported (several
/// inputs or outputs, an operator: its name and node), Mismatch (shapes).
Result<Network> importOnnx(const std::filesystem::path& file,
                           const std::optional<Shape>& input = std::nullopt);

struct OnnxExportOptions {
    /// Weights of more bytes than this go into a second file, NAME.onnx.data; one file holds 2 GB.
    std::int64_t largestInside = 1'900'000'000;
};

/// Writes opset 17, IR 8, with a batch of any size: input "input", output "output". Nodes and
/// weights keep the graph's names ("layer1.0.conv1.weight"), batch norm is kept, dropout left out;
/// normalisation and class names travel as metadata "espalier.json". ONNX's own checker passes what
/// is written. Written beside and renamed: never a half file.
/// Errors: Unsupported (what opset 17 cannot say), Io.
Status exportOnnx(const Network& network, const std::filesystem::path& file,
                  const OnnxExportOptions& options = {});

} // namespace espalier
