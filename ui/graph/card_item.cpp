#include "graph/card_item.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr double margin = 8;
constexpr double readableScale = 0.45; ///< below this texts are dust; a big title stays
constexpr double titleScale = 0.2; ///< below this no text at all
constexpr double cellScale = 0.8; ///< below this single cells are not told apart

QFont scaled(QFont font, double pixels, bool bold)
{
    font.setPixelSize(qRound(pixels));
    font.setBold(bold);
    return font;
}

void drawElided(QPainter& painter, const QRectF& rect, int flags, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    painter.drawText(rect, flags, metrics.elidedText(text, Qt::ElideMiddle, rect.width()));
}

} // namespace

CardItem::CardItem(const Card& card, CardText text)
    : m_head(card.head)
    , m_rect(-card.rect.width() / 2, -card.rect.height() / 2, card.rect.width(), card.rect.height())
    , m_isCircle(card.isCircle)
    , m_text(std::move(text))
{
    setPos(card.rect.center());
    setFlag(ItemIsSelectable);
    setZValue(2);
}

void CardItem::setMark(NodeMark mark)
{
    m_mark = std::move(mark);
    update();
}

QRectF CardItem::boundingRect() const
{
    return m_rect.adjusted(-3, -3, 3, 3);
}

void CardItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget)
{
    const QPalette palette = widget ? widget->palette() : option->palette;
    const double scale =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    if (m_isCircle)
        paintCircle(*painter, palette);
    else
        paintBox(*painter, palette, scale);
}

void CardItem::paintCircle(QPainter& painter, const QPalette& palette) const
{
    const QColor text = palette.color(QPalette::Text);
    painter.setPen(
        QPen(isSelected() ? palette.color(QPalette::Highlight) : text, isSelected() ? 3 : 1.4));
    painter.setBrush(palette.color(QPalette::Base));
    painter.drawEllipse(m_rect);
    const double arm = m_rect.width() * 0.24;
    painter.setPen(QPen(text, 1.8));
    painter.drawLine(QPointF(-arm, 0), QPointF(arm, 0));
    painter.drawLine(QPointF(0, -arm), QPointF(0, arm));
}

void CardItem::paintBox(QPainter& painter, const QPalette& palette, double scale) const
{
    const QColor base = palette.color(QPalette::Base);
    const QColor removed = colourOf(Meaning::Removed, palette);
    const QColor border = blended(palette.color(QPalette::Text), base, m_text.isDim ? 0.25 : 0.5);
    painter.setBrush(
        m_mark.whole ? blended(removed, base, 0.22)
                     : (m_text.isDim ? blended(palette.color(QPalette::Window), base, 0.8) : base));
    if (isSelected())
        painter.setPen(QPen(palette.color(QPalette::Highlight), 3));
    else if (m_mark.whole)
        painter.setPen(QPen(removed, 2, Qt::DashLine));
    else
        painter.setPen(QPen(border, 1.2));
    painter.drawRoundedRect(m_rect, 6, 6);
    paintStrip(painter, palette, scale);
    paintShare(painter, palette);
    if (scale >= readableScale)
        paintTexts(painter, palette);
    else if (scale >= titleScale)
        paintTitleOnly(painter, palette);
}

void CardItem::paintTitleOnly(QPainter& painter, const QPalette& palette) const
{
    const bool hasStrip = m_text.channels > 0;
    const QRectF inner = m_rect.adjusted(margin, 2, -margin, hasStrip ? -22 : -2);
    painter.setFont(scaled(painter.font(), 27, false));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(m_text.title);
    if (width > inner.width())
        painter.setFont(
            scaled(painter.font(), std::max(16.0, std::floor(26 * inner.width() / width)), false));
    painter.setPen(blended(palette.color(QPalette::Text), palette.color(QPalette::Base),
                           m_text.isDim ? 0.5 : 0.85));
    drawElided(painter, inner, Qt::AlignCenter, m_text.title);
}

void CardItem::paintTexts(QPainter& painter, const QPalette& palette) const
{
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const QColor strong = blended(text, base, m_text.isDim ? 0.6 : 1.0);
    const QColor weak = blended(text, base, m_text.isDim ? 0.5 : 0.68);
    const QRectF inner = m_rect.adjusted(margin, 5, -margin, -5);
    const double line = 15;
    const QRectF first(inner.left(), inner.top(), inner.width(), line);
    const QRectF second = first.translated(0, line);
    const QRectF third = second.translated(0, line);
    QRectF titleRect = first;
    painter.setFont(scaled(painter.font(), 10, false));
    if (!m_mark.channels.empty() && !m_mark.whole) {
        const QString count = QStringLiteral("−%1").arg(m_mark.channels.size());
        painter.setFont(scaled(painter.font(), 11, true));
        painter.setPen(colourOf(Meaning::Removed, palette));
        painter.drawText(first, Qt::AlignRight | Qt::AlignVCenter, count);
        titleRect.setRight(titleRect.right()
                           - QFontMetricsF(painter.font()).horizontalAdvance(count) - 6);
    }
    painter.setFont(scaled(painter.font(), 12, true));
    painter.setPen(m_mark.whole ? colourOf(Meaning::Removed, palette) : strong);
    drawElided(painter, titleRect, Qt::AlignLeft | Qt::AlignVCenter, m_text.title);
    painter.setFont(scaled(painter.font(), 10, false));
    painter.setPen(weak);
    drawElided(painter, second, Qt::AlignLeft | Qt::AlignVCenter, m_text.operation);
    if (m_rect.height() < 60) // a small card has no third line
        return;
    drawElided(painter, third, Qt::AlignLeft | Qt::AlignVCenter, m_text.shape);
    painter.drawText(third, Qt::AlignRight | Qt::AlignVCenter, m_text.share);
}

QRectF CardItem::stripRect() const
{
    return {m_rect.left() + margin, m_rect.bottom() - 20, m_rect.width() - 2 * margin, 8};
}

/// The filters as cells; those that go are filled with the colour of what is removed.
void CardItem::paintStrip(QPainter& painter, const QPalette& palette, double scale) const
{
    if (m_text.channels <= 0)
        return;
    const QColor base = palette.color(QPalette::Base);
    const QRectF strip = stripRect();
    const double cell = strip.width() / static_cast<double>(m_text.channels);
    const QColor kept = blended(palette.color(QPalette::Text), base, m_text.isDim ? 0.14 : 0.28);
    const QColor gone = colourOf(Meaning::Removed, palette);
    painter.fillRect(strip, m_mark.whole ? gone : kept);
    for (const auto channel : m_mark.channels) {
        painter.fillRect(QRectF(strip.left() + static_cast<double>(channel) * cell, strip.top() - 1,
                                std::max(cell, 1.0), strip.height() + 2),
                         gone);
    }
    if (cell * scale < 3.0 || scale < cellScale)
        return;
    painter.setPen(QPen(base, 0.8));
    for (std::int64_t i = 1; i < m_text.channels; ++i) {
        const double x = strip.left() + static_cast<double>(i) * cell;
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()));
    }
}

void CardItem::paintShare(QPainter& painter, const QPalette& palette) const
{
    if (m_text.shareOfLargest <= 0)
        return;
    const QRectF strip = stripRect();
    const QRectF bar(strip.left(), strip.bottom() + 4, strip.width(), 3);
    painter.fillRect(bar,
                     blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.08));
    painter.fillRect(
        QRectF(bar.left(), bar.top(), bar.width() * m_text.shareOfLargest, bar.height()),
        colourOf(Meaning::Layer, palette));
}

} // namespace espalier::ui
