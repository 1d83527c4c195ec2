#pragma once

#include <map>
#include <vector>

#include <QPointF>
#include <QWidget>

#include "session/history.h"

class QCustomPlot;

namespace espalier::ui {

class PlotTools;

/// A quantity by iteration, on the way from the dense network to the current one.
class IterationPlot final : public QWidget {
    Q_OBJECT

public:
    enum class Quantity {
        Distance, ///< 1 - CKA of what competed, logarithmic; what was chosen is filled
        Size, ///< MACs, parameters and measured latency that are left, in percent of the dense
              ///< network's
    };

    explicit IterationPlot(Quantity quantity, QWidget* parent = nullptr);

    void setHistory(const std::vector<Iteration>& history, IterationId current, CkaKind similarity);

    /// Read back, by the names of the legend: (iteration, value).
    std::map<QString, std::vector<QPointF>> lines() const;
    QCustomPlot& plot() { return *m_plot; }
    PlotTools& tools() { return *m_tools; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void drawDistances(const std::vector<const Iteration*>& path);
    void drawSizes(const std::vector<const Iteration*>& path);

    Quantity m_quantity;
    std::vector<Iteration> m_history;
    IterationId m_current;
    CkaKind m_similarity = CkaKind::Linear;
    QCustomPlot* m_plot;
    PlotTools* m_tools;
};

} // namespace espalier::ui
