#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <QImage>
#include <QPalette>
#include <QRectF>

class QPainter;

namespace espalier::ui {

/// The cells of one card, painted together: at a zoom where single cells cannot be told apart, as
/// the average colour of those that fall on a pixel. A cell that went earlier, a ghost, keeps its
/// place among the others.
class Strip {
public:
    explicit Strip(std::size_t cells = 0);

    bool isEmpty() const { return m_slots.empty(); }
    std::size_t cells() const { return m_cells; }

    /// Where the cells stand among all that there were; as many true as there are cells. Empty:
    /// no ghosts.
    void setPresent(const std::vector<bool>& present);
    /// 0..1 for each cell, NaN where unknown; empty: no scores.
    void setScores(std::vector<double> scores);
    /// Cells that the previewed removal takes, ascending.
    void setMarked(std::vector<std::size_t> marked);
    void setSelected(std::optional<std::size_t> cell);
    void setDim(bool dim);

    const std::vector<double>& scores() const { return m_scores; }
    const std::vector<std::size_t>& marked() const { return m_marked; }
    std::optional<std::size_t> selected() const { return m_selected; }
    std::size_t ghosts() const { return m_slots.size() - m_cells; }
    std::size_t slotCount() const { return m_slots.size(); }

    /// The slot (cell or ghost) of `rect` that x falls into.
    std::optional<std::size_t> slotAt(const QRectF& rect, double x) const;
    /// The cell in a slot; absent for a ghost.
    std::optional<std::size_t> cellIn(std::size_t slot) const;
    QRectF slotRect(const QRectF& rect, std::size_t slot) const;
    QRectF cellRect(const QRectF& rect, std::size_t cell) const;

    QColor colourOf(std::size_t slot, const QPalette& palette) const;
    /// `scale`: device pixels per unit of `rect`.
    void paint(QPainter& painter, const QRectF& rect, const QPalette& palette, double scale) const;

private:
    void paintVector(QPainter& painter, const QRectF& rect, const QPalette& palette) const;
    void paintGrid(QPainter& painter, const QRectF& rect, const QPalette& palette) const;
    void paintSelected(QPainter& painter, const QRectF& rect, const QPalette& palette,
                       double scale) const;
    const QImage& imageFor(double pixels, const QPalette& palette) const;

    static constexpr int ghost = -1;

    std::size_t m_cells = 0;
    std::vector<int> m_slots; ///< the cell in each slot, or `ghost`
    std::vector<std::size_t> m_slotOf; ///< by cell
    std::vector<double> m_scores;
    std::vector<std::size_t> m_marked;
    std::vector<bool> m_isMarked; ///< by cell
    std::optional<std::size_t> m_selected;
    bool m_isDim = false;
    /// One row of pixels each: all slots, half as many, a quarter, ...
    mutable std::vector<QImage> m_levels;
    mutable qint64 m_paletteKey = 0;
};

} // namespace espalier::ui
