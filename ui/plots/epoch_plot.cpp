#include "plots/epoch_plot.h"

#include <algorithm>

#include <QEvent>
#include <QVBoxLayout>

#include "plots/plot_style.h"
#include "plots/plot_tools.h"
#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

EpochPlot::EpochPlot(Quantity quantity, QWidget* parent)
    : QWidget(parent)
    , m_quantity(quantity)
    , m_plot(new QCustomPlot(this))
{
    const bool isLoss = quantity == Quantity::Loss;
    setAccessibleName(isLoss ? tr("Loss by epoch") : tr("Accuracy by epoch"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setUpPlot(*m_plot);
    m_plot->xAxis->setLabel(tr("epoch of this iteration"));
    QSharedPointer<QCPAxisTickerFixed> wholeEpochs(new QCPAxisTickerFixed);
    wholeEpochs->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    m_plot->xAxis->setTicker(wholeEpochs);
    m_plot->yAxis->setLabel(isLoss ? tr("training loss") : tr("accuracy, % (dotted: training)"));
    m_plot->axisRect()->insetLayout()->setInsetAlignment(
        0, (isLoss ? Qt::AlignTop : Qt::AlignBottom) | Qt::AlignRight);
    m_tools = new PlotTools(*m_plot, isLoss ? QStringLiteral("loss") : QStringLiteral("epochs"),
                            [this] { draw(); });
    draw();
}

void EpochPlot::setCurves(const std::vector<TrainingCurve>& curves,
                          const std::vector<Candidate>& candidates)
{
    m_curves = curves;
    m_candidates = candidates;
    draw();
}

void EpochPlot::draw()
{
    m_plot->clearGraphs();
    applyPalette(*m_plot, palette());
    for (const auto& curve : m_curves) {
        double before = 0;
        if (!curve.brief) {
            const auto brief = std::ranges::find_if(m_curves, [&](const auto& other) {
                return other.brief && other.candidate == curve.candidate;
            });
            if (brief != m_curves.end() && !brief->epochs.empty())
                before = static_cast<double>(brief->epochs.back().epoch);
        }
        addCurve(curve, before);
    }
    m_tools->applyHidden();
    const bool isLoss = m_quantity == Quantity::Loss;
    showAll(*m_plot, {0, 10}, isLoss ? QCPRange(0, 2) : QCPRange(0, 100));
    m_plot->legend->setVisible(m_plot->graphCount() > 0);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void EpochPlot::addCurve(const TrainingCurve& curve, double before)
{
    std::vector<QPointF> training;
    std::vector<QPointF> validation;
    for (const auto& epoch : curve.epochs) {
        const double x = before + static_cast<double>(epoch.epoch);
        training.emplace_back(
            x, m_quantity == Quantity::Loss ? epoch.trainLoss : 100.0 * epoch.trainAccuracy);
        if (epoch.validationAccuracy)
            validation.emplace_back(x, 100.0 * *epoch.validationAccuracy);
    }
    const QColor colour = colourOfCurve(curve);
    const QString name = toText(curve.task);
    if (m_quantity == Quantity::Loss) {
        addLine(name, training, colour, curve.brief ? Qt::DashLine : Qt::SolidLine);
        return;
    }
    addLine(tr("%1, training").arg(name), training,
            blended(colour, palette().color(QPalette::Base), 0.5), Qt::DotLine);
    if (validation.empty())
        return;
    m_plot->graph(m_plot->graphCount() - 1)->removeFromLegend();
    addLine(tr("%1, validation").arg(name), validation, colour,
            curve.brief ? Qt::DashLine : Qt::SolidLine);
}

void EpochPlot::addLine(const QString& name, const std::vector<QPointF>& points,
                        const QColor& colour, Qt::PenStyle style)
{
    auto* graph = m_plot->addGraph();
    graph->setName(name);
    for (const auto& point : points)
        graph->addData(point.x(), point.y());
    graph->setPen(linePen(colour, 1.8, style));
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour), colour, 4.5));
}

QColor EpochPlot::colourOfCurve(const TrainingCurve& curve) const
{
    if (curve.candidate >= m_candidates.size())
        return colourOf(Meaning::Training, palette());
    return colourOf(m_candidates[curve.candidate].kind == StructureKind::Layer ? Meaning::Layer
                                                                               : Meaning::Filter,
                    palette());
}

std::vector<EpochPlot::Line> EpochPlot::lines() const
{
    std::vector<Line> lines;
    for (int i = 0; i < m_plot->graphCount(); ++i) {
        Line line{m_plot->graph(i)->name(), {}};
        for (const auto& point : *m_plot->graph(i)->data())
            line.points.emplace_back(point.key, point.value);
        lines.push_back(std::move(line));
    }
    return lines;
}

void EpochPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace espalier::ui
