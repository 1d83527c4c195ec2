#include "plots/plot_style.h"

#include "style/colours.h"

namespace espalier::ui {

namespace {

void colourAxis(QCPAxis& axis, const QColor& text, const QColor& line, const QColor& grid)
{
    axis.setBasePen(QPen(line));
    axis.setTickPen(QPen(line));
    axis.setSubTickPen(Qt::NoPen);
    axis.setTickLabelColor(text);
    axis.setLabelColor(text);
    axis.grid()->setPen(QPen(grid, 1));
    axis.grid()->setZeroLinePen(QPen(grid, 1));
}

} // namespace

void applyPalette(QCustomPlot& plot, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    plot.setBackground(base);
    for (auto* axis : {plot.xAxis, plot.yAxis})
        colourAxis(*axis, blended(text, base, 0.85), blended(text, base, 0.5),
                   blended(text, base, 0.12));
    plot.legend->setBrush(blended(base, text, 0.95));
    plot.legend->setBorderPen(QPen(blended(text, base, 0.2)));
    plot.legend->setTextColor(text);
}

void setUpPlot(QCustomPlot& plot)
{
    plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot.setNoAntialiasingOnDrag(true);
    plot.setPlottingHint(QCP::phFastPolylines);
    plot.legend->setVisible(true);
    plot.legend->setIconSize(22, 12);
    plot.axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignLeft);
    QFont font = plot.font();
    font.setPointSizeF(std::max(7.0, font.pointSizeF() - 1.0));
    plot.legend->setFont(font);
    for (auto* axis : {plot.xAxis, plot.yAxis}) {
        axis->setTickLabelFont(font);
        axis->setLabelFont(font);
        axis->ticker()->setTickCount(5);
    }
    plot.setMinimumSize(160, 110);
}

QPen linePen(const QColor& colour, double width, Qt::PenStyle style)
{
    QPen pen(colour, width, style);
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

void showAll(QCustomPlot& plot, const QCPRange& emptyKeys, const QCPRange& emptyValues)
{
    plot.rescaleAxes();
    const auto widen = [](QCPAxis& axis, const QCPRange& empty, double least) {
        auto range = axis.range();
        if (!QCPRange::validRange(range))
            range = empty;
        const double margin = std::max(0.08 * range.size(), least);
        axis.setRange(range.lower - margin, range.upper + margin);
    };
    bool isEmpty = true;
    for (int i = 0; i < plot.graphCount(); ++i)
        isEmpty = isEmpty && plot.graph(i)->data()->isEmpty();
    if (isEmpty) {
        plot.xAxis->setRange(emptyKeys);
        plot.yAxis->setRange(emptyValues);
        return;
    }
    widen(*plot.xAxis, emptyKeys, 0.02 * emptyKeys.size());
    widen(*plot.yAxis, emptyValues, 0.005 * emptyValues.size());
}

} // namespace espalier::ui
