#include "plots/accuracy_plot.h"

#include <algorithm>
#include <set>

#include <QEvent>
#include <QVBoxLayout>

#include "plots/plot_style.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

const Iteration* find(const std::vector<Iteration>& history, IterationId id)
{
    const auto found = std::ranges::find(history, id, &Iteration::id);
    return found == history.end() ? nullptr : &*found;
}

/// From the dense network to `leaf`.
std::vector<const Iteration*> pathTo(const std::vector<Iteration>& history, IterationId leaf)
{
    std::vector<const Iteration*> path;
    for (const auto* at = find(history, leaf); at && path.size() <= history.size();
         at = at->parent ? find(history, *at->parent) : nullptr)
        path.insert(path.begin(), at);
    return path;
}

std::vector<IterationId> leaves(const std::vector<Iteration>& history)
{
    std::set<IterationId> parents;
    for (const auto& iteration : history) {
        if (iteration.parent)
            parents.insert(*iteration.parent);
    }
    std::vector<IterationId> found;
    for (const auto& iteration : history) {
        if (!parents.contains(iteration.id))
            found.push_back(iteration.id);
    }
    return found;
}

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
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, [this] { draw(); });
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
    for (auto* branch : m_branches)
        m_plot->removeGraph(branch);
    m_branches.clear();
    const auto path = pathTo(m_history, m_current);
    fill(*m_validation, path, false);
    fill(*m_test, path, true);
    m_here->data()->clear();
    if (!path.empty())
        m_here->addData(percentRemoved(*path.back(), m_history.front().macs),
                        100.0 * path.back()->accuracy);
    for (const auto leaf : leaves(m_history)) {
        if (leaf == m_current || std::ranges::find(path, leaf, &Iteration::id) != path.end())
            continue;
        auto* branch = m_plot->addGraph();
        branch->removeFromLegend();
        branch->setLayer(QStringLiteral("grid"));
        fill(*branch, pathTo(m_history, leaf), false);
        m_branches.push_back(branch);
    }
    restyle();
    m_plot->legend->setVisible(!path.empty());
    showAll(*m_plot, {0, 100}, {0, 100});
    m_plot->replot(QCustomPlot::rpQueuedReplot);
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

} // namespace espalier::ui
