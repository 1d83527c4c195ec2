#include "style/score_colours.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "style/colours.h"

namespace espalier::ui {

namespace {

struct OkLab {
    double lightness, a, b;
};

constexpr std::size_t steps = 256;
using Table = std::array<QRgb, steps>;

int encoded(double linear)
{
    const double clipped = std::clamp(linear, 0.0, 1.0);
    const double value =
        clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * std::pow(clipped, 1.0 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255.0 * value));
}

QRgb toRgb(const OkLab& colour)
{
    const auto cubed = [](double x) { return x * x * x; };
    const double l = cubed(colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b);
    const double m = cubed(colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b);
    const double s = cubed(colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b);
    return qRgb(encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

Table tableBetween(const OkLab& low, const OkLab& high)
{
    Table table{};
    for (std::size_t i = 0; i < steps; ++i) {
        const double t = static_cast<double>(i) / (steps - 1);
        table[i] = toRgb({std::lerp(low.lightness, high.lightness, t), std::lerp(low.a, high.a, t),
                          std::lerp(low.b, high.b, t)});
    }
    return table;
}

} // namespace

QColor scoreColour(double value, const QPalette& palette)
{
    static const Table onLight = tableBetween({0.93, -0.03, 0.10}, {0.38, -0.025, -0.12});
    static const Table onDark = tableBetween({0.40, -0.02, -0.10}, {0.95, -0.04, 0.12});
    const auto step = static_cast<std::size_t>(
        std::lround(std::clamp(value, 0.0, 1.0) * static_cast<double>(steps - 1)));
    return QColor::fromRgb((isDark(palette) ? onDark : onLight)[step]);
}

} // namespace espalier::ui
