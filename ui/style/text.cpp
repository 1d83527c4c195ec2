#include "style/text.h"

#include <array>
#include <cmath>

#include <QFile>
#include <QLocale>

namespace espalier::ui {

QString toText(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString toText(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

QString countText(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString shortCountText(std::int64_t count)
{
    static constexpr std::array<const char*, 5> prefixes{"", "k", "M", "G", "T"};
    auto value = static_cast<double>(count);
    std::size_t prefix = 0;
    while (std::abs(value) >= 999.5 && prefix + 1 < prefixes.size()) {
        value /= 1000.0;
        ++prefix;
    }
    const int decimals = prefix == 0 || std::abs(value) >= 999.5 ? 0 : 1;
    const QString number = QLocale().toString(value, 'f', decimals);
    return prefix == 0 ? number : number + QChar(0x00a0) + QLatin1String(prefixes[prefix]);
}

QString percentDigits(double fraction, int decimals)
{
    return QLocale().toString(100.0 * fraction, 'f', decimals);
}

QString percentText(double fraction, int decimals)
{
    return percentDigits(fraction, decimals) + QChar(0x00a0) + QLatin1Char('%');
}

QString percentText(const std::optional<double>& fraction, int decimals)
{
    return fraction ? percentText(*fraction, decimals) : absentText();
}

QString latencyText(double seconds)
{
    struct Unit {
        double factor;
        const char* name;
    };
    const auto unit = seconds < 0.9995e-3 ? Unit{1e6, "µs"}
        : seconds < 0.9995                ? Unit{1e3, "ms"}
                                          : Unit{1.0, "s"};
    const double value = seconds * unit.factor;
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals) + QChar(0x00a0) + QString::fromUtf8(unit.name);
}

QString durationText(double seconds)
{
    const auto whole = static_cast<qlonglong>(std::llround(std::max(0.0, seconds)));
    const auto padded = [](qlonglong value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    const QString tail = padded(whole % 60);
    if (whole < 3600)
        return QStringLiteral("%1:%2").arg(whole / 60).arg(tail);
    return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(padded(whole / 60 % 60), tail);
}

QString absentText()
{
    return QString(QChar(0x2013));
}

} // namespace espalier::ui
