#include "data/picture_crop.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace espalier {

namespace {

/// Half of `value`; of an odd one, the even neighbour (as Python rounds).
std::int64_t halved(std::int64_t value)
{
    const auto half = value / 2;
    return value % 2 == 0 || half % 2 == 0 ? half : half + 1;
}

std::int64_t rounded(double value)
{
    return static_cast<std::int64_t>(std::nearbyint(value));
}

/// One of 0 .. last, from a uniform number.
std::int64_t choose(std::int64_t last, double draw)
{
    const auto chosen = static_cast<std::int64_t>(draw * static_cast<double>(last + 1));
    return std::min(chosen, last);
}

/// The largest part in the middle whose proportions (width : height) are from 3:4 to 4:3.
PixelBox centralPart(std::int64_t width, std::int64_t height)
{
    PixelBox part{.width = width, .height = height};
    if (4 * width < 3 * height)
        part.height = std::max<std::int64_t>(width * 4 / 3, 1);
    else if (3 * width > 4 * height)
        part.width = std::max<std::int64_t>(height * 4 / 3, 1);
    part.x = (width - part.width) / 2;
    part.y = (height - part.height) / 2;
    return part;
}

PixelBox randomPart(std::int64_t width, std::int64_t height, double leastArea,
                    const CropDraws& draws)
{
    constexpr std::size_t attempts = 10;
    const auto area = static_cast<double>(width * height);
    const double widest = std::log(4.0 / 3.0);
    for (std::size_t i = 0; i < attempts; ++i) {
        const double target = area * (leastArea + (1.0 - leastArea) * draws[2 * i]);
        const double proportions = std::exp(widest * (2.0 * draws[2 * i + 1] - 1.0));
        const PixelBox part{.width = rounded(std::sqrt(target * proportions)),
                            .height = rounded(std::sqrt(target / proportions))};
        if (part.width < 1 || part.height < 1 || part.width > width || part.height > height)
            continue;
        return {.x = choose(width - part.width, draws[2 * attempts]),
                .y = choose(height - part.height, draws[2 * attempts + 1]),
                .width = part.width,
                .height = part.height};
    }
    return centralPart(width, height);
}

void mirror(std::span<std::uint8_t> pixels, const PixelBox& crop, std::int64_t channels)
{
    for (std::int64_t y = 0; y < crop.height; ++y) {
        auto* row = pixels.data() + y * crop.width * channels;
        for (std::int64_t left = 0, right = crop.width - 1; left < right; ++left, --right)
            std::swap_ranges(row + left * channels, row + (left + 1) * channels,
                             row + right * channels);
    }
}

} // namespace

PictureCrop centreCrop(std::int64_t pictureWidth, std::int64_t pictureHeight, std::int64_t width,
                       std::int64_t height, std::optional<std::int64_t> resize)
{
    const auto side = std::min(width, height);
    const auto coverWidth = resize ? width * *resize / side : width;
    const auto coverHeight = resize ? height * *resize / side : height;
    PictureCrop result{
        .source = {.width = pictureWidth, .height = pictureHeight},
        .width = coverWidth,
        .height = coverHeight,
        .crop = {.width = width, .height = height},
    };
    if (coverWidth * pictureHeight >= coverHeight * pictureWidth) // the width is the scarce side
        result.height = std::max(coverWidth * pictureHeight / pictureWidth, coverHeight);
    else
        result.width = std::max(coverHeight * pictureWidth / pictureHeight, coverWidth);
    result.crop.x = halved(result.width - width);
    result.crop.y = halved(result.height - height);
    return result;
}

PictureCrop randomCrop(std::int64_t pictureWidth, std::int64_t pictureHeight, std::int64_t width,
                       std::int64_t height, const AugmentSettings& settings, const CropDraws& draws)
{
    return {.source = randomPart(pictureWidth, pictureHeight, settings.cropScale, draws),
            .width = width,
            .height = height,
            .crop = {.width = width, .height = height},
            .flipped = settings.flip && draws.back() < 0.5};
}

void render(const Picture& picture, const PictureCrop& crop, std::int64_t channels,
            std::span<std::uint8_t> pixels)
{
    if (channels == 3) {
        resample(picture, crop.source, crop.width, crop.height, crop.crop, pixels);
    } else {
        std::vector<std::uint8_t> colours(pixels.size() * 3);
        resample(picture, crop.source, crop.width, crop.height, crop.crop, colours);
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            const auto sum = colours[3 * i] * 19595U + colours[3 * i + 1] * 38470U
                + colours[3 * i + 2] * 7471U + 0x8000U; // in 1/65536
            pixels[i] = static_cast<std::uint8_t>(sum >> 16U);
        }
    }
    if (crop.flipped)
        mirror(pixels, crop.crop, channels);
}

} // namespace espalier
