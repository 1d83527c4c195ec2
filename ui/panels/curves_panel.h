#pragma once

#include <QTabWidget>

#include "session/session_state.h"

namespace espalier::ui {

class AccuracyPlot;
class EpochPlot;

/// The plots, one in each tab.
class CurvesPanel final : public QTabWidget {
    Q_OBJECT

public:
    explicit CurvesPanel(QWidget* parent = nullptr);

    AccuracyPlot& accuracy() { return *m_accuracy; }
    EpochPlot& loss() { return *m_loss; }
    EpochPlot& epochAccuracy() { return *m_epochAccuracy; }
    void setCurves(const std::vector<TrainingCurve>& curves,
                   const std::vector<Candidate>& candidates);

private:
    AccuracyPlot* m_accuracy;
    EpochPlot* m_loss;
    EpochPlot* m_epochAccuracy;
};

} // namespace espalier::ui
