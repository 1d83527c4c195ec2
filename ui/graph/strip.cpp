#include "graph/strip.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <QPaintEngine>
#include <QPainter>

#include "style/colours.h"
#include "style/score_colours.h"

namespace espalier::ui {

namespace {

constexpr double gridPixels = 4.0; ///< narrower cells have no line between them

QImage halved(const QImage& image)
{
    QImage half((image.width() + 1) / 2, 1, QImage::Format_RGB32);
    const auto* from = reinterpret_cast<const QRgb*>(image.constScanLine(0));
    auto* to = reinterpret_cast<QRgb*>(half.scanLine(0));
    for (int i = 0; i < half.width(); ++i) {
        const QRgb a = from[2 * i];
        const QRgb b = from[std::min(2 * i + 1, image.width() - 1)];
        to[i] =
            qRgb((qRed(a) + qRed(b)) / 2, (qGreen(a) + qGreen(b)) / 2, (qBlue(a) + qBlue(b)) / 2);
    }
    return half;
}

bool isVector(const QPainter& painter)
{
    const auto type = painter.paintEngine()->type();
    return type == QPaintEngine::SVG || type == QPaintEngine::Pdf;
}

} // namespace

Strip::Strip(std::size_t cells)
    : m_cells(cells)
{
    setPresent({});
}

void Strip::setPresent(const std::vector<bool>& present)
{
    m_levels.clear();
    m_slotOf.clear();
    if (static_cast<std::size_t>(std::ranges::count(present, true)) != m_cells) {
        m_slots.resize(m_cells);
        std::iota(m_slots.begin(), m_slots.end(), 0);
        m_slotOf.resize(m_cells);
        std::iota(m_slotOf.begin(), m_slotOf.end(), std::size_t(0));
        return;
    }
    m_slots.assign(present.size(), ghost);
    for (std::size_t slot = 0; slot < present.size(); ++slot) {
        if (!present[slot])
            continue;
        m_slots[slot] = static_cast<int>(m_slotOf.size());
        m_slotOf.push_back(slot);
    }
}

void Strip::setScores(std::vector<double> scores)
{
    m_scores = std::move(scores);
    m_scores.resize(m_scores.empty() ? 0 : m_cells, std::nan(""));
    m_levels.clear();
}

void Strip::setMarked(std::vector<std::size_t> marked)
{
    m_marked = std::move(marked);
    m_isMarked.assign(m_cells, false);
    for (const auto cell : m_marked)
        m_isMarked[cell] = true;
    m_levels.clear();
}

void Strip::setSelected(std::optional<std::size_t> cell)
{
    m_selected = cell;
}

void Strip::setDim(bool dim)
{
    m_isDim = dim;
    m_levels.clear();
}

std::optional<std::size_t> Strip::slotAt(const QRectF& rect, double x) const
{
    if (m_slots.empty() || x < rect.left() || x >= rect.right())
        return std::nullopt;
    const auto slot = static_cast<std::size_t>((x - rect.left()) / rect.width()
                                               * static_cast<double>(m_slots.size()));
    return std::min(slot, m_slots.size() - 1);
}

std::optional<std::size_t> Strip::cellIn(std::size_t slot) const
{
    if (slot >= m_slots.size() || m_slots[slot] == ghost)
        return std::nullopt;
    return static_cast<std::size_t>(m_slots[slot]);
}

QRectF Strip::slotRect(const QRectF& rect, std::size_t slot) const
{
    const double width = rect.width() / static_cast<double>(m_slots.size());
    return {rect.left() + static_cast<double>(slot) * width, rect.top(), width, rect.height()};
}

QRectF Strip::cellRect(const QRectF& rect, std::size_t cell) const
{
    return slotRect(rect, m_slotOf[cell]);
}

QColor Strip::colourOf(std::size_t slot, const QPalette& palette) const
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const auto cell = cellIn(slot);
    if (!cell)
        return blended(text, base, 0.06);
    if (*cell < m_isMarked.size() && m_isMarked[*cell])
        return ui::colourOf(Meaning::Removed, palette);
    if (*cell < m_scores.size() && std::isfinite(m_scores[*cell]))
        return scoreColour(m_scores[*cell], palette);
    return blended(text, base, m_isDim ? 0.16 : 0.3);
}

const QImage& Strip::imageFor(double pixels, const QPalette& palette) const
{
    if (m_paletteKey != palette.cacheKey())
        m_levels.clear();
    m_paletteKey = palette.cacheKey();
    if (m_levels.empty()) {
        QImage all(static_cast<int>(m_slots.size()), 1, QImage::Format_RGB32);
        for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
            all.setPixel(static_cast<int>(slot), 0, colourOf(slot, palette).rgb());
        m_levels.push_back(std::move(all));
        while (m_levels.back().width() > 1)
            m_levels.push_back(halved(m_levels.back()));
    }
    const auto fits = std::ranges::find_if(
        m_levels, [&](const QImage& level) { return level.width() <= std::max(1.0, pixels); });
    return fits == m_levels.end() ? m_levels.back() : *fits;
}

void Strip::paint(QPainter& painter, const QRectF& rect, const QPalette& palette,
                  double scale) const
{
    if (m_slots.empty())
        return;
    if (isVector(painter))
        paintVector(painter, rect, palette);
    else
        painter.drawImage(rect, imageFor(rect.width() * scale, palette));
    if (rect.width() * scale >= gridPixels * static_cast<double>(m_slots.size()))
        paintGrid(painter, rect, palette);
    paintSelected(painter, rect, palette, scale);
}

/// Runs of one colour as one rectangle.
void Strip::paintVector(QPainter& painter, const QRectF& rect, const QPalette& palette) const
{
    for (std::size_t begin = 0; begin < m_slots.size();) {
        const QColor colour = colourOf(begin, palette);
        auto end = begin + 1;
        while (end < m_slots.size() && colourOf(end, palette) == colour)
            ++end;
        QRectF run = slotRect(rect, begin);
        run.setRight(slotRect(rect, end - 1).right());
        painter.fillRect(run, colour);
        begin = end;
    }
}

void Strip::paintGrid(QPainter& painter, const QRectF& rect, const QPalette& palette) const
{
    const QColor base = palette.color(QPalette::Base);
    painter.setPen(QPen(base, 0.8));
    for (std::size_t slot = 1; slot < m_slots.size(); ++slot) {
        const double x = slotRect(rect, slot).left();
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
    }
    if (ghosts() == 0)
        return;
    painter.setPen(QPen(blended(palette.color(QPalette::Text), base, 0.45), 0.6, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot) {
        if (m_slots[slot] == ghost)
            painter.drawRect(slotRect(rect, slot).adjusted(0.6, 0.4, -0.6, -0.4));
    }
}

void Strip::paintSelected(QPainter& painter, const QRectF& rect, const QPalette& palette,
                          double scale) const
{
    if (!m_selected || *m_selected >= m_cells)
        return;
    QRectF cell = cellRect(rect, *m_selected);
    const double least = 3.0 / scale; // in sight, however many there are
    if (cell.width() < least)
        cell.adjust(-(least - cell.width()) / 2, 0, (least - cell.width()) / 2, 0);
    painter.fillRect(cell.adjusted(-2, -3, 2, 3), palette.color(QPalette::Base));
    painter.fillRect(cell.adjusted(-1, -2, 1, 2), palette.color(QPalette::Highlight));
    if (cell.width() * scale >= 5)
        painter.fillRect(cell.adjusted(1, 1, -1, -1), colourOf(m_slotOf[*m_selected], palette));
}

} // namespace espalier::ui
