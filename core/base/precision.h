#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"

namespace espalier {

/// What number formats a network runs in while it is fine-tuned and evaluated, by PyTorch's names.
/// Weights, gradients and the optimizer are float32 always; scores and CKA are computed in float32
/// or float64 whatever is set.
enum class Precision {
    Float32,
    Tf32, ///< CUDA devices may round the factors of products to 10 bits; elsewhere as Float32
    BFloat16, ///< automatic mixed precision: convolutions and products in bfloat16
};
inline constexpr std::array precisions{Precision::Float32, Precision::Tf32, Precision::BFloat16};

/// "float32", "tf32" or "bfloat16"; anything else is InvalidArgument.
Result<Precision> parsePrecision(std::string_view text);
std::string precisionName(Precision precision);

} // namespace espalier
