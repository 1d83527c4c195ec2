#pragma once

#include <cstdint>
#include <span>

#include "data/picture.h"

namespace espalier {

/// A rectangle of pixels.
struct PixelBox {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t width = 0;
    std::int64_t height = 0;
    bool operator==(const PixelBox&) const = default;
};

/// Resizes the part `source` of a picture to `width` x `height` and keeps `crop` of the result,
/// into `pixels` (crop.height x crop.width x 3). Both boxes lie within what they are parts of.
/// The same values, to the bit, as Pillow's bicubic resize (cubic convolution with a = -1/2,
/// widened by the scale when a picture shrinks, so that nothing aliases; columns first, rounded to
/// 8 bits between the passes), so that accuracies agree with those measured in Python.
void resample(const Picture& picture, const PixelBox& source, std::int64_t width,
              std::int64_t height, const PixelBox& crop, std::span<std::uint8_t> pixels);

} // namespace espalier
