#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "network/network.h"

namespace espalier {

/// Names makeNetwork() knows, for messages and --help: "resnet8", "resnet14", "resnet20",
/// "resnet32", "resnet44", "resnet56", "resnet110" (CIFAR ResNets, option-A shortcuts, He et al.
/// 2015) and "vit_4x64" (a vision transformer of 4 blocks, 64 features, 4 heads, MLPs of 128
/// neurons, patches of 4 pixels; Dosovitskiy et al. 2020).
std::vector<std::string> architectureNames();

/// A built-in architecture with random weights (Kaiming normal, fan out; batch norm 1 and 0).
/// `input`: {channels, height, width}. Errors: NotFound (lists the names), InvalidArgument.
Result<Network> makeNetwork(std::string_view name, const Shape& input, std::int64_t classes,
                            std::uint64_t seed);

} // namespace espalier
