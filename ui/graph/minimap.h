#pragma once

#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace espalier::ui {

class GraphScene;
class GraphView;

/// The whole picture, small, with what is in sight framed, while that is not all. Dragging moves
/// the view. A child of the view.
class Minimap final : public QWidget {
    Q_OBJECT

public:
    Minimap(GraphScene& scene, GraphView& view);

    void setWanted(bool wanted);
    /// Takes the shape of the picture and draws it anew, soon.
    void refresh();
    /// What is in sight, in the widget's coordinates.
    QRectF visiblePart() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void showWhereNeeded();
    void moveViewTo(QPointF position);
    QTransform fromScene() const;

    GraphScene& m_scene;
    GraphView& m_view;
    bool m_isWanted = true;
    QPixmap m_picture;
    QTimer m_soon; ///< one drawing for many changes
};

} // namespace espalier::ui
