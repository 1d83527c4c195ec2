#pragma once

#include <QGraphicsItem>
#include <QString>

#include "graph/layout.h"
#include "graph/marks.h"

namespace espalier::ui {

/// What is written on a card; worked out once per network.
struct CardText {
    QString title;
    QString operation;
    QString shape;
    QString share; ///< of the network's MACs; empty without any
    double shareOfLargest = 0; ///< 0..1, the bar's length
    std::int64_t channels = 0; ///< cells of the strip; 0: no strip
    bool isDim = false;
};

/// One operator of the picture. Selectable; its mark is what the previewed removal takes from it.
class CardItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    CardItem(const Card& card, CardText text);

    int type() const override { return Type; }
    NodeId head() const { return m_head; }
    void setMark(NodeMark mark);
    const NodeMark& mark() const { return m_mark; }
    const CardText& text() const { return m_text; }

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintCircle(QPainter& painter, const QPalette& palette) const;
    void paintBox(QPainter& painter, const QPalette& palette, double scale) const;
    void paintTitleOnly(QPainter& painter, const QPalette& palette) const;
    void paintTexts(QPainter& painter, const QPalette& palette) const;
    void paintStrip(QPainter& painter, const QPalette& palette, double scale) const;
    void paintShare(QPainter& painter, const QPalette& palette) const;
    QRectF stripRect() const;

    NodeId m_head;
    QRectF m_rect; ///< around the item's origin, the card's centre
    bool m_isCircle;
    CardText m_text;
    NodeMark m_mark;
};

} // namespace espalier::ui
