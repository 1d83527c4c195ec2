#pragma once

#include <cstdint>

namespace espalier {

/// Random crop and flip. Image sets of one small size are padded and cropped; pictures of folders
/// are cropped and resized.
struct AugmentSettings {
    /// Pixels added on each side before a crop of the original size; they hold the normalised value
    /// 0, as when padding after normalisation. 0: no crop. Not for folders.
    std::int64_t cropPadding = 4;
    bool flip = true; ///< horizontal, with probability 1/2
    /// Folders only: the least part of a picture's area that a random crop keeps, above 0 to 1.
    double cropScale = 0.08;
    bool operator==(const AugmentSettings&) const = default;
};

} // namespace espalier
