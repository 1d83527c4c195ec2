#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Reads a TorchScript file (traced or scripted) into a Network. Batch norm is kept, weights are
/// trainable afterwards; a module traced in training mode becomes ordinary batch norm, with a
/// notice. `input`: shape of one sample; when absent it comes from the file's metadata, else sizes
/// usual for the first convolution's channels are tried and the assumption is a notice. Errors:
/// NotFound, BadFormat (not TorchScript, truncated), Unsupported (an operator: its name and place),
/// Mismatch (the input does not fit).
Result<Network> importTorchScript(const std::filesystem::path& file,
                                  const std::optional<Shape>& input = std::nullopt);

/// Writes a module that Python's torch.jit.load and LibTorch run; parameters keep their paths
/// ("layer1.0.conv1.weight"), batch norm and dropout follow train()/eval(). Normalisation and class
/// names travel as the extra file "espalier.json". Written beside and renamed: never a half file.
/// Errors: Io.
Status exportTorchScript(const Network& network, const std::filesystem::path& file);

} // namespace espalier
