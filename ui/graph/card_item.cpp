#include "graph/card_item.h"

#include <algorithm>
#include <cmath>
#include <numeric>
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

CardItem::CardItem(const Card& card, CardText text, Strip strip)
    : m_head(card.head)
    , m_rect(-card.rect.width() / 2, -card.rect.height() / 2, card.rect.width(), card.rect.height())
    , m_isCircle(card.isCircle)
    , m_text(std::move(text))
    , m_strip(std::move(strip))
{
    m_strip.setDim(m_text.isDim);
    setPos(card.rect.center());
    setFlag(ItemIsSelectable);
    setZValue(2);
}

void CardItem::setMark(NodeMark mark)
{
    m_mark = std::move(mark);
    std::vector<std::size_t> marked = m_mark.cells;
    if (m_mark.whole) {
        marked.resize(m_strip.cells());
        std::iota(marked.begin(), marked.end(), std::size_t(0));
    }
    m_strip.setMarked(std::move(marked));
    update();
}

void CardItem::setScores(std::vector<double> scores)
{
    m_strip.setScores(std::move(scores));
    update();
}

void CardItem::setSelectedCell(std::optional<std::size_t> cell)
{
    if (m_strip.selected() == cell)
        return;
    m_strip.setSelected(cell);
    update();
}

void CardItem::setCoupled(bool coupled)
{
    if (std::exchange(m_isCoupled, coupled) != coupled)
        update();
}

std::optional<std::size_t> CardItem::slotAt(QPointF scenePosition) const
{
    const QPointF point = mapFromScene(scenePosition);
    const QRectF strip = stripRect();
    // a little above and below too: it is thin
    return strip.adjusted(0, -4, 0, 4).contains(point) ? m_strip.slotAt(strip, point.x())
                                                       : std::nullopt;
}

QRectF CardItem::cellRect(std::size_t cell) const
{
    return mapRectToScene(m_strip.cellRect(stripRect(), cell));
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
    const bool isOutlined = isSelected() || m_isCoupled;
    painter.setPen(QPen(isOutlined ? palette.color(QPalette::Highlight) : text,
                        isSelected() ? 3.0 : (m_isCoupled ? 2.0 : 1.4)));
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
    else if (m_isCoupled)
        painter.setPen(QPen(palette.color(QPalette::Highlight), 1.8));
    else
        painter.setPen(QPen(border, 1.2));
    painter.drawRoundedRect(m_rect, 6, 6);
    m_strip.paint(painter, stripRect(), palette, scale);
    paintShare(painter, palette);
    if (scale >= readableScale)
        paintTexts(painter, palette);
    else if (scale >= titleScale)
        paintTitleOnly(painter, palette);
}

void CardItem::paintTitleOnly(QPainter& painter, const QPalette& palette) const
{
    const bool hasStrip = !m_strip.isEmpty();
    const QRectF inner = m_rect.adjusted(margin, 2, -margin, hasStrip ? -27 : -2);
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
    if (!m_mark.cells.empty() && !m_mark.whole) {
        const QString count = QStringLiteral("−%1").arg(m_mark.cells.size());
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
    return {m_rect.left() + margin, m_rect.bottom() - 25, m_rect.width() - 2 * margin, 13};
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
