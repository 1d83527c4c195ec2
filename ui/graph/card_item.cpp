#include "graph/card_item.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

#include "graph/ground_items.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

constexpr double margin = 8;
constexpr double readableScale = 0.75; ///< below this texts are dust; a big title stays
constexpr double numberScale = 0.5; ///< below this the title stands alone
constexpr double titleScale = 0.2; ///< below this no text at all
constexpr double warmest = 0.4; ///< of the heat's colour over the ground, so that texts stand out

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

CardItem::CardItem(const Card& card, std::size_t index, CardContent content)
    : m_index(index)
    , m_rect(-card.rect.width() / 2, -card.rect.height() / 2, card.rect.width(), card.rect.height())
    , m_group(card.group)
    , m_isCircle(card.isCircle)
    , m_isFolded(card.isFolded)
    , m_isThin(card.isThin)
    , m_content(std::move(content))
    , m_strip(m_content.cells.size())
{
    if (!m_content.present.empty())
        m_strip.setPresent(m_content.present);
    m_strip.setDim(m_content.text.isDim);
    setToolTip(m_content.text.tip);
    setPos(card.rect.center());
    setFlag(ItemIsSelectable, !isGhost());
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

void CardItem::setHeat(const QString& number, std::optional<double> share)
{
    m_number = number;
    m_heat = share;
    update();
}

void CardItem::setLock(CardLock lock)
{
    if (std::exchange(m_lock, lock) != lock)
        update();
}

std::optional<std::size_t> CardItem::slotAt(QPointF position) const
{
    const QPointF point = mapFromScene(position);
    const QRectF strip = stripRect();
    // a little above and below too: it is thin
    return strip.adjusted(0, -4, 0, 4).contains(point) ? m_strip.slotAt(strip, point.x())
                                                       : std::nullopt;
}

QRectF CardItem::cellRect(std::size_t cell) const
{
    return mapRectToScene(m_strip.cellRect(stripRect(), cell));
}

bool CardItem::isOnLock(QPointF position) const
{
    return showsLock() && lockRect().adjusted(-3, -3, 3, 3).contains(mapFromScene(position));
}

bool CardItem::isOnChevron(QPointF position) const
{
    return m_isFolded && chevronRect().adjusted(-4, -4, 4, 4).contains(mapFromScene(position));
}

QRectF CardItem::boundingRect() const
{
    return m_rect.adjusted(-3, -3, 3, 3);
}

QRectF CardItem::stripRect() const
{
    return {m_rect.left() + margin, m_rect.bottom() - 25, m_rect.width() - 2 * margin, 13};
}

QRectF CardItem::lockRect() const
{
    return {m_rect.right() - margin - 9, m_rect.top() + 6, 9, 12};
}

QRectF CardItem::chevronRect() const
{
    return {m_rect.left() + margin, m_rect.top() + 8, 9, 9};
}

/// One that is open is in sight only where the user looks, else there would be one on every card.
bool CardItem::showsLock() const
{
    return m_lock == CardLock::Locked || (m_lock == CardLock::Open && isSelected());
}

void CardItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget)
{
    const QPalette palette = widget ? widget->palette() : option->palette;
    const double scale =
        QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    if (m_isCircle) {
        paintCircle(*painter, palette);
        return;
    }
    paintGround(*painter, palette);
    if (!m_isThin)
        m_strip.paint(*painter, stripRect(), palette, scale);
    paintBar(*painter, palette);
    if (scale >= readableScale)
        paintTexts(*painter, palette);
    else if (scale >= titleScale)
        paintBigTexts(*painter, palette, scale);
}

void CardItem::paintCircle(QPainter& painter, const QPalette& palette) const
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = blended(palette.color(QPalette::Text), base, isGhost() ? 0.4 : 1.0);
    const bool isOutlined = isSelected() || m_isCoupled;
    QPen pen(isOutlined ? palette.color(QPalette::Highlight) : text,
             isSelected() ? 3.0 : (m_isCoupled ? 2.0 : 1.4));
    if (isGhost())
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(base);
    painter.drawEllipse(m_rect);
    const double arm = m_rect.width() * 0.24;
    painter.setPen(QPen(text, 1.8));
    painter.drawLine(QPointF(-arm, 0), QPointF(arm, 0));
    painter.drawLine(QPointF(0, -arm), QPointF(0, arm));
}

void CardItem::paintGround(QPainter& painter, const QPalette& palette) const
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor removed = colourOf(Meaning::Removed, palette);
    QColor ground =
        m_content.text.isDim ? blended(palette.color(QPalette::Window), base, 0.8) : base;
    if (m_heat)
        ground = blended(colourOf(Meaning::Heat, palette), ground, warmest * *m_heat);
    QPen pen(blended(text, base, m_content.text.isDim ? 0.25 : 0.5), 1.2);
    if (m_mark.whole) {
        ground = blended(removed, base, 0.22);
        pen = QPen(removed, 2, Qt::DashLine);
    }
    if (isGhost()) {
        ground = Qt::transparent;
        pen = QPen(blended(text, base, 0.35), 1, Qt::DashLine);
    }
    if (m_isCoupled)
        pen = QPen(palette.color(QPalette::Highlight), 1.8);
    if (isSelected())
        pen = QPen(palette.color(QPalette::Highlight), 3);
    painter.setBrush(ground);
    painter.setPen(pen);
    if (m_isFolded && !m_isThin) // looks like a stack
        painter.drawRoundedRect(m_rect.adjusted(3, -3, 3, -3), 6, 6);
    painter.drawRoundedRect(m_rect, 6, 6);
}

/// The title, and the number where there is room, of the size of normal text on the screen.
void CardItem::paintBigTexts(QPainter& painter, const QPalette& palette, double scale) const
{
    const bool hasStrip = !m_isThin && !m_strip.isEmpty();
    QRectF inner = m_rect.adjusted(margin, 2, -margin, hasStrip ? -27 : -2);
    const bool isWeak = m_content.text.isDim || isGhost();
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    if (scale >= numberScale && hasStrip && !m_number.isEmpty()) {
        painter.setPen(blended(text, base, isWeak ? 0.5 : 0.72));
        m_bigNumber.draw(painter, {inner.left(), inner.bottom() - 20, inner.width(), 19},
                         Qt::AlignHCenter, m_number, 16, 12);
        inner.setBottom(inner.bottom() - 17);
    }
    const double size = std::clamp(13 / scale, 16.0, std::min(27.0, inner.height()));
    painter.setPen(m_mark.whole ? colourOf(Meaning::Removed, palette)
                                : blended(text, base, isWeak ? 0.6 : 0.9));
    m_bigTitle.draw(painter, inner, Qt::AlignHCenter, m_content.text.title, qRound(size), 16);
}

void CardItem::paintTexts(QPainter& painter, const QPalette& palette) const
{
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const bool isWeak = m_content.text.isDim || isGhost();
    const QColor strong = blended(text, base, isWeak ? 0.6 : 1.0);
    const QColor weak = blended(text, base, isWeak ? 0.5 : 0.72);
    const double line = 15;
    const QRectF inner = m_rect.adjusted(margin, m_isThin ? 1 : 5, -margin, 0);
    const QRectF first(inner.left(), inner.top(), inner.width(), line);
    const double taken = paintTitleSigns(painter, palette, first);
    painter.setFont(scaled(painter.font(), 12, true));
    painter.setPen(m_mark.whole ? colourOf(Meaning::Removed, palette) : strong);
    drawElided(painter, first.adjusted(m_isFolded && !isGhost() ? 14 : 0, 0, -taken, 0),
               Qt::AlignLeft | Qt::AlignVCenter, m_content.text.title);
    const QRectF second = first.translated(0, m_isThin ? 13 : line);
    painter.setFont(scaled(painter.font(), 10, false));
    painter.setPen(weak);
    drawElided(painter, second, Qt::AlignLeft | Qt::AlignVCenter, m_content.text.operation);
    if (m_rect.height() < 60) // a small card has no third line
        return;
    const QRectF third = second.translated(0, line);
    const double number = QFontMetricsF(painter.font()).horizontalAdvance(m_number);
    drawElided(painter, third.adjusted(0, 0, m_number.isEmpty() ? 0 : -number - 6, 0),
               Qt::AlignLeft | Qt::AlignVCenter, m_content.text.shape);
    painter.setPen(strong);
    painter.drawText(third, Qt::AlignRight | Qt::AlignVCenter, m_number);
}

/// What stands beside the title. Gives the width it takes at the right end.
double CardItem::paintTitleSigns(QPainter& painter, const QPalette& palette,
                                 const QRectF& line) const
{
    double taken = 0;
    if (showsLock()) {
        paintLock(painter, palette);
        taken += lockRect().width() + 5;
    }
    if (m_isFolded && !isGhost())
        paintChevron(painter, chevronRect(), /*folded=*/true, palette);
    if (m_mark.cells.empty() || m_mark.whole)
        return taken;
    const QString count = QStringLiteral("−%1").arg(m_mark.cells.size());
    painter.setFont(scaled(painter.font(), 11, true));
    painter.setPen(colourOf(Meaning::Removed, palette));
    painter.drawText(line.adjusted(0, 0, -taken, 0), Qt::AlignRight | Qt::AlignVCenter, count);
    return taken + QFontMetricsF(painter.font()).horizontalAdvance(count) + 6;
}

void CardItem::paintLock(QPainter& painter, const QPalette& palette) const
{
    const bool isLocked = m_lock == CardLock::Locked;
    const QColor text = palette.color(QPalette::Text);
    const QColor colour = blended(text, palette.color(QPalette::Base), isLocked ? 0.9 : 0.5);
    const QRectF rect = lockRect();
    const QRectF body(rect.left(), rect.top() + 5, rect.width(), 7);
    QPainterPath shackle;
    const double lift = isLocked ? 0.0 : 2.0;
    shackle.moveTo(body.left() + 2, body.top());
    shackle.lineTo(body.left() + 2, body.top() - 2 - lift);
    shackle.arcTo(QRectF(body.left() + 2, body.top() - 5 - lift, 5, 5), 180, -180);
    if (isLocked)
        shackle.lineTo(body.left() + 7, body.top());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.5));
    painter.drawPath(shackle);
    painter.setBrush(isLocked ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(body, 1, 1);
}

void CardItem::paintBar(QPainter& painter, const QPalette& palette) const
{
    if (!m_heat || m_number.isEmpty())
        return;
    const QRectF strip = stripRect();
    const QRectF bar(strip.left(), m_rect.bottom() - 8, strip.width(), 3);
    const QColor base = palette.color(QPalette::Base);
    painter.fillRect(bar, blended(palette.color(QPalette::Text), base, 0.08));
    painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * *m_heat, bar.height()),
                     colourOf(Meaning::Heat, palette));
}

} // namespace espalier::ui
