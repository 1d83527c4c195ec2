#include "plots/plot_style.h"

#include <algorithm>
#include <utility>

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
    plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom | QCP::iSelectLegend);
    plot.legend->setSelectableParts(QCPLegend::spNone); // a click hides, nothing is selected
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
    bool hasKeys = false;
    bool hasValues = false;
    QCPRange keys;
    QCPRange values;
    for (int i = 0; i < plot.graphCount(); ++i) {
        if (!plot.graph(i)->visible())
            continue;
        bool found = false;
        const auto ofKeys = plot.graph(i)->getKeyRange(found);
        if (!found)
            continue;
        keys = std::exchange(hasKeys, true) ? keys.expanded(ofKeys) : ofKeys;
        const auto ofValues = plot.graph(i)->getValueRange(found);
        values = std::exchange(hasValues, true) ? values.expanded(ofValues) : ofValues;
    }
    const auto show = [](QCPAxis& axis, bool hasData, const QCPRange& data, const QCPRange& empty) {
        if (hasData && axis.scaleType() == QCPAxis::stLogarithmic) {
            axis.setRange(data.lower / 1.5, data.upper * 1.5);
            return;
        }
        const double margin = data.size() > 0 ? 0.08 * data.size() : 0.05 * empty.size();
        axis.setRange(hasData ? QCPRange(data.lower - margin, data.upper + margin) : empty);
    };
    show(*plot.xAxis, hasKeys, keys, emptyKeys);
    show(*plot.yAxis, hasValues, values, emptyValues);
}

} // namespace espalier::ui
