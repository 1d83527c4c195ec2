#include "graph/minimap.h"

#include <algorithm>

#include <QMouseEvent>
#include <QPainter>

#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {
constexpr QSizeF largest(190, 130);
constexpr int drawDelay = 120; ///< milliseconds
} // namespace

Minimap::Minimap(GraphScene& scene, GraphView& view)
    : QWidget(&view)
    , m_scene(scene)
    , m_view(view)
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview of the network"));
    setToolTip(tr("Drag to move the picture"));
    setCursor(Qt::ArrowCursor);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_soon.setSingleShot(true);
    m_soon.setInterval(drawDelay);
    connect(&m_soon, &QTimer::timeout, this, &Minimap::draw);
    connect(&scene, &GraphScene::arranged, this, &Minimap::refresh);
    connect(&scene, &GraphScene::legendChanged, this, &Minimap::refresh);
    connect(&view, &GraphView::moved, this, &Minimap::showWhereNeeded);
    refresh();
}

void Minimap::setWanted(bool wanted)
{
    m_isWanted = wanted;
    showWhereNeeded();
}

void Minimap::showWhereNeeded()
{
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    const QRectF picture = m_scene.sceneRect();
    const double slack = 3.0 / std::max(1e-6, m_view.transform().m11()); // pixels are whole
    const bool seesAll = seen.adjusted(-slack, -slack, slack, slack).contains(picture);
    setVisible(m_isWanted && !picture.isEmpty() && !seesAll);
    update();
}

void Minimap::refresh()
{
    const QSizeF picture = m_scene.sceneRect().size();
    resize(picture.isEmpty() ? QSize(1, 1) : picture.scaled(largest, Qt::KeepAspectRatio).toSize());
    m_view.placeOverlays();
    showWhereNeeded();
    m_picture = {};
    m_soon.start();
}

QTransform Minimap::fromScene() const
{
    const QRectF picture = m_scene.sceneRect();
    QTransform transform;
    if (picture.isEmpty())
        return transform;
    transform.scale(width() / picture.width(), height() / picture.height());
    transform.translate(-picture.left(), -picture.top());
    return transform;
}

QRectF Minimap::visiblePart() const
{
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    return fromScene().mapRect(seen).intersected(QRectF(rect()));
}

void Minimap::draw()
{
    if (!isVisible())
        return; // drawn when it is shown
    m_picture = QPixmap(size() * devicePixelRatioF());
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture.fill(palette().color(QPalette::Base));
    QPainter painter(&m_picture);
    painter.setTransform(fromScene(), /*combine=*/true);
    const QColor card =
        blended(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.35);
    const QColor ground =
        blended(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.1);
    for (const auto& frame : m_scene.layout().frames)
        painter.fillRect(frame.rect, ground);
    for (const auto& one : m_scene.layout().cards)
        painter.fillRect(one.rect, card);
    update();
}

void Minimap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_picture.isNull() && !m_soon.isActive())
        m_soon.start();
    if (!m_picture.isNull())
        painter.drawPixmap(0, 0, m_picture);
    painter.setPen(blended(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.4));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    QColor highlight = palette().color(QPalette::Highlight);
    painter.setPen(QPen(highlight, 1.5));
    highlight.setAlpha(40);
    painter.setBrush(highlight);
    painter.drawRect(visiblePart().adjusted(1, 1, -1, -1));
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        moveViewTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        moveViewTo(event->position());
}

void Minimap::moveViewTo(QPointF position)
{
    m_view.centerOn(fromScene().inverted().map(position));
}

void Minimap::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_soon.start();
}

} // namespace espalier::ui
