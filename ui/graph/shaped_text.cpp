#include "graph/shaped_text.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPainter>

namespace espalier::ui {

void ShapedText::draw(QPainter& painter, const QRectF& room, Qt::Alignment horizontal,
                      const QString& text, int pixels, int leastPixels)
{
    if (text.isEmpty() || room.width() <= 0)
        return;
    const QString family = painter.font().family();
    if (text != m_text || pixels != m_pixels || room.width() != m_room
        || leastPixels != m_leastPixels || family != m_family) {
        m_text = text;
        m_family = family;
        m_leastPixels = leastPixels;
        m_pixels = pixels;
        m_room = room.width();
        shape(painter.font());
    }
    const QSizeF size = m_shaped.size();
    const double spare = room.width() - size.width();
    const double left = horizontal & Qt::AlignRight ? spare
        : horizontal & Qt::AlignHCenter             ? spare / 2
                                                    : 0.0;
    painter.setFont(m_font);
    painter.drawStaticText(room.topLeft() + QPointF(left, (room.height() - size.height()) / 2),
                           m_shaped);
}

void ShapedText::shape(QFont font)
{
    font.setBold(false);
    font.setPixelSize(m_pixels);
    const double wanted = QFontMetricsF(font).horizontalAdvance(m_text);
    if (wanted > m_room)
        font.setPixelSize(std::max(m_leastPixels, static_cast<int>(m_pixels * m_room / wanted)));
    m_font = font;
    m_shaped = QStaticText(QFontMetricsF(font).elidedText(m_text, Qt::ElideMiddle, m_room));
    m_shaped.setTextFormat(Qt::PlainText);
    m_shaped.prepare({}, font);
}

} // namespace espalier::ui
