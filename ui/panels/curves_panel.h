#pragma once

#include <QTabWidget>

#include "session/session_state.h"

namespace espalier::ui {

class AccuracyPlot;
class EpochPlot;
class IterationPlot;
class LayerMap;

/// The plots, one in each tab.
class CurvesPanel final : public QTabWidget {
    Q_OBJECT

public:
    explicit CurvesPanel(QWidget* parent = nullptr);

    AccuracyPlot& accuracy() { return *m_accuracy; }
    EpochPlot& loss() { return *m_loss; }
    EpochPlot& epochAccuracy() { return *m_epochAccuracy; }
    IterationPlot& distance() { return *m_distance; }
    IterationPlot& sizes() { return *m_sizes; }
    LayerMap& layers() { return *m_layers; }
    void setHistory(const std::vector<Iteration>& history, IterationId current, CkaKind similarity);
    void setCurves(const std::vector<TrainingCurve>& curves,
                   const std::vector<Candidate>& candidates);

private:
    AccuracyPlot* m_accuracy;
    EpochPlot* m_loss;
    EpochPlot* m_epochAccuracy;
    IterationPlot* m_distance;
    IterationPlot* m_sizes;
    LayerMap* m_layers;
};

} // namespace espalier::ui
