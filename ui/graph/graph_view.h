#pragma once

#include <QGraphicsView>

namespace espalier::ui {

class CardItem;
class GraphScene;

/// Looks at a GraphScene: zoom by wheel and keys, pan by dragging, fit, arrow keys walk from card
/// to card.
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

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void zoomBy(double factor);
    void walk(int cards);

    GraphScene& m_scene;
    bool m_isFitted = true;
};

} // namespace espalier::ui
