#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace espalier {

/// A decoded picture, upright: 8-bit RGB, row by row.
struct Picture {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::vector<std::uint8_t> pixels; ///< height x width x 3
};

/// Larger ones are refused before they are decoded: a file of some kilobytes can claim gigabytes.
constexpr std::int64_t mostPixels = 100'000'000;

/// Decodes a JPEG, PNG or WebP file held in memory; its first bytes tell which it is. Grey,
/// palette, CMYK and 16-bit pictures become 8-bit RGB as Pillow's convert('RGB') makes them;
/// transparency is left out; a JPEG is turned upright as its EXIF orientation says. Errors:
/// BadFormat, with what is wrong as the rest of a sentence that begins with the picture's name ("is
/// truncated").
Result<Picture> decodePicture(std::span<const std::uint8_t> file);

/// Errors: NotFound, Io, BadFormat, each a sentence that names the file.
Result<Picture> readPicture(const std::filesystem::path& path);

} // namespace espalier
