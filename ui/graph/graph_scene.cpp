#include "graph/graph_scene.h"

#include <algorithm>
#include <cmath>

#include <QGraphicsSceneHelpEvent>
#include <QGraphicsSceneMouseEvent>
#include <QToolTip>
#include <utility>

#include "graph/card_item.h"
#include "graph/describe.h"
#include "graph/ground_items.h"
#include "graph/marks.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr std::size_t bigNetwork = 170; ///< cards; above it groups are folded at first

} // namespace

GraphScene::GraphScene(QObject* parent)
    : QGraphicsScene(parent)
{
    setItemIndexMethod(BspTreeIndex);
    connect(this, &QGraphicsScene::selectionChanged, this, &GraphScene::reportSelection);
}

GraphScene::~GraphScene()
{
    disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
}

void GraphScene::setNetwork(std::shared_ptr<const Graph> graph,
                            std::shared_ptr<const Structures> structures,
                            std::shared_ptr<const Ghosts> ghosts)
{
    m_network = {std::move(graph), std::move(structures)};
    if (!m_network.structures)
        m_network.graph = nullptr;
    m_ghosts = std::move(ghosts);
    m_cells = m_network.graph ? CellMap(*m_network.graph, *m_network.structures) : CellMap();
    m_scores.reset();
    m_candidates.clear();
    m_node.reset();
    m_unit.reset();
    m_removal = {};
    if (!isSameModel()) {
        m_folded.clear();
        m_foldsBig = true;
    }
    rearrange(std::nullopt);
}

/// A later or earlier iteration of the network in the picture, so that what is folded stays so.
bool GraphScene::isSameModel() const
{
    return m_network.graph && std::ranges::any_of(m_layout.groups, [&](const CardGroup& group) {
               return m_network.graph->find(group.key).has_value();
           });
}

void GraphScene::setGhosts(std::shared_ptr<const Ghosts> ghosts)
{
    m_ghosts = std::move(ghosts);
    if (m_showsGhosts)
        rearrange(m_node);
}

void GraphScene::setGhostsVisible(bool visible)
{
    if (std::exchange(m_showsGhosts, visible) != visible && m_ghosts)
        rearrange(m_node);
}

void GraphScene::setDownwards(bool downwards)
{
    if (std::exchange(m_isDownwards, downwards) != downwards)
        rearrange(m_node);
}

void GraphScene::foldAll()
{
    m_foldsBig = false;
    for (const auto& group : m_layout.groups)
        m_folded.insert(group.key);
    rearrange(m_node);
}

void GraphScene::unfoldAll()
{
    m_foldsBig = false;
    m_folded.clear();
    rearrange(m_node);
}

void GraphScene::setFolded(const std::string& key, bool folded)
{
    const auto group = std::ranges::find(m_layout.groups, key, &CardGroup::key);
    if (group == m_layout.groups.end() || group->isFolded == folded)
        return;
    m_foldsBig = false; // from here on as the user has it
    folded ? void(m_folded.insert(key)) : void(m_folded.erase(key));
    const auto anchor = m_network.graph->find(key);
    rearrange(anchor ? anchor : m_node);
}

void GraphScene::toggleGroup(const CardItem& card)
{
    if (const auto group = card.group())
        setFolded(m_layout.groups[*group].key, !m_layout.groups[*group].isFolded);
}

void GraphScene::reveal(NodeId node)
{
    const auto* card = cardOf(node);
    if (card && card->isFolded())
        toggleGroup(*card);
}

LayoutOptions GraphScene::layoutOptions() const
{
    LayoutOptions options{.downwards = m_isDownwards, .folded = m_folded};
    if (m_foldsBig)
        options.foldAbove = bigNetwork;
    if (!m_ghosts || !m_showsGhosts)
        return options;
    const auto isGone = [&](NodeId node) { return !m_ghosts->shown[node.index()].isValid(); };
    for (const auto& block : m_ghosts->ancestor.structures->blocks) {
        if (isGone(block.exit) && std::ranges::all_of(block.nodes, isGone)) {
            const auto key = m_ghosts->ancestor.graph->node(block.exit).name;
            options.folded.insert(key);
            options.thin.insert(key);
        }
    }
    return options;
}

void GraphScene::rearrange(std::optional<NodeId> anchor)
{
    {
        const QSignalBlocker blocker(this); // the selection goes with the items, and comes back
        build();
        showEverything();
    }
    Q_EMIT arranged(anchor);
    Q_EMIT legendChanged();
}

void GraphScene::build()
{
    clear();
    m_cards.clear();
    m_frames.clear();
    m_cardOf.clear();
    m_layout = {};
    if (!m_network.graph)
        return;
    const auto& laidOut = m_ghosts && m_showsGhosts ? m_ghosts->ancestor : m_network;
    const auto options = layoutOptions();
    m_layout = layoutGraph(*laidOut.graph, *laidOut.structures, options);
    if (m_foldsBig) {
        for (const auto& group : m_layout.groups) {
            if (group.isFolded && !options.thin.contains(group.key))
                m_folded.insert(group.key);
        }
    }
    addGround(laidOut);
    addCards(laidOut);
    setSceneRect(m_layout.bounds);
}

void GraphScene::addGround(const GraphOnBench& laidOut)
{
    for (const auto& frame : m_layout.frames) {
        const auto* block = frame.block ? &laidOut.structures->blocks[*frame.block] : nullptr;
        const auto* group = frame.group ? &m_layout.groups[*frame.group] : nullptr;
        m_frames.push_back(new FrameItem(frame, block, group));
        addItem(m_frames.back());
    }
    for (const auto& band : m_layout.stages)
        addItem(makeStageItem(band, m_isDownwards));
    for (const auto& edge : m_layout.edges)
        addItem(makeEdgeItem(edge));
}

void GraphScene::addCards(const GraphOnBench& laidOut)
{
    const auto* ghosts = m_ghosts && m_showsGhosts ? m_ghosts.get() : nullptr;
    const CardSource source{m_network, m_cells, laidOut, ghosts, m_layout};
    m_cardOf.assign(m_network.graph->nodes().size(), nullptr);
    for (const auto& card : m_layout.cards) {
        auto* item = new CardItem(card, m_cards.size(), contentOf(card, source));
        addItem(item);
        m_cards.push_back(item);
        for (const auto node : item->content().nodes)
            m_cardOf[node.index()] = item;
    }
}

void GraphScene::showEverything()
{
    if (!m_network.graph)
        return;
    showMarks();
    showScores();
    showHeat();
    showLocks();
    showSelection();
}

void GraphScene::markRemoval(const Removal& removal)
{
    m_removal = removal;
    if (m_network.graph)
        showMarks();
}

void GraphScene::showMarks()
{
    const auto marks = marksOf(*m_network.graph, *m_network.structures, m_cells, m_removal);
    for (auto* card : m_cards) {
        NodeMark mark;
        std::size_t first = 0; // of the node's cells among the card's
        for (const auto node : card->content().nodes) {
            const auto& ofNode = marks[node.index()];
            const auto isHead = node == card->head() || card->isFolded();
            mark.whole = mark.whole || (ofNode.whole && isHead);
            for (const auto cell : ofNode.cells)
                mark.cells.push_back(first + cell);
            first += m_cells.of(node).size();
        }
        card->setMark(std::move(mark));
    }
}

void GraphScene::setScores(const std::optional<Scores>& scores, const QString& criterion)
{
    m_scores = scores;
    m_criterion = criterion;
    showScores();
    showHeat();
    Q_EMIT legendChanged();
}

void GraphScene::setScoreScale(ScoreScale scale)
{
    m_scoreScale = scale;
    showScores();
    Q_EMIT legendChanged();
}

void GraphScene::showScores()
{
    if (!m_network.graph)
        return;
    const auto scaled =
        m_scores ? scaledScores(*m_network.structures, *m_scores, m_scoreScale) : ScaledScores();
    for (auto* card : m_cards) {
        std::vector<double> ofCard;
        for (const auto& cell : card->content().cells) {
            if (scaled.empty())
                break;
            const auto place = m_cells.place(cell.unit);
            ofCard.push_back(place ? scaled[place->group][place->index] : std::nan(""));
        }
        card->setScores(std::move(ofCard));
    }
}

void GraphScene::setCandidates(std::vector<Candidate> candidates)
{
    m_candidates = std::move(candidates);
    if (m_painted != PaintedNumber::Cka)
        return;
    showHeat();
    Q_EMIT legendChanged();
}

void GraphScene::setPainted(PaintedNumber number)
{
    m_painted = number;
    showHeat();
    Q_EMIT legendChanged();
}

void GraphScene::setLatency(const std::optional<LayerLatency>& latency, const QString& absence)
{
    if (m_latency == latency && m_latencyAbsence == absence)
        return;
    m_latency = latency;
    m_latencyAbsence = absence;
    if (m_painted != PaintedNumber::Latency)
        return;
    showHeat();
    Q_EMIT legendChanged();
}

QString GraphScene::latencyNote() const
{
    return m_latency ? tr("batch %1, %2")
                           .arg(m_latency->whole.batch)
                           .arg(QString::fromStdString(m_latency->whole.device))
                     : m_latencyAbsence;
}

void GraphScene::showHeat()
{
    m_legend = {m_painted, {}, {}, m_painted == PaintedNumber::Latency ? latencyNote() : QString()};
    if (!m_network.graph)
        return;
    const auto values = paintedValues(
        m_painted,
        {*m_network.graph, *m_network.structures, m_cells, m_scores ? &*m_scores : nullptr,
         m_candidates,
         m_latency ? std::span<const double>(m_latency->seconds) : std::span<const double>()});
    std::vector<std::optional<double>> ofCard;
    for (const auto* card : m_cards) {
        const auto value = values.of(card->content().nodes);
        ofCard.push_back(value);
        if (!value)
            continue;
        m_legend.low = std::min(m_legend.low.value_or(*value), *value);
        m_legend.high = std::max(m_legend.high.value_or(*value), *value);
    }
    if (isCost(m_painted) && m_legend.low)
        m_legend.low = 0.0;
    const double low = m_legend.low.value_or(0.0);
    const double range = m_legend.high.value_or(0.0) - low;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const auto& value = ofCard[i];
        if (!value)
            m_cards[i]->setHeat({}, std::nullopt);
        else
            m_cards[i]->setHeat(paintedText(m_painted, *value),
                                range > 0 ? (*value - low) / range : 0.5);
    }
    for (auto* frame : m_frames) {
        std::vector<NodeId> nodes;
        for (const auto* card : m_cards) {
            if (frame->group() && card->group() == frame->group())
                nodes.insert(nodes.end(), card->content().nodes.begin(),
                             card->content().nodes.end());
        }
        const auto value = values.of(nodes);
        frame->setNumber(value ? paintedText(m_painted, *value) : QString());
    }
}

void GraphScene::setLocks(const std::optional<std::set<std::string>>& locked)
{
    if (m_locked == locked)
        return;
    m_locked = locked;
    showLocks();
}

/// The group of filters that the card produces; of a folded block the layer it is.
std::string GraphScene::lockNameOf(const CardItem& card) const
{
    if (!card.head().isValid())
        return {};
    if (!card.isFolded()) {
        const auto* group = groupProducedBy(*m_network.structures, card.head());
        return group ? group->name : std::string();
    }
    const auto layer = std::ranges::find_if(m_network.structures->layers, [&](const Layer& one) {
        return cardOf(one.nodes.front()) == &card;
    });
    return layer == m_network.structures->layers.end() ? std::string() : layer->name;
}

void GraphScene::showLocks()
{
    for (auto* card : m_cards) {
        const auto name = m_locked ? lockNameOf(*card) : std::string();
        card->setLock(name.empty()                   ? CardLock::None
                          : m_locked->contains(name) ? CardLock::Locked
                                                     : CardLock::Open);
    }
}

CardItem* GraphScene::cardOf(NodeId node) const
{
    return node.isValid() && node.index() < m_cardOf.size() ? m_cardOf[node.index()] : nullptr;
}

void GraphScene::selectNode(std::optional<NodeId> node)
{
    m_node = node;
    const QSignalBlocker blocker(this);
    clearSelection();
    if (auto* card = node ? cardOf(*node) : nullptr)
        card->setSelected(true);
}

void GraphScene::selectUnit(std::optional<UnitId> unit)
{
    m_unit = unit;
    showSelection();
}

void GraphScene::showSelection()
{
    selectNode(m_node);
    std::vector<const CardItem*> coupled;
    if (const auto place = m_unit ? m_cells.place(*m_unit) : std::nullopt) {
        for (const auto member : m_network.structures->filters[place->group].members)
            coupled.push_back(cardOf(member));
    }
    for (auto* card : m_cards) {
        const auto& cells = card->content().cells;
        const auto found =
            m_unit ? std::ranges::find(cells, *m_unit, &CardCell::unit) : cells.end();
        card->setSelectedCell(found == cells.end()
                                  ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(found - cells.begin())));
        card->setCoupled(std::ranges::find(coupled, card) != coupled.end());
    }
}

void GraphScene::reportSelection()
{
    const auto selected = selectedItems();
    const auto* card =
        selected.isEmpty() ? nullptr : qgraphicsitem_cast<CardItem*>(selected.front());
    m_node = card ? std::optional(card->head()) : std::nullopt;
    Q_EMIT nodeSelected(m_node);
}

void GraphScene::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    const auto position = event->scenePos();
    if (event->button() == Qt::LeftButton) {
        const auto* frame = cardAt(position) ? nullptr : frameAt(position);
        if (frame && frame->group() && frame->isOnChevron(position)) {
            event->accept();
            setFolded(m_layout.groups[*frame->group()].key, true);
            return;
        }
    }
    QGraphicsScene::mousePressEvent(event); // selects the card
    auto* card = event->button() == Qt::LeftButton ? cardAt(position) : nullptr;
    if (!card)
        return;
    if (card->lock() != CardLock::None && card->isOnLock(position)) {
        Q_EMIT lockToggled(toText(lockNameOf(*card)), card->lock() == CardLock::Open);
        return;
    }
    if (card->isFolded() && card->isOnChevron(position)) {
        toggleGroup(*card);
        return;
    }
    if (!clickCell(*card, position) && m_unit && card->head().isValid())
        Q_EMIT nodeSelected(card->head());
}

bool GraphScene::clickCell(const CardItem& card, QPointF position)
{
    const auto slot = card.slotAt(position);
    const auto cell = slot ? card.strip().cellIn(*slot) : std::nullopt;
    if (!cell)
        return false;
    const auto chosen = card.content().cells[*cell];
    Q_EMIT unitSelected(card.isFolded() ? card.head() : chosen.node, chosen.unit);
    return true;
}

void GraphScene::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    const auto* card = cardAt(event->scenePos());
    if (card && card->isFolded()) {
        toggleGroup(*card);
        return;
    }
    const auto* frame = card ? nullptr : frameAt(event->scenePos());
    if (frame && frame->group()) {
        setFolded(m_layout.groups[*frame->group()].key, true);
        return;
    }
    QGraphicsScene::mouseDoubleClickEvent(event);
}

void GraphScene::helpEvent(QGraphicsSceneHelpEvent* event)
{
    const auto* card = cardAt(event->scenePos());
    const auto slot = card ? card->slotAt(event->scenePos()) : std::nullopt;
    if (!slot) {
        QGraphicsScene::helpEvent(event);
        return;
    }
    const auto cell = card->strip().cellIn(*slot);
    QToolTip::showText(event->screenPos(), cell ? cellTip(*card, *cell) : ghostTip(*card, *slot),
                       event->widget());
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

FrameItem* GraphScene::frameAt(QPointF position) const
{
    for (auto* item : items(position)) {
        if (auto* frame = qgraphicsitem_cast<FrameItem*>(item))
            return frame;
    }
    return nullptr;
}

QString GraphScene::cellTip(const CardItem& card, std::size_t cell) const
{
    const auto& [node, unit] = card.content().cells[cell];
    const auto place = m_cells.place(unit);
    QString tip;
    if (place) {
        tip = unitText(*m_network.graph, m_network.structures->filters[place->group], place->index,
                       node, scoreText(*place));
    } else {
        tip = tr("<b>Channel %1 of %2</b><br>Cannot go by itself.")
                  .arg(m_cells.find(node, unit).value_or(cell) + 1)
                  .arg(m_cells.of(node).size());
    }
    if (card.isFolded())
        tip += tr("<br>Of %1").arg(toText(m_network.graph->node(node).name).toHtmlEscaped());
    return tip;
}

QString GraphScene::ghostTip(const CardItem& card, std::size_t slot) const
{
    if (!m_ghosts)
        return {};
    std::size_t first = 0; // of the node's slots among the card's
    for (const auto node : m_layout.cards[card.index()].nodes) {
        const auto cells = m_ghosts->cells.of(node);
        if (slot < first + cells.size()) {
            const auto when = m_ghosts->units.find(cells[slot - first]);
            return when == m_ghosts->units.end()
                ? tr("Went earlier.")
                : tr("Went in iteration %1.").arg(when->second.value());
        }
        first += cells.size();
    }
    return {};
}

QString GraphScene::scoreText(const UnitPlace& place) const
{
    if (!m_scores)
        return {};
    const auto found = m_scores->filters.find(m_network.structures->filters[place.group].name);
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
    if (!m_network.graph || text.isEmpty())
        return found;
    for (const auto& node : m_network.graph->nodes()) {
        if (toText(node.name).contains(text, Qt::CaseInsensitive)
            || operationText(node.operation).contains(text, Qt::CaseInsensitive))
            found.push_back(node.id);
    }
    return found;
}

} // namespace espalier::ui
