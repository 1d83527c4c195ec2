#include "data/resample.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace espalier {

namespace {

constexpr int fractionBits = 22; // of a weight: 8 bits of the pixel and 2 for sums above 1 remain

/// The source pixels that make one pixel of the result, and their weights.
struct Taps {
    std::int64_t first = 0;
    std::vector<std::int32_t> weights;
};

/// Keys' cubic convolution kernel with a = -1/2.
double cubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    if (x < 2.0)
        return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
    return 0.0;
}

/// Taps of pixel `at` of `to` that `from` pixels are resized to.
Taps tapsOf(std::int64_t at, std::int64_t from, std::int64_t to)
{
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    const double stretch = std::max(scale, 1.0);
    const double support = 2.0 * stretch;
    const double centre = (static_cast<double>(at) + 0.5) * scale;
    const auto first = std::max<std::int64_t>(static_cast<std::int64_t>(centre - support + 0.5), 0);
    const auto end = std::min(static_cast<std::int64_t>(centre + support + 0.5), from);

    std::vector<double> weights;
    double sum = 0.0;
    for (auto i = first; i < end; ++i) {
        weights.push_back(cubic((static_cast<double>(i) - centre + 0.5) * (1.0 / stretch)));
        sum += weights.back();
    }
    Taps taps{.first = first};
    for (const double weight : weights) {
        const double scaled = weight / sum * (1 << fractionBits);
        taps.weights.push_back(static_cast<std::int32_t>(scaled + (scaled < 0.0 ? -0.5 : 0.5)));
    }
    return taps;
}

std::vector<Taps> tapsOfRange(std::int64_t begin, std::int64_t count, std::int64_t from,
                              std::int64_t to)
{
    std::vector<Taps> taps;
    for (auto at = begin; at < begin + count; ++at)
        taps.push_back(tapsOf(at, from, to));
    return taps;
}

/// One colour value: weighted pixels `stride` apart.
std::uint8_t weighted(const std::uint8_t* pixel, std::int64_t stride,
                      const std::vector<std::int32_t>& weights)
{
    std::int32_t sum = 1 << (fractionBits - 1);
    for (const auto weight : weights) {
        sum += *pixel * weight;
        pixel += stride;
    }
    return static_cast<std::uint8_t>(std::clamp(sum >> fractionBits, 0, 255));
}

} // namespace

void resample(const Picture& picture, const PixelBox& source, std::int64_t width,
              std::int64_t height, const PixelBox& crop, std::span<std::uint8_t> pixels)
{
    const auto columns = tapsOfRange(crop.x, crop.width, source.width, width);
    const auto rows = tapsOfRange(crop.y, crop.height, source.height, height);
    // Only the source rows that the crop needs.
    const auto firstRow = rows.front().first;
    const auto endRow = rows.back().first + std::ssize(rows.back().weights);
    const auto rowBytes = 3 * crop.width;

    std::vector<std::uint8_t> narrowed(static_cast<std::size_t>((endRow - firstRow) * rowBytes));
    auto* to = narrowed.data();
    for (auto y = firstRow; y < endRow; ++y) {
        const auto* row = picture.pixels.data() + 3 * ((source.y + y) * picture.width + source.x);
        for (const auto& taps : columns) {
            for (std::int64_t colour = 0; colour < 3; ++colour)
                *to++ = weighted(row + 3 * taps.first + colour, 3, taps.weights);
        }
    }
    to = pixels.data();
    for (const auto& taps : rows) {
        const auto* column = narrowed.data() + (taps.first - firstRow) * rowBytes;
        for (std::int64_t i = 0; i < rowBytes; ++i)
            *to++ = weighted(column + i, rowBytes, taps.weights);
    }
}

} // namespace espalier
