#pragma once

#include <vector>

#include <QPointF>
#include <QWidget>

#include "session/session_state.h"

class QCustomPlot;

namespace espalier::ui {

class PlotTools;

/// Loss or accuracy by epoch of one iteration's fine-tunings. The brief ones of the candidates
/// start side by side; the full one continues where the chosen candidate's brief one ended.
class EpochPlot final : public QWidget {
    Q_OBJECT

public:
    enum class Quantity { Loss, Accuracy };

    explicit EpochPlot(Quantity quantity, QWidget* parent = nullptr);

    /// `candidates` gives the curves their colours (layer or filters).
    void setCurves(const std::vector<TrainingCurve>& curves,
                   const std::vector<Candidate>& candidates);

    /// Read back: names and points (epoch, value) of the lines in the plot.
    struct Line {
        QString name;
        std::vector<QPointF> points;
    };
    std::vector<Line> lines() const;
    QCustomPlot& plot() { return *m_plot; }
    PlotTools& tools() { return *m_tools; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void addCurve(const TrainingCurve& curve, double firstEpoch);
    void addLine(const QString& name, const std::vector<QPointF>& points, const QColor& colour,
                 Qt::PenStyle style);
    QColor colourOfCurve(const TrainingCurve& curve) const;

    Quantity m_quantity;
    std::vector<TrainingCurve> m_curves;
    std::vector<Candidate> m_candidates;
    QCustomPlot* m_plot;
    PlotTools* m_tools;
};

} // namespace espalier::ui
