#include "graph/graph_scene.h"

#include <algorithm>

#include <QGraphicsItem>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

#include "graph/card_item.h"
#include "graph/describe.h"
#include "graph/marks.h"
#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

/// An orthogonal line with its corners rounded.
QPainterPath roundedPath(const std::vector<QPointF>& points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const double radius = std::min({7.0, in.length() / 2, out.length() / 2});
        if (radius <= 0)
            continue;
        path.lineTo(in.pointAt(radius / in.length()));
        path.quadTo(points[i], out.pointAt(radius / out.length()));
    }
    path.lineTo(points.back());
    return path;
}

void addArrowHead(QPainterPath& path, const std::vector<QPointF>& points)
{
    QLineF back(points.back(), points[points.size() - 2]);
    if (back.length() <= 0)
        return;
    back.setLength(7);
    for (const double angle : {-28.0, 28.0}) {
        QLineF side = back;
        side.setAngle(back.angle() + angle);
        path.moveTo(side.p2());
        path.lineTo(points.back());
    }
}

/// One way between two cards; an item of its own, so that only those in sight are painted.
class EdgeItem final : public QGraphicsItem {
public:
    explicit EdgeItem(const Edge& edge)
        : m_path(roundedPath(edge.points))
        , m_isShortcut(edge.isShortcut)
    {
        addArrowHead(m_path, edge.points);
        m_bounds = m_path.boundingRect().adjusted(-2, -2, 2, 2);
        setZValue(m_isShortcut ? 1.0 : 1.5); // where both run together the main way shows
    }

    QRectF boundingRect() const override { return m_bounds; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override
    {
        const QPalette palette = widget ? widget->palette() : option->palette;
        const QColor base = palette.color(QPalette::Base);
        const QColor colour =
            m_isShortcut ? colourOf(Meaning::Layer, palette) : palette.color(QPalette::Text);
        painter->setPen(QPen(blended(colour, base, m_isShortcut ? 0.75 : 0.55), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(m_path);
    }

private:
    QPainterPath m_path;
    bool m_isShortcut;
    QRectF m_bounds;
};

/// The ground a residual block stands on, with its name.
class FrameItem final : public QGraphicsItem {
public:
    FrameItem(const BlockFrame& frame, const Block& block)
        : m_rect(frame.rect)
        , m_title(toText(block.name))
        , m_isRemovable(block.layer.has_value())
    {
        setZValue(0);
    }

    QRectF boundingRect() const override { return m_rect.adjusted(-2, -2, 2, 2); }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override
    {
        const QPalette palette = widget ? widget->palette() : option->palette;
        const QColor base = palette.color(QPalette::Base);
        const QColor text = palette.color(QPalette::Text);
        painter->setPen(QPen(blended(text, base, 0.18), 1));
        painter->setBrush(blended(text, base, m_isRemovable ? 0.06 : 0.03));
        painter->drawRoundedRect(m_rect, 10, 10);
        if (QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform()) < 0.3)
            return;
        QFont font = painter->font();
        font.setPixelSize(12);
        painter->setFont(font);
        painter->setPen(blended(text, base, m_isRemovable ? 0.75 : 0.5));
        const QRectF line(m_rect.left() + 10, m_rect.top() + 3, m_rect.width() - 20, 18);
        painter->drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(m_title, Qt::ElideMiddle, qRound(line.width())));
    }

private:
    QRectF m_rect;
    QString m_title;
    bool m_isRemovable;
};

/// The heading of a stage; a readable size at every zoom down to a quarter.
class StageItem final : public QGraphicsItem {
public:
    explicit StageItem(const StageBand& band)
        : m_title(QObject::tr("Stage %1").arg(band.stage + 1))
        , m_detail(
              QObject::tr("%1, %2 residual blocks").arg(shapeText(band.shape)).arg(band.blocks))
    {
        setPos(band.titlePosition);
    }

    QRectF boundingRect() const override { return {0, 0, 420, 30}; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override
    {
        const QPalette palette = widget ? widget->palette() : option->palette;
        const QColor text = palette.color(QPalette::Text);
        QFont font = painter->font();
        font.setPixelSize(19);
        font.setBold(true);
        painter->setFont(font);
        painter->setPen(text);
        painter->drawText(QPointF(0, 22), m_title);
        const double width = painter->fontMetrics().horizontalAdvance(m_title);
        font.setPixelSize(14);
        font.setBold(false);
        painter->setFont(font);
        painter->setPen(blended(text, palette.color(QPalette::Base), 0.65));
        painter->drawText(QPointF(width + 12, 22), m_detail);
    }

private:
    QString m_title;
    QString m_detail;
};

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

std::int64_t channelsOf(const Operation& operation)
{
    const auto* conv = std::get_if<Conv2d>(&operation);
    return conv ? conv->outChannels : 0;
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
    m_graph = std::move(graph);
    m_structures = std::move(structures);
    if (!m_graph || !m_structures)
        return;
    m_layout = layoutGraph(*m_graph, *m_structures);
    addFrames();
    addCards();
    setSceneRect(m_layout.bounds);
}

void GraphScene::addFrames()
{
    for (const auto& frame : m_layout.frames)
        addItem(new FrameItem(frame, m_structures->blocks[frame.block]));
    for (const auto& band : m_layout.stages)
        addItem(new StageItem(band));
    for (const auto& edge : m_layout.edges)
        addItem(new EdgeItem(edge));
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
            .channels = channelsOf(node.operation),
            .isDim = reason != nullptr,
        };
        QString tip = QStringLiteral("<b>%1</b><br>%2<br>%3")
                          .arg(name.toHtmlEscaped(), text.operation, text.shape);
        if (reason)
            tip += QStringLiteral("<br><i>%1</i>")
                       .arg(tr("Stays: %1").arg(toText(reason->reason).toHtmlEscaped()));
        auto* item = new CardItem(card, std::move(text));
        item->setToolTip(tip);
        addItem(item);
        m_cards.push_back(item);
    }
}

void GraphScene::markRemoval(const Removal& removal)
{
    if (!m_graph)
        return;
    const auto marks = marksOf(*m_graph, *m_structures, removal);
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

void GraphScene::reportSelection()
{
    const auto selected = selectedItems();
    const auto* card =
        selected.isEmpty() ? nullptr : qgraphicsitem_cast<CardItem*>(selected.front());
    Q_EMIT nodeSelected(card ? std::optional(card->head()) : std::nullopt);
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
