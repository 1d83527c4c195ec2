#pragma once

#include <QWidget>

namespace espalier::ui {

class GraphScene;

/// What the colours of the picture mean, in one line under it.
class Legend final : public QWidget {
    Q_OBJECT

public:
    Legend(GraphScene& scene, QWidget* parent);

    /// "MACs: 0 to 2.4 M", one line for each colour scale in use.
    QStringList lines() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Scale { Heat, Score };
    struct Line {
        Scale scale;
        QString name, low, high; ///< low and high may be empty
        QString note = {};
    };
    QList<Line> contents() const;
    void adapt();

    GraphScene& m_scene;
};

} // namespace espalier::ui
