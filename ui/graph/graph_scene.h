#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QGraphicsScene>

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
    /// Does not emit nodeSelected().
    void selectNode(std::optional<NodeId> node);

    const GraphLayout& layout() const { return m_layout; }
    CardItem* cardOf(NodeId node) const;
    const std::vector<CardItem*>& cards() const { return m_cards; }
    /// Nodes whose name or operator contains `text`, in topological order.
    std::vector<NodeId> find(const QString& text) const;

Q_SIGNALS:
    /// The user selected a card, or nothing.
    void nodeSelected(std::optional<espalier::NodeId> node);

private:
    void addFrames();
    void addCards();
    void reportSelection();

    std::shared_ptr<const Graph> m_graph;
    std::shared_ptr<const Structures> m_structures;
    GraphLayout m_layout;
    std::vector<CardItem*> m_cards; ///< parallel to the layout's cards; owned by the scene
};

} // namespace espalier::ui
