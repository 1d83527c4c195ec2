#pragma once

#include <cstdint>
#include <span>

#include "data/picture.h"

namespace espalier {

// One per format, each in the one file that includes its library. Errors as decodePicture().
Result<Picture> decodeJpeg(std::span<const std::uint8_t> file);
Result<Picture> decodePng(std::span<const std::uint8_t> file);
Result<Picture> decodeWebp(std::span<const std::uint8_t> file);

/// An empty picture of this size. Errors: BadFormat when it has no or too many pixels.
Result<Picture> blankPicture(std::int64_t width, std::int64_t height);

/// The orientation in a JPEG's EXIF segment, 1 to 8; 1 (upright) where there is none or it is
/// damaged.
int exifOrientation(std::span<const std::uint8_t> jpeg);

/// The picture turned and mirrored so that EXIF orientation `orientation` becomes upright.
Picture upright(Picture picture, int orientation);

} // namespace espalier
