#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

namespace espalier {

/// Writes a state dict as Python's torch.save does, so that torch.load(weights_only=True) of every
/// PyTorch since 1.13 takes it: a zip with a pickle of names and sizes, and the tensors as they
/// are. Tensors: float32 or int64, on any device. `extra` is stored beside under `extraName`.
/// Throws c10::Error.
void writeStateDict(const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                    const std::string& extraName, const std::string& extra,
                    const std::filesystem::path& file);

} // namespace espalier
