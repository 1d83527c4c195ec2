#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace espalier::cli {

// Numbers as people read them; locale-independent.

std::string countText(std::int64_t count); ///< "125,485,696"
std::string fixedText(double value, int digits); ///< "0.9842"
std::string percentText(double fraction, int digits = 2); ///< 0.9339 -> "93.39 %"
std::string percentText(const std::optional<double>& fraction); ///< "-" when absent
std::string smallText(double value); ///< three significant digits: "0.0158", "1.2e-06"
std::string millisecondsText(double seconds); ///< three significant digits: "2.31 ms"
std::string durationText(double seconds); ///< "3:12", "1:02:03"
/// 1 - CKA, the readable form of values near 1; "-" when absent.
std::string dissimilarityText(const std::optional<double>& cka);

} // namespace espalier::cli
