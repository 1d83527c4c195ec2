#include "plots/layer_map.h"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolTip>
#include <QVBoxLayout>

#include "plots/plot_style.h"
#include "plots/plot_tools.h"
#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr int longestTick = 18; ///< letters

/// Dark to light, evenly in lightness and safe for every kind of colour vision (after cividis).
QCPColorGradient gradient()
{
    QCPColorGradient colours;
    colours.setColorInterpolation(QCPColorGradient::ciRGB);
    colours.setColorStops({{0.0, QColor(0x00, 0x22, 0x4e)},
                           {0.25, QColor(0x3b, 0x49, 0x6c)},
                           {0.5, QColor(0x7d, 0x7c, 0x78)},
                           {0.75, QColor(0xbb, 0xaf, 0x6e)},
                           {1.0, QColor(0xfe, 0xe8, 0x38)}});
    colours.setNanHandling(QCPColorGradient::nhTransparent);
    return colours;
}

QString shortName(const std::string& name)
{
    const auto text = toText(name);
    return text.size() <= longestTick ? text : QStringLiteral("…") + text.right(longestTick - 1);
}

/// A tick on every layer where they are few, else on every so many.
QSharedPointer<QCPAxisTickerText> tickerOf(const std::vector<std::string>& names, int most)
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const auto count = static_cast<int>(names.size());
    const int step = std::max(1, (count + most - 1) / most);
    for (int i = 0; i < count; i += step)
        ticker->addTick(i, shortName(names[static_cast<std::size_t>(i)]));
    return ticker;
}

} // namespace

LayerMap::LayerMap(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_compare(new QPushButton(tr("Compare &Layers"), this))
    , m_plot(new QCustomPlot(this))
    , m_map(new QCPColorMap(m_plot->xAxis, m_plot->yAxis))
    , m_scale(new QCPColorScale(m_plot))
{
    setAccessibleName(tr("CKA of every layer with every layer"));
    m_compare->setObjectName(QStringLiteral("compareLayers"));
    m_compare->setToolTip(tr("Each layer of the current network with each layer of the selected "
                             "candidate; without one, with those of its parent"));
    m_title->setWordWrap(true);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 0);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_compare);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_plot, 1);
    setUpPlot(*m_plot);
    m_plot->legend->setVisible(false);
    m_plot->yAxis->setRangeReversed(true);
    m_plot->xAxis->setTickLabelRotation(-60);
    m_plot->plotLayout()->addElement(0, 1, m_scale);
    m_scale->setLabel(tr("CKA"));
    m_scale->setBarWidth(10);
    m_map->setColorScale(m_scale);
    m_map->setGradient(gradient());
    m_map->setInterpolate(false);
    m_map->setDataRange({0.0, 1.0});
    m_tools = new PlotTools(*m_plot, QStringLiteral("layers"), [this] { draw(); });
    m_tools->setCsv([this] { return csv(); });
    m_plot->installEventFilter(this); // before PlotTools' own, for the tool tips
    connect(m_compare, &QPushButton::clicked, this, &LayerMap::compareRequested);
    setLayers(std::nullopt);
    setCompareEnabled(false);
}

void LayerMap::setLayers(const std::optional<LayersCompared>& layers)
{
    m_layers = layers;
    m_title->setText(m_layers ? tr("%1 (rows) and %2 (columns), %3 images")
                                    .arg(toText(m_layers->rows), toText(m_layers->columns))
                                    .arg(m_layers->cka.samples)
                              : tr("How alike the layers of two networks are"));
    draw();
}

void LayerMap::setCompareEnabled(bool enabled)
{
    m_compare->setEnabled(enabled);
}

void LayerMap::draw()
{
    applyPalette(*m_plot, palette());
    const QColor text = palette().color(QPalette::Text);
    m_scale->axis()->setTickLabelColor(text);
    m_scale->axis()->setLabelColor(text);
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis})
        axis->grid()->setVisible(false);
    m_map->setVisible(m_layers.has_value());
    if (m_layers) {
        const auto& cka = m_layers->cka;
        const auto columns = static_cast<int>(cka.columns.size());
        const auto rows = static_cast<int>(cka.rows.size());
        m_map->data()->setSize(columns, rows);
        // A map of one row or column has a range all the same.
        m_map->data()->setRange({0.0, std::max(1.0, columns - 1.0)},
                                {0.0, std::max(1.0, rows - 1.0)});
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column)
                m_map->data()->setCell(
                    column, row,
                    cka.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column)));
        }
        setTicks();
        m_plot->xAxis->setRange(-0.5, columns - 0.5);
        m_plot->yAxis->setRange(-0.5, rows - 0.5);
    }
    for (auto* axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setVisible(m_layers.has_value());
    m_scale->setVisible(m_layers.has_value());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LayerMap::setTicks()
{
    m_plot->xAxis->setTicker(tickerOf(m_layers->cka.columns, 24));
    m_plot->yAxis->setTicker(tickerOf(m_layers->cka.rows, 16));
}

QString LayerMap::cellText(std::size_t row, std::size_t column) const
{
    if (!m_layers || row >= m_layers->cka.rows.size() || column >= m_layers->cka.columns.size())
        return {};
    const auto value = m_layers->cka.at(row, column);
    return tr("%1 and %2: %3")
        .arg(toText(m_layers->cka.rows[row]), toText(m_layers->cka.columns[column]),
             std::isnan(value) ? tr("does not vary") : QString::number(value, 'f', 4));
}

QString LayerMap::csv() const
{
    QString text = QStringLiteral("row,column,cka\n");
    for (std::size_t row = 0; m_layers && row < m_layers->cka.rows.size(); ++row) {
        for (std::size_t column = 0; column < m_layers->cka.columns.size(); ++column)
            text += QStringLiteral("%1,%2,%3\n")
                        .arg(csvField(toText(m_layers->cka.rows[row])),
                             csvField(toText(m_layers->cka.columns[column])),
                             QString::number(m_layers->cka.at(row, column), 'g', 8));
    }
    return text;
}

bool LayerMap::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_plot || event->type() != QEvent::ToolTip)
        return QWidget::eventFilter(watched, event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double column = std::round(m_plot->xAxis->pixelToCoord(help->pos().x()));
    const double row = std::round(m_plot->yAxis->pixelToCoord(help->pos().y()));
    QToolTip::showText(help->globalPos(),
                       column < 0 || row < 0 ? QString()
                                             : cellText(static_cast<std::size_t>(row),
                                                        static_cast<std::size_t>(column)),
                       m_plot);
    return true;
}

void LayerMap::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace espalier::ui
