#include "panels/curves_panel.h"

#include "plots/accuracy_plot.h"
#include "plots/epoch_plot.h"

namespace espalier::ui {

CurvesPanel::CurvesPanel(QWidget* parent)
    : QTabWidget(parent)
    , m_accuracy(new AccuracyPlot(this))
    , m_loss(new EpochPlot(EpochPlot::Quantity::Loss, this))
    , m_epochAccuracy(new EpochPlot(EpochPlot::Quantity::Accuracy, this))
{
    setObjectName(QStringLiteral("curves"));
    setDocumentMode(true);
    addTab(m_accuracy, tr("Accuracy / MACs"));
    addTab(m_loss, tr("Loss"));
    addTab(m_epochAccuracy, tr("Accuracy / epoch"));
}

void CurvesPanel::setCurves(const std::vector<TrainingCurve>& curves,
                            const std::vector<Candidate>& candidates)
{
    m_loss->setCurves(curves, candidates);
    m_epochAccuracy->setCurves(curves, candidates);
}

} // namespace espalier::ui
