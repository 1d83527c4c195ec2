#pragma once

#include <optional>

#include <QGraphicsItem>
#include <QString>

#include "graph/layout.h"
#include "graph/shaped_text.h"
#include "structures/structures.h"

class QPainter;

namespace espalier::ui {

// What lies under the cards.

/// The ground a block stands on, with its name and what is painted of it.
class FrameItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };

    /// `block` and `group`: what it frames; either may be absent.
    FrameItem(const BlockFrame& frame, const Block* block, const CardGroup* group);

    int type() const override { return Type; }
    std::optional<std::size_t> group() const { return m_group; }
    void setNumber(const QString& number);
    /// A place of the scene.
    bool isOnChevron(QPointF position) const;

    QRectF boundingRect() const override { return m_rect.adjusted(-2, -2, 2, 2); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QRectF chevronRect() const;

    QRectF m_rect;
    std::optional<std::size_t> m_group;
    QString m_title;
    QString m_number;
    ShapedText m_shapedTitle;
    ShapedText m_shapedNumber;
    bool m_isRemovable;
};

/// One way between two cards; an item of its own, so that only those in sight are painted. The
/// caller owns it.
QGraphicsItem* makeEdgeItem(const Edge& edge);
/// The heading of a stage, shorter where it stands over a column. The caller owns it.
QGraphicsItem* makeStageItem(const StageBand& band, bool isNarrow);

/// Points right where something is folded, else down.
void paintChevron(QPainter& painter, const QRectF& rect, bool folded, const QPalette& palette);

} // namespace espalier::ui
