#pragma once

#include <QFont>
#include <QStaticText>
#include <QString>

class QPainter;

namespace espalier::ui {

/// A line of text that is shaped when it, its size or its room changes, and not in every frame: a
/// whole network has hundreds of them in sight.
class ShapedText {
public:
    /// Draws it within `room`, in the middle of its height, in the painter's pen and family.
    /// `pixels`: height of the font; where the room is too narrow it shrinks to `leastPixels`, and
    /// is elided in its middle after that.
    void draw(QPainter& painter, const QRectF& room, Qt::Alignment horizontal, const QString& text,
              int pixels, int leastPixels);
    /// Of what was drawn last; 0 before.
    double width() const { return m_shaped.size().width(); }

private:
    void shape(QFont font);

    QString m_text;
    QString m_family;
    int m_pixels = 0;
    int m_leastPixels = 0;
    double m_room = 0.0; ///< width
    QFont m_font;
    QStaticText m_shaped;
};

} // namespace espalier::ui
