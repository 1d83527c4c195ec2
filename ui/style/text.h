#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <QString>

namespace espalier::ui {

// How the core's values read on the screen, in the user's locale.

QString toText(const std::string& utf8);
QString toText(const std::filesystem::path& path);
std::filesystem::path toPath(const QString& path);

/// "853,018".
QString countText(std::int64_t count);
/// "125.5 M": three or four digits and the decimal prefix.
QString shortCountText(std::int64_t count);
/// 0.3125 -> "31.25", under a heading that says %.
QString percentDigits(double fraction, int decimals = 2);
/// 0.3125 -> "31.25 %".
QString percentText(double fraction, int decimals = 2);
/// An absent value is a dash.
QString percentText(const std::optional<double>& fraction, int decimals = 2);
/// Of one pass or operator: "850 µs", "3.21 ms", "1.20 s".
QString latencyText(double seconds);
/// "0:07", "3:12", "1:02:45".
QString durationText(double seconds);

/// What stands for a value that was not measured.
QString absentText();

} // namespace espalier::ui
