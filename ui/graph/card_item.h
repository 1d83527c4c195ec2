#pragma once

#include <QGraphicsItem>
#include <QString>

#include "graph/card_content.h"
#include "graph/layout.h"
#include "graph/marks.h"
#include "graph/shaped_text.h"
#include "graph/strip.h"

namespace espalier::ui {

/// Whether what is on the card may go, as the user has it.
enum class CardLock {
    None, ///< nothing that could be locked
    Open,
    Locked,
};

/// One operator of the picture, or a folded group, with its cells. Selectable, unless it is a
/// ghost; its mark is what the previewed removal takes from it.
class CardItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    CardItem(const Card& card, std::size_t index, CardContent content);

    int type() const override { return Type; }
    std::size_t index() const { return m_index; } ///< into the layout's cards
    NodeId head() const { return m_content.head; } ///< invalid: a ghost
    bool isGhost() const { return !m_content.head.isValid(); }
    bool isFolded() const { return m_isFolded; }
    std::optional<std::size_t> group() const { return m_group; }
    const CardContent& content() const { return m_content; }
    const CardText& text() const { return m_content.text; }
    const Strip& strip() const { return m_strip; }

    void setMark(NodeMark mark);
    const NodeMark& mark() const { return m_mark; }
    void setScores(std::vector<double> scores);
    void setSelectedCell(std::optional<std::size_t> cell);
    /// What is coupled with the selected cell is here too.
    void setCoupled(bool coupled);
    bool isCoupled() const { return m_isCoupled; }
    /// `share`: 0..1, how warm the card is and how long its bar; absent: not painted.
    void setHeat(const QString& number, std::optional<double> share);
    const QString& number() const { return m_number; }
    std::optional<double> heat() const { return m_heat; }
    void setLock(CardLock lock);
    CardLock lock() const { return m_lock; }

    // Places of the scene.
    std::optional<std::size_t> slotAt(QPointF position) const;
    QRectF cellRect(std::size_t cell) const;
    bool isOnLock(QPointF position) const;
    bool isOnChevron(QPointF position) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintCircle(QPainter& painter, const QPalette& palette) const;
    void paintGround(QPainter& painter, const QPalette& palette) const;
    void paintBigTexts(QPainter& painter, const QPalette& palette, double scale) const;
    void paintTexts(QPainter& painter, const QPalette& palette) const;
    double paintTitleSigns(QPainter& painter, const QPalette& palette, const QRectF& line) const;
    void paintLock(QPainter& painter, const QPalette& palette) const;
    void paintBar(QPainter& painter, const QPalette& palette) const;
    QRectF stripRect() const;
    QRectF lockRect() const;
    QRectF chevronRect() const;
    bool showsLock() const;

    std::size_t m_index;
    QRectF m_rect; ///< around the item's origin, the card's centre
    std::optional<std::size_t> m_group;
    bool m_isCircle;
    bool m_isFolded;
    bool m_isThin;
    bool m_isCoupled = false;
    CardContent m_content;
    Strip m_strip;
    NodeMark m_mark;
    mutable ShapedText m_bigTitle;
    mutable ShapedText m_bigNumber;
    QString m_number;
    std::optional<double> m_heat;
    CardLock m_lock = CardLock::None;
};

} // namespace espalier::ui
