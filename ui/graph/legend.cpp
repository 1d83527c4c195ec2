#include "graph/legend.h"

#include <algorithm>

#include <QLinearGradient>
#include <QPainter>

#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "style/colours.h"
#include "style/score_colours.h"

namespace espalier::ui {

namespace {
constexpr int lineHeight = 17;
constexpr int gap = 6;
constexpr int rampWidth = 70;
} // namespace

Legend::Legend(GraphScene& scene, QWidget* parent)
    : QWidget(parent)
    , m_scene(scene)
{
    setObjectName(QStringLiteral("legend"));
    setAccessibleName(tr("Legend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    QFont small = font();
    small.setPixelSize(11);
    setFont(small);
    connect(&scene, &GraphScene::legendChanged, this, &Legend::adapt);
    adapt();
}

QList<Legend::Line> Legend::contents() const
{
    QList<Line> lines;
    const auto& heat = m_scene.legend();
    if (heat.low && heat.high)
        lines.push_back({Scale::Heat, paintedName(heat.number), paintedText(heat.number, *heat.low),
                         paintedText(heat.number, *heat.high)});
    if (m_scene.hasScores())
        lines.push_back({Scale::Score,
                         m_scene.scoreScale() == ScoreScale::Layer ? tr("Score within a layer")
                                                                   : tr("Score within the network"),
                         tr("lowest"), tr("highest")});
    return lines;
}

QStringList Legend::lines() const
{
    QStringList texts;
    for (const auto& line : contents())
        texts << tr("%1: %2 to %3").arg(line.name, line.low, line.high);
    return texts;
}

void Legend::adapt()
{
    const auto lines = contents();
    int width = 0;
    for (const auto& line : lines) {
        int own = rampWidth + 5 * gap;
        for (const auto& text : {line.name, line.low, line.high})
            own += fontMetrics().horizontalAdvance(text);
        width = std::max(width, own);
    }
    resize(width, static_cast<int>(lines.size()) * lineHeight + 6);
    setVisible(!lines.isEmpty());
    if (auto* view = qobject_cast<GraphView*>(parentWidget()))
        view->placeOverlays();
    update();
}

void Legend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    QColor ground = base;
    ground.setAlpha(225);
    painter.setPen(blended(text, base, 0.2));
    painter.setBrush(ground);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    int top = 3;
    for (const auto& line : contents()) {
        int x = gap;
        const auto write = [&](const QString& words, double strength) {
            painter.setPen(blended(text, base, strength));
            const int width = fontMetrics().horizontalAdvance(words);
            painter.drawText(QRect(x, top, width + 2, lineHeight), Qt::AlignVCenter, words);
            x += width + gap;
        };
        write(line.name, 1.0);
        write(line.low, 0.75);
        QLinearGradient ramp(x, 0, x + rampWidth, 0);
        for (int i = 0; i <= 10; ++i) {
            const double at = i / 10.0;
            ramp.setColorAt(at,
                            line.scale == Scale::Score
                                ? scoreColour(at, palette())
                                : blended(colourOf(Meaning::Heat, palette()), base, at));
        }
        painter.fillRect(QRect(x, top + 4, rampWidth, lineHeight - 8), ramp);
        x += rampWidth + gap;
        write(line.high, 0.75);
        top += lineHeight;
    }
}

} // namespace espalier::ui
