#include "plots/iteration_plot.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <QEvent>
#include <QVBoxLayout>

#include "plots/history_path.h"
#include "plots/plot_style.h"
#include "plots/plot_tools.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

constexpr double smallestDistance = 1e-8; ///< what a logarithmic axis still shows

QString kindName(StructureKind kind)
{
    switch (kind) {
    case StructureKind::Layer:
        return IterationPlot::tr("layer");
    case StructureKind::Filter:
        return IterationPlot::tr("filters");
    case StructureKind::Head:
        return IterationPlot::tr("heads");
    case StructureKind::Neuron:
        return IterationPlot::tr("neurons");
    }
    return {};
}

QColor kindColour(StructureKind kind, const QPalette& palette)
{
    switch (kind) {
    case StructureKind::Layer:
        return colourOf(Meaning::Layer, palette);
    case StructureKind::Filter:
        return colourOf(Meaning::Filter, palette);
    case StructureKind::Head:
        return colourOf(Meaning::Training, palette);
    case StructureKind::Neuron:
        return colourOf(Meaning::Validation, palette);
    }
    return palette.color(QPalette::Text);
}

} // namespace

IterationPlot::IterationPlot(Quantity quantity, QWidget* parent)
    : QWidget(parent)
    , m_quantity(quantity)
    , m_plot(new QCustomPlot(this))
{
    const bool isDistance = quantity == Quantity::Distance;
    setAccessibleName(isDistance ? tr("1 - CKA by iteration") : tr("Size by iteration"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setUpPlot(*m_plot);
    m_plot->xAxis->setLabel(tr("iteration"));
    QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    m_plot->xAxis->setTicker(whole);
    m_plot->yAxis->setLabel(isDistance ? tr("1 − CKA (filled: chosen)") : tr("left, %"));
    if (isDistance) {
        m_plot->yAxis->setScaleType(QCPAxis::stLogarithmic);
        m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
        m_plot->yAxis->setNumberFormat(QStringLiteral("gb"));
        m_plot->yAxis->setNumberPrecision(2);
    }
    m_tools = new PlotTools(*m_plot, isDistance ? QStringLiteral("cka") : QStringLiteral("size"),
                            [this] { draw(); });
    draw();
}

void IterationPlot::setHistory(const std::vector<Iteration>& history, IterationId current,
                               CkaKind similarity)
{
    m_history = history;
    m_current = current;
    m_similarity = similarity;
    draw();
}

void IterationPlot::draw()
{
    m_plot->clearGraphs();
    applyPalette(*m_plot, palette());
    const auto path = pathTo(m_history, m_current);
    if (m_quantity == Quantity::Distance)
        drawDistances(path);
    else
        drawSizes(path);
    m_tools->applyHidden();
    m_plot->legend->setVisible(m_plot->graphCount() > 0);
    if (m_quantity == Quantity::Distance)
        showAll(*m_plot, {1, 10}, {1e-3, 1});
    else
        showAll(*m_plot, {0, 10}, {0, 100});
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void IterationPlot::drawDistances(const std::vector<const Iteration*>& path)
{
    for (const auto kind : {StructureKind::Layer, StructureKind::Filter, StructureKind::Head,
                            StructureKind::Neuron}) {
        QVector<double> iterations;
        QVector<double> distances;
        QVector<double> chosenIterations;
        QVector<double> chosenDistances;
        for (std::size_t i = 1; i < path.size(); ++i) {
            for (const auto& candidate : path[i]->candidates) {
                const auto cka =
                    candidate.cka ? valueOf(*candidate.cka, m_similarity) : std::nullopt;
                if (candidate.kind != kind || !cka)
                    continue;
                const double distance = std::max(smallestDistance, 1.0 - *cka);
                iterations << static_cast<double>(i);
                distances << distance;
                if (&candidate == path[i]->chosen()) {
                    chosenIterations << static_cast<double>(i);
                    chosenDistances << distance;
                }
            }
        }
        if (iterations.isEmpty())
            continue;
        const QColor colour = kindColour(kind, palette());
        const QColor base = palette().color(QPalette::Base);
        auto* line = m_plot->addGraph();
        line->setName(kindName(kind));
        line->setData(iterations, distances, /*alreadySorted=*/true);
        line->setPen(linePen(colour, 1.8));
        line->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colour, 1.5), base, 7));
        auto* chosen = m_plot->addGraph();
        chosen->setName(line->name());
        chosen->setData(chosenIterations, chosenDistances, /*alreadySorted=*/true);
        chosen->setLineStyle(QCPGraph::lsNone);
        chosen->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colour, 1.5), colour, 8));
        chosen->removeFromLegend();
    }
}

void IterationPlot::drawSizes(const std::vector<const Iteration*>& path)
{
    if (path.empty())
        return;
    using Share = std::function<std::optional<double>(const Iteration&)>;
    const auto add = [&](const QString& name, Meaning meaning, const Share& share) {
        auto* line = m_plot->addGraph();
        line->setName(name);
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (const auto value = share(*path[i]))
                line->addData(static_cast<double>(i), 100.0 * *value);
        }
        const QColor colour = colourOf(meaning, palette());
        line->setPen(linePen(colour, 1.8));
        line->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour), colour, 6));
    };
    const auto shareOf = [&](std::int64_t Iteration::*count) {
        return [count, dense = static_cast<double>(std::max<std::int64_t>(1, path[0]->*count))](
                   const Iteration& one) {
            return std::optional(static_cast<double>(one.*count) / dense);
        };
    };
    add(tr("MACs"), Meaning::Layer, shareOf(&Iteration::macs));
    add(tr("parameters"), Meaning::Filter, shareOf(&Iteration::params));
    if (std::ranges::any_of(path, [](const Iteration* one) { return one->latency.has_value(); }))
        add(tr("latency, measured"), Meaning::Training, [](const Iteration& one) {
            return one.latency ? std::optional(one.latency->ratio) : std::nullopt;
        });
}

std::map<QString, std::vector<QPointF>> IterationPlot::lines() const
{
    std::map<QString, std::vector<QPointF>> lines;
    for (int i = 0; i < m_plot->graphCount(); ++i) {
        const auto* graph = m_plot->graph(i);
        if (graph->lineStyle() == QCPGraph::lsNone)
            continue;
        for (const auto& point : *graph->data())
            lines[graph->name()].emplace_back(point.key, point.value);
    }
    return lines;
}

void IterationPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace espalier::ui
