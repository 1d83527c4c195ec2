#pragma once

#include <cstdint>
#include <filesystem>

#include "data/picture.h"
#include "support/image_sets.h"

namespace espalier::test {

/// Colour c at (x, y) is (37 x + 59 y + 83 c + 7 x y) mod 256.
Picture patternPicture(std::int64_t width, std::int64_t height);
Picture plainPicture(std::int64_t width, std::int64_t height, std::uint8_t red, std::uint8_t green,
                     std::uint8_t blue);

/// A PNG of rows as they stand in the file: `colourType` and `bitDepth` are libpng's.
Bytes pngFile(std::int64_t width, std::int64_t height, int bitDepth, int colourType,
              const Bytes& rows);
Bytes pngFile(const Picture& picture);
/// Only signature and header, which claims this size; the check sum is right.
Bytes pngHeader(std::uint32_t width, std::uint32_t height);
/// Quality 100, colours not subsampled.
Bytes jpegFile(const Picture& picture);
/// As Adobe's programs write it; `inks` holds four inverted values a pixel.
Bytes cmykJpegFile(std::int64_t width, std::int64_t height, const Bytes& inks);
/// The same JPEG with an EXIF segment that says how it is to be turned.
Bytes withOrientation(const Bytes& jpeg, std::uint8_t orientation,
                      bool mostSignificantFirst = false);
Bytes webpFile(const Picture& picture); ///< lossless

/// Writes into folders that are made as needed.
void writePicture(const std::filesystem::path& path, const Bytes& file);

} // namespace espalier::test
