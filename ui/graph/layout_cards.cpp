#include "graph/layout_cards_p.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace espalier::ui {

namespace {

template <class T> bool is(const Operation& operation)
{
    return std::holds_alternative<T>(operation);
}

/// Operators that are drawn on the card of the one they follow.
bool followsSilently(const Operation& operation, const Operation& head)
{
    if (is<Pad>(operation) || is<Slice>(operation))
        return is<Pad>(head) || is<Slice>(head);
    return is<BatchNorm2d>(operation) || is<Activation>(operation) || is<Dropout>(operation)
        || is<Flatten>(operation) || is<Softmax>(operation);
}

/// Whether `node` goes on the card that ends with its only input.
bool sharesCard(const Graph& graph, const Node& node, const Card& before)
{
    const auto& head = graph.node(before.head).operation;
    return before.nodes.back() == node.inputs[0] && !is<Input>(head)
        && followsSilently(node.operation, head);
}

/// Cards and cardOf, with nothing folded.
CardGraph cardsOfOperators(const Graph& graph)
{
    CardGraph network;
    network.cardOf.resize(graph.nodes().size());
    for (const auto& node : graph.nodes()) {
        auto& own = network.cardOf[node.id.index()];
        if (node.inputs.size() == 1 && graph.users(node.inputs[0]).size() == 1) {
            const auto before = network.cardOf[node.inputs[0].index()];
            if (sharesCard(graph, node, network.cards[before])) {
                network.cards[before].nodes.push_back(node.id);
                own = before;
                continue;
            }
        }
        own = network.cards.size();
        Card card;
        card.head = node.id;
        card.nodes = {node.id};
        card.isCircle = is<Add>(node.operation);
        network.cards.push_back(std::move(card));
    }
    return network;
}

/// Links and inputs, from cards and cardOf.
void linkCards(CardGraph& network, const Graph& graph)
{
    const auto count = network.cards.size();
    network.links.clear();
    network.inputs.assign(count, {});
    std::vector<std::size_t> lastTo(count, count); // of each card: where its last link ends
    for (std::size_t to = 0; to < count; ++to) {
        for (const auto node : network.cards[to].nodes) {
            for (const auto input : graph.node(node).inputs) {
                const auto from = network.cardOf[input.index()];
                if (from == to || std::exchange(lastTo[from], to) == to)
                    continue;
                network.inputs[to].push_back(network.links.size());
                network.links.push_back({from, to});
            }
        }
    }
}

void assignBlocks(CardGraph& network, const Structures& structures)
{
    for (std::size_t block = 0; block < structures.blocks.size(); ++block) {
        for (const auto node : structures.blocks[block].nodes)
            network.cards[network.cardOf[node.index()]].block = block;
        network.cards[network.cardOf[structures.blocks[block].exit.index()]].block = block;
    }
}

/// The group that the cards of `range` are.
CardGroup groupOf(const CardGraph& network, CardRange range, const Graph& graph,
                  const Structures& structures)
{
    const auto& last = network.cards[range.end - 1];
    CardGroup group;
    group.key = graph.node(last.head).name;
    group.cards = range.end - range.begin;
    if (last.isCircle)
        group.block = last.block;
    std::vector<std::string> names;
    for (auto i = range.begin; i < range.end; ++i) {
        const auto& card = network.cards[i];
        group.nodes.insert(group.nodes.end(), card.nodes.begin(), card.nodes.end());
        if (graph.params(card.head) > 0) // what follows may be the next module's
            names.push_back(graph.node(card.head).name);
    }
    group.name = group.block ? structures.blocks[*group.block].name : commonPath(names);
    return group;
}

void groupCards(CardGraph& network, const Graph& graph, const Structures& structures,
                const LayoutOptions& options)
{
    const bool foldAll = options.foldAbove > 0 && network.cards.size() > options.foldAbove;
    for (const auto range : cutWhereOneValueCrosses(network)) {
        if (range.end - range.begin < 2)
            continue;
        auto group = groupOf(network, range, graph, structures);
        group.isFolded = foldAll || options.folded.contains(group.key);
        for (auto card = range.begin; card < range.end; ++card) {
            network.cards[card].group = network.groups.size();
            if (group.block)
                network.cards[card].block = group.block; // the cards of its shortcut too
        }
        network.groups.push_back(std::move(group));
    }
}

/// The cards of each folded group become one; links are stale then.
void foldGroups(CardGraph& network, const std::set<std::string>& thin)
{
    std::vector<Card> cards;
    for (auto& card : network.cards) {
        const bool isFolded = card.group && network.groups[*card.group].isFolded;
        const bool goesOn = isFolded && !cards.empty() && cards.back().group == card.group;
        if (goesOn) {
            auto& folded = cards.back();
            folded.head = card.head;
            folded.nodes.insert(folded.nodes.end(), card.nodes.begin(), card.nodes.end());
            continue;
        }
        cards.push_back(std::move(card));
        if (isFolded) {
            auto& folded = cards.back();
            folded.isFolded = true;
            folded.isCircle = false;
            folded.isThin = thin.contains(network.groups[*folded.group].key);
        }
    }
    network.cards = std::move(cards);
    for (std::size_t i = 0; i < network.cards.size(); ++i) {
        std::ranges::sort(network.cards[i].nodes);
        for (const auto node : network.cards[i].nodes)
            network.cardOf[node.index()] = i;
    }
}

} // namespace

CardGraph makeCards(const Graph& graph, const Structures& structures, const LayoutOptions& options)
{
    auto network = cardsOfOperators(graph);
    linkCards(network, graph);
    assignBlocks(network, structures);
    groupCards(network, graph, structures, options);
    if (std::ranges::any_of(network.groups, &CardGroup::isFolded)) {
        foldGroups(network, options.thin);
        linkCards(network, graph);
    }
    return network;
}

std::vector<CardRange> cutWhereOneValueCrosses(const CardGraph& network)
{
    const auto count = network.cards.size();
    std::vector<std::size_t> farthest(count, 0); // card that reads each one's value
    for (const auto& link : network.links)
        farthest[link.from] = std::max(farthest[link.from], link.to);
    std::vector<CardRange> ranges;
    std::size_t reach = 0;
    std::size_t begin = 0;
    for (std::size_t card = 0; card < count; ++card) {
        const bool onlyOneCrosses = reach <= card;
        reach = std::max(reach, farthest[card]);
        if (!onlyOneCrosses && card + 1 < count)
            continue;
        ranges.push_back({begin, card + 1});
        begin = card + 1;
    }
    return ranges;
}

} // namespace espalier::ui
