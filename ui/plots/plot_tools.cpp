#include "plots/plot_tools.h"

#include <cmath>
#include <limits>
#include <utility>

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QToolTip>

#include "plots/plot_library.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

constexpr double reach = 12; ///< pixels from the pointer

QString numberText(double value)
{
    return QString::number(value, 'g', 5);
}

} // namespace

QString csvField(const QString& text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')))
        return text;
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\""))
        + QLatin1Char('"');
}

PlotTools::PlotTools(QCustomPlot& plot, QString fileName, std::function<void()> showAll)
    : QObject(&plot)
    , m_plot(plot)
    , m_fileName(std::move(fileName))
    , m_showAll(std::move(showAll))
{
    plot.setFocusPolicy(Qt::StrongFocus);
    if (const auto* owner = plot.parentWidget())
        plot.setAccessibleName(owner->accessibleName());
    plot.setMouseTracking(true);
    plot.installEventFilter(this);
    connect(&plot, &QCustomPlot::mouseDoubleClick, this, [this] { m_showAll(); });
    connect(&plot, &QCustomPlot::legendClick, this,
            [this](QCPLegend*, QCPAbstractLegendItem* item) {
                if (auto* entry = qobject_cast<QCPPlottableLegendItem*>(item)) {
                    const auto name = entry->plottable()->name();
                    setHidden(name, !isHidden(name));
                }
            });
}

void PlotTools::setHidden(const QString& line, bool hidden)
{
    if (hidden)
        m_hidden.insert(line);
    else
        m_hidden.erase(line);
    m_showAll();
}

void PlotTools::applyHidden()
{
    const QColor text = m_plot.palette().color(QPalette::Text);
    const QColor faint = blended(text, m_plot.palette().color(QPalette::Base), 0.4);
    for (int i = 0; i < m_plot.plottableCount(); ++i) {
        auto* line = m_plot.plottable(i);
        const bool hidden = isHidden(line->name());
        line->setVisible(!hidden);
        if (auto* entry = m_plot.legend->itemWithPlottable(line))
            entry->setTextColor(hidden ? faint : text);
    }
}

void PlotTools::setCsv(std::function<QString()> csv)
{
    m_csv = std::move(csv);
}

QString PlotTools::csv() const
{
    if (m_csv)
        return m_csv();
    QString text = QStringLiteral("series,%1,%2\n")
                       .arg(csvField(m_plot.xAxis->label()), csvField(m_plot.yAxis->label()));
    for (int i = 0; i < m_plot.graphCount(); ++i) {
        const auto* graph = m_plot.graph(i);
        if (!graph->visible())
            continue;
        for (const auto& point : *graph->data())
            text += QStringLiteral("%1,%2,%3\n")
                        .arg(csvField(graph->name()), QString::number(point.key, 'g', 10),
                             QString::number(point.value, 'g', 10));
    }
    return text;
}

bool PlotTools::exportTo(const QString& file) const
{
    if (file.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return m_plot.savePdf(file, m_plot.width(), m_plot.height());
    if (file.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive))
        return m_plot.savePng(file, m_plot.width(), m_plot.height(), /*scale=*/2.0);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return false;
    out.write(csv().toUtf8());
    return out.commit();
}

QString PlotTools::valueAt(const QPointF& position) const
{
    double nearest = reach;
    QString text;
    for (int i = 0; i < m_plot.graphCount(); ++i) {
        const auto* graph = m_plot.graph(i);
        if (!graph->visible())
            continue;
        for (const auto& point : *graph->data()) {
            const QPointF away = graph->coordsToPixels(point.key, point.value) - position;
            const double distance = std::hypot(away.x(), away.y());
            if (!(distance < nearest))
                continue;
            nearest = distance;
            text = QStringLiteral("%1: %2, %3")
                       .arg(graph->name(), numberText(point.key), numberText(point.value));
        }
    }
    return text;
}

bool PlotTools::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), valueAt(help->pos()), &m_plot);
        return true;
    }
    case QEvent::ContextMenu:
        showMenu(static_cast<QContextMenuEvent*>(event)->globalPos());
        return true;
    case QEvent::KeyPress:
        if (moveBy(static_cast<QKeyEvent*>(event)->key()))
            return true;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool PlotTools::moveBy(int key)
{
    const auto move = [](QCPAxis& axis, double share) {
        if (axis.scaleType() == QCPAxis::stLogarithmic)
            axis.setRange(
                axis.range().lower * std::pow(axis.range().upper / axis.range().lower, share),
                axis.range().upper * std::pow(axis.range().upper / axis.range().lower, share));
        else
            axis.moveRange(share * axis.range().size());
    };
    const auto zoom = [this](double factor) {
        for (auto* axis : {m_plot.xAxis, m_plot.yAxis})
            axis->scaleRange(factor);
    };
    switch (key) {
    case Qt::Key_Left:
        move(*m_plot.xAxis, -0.1);
        break;
    case Qt::Key_Right:
        move(*m_plot.xAxis, 0.1);
        break;
    case Qt::Key_Up:
        move(*m_plot.yAxis, 0.1);
        break;
    case Qt::Key_Down:
        move(*m_plot.yAxis, -0.1);
        break;
    case Qt::Key_Plus:
        zoom(0.8);
        break;
    case Qt::Key_Minus:
        zoom(1.25);
        break;
    case Qt::Key_Home:
        m_showAll();
        return true;
    default:
        return false;
    }
    m_plot.replot(QCustomPlot::rpQueuedReplot);
    return true;
}

void PlotTools::showMenu(const QPoint& position)
{
    auto* menu = new QMenu(&m_plot);
    menu->setObjectName(QStringLiteral("plotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show Everything"), this, [this] { m_showAll(); });
    menu->addSeparator();
    menu->addAction(tr("Export as PNG…"), this, [this] { chooseExport(QStringLiteral("png")); });
    menu->addAction(tr("Export as PDF…"), this, [this] { chooseExport(QStringLiteral("pdf")); });
    menu->addAction(tr("Export as CSV…"), this, [this] { chooseExport(QStringLiteral("csv")); });
    menu->popup(position);
}

void PlotTools::chooseExport(const QString& suffix)
{
    auto* dialog =
        new QFileDialog(&m_plot, tr("Export Curve"), m_fileName + QLatin1Char('.') + suffix,
                        QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    dialog->setObjectName(QStringLiteral("exportCurveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (exportTo(file))
            return;
        auto* message = new QMessageBox(
            QMessageBox::Warning, tr("Export Curve"),
            tr("'%1' could not be written; check the folder and its permissions.").arg(file),
            QMessageBox::Ok, &m_plot);
        message->setAttribute(Qt::WA_DeleteOnClose);
        message->open();
    });
    dialog->open();
}

} // namespace espalier::ui
