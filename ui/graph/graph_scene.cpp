#include "graph/graph_scene.h"

#include <algorithm>
#include <cmath>

#include <QGraphicsSceneHelpEvent>
#include <QGraphicsSceneMouseEvent>
#include <QGraphicsView>
#include <QToolTip>

#include "graph/card_item.h"
#include "graph/describe.h"
#include "graph/ground_items.h"
#include "graph/marks.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

QString operationsOf(const Graph& graph, const Card& card)
{
    const auto& head = graph.node(card.head);
    if (std::holds_alternative<Input>(head.operation))
        return shapeText(head.shape);
    QStringList texts{operationText(head.operation)};
    for (std::size_t i = 1; i < card.nodes.size(); ++i) {
        const auto& operation = graph.node(card.nodes[i]).operation;
        if (!std::holds_alternative<Flatten>(operation))
            texts << shortOperationText(operation);
    }
    texts.removeDuplicates();
    return texts.join(QStringLiteral(" · "));
}

/// In a frame the name of the block is said already; what lies beside its branch is the shortcut.
QString titleOf(const Card& card, const Structures& structures, const QString& name)
{
    if (!card.block)
        return name;
    const auto& block = structures.blocks[*card.block];
    const bool isBeside =
        card.head != block.exit && std::ranges::find(block.nodes, card.head) == block.nodes.end();
    return isBeside ? GraphScene::tr("shortcut") : localName(name);
}

} // namespace

GraphScene::GraphScene(QObject* parent)
    : QGraphicsScene(parent)
{
    connect(this, &QGraphicsScene::selectionChanged, this, &GraphScene::reportSelection);
}

GraphScene::~GraphScene()
{
    disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
}

void GraphScene::setNetwork(std::shared_ptr<const Graph> graph,
                            std::shared_ptr<const Structures> structures)
{
    const QSignalBlocker blocker(this);
    clear();
    m_cards.clear();
    m_layout = {};
    m_cells = {};
    m_scores.reset();
    m_unit.reset();
    m_graph = std::move(graph);
    m_structures = std::move(structures);
    if (!m_graph || !m_structures)
        return;
    m_cells = CellMap(*m_graph, *m_structures);
    m_layout = layoutGraph(*m_graph, *m_structures);
    addFrames();
    addCards();
    setSceneRect(m_layout.bounds);
}

void GraphScene::addFrames()
{
    for (const auto& frame : m_layout.frames)
        addItem(makeFrameItem(frame, m_structures->blocks[frame.block]));
    for (const auto& band : m_layout.stages)
        addItem(makeStageItem(band));
    for (const auto& edge : m_layout.edges)
        addItem(makeEdgeItem(edge));
}

void GraphScene::addCards()
{
    const auto total = static_cast<double>(std::max<std::int64_t>(1, m_graph->macs()));
    double largest = 0;
    for (const auto& node : m_graph->nodes())
        largest = std::max(largest, static_cast<double>(m_graph->macs(node.id)));
    for (const auto& card : m_layout.cards) {
        const auto& node = m_graph->node(card.head);
        const auto macs = static_cast<double>(m_graph->macs(node.id));
        const auto* reason = notPrunable(*m_structures, node);
        const QString name = toText(node.name);
        CardText text{
            .title = titleOf(card, *m_structures, name),
            .operation = operationsOf(*m_graph, card),
            .shape = shapeText(m_graph->node(card.nodes.back()).shape),
            .share = macs > 0 ? percentText(macs / total, 1) : QString(),
            .shareOfLargest = largest > 0 ? macs / largest : 0.0,
            .isDim = reason != nullptr,
        };
        QString tip = QStringLiteral("<b>%1</b><br>%2<br>%3")
                          .arg(name.toHtmlEscaped(), text.operation, text.shape);
        if (reason)
            tip += QStringLiteral("<br><i>%1</i>")
                       .arg(tr("Stays: %1").arg(toText(reason->reason).toHtmlEscaped()));
        auto* item = new CardItem(card, std::move(text), Strip(m_cells.of(card.head).size()));
        item->setToolTip(tip);
        addItem(item);
        m_cards.push_back(item);
    }
}

void GraphScene::markRemoval(const Removal& removal)
{
    if (!m_graph)
        return;
    const auto marks = marksOf(*m_graph, *m_structures, m_cells, removal);
    for (auto* card : m_cards)
        card->setMark(marks[card->head().index()]);
}

CardItem* GraphScene::cardOf(NodeId node) const
{
    return node.isValid() && node.index() < m_layout.cardOf.size()
        ? m_cards[m_layout.cardOf[node.index()]]
        : nullptr;
}

void GraphScene::selectNode(std::optional<NodeId> node)
{
    const QSignalBlocker blocker(this);
    clearSelection();
    if (auto* card = node ? cardOf(*node) : nullptr)
        card->setSelected(true);
}

void GraphScene::setScores(const std::optional<Scores>& scores, const QString& criterion)
{
    m_scores = scores;
    m_criterion = criterion;
    showScores();
}

void GraphScene::setScoreScale(ScoreScale scale)
{
    m_scoreScale = scale;
    showScores();
}

void GraphScene::showScores()
{
    if (!m_graph)
        return;
    const auto scaled =
        m_scores ? scaledScores(*m_structures, *m_scores, m_scoreScale) : ScaledScores();
    for (auto* card : m_cards) {
        std::vector<double> ofCard;
        for (const auto unit :
             scaled.empty() ? std::span<const UnitId>() : m_cells.of(card->head())) {
            const auto place = m_cells.place(unit);
            ofCard.push_back(place ? scaled[place->group][place->index] : std::nan(""));
        }
        card->setScores(std::move(ofCard));
    }
}

void GraphScene::selectUnit(std::optional<UnitId> unit)
{
    m_unit = unit;
    std::vector<bool> coupled(m_cards.size(), false);
    const auto place = unit ? m_cells.place(*unit) : std::nullopt;
    if (place) {
        for (const auto member : m_structures->filters[place->group].members)
            coupled[m_layout.cardOf[member.index()]] = true;
    }
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setSelectedCell(unit ? m_cells.find(m_cards[i]->head(), *unit) : std::nullopt);
        m_cards[i]->setCoupled(coupled[i]);
    }
}

void GraphScene::reportSelection()
{
    const auto selected = selectedItems();
    const auto* card =
        selected.isEmpty() ? nullptr : qgraphicsitem_cast<CardItem*>(selected.front());
    Q_EMIT nodeSelected(card ? std::optional(card->head()) : std::nullopt);
}

void GraphScene::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    QGraphicsScene::mousePressEvent(event); // selects the card
    if (event->button() != Qt::LeftButton)
        return;
    auto* card = cardAt(event->scenePos());
    const auto slot = card ? card->slotAt(event->scenePos()) : std::nullopt;
    const auto cell = slot ? card->strip().cellIn(*slot) : std::nullopt;
    if (cell)
        Q_EMIT unitSelected(card->head(), m_cells.of(card->head())[*cell]);
    else if (card && m_unit)
        Q_EMIT nodeSelected(card->head());
}

void GraphScene::helpEvent(QGraphicsSceneHelpEvent* event)
{
    const auto* card = cardAt(event->scenePos());
    const auto slot = card ? card->slotAt(event->scenePos()) : std::nullopt;
    const auto cell = slot ? card->strip().cellIn(*slot) : std::nullopt;
    if (!cell) {
        QGraphicsScene::helpEvent(event);
        return;
    }
    QToolTip::showText(event->screenPos(), cellTip(card->head(), *cell), event->widget());
    event->accept();
}

CardItem* GraphScene::cardAt(QPointF position) const
{
    for (auto* item : items(position)) {
        if (auto* card = qgraphicsitem_cast<CardItem*>(item))
            return card;
    }
    return nullptr;
}

QString GraphScene::cellTip(NodeId node, std::size_t cell) const
{
    const auto unit = m_cells.of(node)[cell];
    const auto place = m_cells.place(unit);
    if (!place) {
        return tr("<b>Channel %1 of %2</b><br>Cannot go by itself.")
            .arg(cell + 1)
            .arg(m_cells.of(node).size());
    }
    return unitText(*m_graph, m_structures->filters[place->group], place->index, node,
                    scoreText(*place));
}

QString GraphScene::scoreText(const UnitPlace& place) const
{
    if (!m_scores)
        return {};
    const auto found = m_scores->filters.find(m_structures->filters[place.group].name);
    if (found == m_scores->filters.end() || place.index >= found->second.size())
        return {};
    const double score = found->second[place.index];
    const auto lower =
        std::ranges::count_if(found->second, [&](double other) { return other < score; });
    return tr("Score %1 (%2), %3 of %4 from the lowest")
        .arg(score, 0, 'g', 4)
        .arg(m_criterion)
        .arg(lower + 1)
        .arg(found->second.size());
}

std::vector<NodeId> GraphScene::find(const QString& text) const
{
    std::vector<NodeId> found;
    if (!m_graph || text.isEmpty())
        return found;
    for (const auto& node : m_graph->nodes()) {
        if (toText(node.name).contains(text, Qt::CaseInsensitive)
            || operationText(node.operation).contains(text, Qt::CaseInsensitive))
            found.push_back(node.id);
    }
    return found;
}

} // namespace espalier::ui
