#include "panels/curves_panel.h"

#include "plots/accuracy_plot.h"
#include "plots/epoch_plot.h"
#include "plots/iteration_plot.h"
#include "plots/layer_map.h"

namespace espalier::ui {

CurvesPanel::CurvesPanel(QWidget* parent)
    : QTabWidget(parent)
    , m_accuracy(new AccuracyPlot(this))
    , m_loss(new EpochPlot(EpochPlot::Quantity::Loss, this))
    , m_epochAccuracy(new EpochPlot(EpochPlot::Quantity::Accuracy, this))
    , m_distance(new IterationPlot(IterationPlot::Quantity::Distance, this))
    , m_sizes(new IterationPlot(IterationPlot::Quantity::Size, this))
    , m_layers(new LayerMap(this))
{
    setObjectName(QStringLiteral("curves"));
    setDocumentMode(true);
    addTab(m_accuracy, tr("Accuracy / MACs"));
    addTab(m_loss, tr("Loss"));
    addTab(m_epochAccuracy, tr("Accuracy / epoch"));
    addTab(m_distance, tr("CKA"));
    addTab(m_sizes, tr("Size"));
    addTab(m_layers, tr("Layers"));
}

void CurvesPanel::setHistory(const std::vector<Iteration>& history, IterationId current,
                             CkaKind similarity)
{
    m_accuracy->setHistory(history, current);
    m_distance->setHistory(history, current, similarity);
    m_sizes->setHistory(history, current, similarity);
}

void CurvesPanel::setCurves(const std::vector<TrainingCurve>& curves,
                            const std::vector<Candidate>& candidates)
{
    m_loss->setCurves(curves, candidates);
    m_epochAccuracy->setCurves(curves, candidates);
}

} // namespace espalier::ui
