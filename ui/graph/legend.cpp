#include "graph/legend.h"

#include <QLinearGradient>
#include <QPainter>

#include "graph/graph_scene.h"
#include "style/colours.h"
#include "style/score_colours.h"

namespace espalier::ui {

namespace {
constexpr int lineHeight = 20;
constexpr int gap = 6;
constexpr int rampWidth = 70;
constexpr int rampHeight = 9;
} // namespace

Legend::Legend(GraphScene& scene, QWidget* parent)
    : QWidget(parent)
    , m_scene(scene)
{
    setObjectName(QStringLiteral("legend"));
    setAccessibleName(tr("Legend"));
    setFixedHeight(lineHeight);
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
                         paintedText(heat.number, *heat.high), heat.note});
    else if (!heat.note.isEmpty())
        lines.push_back({Scale::Heat, paintedName(heat.number), {}, {}, heat.note});
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
    for (const auto& line : contents()) {
        const QString name =
            line.note.isEmpty() ? line.name : tr("%1 (%2)").arg(line.name, line.note);
        texts << (line.high.isEmpty() ? name : tr("%1: %2 to %3").arg(name, line.low, line.high));
    }
    return texts;
}

void Legend::adapt()
{
    setVisible(!contents().isEmpty());
    update();
}

void Legend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    painter.fillRect(rect(), base);
    int x = gap + 2;
    for (const auto& line : contents()) {
        const auto write = [&](const QString& words, double strength) {
            painter.setPen(blended(text, base, strength));
            const int width = fontMetrics().horizontalAdvance(words);
            painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignVCenter, words);
            x += width + gap;
        };
        write(line.name, 1.0);
        if (line.high.isEmpty()) {
            write(line.note, 0.75);
            x += 4 * gap;
            continue;
        }
        write(line.low, 0.75);
        QLinearGradient ramp(x, 0, x + rampWidth, 0);
        for (int i = 0; i <= 10; ++i) {
            const double at = i / 10.0;
            ramp.setColorAt(at,
                            line.scale == Scale::Score
                                ? scoreColour(at, palette())
                                : blended(colourOf(Meaning::Heat, palette()), base, at));
        }
        painter.fillRect(QRect(x, (height() - rampHeight) / 2, rampWidth, rampHeight), ramp);
        x += rampWidth + gap;
        write(line.high, 0.75);
        if (!line.note.isEmpty())
            write(line.note, 0.55);
        x += 4 * gap;
    }
}

} // namespace espalier::ui
