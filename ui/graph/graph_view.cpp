#include "graph/graph_view.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <QGestureEvent>
#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QScrollBar>
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
    connect(&m_scene, &GraphScene::arranged, this, &GraphView::follow);
}

void GraphView::addOverlay(QWidget& widget, Qt::Corner corner)
{
    m_overlays.push_back({&widget, corner});
    placeOverlays();
}

void GraphView::placeOverlays()
{
    constexpr int gap = 8;
    const QRect room = viewport()->geometry().adjusted(gap, gap, -gap, -gap);
    for (const auto& [widget, corner] : m_overlays) {
        QRect place(QPoint(), widget->size());
        const bool isRight = corner == Qt::TopRightCorner || corner == Qt::BottomRightCorner;
        const bool isBottom = corner == Qt::BottomLeftCorner || corner == Qt::BottomRightCorner;
        place.moveLeft(isRight ? room.right() - place.width() + 1 : room.left());
        place.moveTop(isBottom ? room.bottom() - place.height() + 1 : room.top());
        widget->move(place.topLeft());
        widget->raise();
    }
}

void GraphView::follow(std::optional<NodeId> anchor)
{
    if (m_isFitted)
        fit();
    else if (auto* card = anchor ? m_scene.cardOf(*anchor) : nullptr)
        centerOn(card);
    Q_EMIT moved();
}

void GraphView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    Q_EMIT moved();
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
    Q_EMIT moved();
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
    Q_EMIT moved();
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
    event->accept();
    const bool pans = event->modifiers().testFlag(Qt::ShiftModifier);
    if (!pans) {
        zoomBy(std::pow(zoomStep, event->angleDelta().y() / 120.0));
        return;
    }
    const QPoint delta = event->angleDelta();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta.x() - delta.y());
}

void GraphView::keyPressEvent(QKeyEvent* event)
{
    const bool withShift = event->modifiers().testFlag(Qt::ShiftModifier);
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
        withShift ? walkCells(1) : walk(1);
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        withShift ? walkCells(-1) : walk(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (const auto* card = selectedCard())
            m_scene.toggleGroup(*card);
        return;
    case Qt::Key_Escape:
        m_scene.clearSelection();
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

CardItem* GraphView::selectedCard() const
{
    const auto& cards = m_scene.cards();
    const auto selected = std::ranges::find_if(cards, &CardItem::isSelected);
    return selected == cards.end() ? nullptr : *selected;
}

void GraphView::walk(int step)
{
    std::vector<CardItem*> cards;
    std::ranges::copy_if(m_scene.cards(), std::back_inserter(cards),
                         [](const CardItem* card) { return !card->isGhost(); });
    if (cards.empty())
        return;
    auto* selected = selectedCard();
    auto next = static_cast<std::ptrdiff_t>(0);
    if (selected) {
        next = std::ranges::find(cards, selected) - cards.begin() + step;
        next = std::clamp<std::ptrdiff_t>(next, 0, std::ssize(cards) - 1);
    }
    auto* card = cards[static_cast<std::size_t>(next)];
    if (selected == card)
        return;
    if (selected) { // one change of the selection, not two
        const QSignalBlocker blocker(&m_scene);
        selected->setSelected(false);
    }
    card->setSelected(true);
    ensureVisible(card);
}

void GraphView::walkCells(int step)
{
    const auto* card = selectedCard();
    if (!card || card->strip().cells() == 0)
        return;
    const auto last = static_cast<std::ptrdiff_t>(card->strip().cells()) - 1;
    const auto selected = card->strip().selected();
    const auto next = selected ? static_cast<std::ptrdiff_t>(*selected) + step
                               : (step > 0 ? std::ptrdiff_t(0) : last);
    const auto& cell =
        card->content().cells[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 0, last))];
    Q_EMIT m_scene.unitSelected(card->head(), cell.unit);
}

void GraphView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    refit();
    placeOverlays();
    Q_EMIT moved();
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
            zoomBy(pinch->scaleFactor()); // the centre is where the fingers are: under the mouse
            return true;
        }
    }
    if (event->type() == QEvent::NativeGesture) { // a touchpad's, on X11 and Wayland
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1.0 + gesture->value());
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
