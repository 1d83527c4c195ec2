#include "panels/weight_histogram.h"

#include <algorithm>

#include <QPainter>

#include "style/colours.h"

namespace espalier::ui {

WeightHistogram::WeightHistogram(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("weightHistogram"));
    setAccessibleName(tr("Histogram of the weights"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WeightHistogram::setBars(std::vector<std::int64_t> bars, double minimum, double maximum)
{
    m_bars = std::move(bars);
    m_minimum = minimum;
    m_maximum = maximum;
    const QString range = tr("Weights from %1 to %2; the line is at zero")
                              .arg(minimum, 0, 'g', 3)
                              .arg(maximum, 0, 'g', 3);
    setToolTip(range);
    setAccessibleDescription(range);
    update();
}

void WeightHistogram::paintEvent(QPaintEvent*)
{
    if (m_bars.empty())
        return;
    QPainter painter(this);
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    const QRectF area = QRectF(rect()).adjusted(0, 2, 0, -2);
    const auto highest = static_cast<double>(std::max<std::int64_t>(1, std::ranges::max(m_bars)));
    const double width = area.width() / static_cast<double>(m_bars.size());
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const double height = area.height() * static_cast<double>(m_bars[i]) / highest;
        painter.fillRect(QRectF(area.left() + static_cast<double>(i) * width,
                                area.bottom() - height, std::max(1.0, width - 1), height),
                         colourOf(Meaning::Layer, palette()));
    }
    painter.setPen(blended(text, base, 0.3));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (m_minimum >= 0 || m_maximum <= 0)
        return;
    const double zero = area.left() + area.width() * -m_minimum / (m_maximum - m_minimum);
    painter.setPen(QPen(blended(text, base, 0.7), 1, Qt::DashLine));
    painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.bottom()));
}

} // namespace espalier::ui
