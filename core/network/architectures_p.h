#pragma once

#include <vector>

#include "base/result.h"
#include "network/graph.h"

namespace espalier {

// The nodes of the built-in architectures. `input`: {channels, height, width}.

/// He et al. 2015, section 4.2, with option-A shortcuts; depth 6n + 2.
Result<std::vector<NodeSpec>> cifarResNet(int depth, const Shape& input, std::int64_t classes);

struct VisionTransformerSettings {
    std::int64_t patch = 4; ///< pixels, height and width
    std::int64_t width = 64; ///< features of a token; a multiple of `heads`
    std::int64_t heads = 4;
    std::int64_t blocks = 4;
    std::int64_t neurons = 128; ///< of each MLP
};

/// Dosovitskiy et al. 2020: class token, learned positions, pre-norm blocks. Names as
/// torchvision's. Errors: InvalidArgument when the patches do not divide the image.
Result<std::vector<NodeSpec>> visionTransformer(const VisionTransformerSettings& settings,
                                                const Shape& input, std::int64_t classes);

} // namespace espalier
