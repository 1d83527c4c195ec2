#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "data/picture_decoders_p.h"

namespace espalier {

namespace {

using Bytes = std::span<const std::uint8_t>;

/// Numbers of a TIFF structure, in its own byte order. Reading behind the end gives nothing.
class TiffReader {
public:
    explicit TiffReader(Bytes bytes)
        : m_bytes(bytes)
        , m_bigEndian(!bytes.empty() && bytes[0] == 'M')
    {
    }

    std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const
    {
        if (at > m_bytes.size() || size > m_bytes.size() - at)
            return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8U | m_bytes[at + (m_bigEndian ? i : size - 1 - i)];
        return value;
    }

private:
    Bytes m_bytes;
    bool m_bigEndian;
};

/// Tag 0x0112 of the first directory.
std::optional<std::uint32_t> orientationTag(Bytes tiff)
{
    const TiffReader reader(tiff);
    const auto directory = reader.number(4, 4);
    const auto entries = directory ? reader.number(*directory, 2) : std::nullopt;
    for (std::uint32_t i = 0; i < entries.value_or(0); ++i) {
        const auto entry = std::size_t{*directory} + 2 + std::size_t{12} * i;
        if (reader.number(entry, 2) == 0x0112U)
            return reader.number(entry + 8, 2);
    }
    return std::nullopt;
}

/// The TIFF structure in the first EXIF segment; empty without one.
Bytes exifSegment(Bytes jpeg)
{
    constexpr std::string_view header("Exif\0\0", 6);
    std::size_t at = 2; // behind the start of image
    while (at + 4 <= jpeg.size() && jpeg[at] == 0xff) {
        const auto marker = jpeg[at + 1];
        const auto length = static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
        if (marker == 0xda || length < 2 || length > jpeg.size() - at - 2) // the pixels begin
            break;
        const auto segment = jpeg.subspan(at + 4, length - 2);
        if (marker == 0xe1 && segment.size() > header.size()
            && std::memcmp(segment.data(), header.data(), header.size()) == 0)
            return segment.subspan(header.size());
        at += 2 + length;
    }
    return {};
}

} // namespace

int exifOrientation(Bytes jpeg)
{
    const auto value = orientationTag(exifSegment(jpeg)).value_or(1);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
}

Picture upright(Picture picture, int orientation)
{
    if (orientation == 1)
        return picture;
    // Orientations 5 to 8 lie on their side; of the stored picture then `mirrorRows`,
    // `mirrorColumns`.
    const bool transposed = orientation >= 5;
    const bool mirrorColumns =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrorRows =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Picture turned{.width = transposed ? picture.height : picture.width,
                   .height = transposed ? picture.width : picture.height,
                   .pixels = std::vector<std::uint8_t>(picture.pixels.size())};
    auto* to = turned.pixels.data();
    for (std::int64_t y = 0; y < turned.height; ++y) {
        for (std::int64_t x = 0; x < turned.width; ++x, to += 3) {
            auto row = transposed ? x : y;
            auto column = transposed ? y : x;
            row = mirrorRows ? picture.height - 1 - row : row;
            column = mirrorColumns ? picture.width - 1 - column : column;
            std::copy_n(picture.pixels.data() + 3 * (row * picture.width + column), 3, to);
        }
    }
    return turned;
}

} // namespace espalier
