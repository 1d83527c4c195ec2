#pragma once

#include <vector>

#include <QPointF>
#include <QWidget>

#include "session/history.h"

class QCustomPlot;
class QCPGraph;

namespace espalier::ui {

class PlotTools;

/// Accuracy against the share of MACs removed. The way to the current network is a strong line,
/// other branches are thin ones; beside them what was published for a network that is known.
class AccuracyPlot final : public QWidget {
    Q_OBJECT

public:
    explicit AccuracyPlot(QWidget* parent = nullptr);

    void setHistory(const std::vector<Iteration>& history, IterationId current);

    /// Read back, in percent: (MACs removed, validation accuracy) from the dense network on.
    std::vector<QPointF> currentPath() const;
    std::vector<QPointF> testPath() const;
    int branchCount() const; ///< beside the current path
    /// By the same method, in percent as above; empty for networks that are not known.
    std::vector<QPointF> published() const;
    PlotTools& tools() { return *m_tools; }
    QCustomPlot& plot() { return *m_plot; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void restyle();
    void draw();
    void addPublished();

    std::vector<Iteration> m_history;
    IterationId m_current;
    QCustomPlot* m_plot;
    QCPGraph* m_validation;
    QCPGraph* m_test;
    QCPGraph* m_here; ///< the current network, one point
    std::vector<QCPGraph*> m_branches;
    std::vector<QCPGraph*> m_published;
    PlotTools* m_tools;
};

} // namespace espalier::ui
