#pragma once

#include <optional>

#include <QWidget>

#include "session/events.h"

class QCPColorMap;
class QCPColorScale;
class QCustomPlot;
class QLabel;
class QPushButton;

namespace espalier::ui {

class PlotTools;

/// CKA of every layer of one network with every layer of another, as a heat map: rows from the
/// input at the top to the output at the bottom.
class LayerMap final : public QWidget {
    Q_OBJECT

public:
    explicit LayerMap(QWidget* parent = nullptr);

    void setLayers(const std::optional<LayersCompared>& layers);
    void setCompareEnabled(bool enabled);

    /// What the tool tip says of a cell: "layer1.0 and layer1.1: 0.9312".
    QString cellText(std::size_t row, std::size_t column) const;
    QString csv() const; ///< row, column and value of every cell
    QCustomPlot& plot() { return *m_plot; }

Q_SIGNALS:
    /// The selected candidate, or the current network with its parent.
    void compareRequested();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void draw();
    void setTicks();

    std::optional<LayersCompared> m_layers;
    QLabel* m_title;
    QPushButton* m_compare;
    QCustomPlot* m_plot;
    QCPColorMap* m_map;
    QCPColorScale* m_scale;
    PlotTools* m_tools;
};

} // namespace espalier::ui
