#include "windows/assistant/normalisation_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace espalier::ui {

namespace {

std::optional<std::vector<double>> parseNumbers(const QString& text)
{
    std::vector<double> numbers;
    for (const auto& part : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        numbers.push_back(part.trimmed().toDouble(&isNumber));
        if (!isNumber)
            return std::nullopt;
    }
    return numbers;
}

QString numbersText(const std::vector<double>& numbers)
{
    QStringList parts;
    for (const double number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

} // namespace

Result<std::optional<Normalisation>> parseNormalisation(const QString& text)
{
    const auto trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::optional<Normalisation>();
    if (trimmed == QLatin1String("pixel"))
        return Normalisation{Normalisation::Kind::PixelMean, {}, {}};
    const auto halves = trimmed.split(QLatin1Char('/'));
    if (halves.size() == 2) {
        const auto mean = parseNumbers(halves[0]);
        const auto deviation = parseNumbers(halves[1]);
        if (mean && deviation && mean->size() == deviation->size())
            return Normalisation{Normalisation::Kind::Constants, *mean, *deviation};
    }
    return fail(ErrorCode::InvalidArgument,
                QCoreApplication::translate(
                    "Normalisation",
                    "“%1” is not a normalisation; give pixel, or means / deviations of the "
                    "channels, like 0.49, 0.48, 0.45 / 0.25, 0.24, 0.26.")
                    .arg(trimmed)
                    .toStdString());
}

QString normalisationText(const std::optional<Normalisation>& normalisation)
{
    if (!normalisation)
        return {};
    if (normalisation->kind == Normalisation::Kind::PixelMean)
        return QStringLiteral("pixel");
    return numbersText(normalisation->mean) + QStringLiteral(" / ")
        + numbersText(normalisation->deviation);
}

} // namespace espalier::ui
