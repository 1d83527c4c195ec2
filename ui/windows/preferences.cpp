#include "windows/preferences.h"

#include <algorithm>
#include <array>

#include <QSettings>

#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr std::array themeNames{"system", "light", "dark"};

QString key(const char* name)
{
    return QStringLiteral("preferences/") + QLatin1String(name);
}

} // namespace

Preferences Preferences::load()
{
    const QSettings settings;
    Preferences kept;
    if (const auto device =
            DeviceSpec::parse(settings.value(key("device"), "auto").toString().toStdString()))
        kept.device = *device;
    kept.threads = std::clamp(settings.value(key("threads"), 0).toInt(), 0, 1024);
    if (const auto precision =
            parsePrecision(settings.value(key("precision")).toString().toStdString()))
        kept.precision = *precision;
    const auto theme = settings.value(key("theme")).toString();
    const auto name = std::ranges::find(themeNames, theme);
    if (name != themeNames.end())
        kept.theme = static_cast<Theme>(name - themeNames.begin());
    kept.language = settings.value(key("language")).toString();
    kept.recentFiles = std::clamp(settings.value(key("recentFiles"), 10).toInt(), 0, 50);
    return kept;
}

void Preferences::save() const
{
    QSettings settings;
    settings.setValue(key("device"), toText(device.text()));
    settings.setValue(key("threads"), threads);
    settings.setValue(key("precision"), toText(precisionName(precision)));
    settings.setValue(key("theme"), QLatin1String(themeNames[static_cast<std::size_t>(theme)]));
    settings.setValue(key("language"), language);
    settings.setValue(key("recentFiles"), recentFiles);
}

} // namespace espalier::ui
