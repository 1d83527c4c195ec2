#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QGraphicsScene>

#include "graph/card_content.h"
#include "graph/cells.h"
#include "graph/ghosts.h"
#include "graph/layout.h"
#include "graph/painted_number.h"
#include "measure/latency.h"
#include "structures/removal.h"

namespace espalier::ui {

class CardItem;
class FrameItem;

/// What the heat of the cards says.
struct HeatLegend {
    PaintedNumber number = PaintedNumber::None;
    std::optional<double> low; ///< absent: nothing is painted
    std::optional<double> high;
    QString note; ///< how it was measured, or why it is not known; may be empty
};

/// The network as a picture: cards, the ways between them, blocks and stages. Holds the graph it
/// shows. Colours come from the palette of the view that paints it.
class GraphScene final : public QGraphicsScene {
    Q_OBJECT

public:
    explicit GraphScene(QObject* parent = nullptr);
    ~GraphScene() override;

    /// Null shared pointers empty the picture. `ghosts` are in the terms of an ancestor of it; null
    /// where there are none. Another model opens with its groups folded where it is big.
    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures,
                    std::shared_ptr<const Ghosts> ghosts = nullptr);
    void setGhosts(std::shared_ptr<const Ghosts> ghosts);
    /// What earlier iterations took stays in the picture.
    void setGhostsVisible(bool visible);
    bool areGhostsVisible() const { return m_showsGhosts; }
    bool hasGhosts() const { return m_ghosts != nullptr; }
    /// Time runs from top to bottom.
    void setDownwards(bool downwards);

    void foldAll();
    void unfoldAll();
    /// Folds or unfolds the group the card belongs to.
    void toggleGroup(const CardItem& card);
    void setFolded(const std::string& key, bool folded);
    /// Unfolds what hides the node.
    void reveal(NodeId node);

    /// Marks what `removal` takes away; an empty one clears the marks.
    void markRemoval(const Removal& removal);
    /// Colours the cells; `criterion` is how it is called in tooltips.
    void setScores(const std::optional<Scores>& scores, const QString& criterion);
    bool hasScores() const { return m_scores.has_value(); }
    void setScoreScale(ScoreScale scale);
    ScoreScale scoreScale() const { return m_scoreScale; }
    void setCandidates(std::vector<Candidate> candidates);
    void setPainted(PaintedNumber number);
    PaintedNumber painted() const { return m_painted; }
    /// Of the network shown; absent while it is not known, then `absence` says why.
    void setLatency(const std::optional<LayerLatency>& latency, const QString& absence);
    const HeatLegend& legend() const { return m_legend; }
    /// Names of layers and groups of filters; absent: nothing can be locked.
    void setLocks(const std::optional<std::set<std::string>>& locked);
    /// Does not emit nodeSelected().
    void selectNode(std::optional<NodeId> node);
    /// Shows the unit's cell on every card it runs through, and what is coupled with it.
    void selectUnit(std::optional<UnitId> unit);

    const GraphLayout& layout() const { return m_layout; }
    const CellMap& cells() const { return m_cells; }
    CardItem* cardOf(NodeId node) const;
    CardItem* cardAt(QPointF position) const;
    /// What the tooltip of a cell says.
    QString cellTip(const CardItem& card, std::size_t cell) const;
    QString ghostTip(const CardItem& card, std::size_t slot) const;
    const std::vector<CardItem*>& cards() const { return m_cards; }
    /// Nodes whose name or operator contains `text`, in topological order.
    std::vector<NodeId> find(const QString& text) const;

Q_SIGNALS:
    /// The user selected a card, or nothing.
    void nodeSelected(std::optional<espalier::NodeId> node);
    /// The user selected a cell of the node's card.
    void unitSelected(espalier::NodeId node, espalier::UnitId unit);
    /// The user wants a layer or group of filters locked, or free.
    void lockToggled(const QString& name, bool locked);
    /// Everything lies elsewhere now; `anchor` is what the user did it to.
    void arranged(std::optional<espalier::NodeId> anchor);
    void legendChanged();

protected:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;
    void helpEvent(QGraphicsSceneHelpEvent* event) override;

private:
    void build();
    LayoutOptions layoutOptions() const;
    bool isSameModel() const;
    void addGround(const GraphOnBench& laidOut);
    void addCards(const GraphOnBench& laidOut);
    void rearrange(std::optional<NodeId> anchor);
    void showEverything();
    void showMarks();
    void showScores();
    void showSelection();
    void showHeat();
    void showLocks();
    std::string lockNameOf(const CardItem& card) const;
    QString latencyNote() const;
    QString scoreText(const UnitPlace& place) const;
    FrameItem* frameAt(QPointF position) const;
    bool clickCell(const CardItem& card, QPointF position);
    void reportSelection();

    GraphOnBench m_network;
    std::shared_ptr<const Ghosts> m_ghosts;
    CellMap m_cells;
    bool m_showsGhosts = true;
    bool m_isDownwards = false;
    bool m_foldsBig = true; ///< until the user folds or unfolds
    std::set<std::string> m_folded; ///< keys of groups

    Removal m_removal;
    std::optional<Scores> m_scores;
    QString m_criterion;
    ScoreScale m_scoreScale = ScoreScale::Layer;
    std::vector<Candidate> m_candidates;
    PaintedNumber m_painted = PaintedNumber::Macs;
    std::optional<LayerLatency> m_latency;
    QString m_latencyAbsence;
    HeatLegend m_legend;
    std::optional<std::set<std::string>> m_locked;
    std::optional<NodeId> m_node;
    std::optional<UnitId> m_unit;

    GraphLayout m_layout;
    std::vector<CardItem*> m_cards; ///< parallel to the layout's cards; owned by the scene
    std::vector<FrameItem*> m_frames; ///< owned by the scene
    std::vector<CardItem*> m_cardOf; ///< by node of the network shown
};

} // namespace espalier::ui
