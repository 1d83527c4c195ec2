#include "style/theme.h"

#include <QApplication>
#include <QStyle>

namespace espalier::ui {

namespace {

struct Shades {
    QColor window;
    QColor base;
    QColor text;
    QColor faint; ///< placeholders
    QColor disabled;
    QColor highlight;
    QColor link;
};

Shades shadesOf(Theme theme)
{
    if (theme == Theme::Dark)
        return {.window = QColor(0x31, 0x33, 0x36),
                .base = QColor(0x23, 0x25, 0x27),
                .text = QColor(0xea, 0xea, 0xea),
                .faint = QColor(0x9c, 0x9c, 0x9c),
                .disabled = QColor(0x80, 0x80, 0x80),
                .highlight = QColor(0x2f, 0x74, 0xb5),
                .link = QColor(0x6c, 0xb4, 0xf0)};
    return {.window = QColor(0xef, 0xef, 0xef),
            .base = Qt::white,
            .text = QColor(0x1a, 0x1a, 0x1a),
            .faint = QColor(0x70, 0x70, 0x70),
            .disabled = QColor(0x9a, 0x9a, 0x9a),
            .highlight = QColor(0x2f, 0x74, 0xb5),
            .link = QColor(0x0b, 0x5c, 0xa8)};
}

} // namespace

QPalette themePalette(Theme theme)
{
    const auto shades = shadesOf(theme);
    const bool isDark = theme == Theme::Dark;
    QPalette palette(shades.window);
    palette.setColor(QPalette::Window, shades.window);
    palette.setColor(QPalette::Button, shades.window);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase,
                     isDark ? shades.base.lighter(120) : shades.window.lighter(103));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, shades.text);
        palette.setColor(QPalette::Disabled, role, shades.disabled);
    }
    palette.setColor(QPalette::PlaceholderText, shades.faint);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, isDark ? shades.window.lighter(120) : shades.base);
    palette.setColor(QPalette::Highlight, shades.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.disabled);
    palette.setColor(QPalette::Link, shades.link);
    palette.setColor(QPalette::LinkVisited, shades.link);
    palette.setColor(QPalette::Light, shades.window.lighter(isDark ? 140 : 106));
    palette.setColor(QPalette::Midlight, shades.window.lighter(isDark ? 120 : 103));
    palette.setColor(QPalette::Mid, shades.window.darker(isDark ? 120 : 130));
    palette.setColor(QPalette::Dark, shades.window.darker(isDark ? 150 : 160));
    palette.setColor(QPalette::Shadow, isDark ? QColor(Qt::black) : shades.window.darker(220));
    return palette;
}

void applyTheme(Theme theme)
{
    static const QString platformStyle = QApplication::style()->objectName();
    const QString style = theme == Theme::System ? platformStyle : QStringLiteral("fusion");
    if (QApplication::style()->objectName() != style)
        QApplication::setStyle(style);
    // A palette that says nothing gives the platform's colours back.
    QApplication::setPalette(theme == Theme::System ? QPalette() : themePalette(theme));
}

} // namespace espalier::ui
