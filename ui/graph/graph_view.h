#pragma once

#include <optional>
#include <vector>

#include <QGraphicsView>

#include "base/id.h"

namespace espalier::ui {

class CardItem;
class GraphScene;

/// Looks at a GraphScene: zoom by wheel, keys and pinch, pan by dragging, fit, arrow keys walk from
/// card to card, with Shift from cell to cell, Enter folds and unfolds.
class GraphView final : public QGraphicsView {
    Q_OBJECT

public:
    explicit GraphView(GraphScene& scene, QWidget* parent = nullptr);

    void zoomIn();
    void zoomOut();
    void zoomToActualSize();
    /// Shows the whole picture, and keeps showing it when the window changes size until somebody
    /// zooms.
    void fit();
    /// fit() if nobody has zoomed since the last one.
    void refit();
    /// Centres a card, at a size at which it can be read.
    void bringNear(const CardItem& card);
    double zoom() const;
    /// Keeps `widget`, a child of the view, in a corner of it.
    void addOverlay(QWidget& widget, Qt::Corner corner);
    void placeOverlays();

Q_SIGNALS:
    /// Another part of the picture is in sight.
    void moved();

protected:
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void zoomBy(double factor);
    void walk(int cards);
    void walkCells(int cells);
    CardItem* selectedCard() const;
    /// The picture was laid out anew.
    void follow(std::optional<NodeId> anchor);

    struct Overlay {
        QWidget* widget;
        Qt::Corner corner;
    };

    GraphScene& m_scene;
    bool m_isFitted = true;
    std::vector<Overlay> m_overlays;
};

} // namespace espalier::ui
