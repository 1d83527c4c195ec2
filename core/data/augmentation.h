#pragma once

#include <cstdint>

namespace espalier {

/// Random crop and flip, the standard augmentation for small images.
struct AugmentSettings {
    /// Pixels added on each side before a crop of the original size; they hold the normalised value
    /// 0, as when padding after normalisation. 0: no crop.
    std::int64_t cropPadding = 4;
    bool flip = true; ///< horizontal, with probability 1/2
    bool operator==(const AugmentSettings&) const = default;
};

} // namespace espalier
