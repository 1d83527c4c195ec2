#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QGraphicsScene>

#include "graph/cells.h"
#include "graph/layout.h"
#include "structures/removal.h"

namespace espalier::ui {

class CardItem;

/// The network as a picture: cards, the ways between them, blocks and stages. Holds the graph it
/// shows. Colours come from the palette of the view that paints it.
class GraphScene final : public QGraphicsScene {
    Q_OBJECT

public:
    explicit GraphScene(QObject* parent = nullptr);
    ~GraphScene() override;

    /// Null shared pointers empty the picture.
    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures);
    /// Marks what `removal` takes away; an empty one clears the marks.
    void markRemoval(const Removal& removal);
    /// Colours the cells; `criterion` is how it is called in tooltips.
    void setScores(const std::optional<Scores>& scores, const QString& criterion);
    void setScoreScale(ScoreScale scale);
    ScoreScale scoreScale() const { return m_scoreScale; }
    /// Does not emit nodeSelected().
    void selectNode(std::optional<NodeId> node);
    /// Shows the unit's cell on every card it runs through, and what is coupled with it.
    void selectUnit(std::optional<UnitId> unit);

    const GraphLayout& layout() const { return m_layout; }
    const CellMap& cells() const { return m_cells; }
    CardItem* cardOf(NodeId node) const;
    CardItem* cardAt(QPointF position) const;
    /// What the tooltip of a cell says.
    QString cellTip(NodeId node, std::size_t cell) const;
    const std::vector<CardItem*>& cards() const { return m_cards; }
    /// Nodes whose name or operator contains `text`, in topological order.
    std::vector<NodeId> find(const QString& text) const;

Q_SIGNALS:
    /// The user selected a card, or nothing.
    void nodeSelected(std::optional<espalier::NodeId> node);
    /// The user selected a cell of the node's card.
    void unitSelected(espalier::NodeId node, espalier::UnitId unit);

protected:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void helpEvent(QGraphicsSceneHelpEvent* event) override;

private:
    void showScores();
    QString scoreText(const UnitPlace& place) const;
    void addFrames();
    void addCards();
    void reportSelection();

    std::shared_ptr<const Graph> m_graph;
    std::shared_ptr<const Structures> m_structures;
    CellMap m_cells;
    std::optional<Scores> m_scores;
    QString m_criterion;
    ScoreScale m_scoreScale = ScoreScale::Layer;
    std::optional<UnitId> m_unit;
    GraphLayout m_layout;
    std::vector<CardItem*> m_cards; ///< parallel to the layout's cards; owned by the scene
};

} // namespace espalier::ui
