#include "style/colours.h"

namespace espalier::ui {

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightnessF() < 0.5F;
}

QColor colourOf(Meaning meaning, const QPalette& palette)
{
    const bool dark = isDark(palette);
    switch (meaning) {
    case Meaning::Layer:
        return dark ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x72, 0xb2);
    case Meaning::Filter:
        return dark ? QColor(0xe6, 0x9f, 0x00) : QColor(0xb8, 0x7a, 0x00);
    case Meaning::Removed:
        return dark ? QColor(0xff, 0x7d, 0x3c) : QColor(0xd5, 0x5e, 0x00);
    case Meaning::Current:
        return dark ? QColor(0x2f, 0xc8, 0x9a) : QColor(0x00, 0x87, 0x63);
    case Meaning::Heat:
        return dark ? QColor(0xd9, 0x8c, 0xb8) : QColor(0xcc, 0x79, 0xa7);
    case Meaning::Dense:
        return palette.color(QPalette::PlaceholderText);
    case Meaning::Validation:
        return dark ? QColor(0x2f, 0xc8, 0x9a) : QColor(0x00, 0x87, 0x63);
    case Meaning::Training:
        return dark ? QColor(0xe0, 0x9a, 0xc0) : QColor(0xa8, 0x4a, 0x80);
    }
    return palette.color(QPalette::Text);
}

QColor blended(const QColor& front, const QColor& back, double amount)
{
    const auto mix = [amount](int a, int b) { return qRound(a * amount + b * (1.0 - amount)); };
    return {mix(front.red(), back.red()), mix(front.green(), back.green()),
            mix(front.blue(), back.blue())};
}

} // namespace espalier::ui
