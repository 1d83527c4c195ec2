#include "graph/graph_view.h"

#include <algorithm>
#include <cmath>

#include <QGestureEvent>
#include <QKeyEvent>
#include <QPinchGesture>
#include <QWheelEvent>

#include "graph/card_item.h"
#include "graph/graph_scene.h"

namespace espalier::ui {

namespace {
constexpr double zoomStep = 1.2;
constexpr double minZoom = 0.03;
constexpr double maxZoom = 4.0;
constexpr double readableZoom = 0.8;
constexpr double maxFitZoom = 1.25; ///< a tiny network is not blown up
} // namespace

GraphView::GraphView(GraphScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
{
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Network"));
    setAcceptDrops(false); // files are dropped on the window
    setRenderHint(QPainter::Antialiasing);
    setDragMode(ScrollHandDrag);
    setTransformationAnchor(AnchorUnderMouse);
    setViewportUpdateMode(SmartViewportUpdate);
    setOptimizationFlag(DontSavePainterState);
    setBackgroundRole(QPalette::Base);
    setFrameShape(NoFrame);
    viewport()->grabGesture(Qt::PinchGesture);
    viewport()->setCursor(Qt::ArrowCursor);
}

double GraphView::zoom() const
{
    return transform().m11();
}

void GraphView::zoomIn()
{
    zoomBy(zoomStep);
}

void GraphView::zoomOut()
{
    zoomBy(1.0 / zoomStep);
}

void GraphView::zoomToActualSize()
{
    zoomBy(1.0 / zoom());
}

void GraphView::zoomBy(double factor)
{
    const double target = std::clamp(zoom() * factor, minZoom, maxZoom);
    m_isFitted = false;
    scale(target / zoom(), target / zoom());
}

void GraphView::fit()
{
    m_isFitted = true;
    const QRectF picture = m_scene.sceneRect();
    const QSizeF room = viewport()->size();
    if (picture.isEmpty() || room.isEmpty())
        return;
    const double zoom =
        std::min({room.width() / picture.width(), room.height() / picture.height(), maxFitZoom});
    setTransform(QTransform::fromScale(zoom, zoom));
    centerOn(picture.center());
}

void GraphView::refit()
{
    if (m_isFitted)
        fit();
}

void GraphView::bringNear(const CardItem& card)
{
    if (zoom() < readableZoom)
        zoomBy(readableZoom / zoom());
    centerOn(&card);
}

void GraphView::wheelEvent(QWheelEvent* event)
{
    zoomBy(std::pow(zoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void GraphView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_Right:
    case Qt::Key_Down:
        walk(1);
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        walk(-1);
        return;
    case Qt::Key_Escape:
        m_scene.clearSelection();
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void GraphView::walk(int step)
{
    const auto& cards = m_scene.cards();
    if (cards.empty())
        return;
    const auto selected = std::ranges::find_if(cards, &CardItem::isSelected);
    auto next = static_cast<std::ptrdiff_t>(0);
    if (selected != cards.end())
        next =
            std::clamp<std::ptrdiff_t>(selected - cards.begin() + step, 0, std::ssize(cards) - 1);
    auto* card = cards[static_cast<std::size_t>(next)];
    if (selected != cards.end() && *selected == card)
        return;
    if (selected != cards.end()) { // one change of the selection, not two
        const QSignalBlocker blocker(&m_scene);
        (*selected)->setSelected(false);
    }
    card->setSelected(true);
    ensureVisible(card);
}

void GraphView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    refit();
}

void GraphView::changeEvent(QEvent* event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

bool GraphView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Gesture) {
        auto* gestures = static_cast<QGestureEvent*>(event);
        if (const auto* pinch = static_cast<QPinchGesture*>(gestures->gesture(Qt::PinchGesture))) {
            zoomBy(pinch->scaleFactor());
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void GraphView::mouseReleaseEvent(QMouseEvent* event)
{
    QGraphicsView::mouseReleaseEvent(event);
    viewport()->setCursor(Qt::ArrowCursor); // a hand only while it drags
}

} // namespace espalier::ui
