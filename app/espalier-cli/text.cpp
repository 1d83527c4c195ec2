#include "text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace espalier::cli {

namespace {

std::string printed(const char* format, int digits, double value)
{
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, digits, value);
    return buffer.data();
}

} // namespace

std::string countText(std::int64_t count)
{
    std::string text = std::to_string(count);
    const std::ptrdiff_t firstDigit = count < 0 ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > firstDigit; at -= 3)
        text.insert(text.begin() + at, ',');
    return text;
}

std::string fixedText(double value, int digits)
{
    return printed("%.*f", digits, value);
}

std::string percentText(double fraction, int digits)
{
    return fixedText(100.0 * fraction, digits) + " %";
}

std::string percentText(const std::optional<double>& fraction)
{
    return fraction ? percentText(*fraction) : "-";
}

std::string smallText(double value)
{
    return printed("%.*g", 3, value);
}

std::string millisecondsText(double seconds)
{
    const double value = 1000.0 * seconds;
    return fixedText(value, value < 10.0 ? 2 : value < 100.0 ? 1 : 0) + " ms";
}

std::string durationText(double seconds)
{
    const auto total = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
    const auto twoDigits = [](std::int64_t value) {
        std::string text(value < 10 ? 1 : 0, '0');
        return text += std::to_string(value);
    };
    if (total < 3600)
        return std::to_string(total / 60) + ":" + twoDigits(total % 60);
    return std::to_string(total / 3600) + ":" + twoDigits(total / 60 % 60) + ":"
        + twoDigits(total % 60);
}

std::string dissimilarityText(const std::optional<double>& cka)
{
    return cka ? smallText(1.0 - *cka) : "-";
}

} // namespace espalier::cli
