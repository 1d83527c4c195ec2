#include "style/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace espalier::ui {

namespace {

QPainterPath triangle(double left, double right)
{
    QPainterPath path({left, 3});
    path.lineTo(right, 8);
    path.lineTo(left, 13);
    path.closeSubpath();
    return path;
}

/// In a square of 16.
QPainterPath filledPath(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Step:
        path = triangle(3, 10.5);
        path.addRect(11, 3, 2, 10);
        break;
    case Glyph::Run:
        path = triangle(4, 13);
        break;
    case Glyph::Pause:
        path.addRect(4, 3, 3, 10);
        path.addRect(9, 3, 3, 10);
        break;
    case Glyph::Stop:
        path.addRoundedRect(3.5, 3.5, 9, 9, 1, 1);
        break;
    default:
        break;
    }
    return path;
}

QPainterPath strokedPath(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Undo: // an arrow that turns back
        path.moveTo(6, 3);
        path.lineTo(3, 6);
        path.lineTo(6, 9);
        path.moveTo(3, 6);
        path.lineTo(9.5, 6);
        path.arcTo(6.5, 6, 6.5, 6.5, 90, -180);
        path.lineTo(6, 12.5);
        break;
    case Glyph::Redo:
        path = QTransform(-1, 0, 0, 1, 16, 0).map(strokedPath(Glyph::Undo));
        break;
    case Glyph::Propose: // a dashed part that would go
        for (const double x : {2.5, 6.5, 10.5}) {
            path.moveTo(x, 3);
            path.lineTo(x + 2.5, 3);
            path.moveTo(x, 13);
            path.lineTo(x + 2.5, 13);
        }
        for (const double y : {5.5, 9.0}) {
            path.moveTo(2.5, y);
            path.lineTo(2.5, y + 1.5);
            path.moveTo(13, y);
            path.lineTo(13, y + 1.5);
        }
        break;
    case Glyph::FineTune: // a loss that falls
        path.moveTo(2.5, 2.5);
        path.lineTo(2.5, 13.5);
        path.lineTo(14, 13.5);
        path.moveTo(4.5, 4);
        path.cubicTo(6, 10, 9, 10.5, 13, 11);
        break;
    case Glyph::Open: // a folder
        path.addPolygon(
            QPolygonF({{2, 13}, {2, 3.5}, {6, 3.5}, {7.5, 5.5}, {13.5, 5.5}, {13.5, 13}, {2, 13}}));
        break;
    case Glyph::New: // a sheet with a plus
        path.addPolygon(
            QPolygonF({{3.5, 2}, {9.5, 2}, {12.5, 5}, {12.5, 14}, {3.5, 14}, {3.5, 2}}));
        path.moveTo(8, 6.5);
        path.lineTo(8, 11.5);
        path.moveTo(5.5, 9);
        path.lineTo(10.5, 9);
        break;
    case Glyph::Export: // an arrow out of a tray
        path.moveTo(8, 10);
        path.lineTo(8, 2);
        path.moveTo(5, 5);
        path.lineTo(8, 2);
        path.lineTo(11, 5);
        path.moveTo(2.5, 9);
        path.lineTo(2.5, 13.5);
        path.lineTo(13.5, 13.5);
        path.lineTo(13.5, 9);
        break;
    default:
        break;
    }
    return path;
}

class GlyphEngine final : public QIconEngine {
public:
    explicit GlyphEngine(Glyph glyph)
        : m_glyph(glyph)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const QColor colour = QGuiApplication::palette().color(group, QPalette::ButtonText);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        painter->fillPath(filledPath(m_glyph), colour);
        painter->setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(strokedPath(m_glyph));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new GlyphEngine(m_glyph); }

private:
    Glyph m_glyph;
};

} // namespace

QIcon glyphIcon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

} // namespace espalier::ui
