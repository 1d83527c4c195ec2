#pragma once

#include <QGraphicsItem>
#include <QString>

#include "graph/layout.h"
#include "graph/marks.h"
#include "graph/strip.h"

namespace espalier::ui {

/// What is written on a card; worked out once per network.
struct CardText {
    QString title;
    QString operation;
    QString shape;
    QString share; ///< of the network's MACs; empty without any
    double shareOfLargest = 0; ///< 0..1, the bar's length
    bool isDim = false;
};

/// One operator of the picture with its cells. Selectable; its mark is what the previewed removal
/// takes from it.
class CardItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    CardItem(const Card& card, CardText text, Strip strip);

    int type() const override { return Type; }
    NodeId head() const { return m_head; }
    void setMark(NodeMark mark);
    const NodeMark& mark() const { return m_mark; }
    const CardText& text() const { return m_text; }
    const Strip& strip() const { return m_strip; }
    void setScores(std::vector<double> scores);
    void setSelectedCell(std::optional<std::size_t> cell);
    /// What is coupled with the selected cell is here too.
    void setCoupled(bool coupled);
    bool isCoupled() const { return m_isCoupled; }

    /// The slot of the strip at a place of the scene.
    std::optional<std::size_t> slotAt(QPointF scenePosition) const;
    /// In coordinates of the scene.
    QRectF cellRect(std::size_t cell) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintCircle(QPainter& painter, const QPalette& palette) const;
    void paintBox(QPainter& painter, const QPalette& palette, double scale) const;
    void paintTitleOnly(QPainter& painter, const QPalette& palette) const;
    void paintTexts(QPainter& painter, const QPalette& palette) const;
    void paintShare(QPainter& painter, const QPalette& palette) const;
    QRectF stripRect() const;

    NodeId m_head;
    QRectF m_rect; ///< around the item's origin, the card's centre
    bool m_isCircle;
    bool m_isCoupled = false;
    CardText m_text;
    Strip m_strip;
    NodeMark m_mark;
};

} // namespace espalier::ui
