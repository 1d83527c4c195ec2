#include "graph/card_content.h"

#include <algorithm>

#include <QCoreApplication>

#include "graph/describe.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

struct CardTexts {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::CardTexts)
};

class ContentMaker {
public:
    ContentMaker(const Card& card, const CardSource& source)
        : m_card(card)
        , m_source(source)
        , m_graph(*source.laidOut.graph)
        , m_structures(*source.laidOut.structures)
    {
    }

    CardContent make()
    {
        for (const auto node : m_card.nodes) {
            if (const auto now = shown(node); now.isValid())
                m_content.nodes.push_back(now);
            takeCells(node);
        }
        if (std::ranges::count(m_content.present, false) == 0)
            m_content.present.clear();
        m_content.head = shown(m_card.head);
        if (m_card.isFolded && !m_card.isThin && !m_content.head.isValid()
            && !m_content.nodes.empty())
            m_content.head = m_content.nodes.back();
        m_content.text = m_card.isFolded ? foldedText() : textOfOperator();
        return std::move(m_content);
    }

private:
    NodeId shown(NodeId node) const
    {
        return m_source.ghosts ? m_source.ghosts->shown[node.index()] : node;
    }

    void takeCells(NodeId node)
    {
        const auto now = shown(node);
        const auto cells = m_source.cells.of(now);
        for (const auto unit : cells)
            m_content.cells.push_back({now, unit});
        if (!m_source.ghosts)
            return;
        auto present = m_source.ghosts->present(node);
        const auto left = static_cast<std::size_t>(std::ranges::count(present, true));
        if (left != cells.size()) // cut in a way that cannot be followed: its ghosts stay unseen
            present.assign(cells.size(), true);
        m_content.present.insert(m_content.present.end(), present.begin(), present.end());
    }

    /// The node as it is now, else as it was.
    const Node& node(NodeId id) const
    {
        const auto now = shown(id);
        return now.isValid() ? m_source.network.graph->node(now) : m_graph.node(id);
    }

    CardText textOfOperator() const
    {
        const auto& head = node(m_card.head);
        const QString name = toText(head.name);
        const bool hasOwnName = std::holds_alternative<Input>(head.operation) || isBeside()
            || std::holds_alternative<Parameter>(head.operation) || m_graph.params(m_card.head) > 0;
        CardText text;
        text.title = hasOwnName ? titleFor(name) : operationText(head.operation);
        text.operation = hasOwnName ? operations() : followersAnd(localName(name));
        text.shape = shapeText(node(m_card.nodes.back()).shape);
        const auto* reason = notPrunable(*m_source.network.structures, head);
        text.isDim = reason != nullptr;
        text.tip = QStringLiteral("<b>%1</b><br>%2<br>%3")
                       .arg(name.toHtmlEscaped(), operations(), text.shape);
        if (!m_content.head.isValid())
            text.tip += QStringLiteral("<br><i>%1</i>").arg(whenGone());
        else if (reason)
            text.tip +=
                QStringLiteral("<br><i>%1</i>")
                    .arg(CardTexts::tr("Stays: %1").arg(toText(reason->reason).toHtmlEscaped()));
        return text;
    }

    CardText foldedText() const
    {
        const auto& group = m_source.layout.groups[*m_card.group];
        const QString name = toText(group.name.empty() ? group.key : group.name);
        CardText text;
        text.title = name;
        const auto layers = std::ranges::count_if(
            m_content.nodes, [&](NodeId id) { return !m_source.cells.of(id).empty(); });
        text.operation =
            m_content.head.isValid() ? CardTexts::tr("Folded, layers: %1").arg(layers) : whenGone();
        text.shape = shapeText(node(m_card.nodes.back()).shape);
        text.tip = QStringLiteral("<b>%1</b><br>%2").arg(name.toHtmlEscaped(), text.operation);
        if (m_content.head.isValid())
            text.tip += QStringLiteral("<br>%1").arg(CardTexts::tr("Double-click to unfold."));
        return text;
    }

    QString whenGone() const
    {
        for (const auto id : m_card.nodes) {
            const auto when = m_source.ghosts->nodes.find(id);
            if (when != m_source.ghosts->nodes.end())
                return CardTexts::tr("went in iteration %1").arg(when->second.value());
        }
        return CardTexts::tr("went earlier");
    }

    QString operations() const
    {
        const auto& head = node(m_card.head);
        if (std::holds_alternative<Input>(head.operation))
            return shapeText(head.shape);
        QStringList texts{operationText(head.operation)};
        texts << followers();
        texts.removeDuplicates();
        return texts.join(QStringLiteral(" · "));
    }

    QStringList followers() const
    {
        QStringList texts;
        for (const auto id : m_card.nodes) {
            const auto& operation = node(id).operation;
            if (id != m_card.head && !std::holds_alternative<Flatten>(operation))
                texts << shortOperationText(operation);
        }
        return texts;
    }

    QString followersAnd(const QString& name) const
    {
        auto texts = followers();
        texts << name;
        return texts.join(QStringLiteral(" · "));
    }

    /// Lies beside the branch of its block.
    bool isBeside() const
    {
        if (!m_card.block)
            return false;
        const auto& block = m_structures.blocks[*m_card.block];
        return m_card.head != block.exit
            && std::ranges::find(block.nodes, m_card.head) == block.nodes.end();
    }

    /// In a frame the name of the block is said already.
    QString titleFor(const QString& name) const
    {
        if (isBeside())
            return CardTexts::tr("shortcut");
        if (m_card.block)
            return localName(name);
        const QString group =
            m_card.group ? toText(m_source.layout.groups[*m_card.group].name) : QString();
        const QString start = group + QLatin1Char('.');
        return !group.isEmpty() && name.startsWith(start) ? name.mid(start.size()) : name;
    }

    const Card& m_card;
    const CardSource& m_source;
    const Graph& m_graph;
    const Structures& m_structures;
    CardContent m_content;
};

} // namespace

CardContent contentOf(const Card& card, const CardSource& source)
{
    return ContentMaker(card, source).make();
}

} // namespace espalier::ui
