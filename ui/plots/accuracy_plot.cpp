#include "plots/accuracy_plot.h"

#include <algorithm>

#include <QEvent>
#include <QVBoxLayout>

#include "plots/history_path.h"
#include "plots/plot_style.h"
#include "plots/plot_tools.h"
#include "plots/published.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

double percentRemoved(const Iteration& iteration, std::int64_t dense)
{
    return dense > 0
        ? 100.0 * (1.0 - static_cast<double>(iteration.macs) / static_cast<double>(dense))
        : 0.0;
}

std::vector<QPointF> pointsOf(const QCPGraph& graph)
{
    std::vector<QPointF> points;
    for (const auto& point : *graph.data())
        points.emplace_back(point.key, point.value);
    return points;
}

} // namespace

AccuracyPlot::AccuracyPlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    setAccessibleName(tr("Accuracy against MACs removed"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setUpPlot(*m_plot);
    m_plot->xAxis->setLabel(tr("MACs removed, %"));
    m_plot->yAxis->setLabel(tr("accuracy, %"));
    m_test = m_plot->addGraph();
    m_test->setName(tr("test"));
    m_validation = m_plot->addGraph();
    m_validation->setName(tr("validation"));
    m_here = m_plot->addGraph();
    m_here->setName(tr("current"));
    m_here->removeFromLegend();
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    m_tools = new PlotTools(*m_plot, QStringLiteral("accuracy"), [this] { draw(); });
    restyle();
    draw();
}

void AccuracyPlot::setHistory(const std::vector<Iteration>& history, IterationId current)
{
    m_history = history;
    m_current = current;
    draw();
}

void AccuracyPlot::draw()
{
    const auto fill = [&](QCPGraph& graph, const std::vector<const Iteration*>& path, bool test) {
        graph.data()->clear();
        for (const auto* iteration : path)
            graph.addData(percentRemoved(*iteration, m_history.front().macs),
                          100.0 * (test ? iteration->testAccuracy : iteration->accuracy));
    };
    for (auto* made : {&m_branches, &m_published}) {
        for (auto* line : *made)
            m_plot->removeGraph(line);
        made->clear();
    }
    const auto path = pathTo(m_history, m_current);
    fill(*m_validation, path, false);
    fill(*m_test, path, true);
    m_here->data()->clear();
    if (!path.empty())
        m_here->addData(percentRemoved(*path.back(), m_history.front().macs),
                        100.0 * path.back()->accuracy);
    for (const auto leaf : leavesOf(m_history)) {
        if (leaf == m_current || std::ranges::find(path, leaf, &Iteration::id) != path.end())
            continue;
        auto* branch = m_plot->addGraph();
        branch->removeFromLegend();
        branch->setLayer(QStringLiteral("grid"));
        fill(*branch, pathTo(m_history, leaf), false);
        branch->setName(tr("branch to %1").arg(leaf.value()));
        m_branches.push_back(branch);
    }
    addPublished();
    restyle();
    m_tools->applyHidden();
    m_plot->legend->setVisible(!path.empty());
    showAll(*m_plot, {0, 100}, {0, 100});
    constexpr double least = 10; // the dense network alone has no width
    const auto& removed = m_plot->xAxis->range();
    m_plot->xAxis->setRange(std::max(-2.0, removed.lower), std::max(least, removed.upper));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

/// Published changes of accuracy, from where this network began.
void AccuracyPlot::addPublished()
{
    if (m_history.empty())
        return;
    for (const auto& results : publishedFor(m_history.front().macs)) {
        auto* line = m_plot->addGraph();
        line->setName(results.source);
        for (const auto& change : results.changes)
            line->addData(change.x(), 100.0 * m_history.front().testAccuracy + change.y());
        m_published.push_back(line);
    }
}

void AccuracyPlot::restyle()
{
    applyPalette(*m_plot, palette());
    const QColor base = palette().color(QPalette::Base);
    const auto style = [](QCPGraph& graph, const QColor& colour, double width, Qt::PenStyle line) {
        graph.setPen(linePen(colour, width, line));
        graph.setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour), colour, 6));
    };
    style(*m_validation, colourOf(Meaning::Validation, palette()), 2.2, Qt::SolidLine);
    style(*m_test, colourOf(Meaning::Layer, palette()), 1.4, Qt::DashLine);
    const QColor here = colourOf(Meaning::Validation, palette());
    m_here->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(here, 2), base, 12));
    m_here->setLineStyle(QCPGraph::lsNone);
    for (auto* branch : m_branches)
        style(*branch, blended(palette().color(QPalette::Text), base, 0.35), 1.2, Qt::SolidLine);
    const QColor published = blended(palette().color(QPalette::Text), base, 0.6);
    for (std::size_t i = 0; i < m_published.size(); ++i) {
        const auto shape = i == 0 ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssTriangle;
        m_published[i]->setPen(linePen(published, 1, Qt::DotLine));
        m_published[i]->setScatterStyle(QCPScatterStyle(shape, QPen(published, 1.2), base, 8));
    }
}

void AccuracyPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        restyle();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

std::vector<QPointF> AccuracyPlot::currentPath() const
{
    return pointsOf(*m_validation);
}

std::vector<QPointF> AccuracyPlot::testPath() const
{
    return pointsOf(*m_test);
}

int AccuracyPlot::branchCount() const
{
    return static_cast<int>(m_branches.size());
}

std::vector<QPointF> AccuracyPlot::published() const
{
    return m_published.empty() ? std::vector<QPointF>() : pointsOf(*m_published.front());
}

} // namespace espalier::ui
