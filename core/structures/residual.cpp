#include "structures/blocks.h"

#include "base/core_text.h"

#include <algorithm>
#include <set>
#include <variant>

namespace espalier {

namespace {

using NodeSet = std::vector<bool>; // by NodeId

/// For each node, itself and everything it depends on.
std::vector<NodeSet> ancestorsOfAll(const Graph& graph)
{
    const auto count = graph.nodes().size();
    std::vector<NodeSet> ancestors(count, NodeSet(count, false));
    for (const auto& node : graph.nodes()) {
        auto& own = ancestors[node.id.index()];
        own[node.id.index()] = true;
        for (const auto input : node.inputs) {
            const auto& theirs = ancestors[input.index()];
            for (std::size_t i = 0; i <= input.index(); ++i)
                own[i] = own[i] || theirs[i];
        }
    }
    return ancestors;
}

struct Branches {
    NodeId fork;
    std::vector<NodeId> first; ///< towards the Add's first input; empty: the identity
    std::vector<NodeId> second;
};

class BlockFinder {
public:
    explicit BlockFinder(const Graph& graph)
        : m_graph(graph)
        , m_ancestors(ancestorsOfAll(graph))
    {
    }

    /// False for a bias-like Add, one of whose inputs is a constant of the model.
    bool joinsValues(const Node& add) const
    {
        return std::ranges::all_of(add.inputs,
                                   [&](NodeId input) { return m_ancestors[input.index()][0]; });
    }

    /// Nothing when the Add is no residual block.
    std::optional<Branches> branchesOf(const Node& add) const
    {
        const auto a = add.inputs[0];
        const auto b = add.inputs[1];
        const auto fork = lastCommonAncestor(a, b);
        if (!fork || a == b)
            return std::nullopt;
        Branches branches{*fork, between(*fork, a), between(*fork, b)};
        if (!isClosed(branches.first, *fork, add.id) || !isClosed(branches.second, *fork, add.id))
            return std::nullopt;
        return branches;
    }

private:
    std::optional<NodeId> lastCommonAncestor(NodeId a, NodeId b) const
    {
        for (std::size_t i = m_graph.nodes().size(); i-- > 0;) {
            if (m_ancestors[a.index()][i] && m_ancestors[b.index()][i])
                return m_graph.nodes()[i].id;
        }
        return std::nullopt;
    }

    std::vector<NodeId> between(NodeId fork, NodeId end) const
    {
        std::vector<NodeId> nodes;
        for (const auto& node : m_graph.nodes()) {
            if (node.id > fork && m_ancestors[end.index()][node.id.index()])
                nodes.push_back(node.id);
        }
        return nodes;
    }

    bool isClosed(const std::vector<NodeId>& branch, NodeId fork, NodeId add) const
    {
        const std::set<NodeId> inside(branch.begin(), branch.end());
        return std::ranges::all_of(branch, [&](NodeId id) {
            const auto fromInside = [&](NodeId input) {
                return input == fork || inside.contains(input);
            };
            const auto toInside = [&](NodeId user) { return user == add || inside.contains(user); };
            return std::ranges::all_of(m_graph.node(id).inputs, fromInside)
                && std::ranges::all_of(m_graph.users(id), toInside);
        });
    }

    const Graph& m_graph;
    std::vector<NodeSet> m_ancestors;
};

std::int64_t macsOf(const Graph& graph, const std::vector<NodeId>& nodes)
{
    std::int64_t sum = 0;
    for (const auto id : nodes)
        sum += graph.macs(id);
    return sum;
}

bool hasWeights(const Graph& graph, NodeId id)
{
    return graph.params(id) > 0;
}

/// The module path its weights share, else its first and last convolution.
std::string branchName(const Graph& graph, const std::vector<NodeId>& branch, NodeId add)
{
    std::vector<std::string> names;
    for (const auto id : branch) {
        if (hasWeights(graph, id))
            names.push_back(graph.node(id).name);
    }
    if (names.empty())
        return graph.node(add).name;
    auto path = commonPath(names);
    if (!path.empty())
        return path;
    const auto isConvolution = [&](const std::string& name) {
        return std::holds_alternative<Conv2d>(graph.node(*graph.find(name)).operation);
    };
    std::erase_if(names, [&](const auto& name) { return !isConvolution(name); });
    if (names.empty())
        return graph.node(add).name;
    return names.size() == 1 ? names.front() : names.front() + "-" + names.back();
}

/// Two branches of one module share its path; the first node with weights tells them apart.
void makeUnique(std::string& name, std::set<std::string>& taken, const Graph& graph,
                const std::vector<NodeId>& branch)
{
    if (!taken.insert(name).second) {
        const auto first =
            std::ranges::find_if(branch, [&](NodeId id) { return hasWeights(graph, id); });
        name += " (" + graph.node(first == branch.end() ? branch.front() : *first).name + ")";
        taken.insert(name);
    }
}

/// Output channels, where the node computes each from many inputs.
std::int64_t producedChannels(const Node& node)
{
    if (const auto* conv = std::get_if<Conv2d>(&node.operation))
        return conv->outChannels;
    const auto* linear = std::get_if<Linear>(&node.operation);
    return linear ? linear->outFeatures : 0;
}

Layer layerOf(const Graph& graph, const Block& block)
{
    Layer layer{.name = block.name,
                .exit = block.exit,
                .entry = block.entry,
                .nodes = block.nodes,
                .stage = block.stage,
                .blockInStage = block.blockInStage,
                .macs = macsOf(graph, block.nodes)};
    for (const auto id : block.nodes) {
        layer.params += graph.params(id);
        layer.filters += producedChannels(graph.node(id));
    }
    return layer;
}

std::string reasonToKeep(const Graph& graph, const Block& block, bool identity)
{
    const auto& in = graph.node(block.entry).shape;
    const auto& out = graph.node(block.exit).shape;
    if (in != out)
        return CoreText::tr("It turns {1} into {2}, so what follows would not fit without it.",
                            shapeText(in), shapeText(out));
    if (!identity)
        return CoreText::tr("Its shortcut is not the identity, so it cannot stand alone.");
    return {};
}

} // namespace

void addBlock(const Graph& graph, Blocks& blocks, Block block, const std::string& reason)
{
    if (!blocks.blocks.empty()) {
        const auto& before = blocks.blocks.back();
        const bool same = graph.node(before.exit).shape == graph.node(block.exit).shape;
        block.stage = before.stage + (same ? 0 : 1);
        block.blockInStage = same ? before.blockInStage + 1 : 0;
    }
    if (reason.empty()) {
        block.layer = blocks.layers.size();
        blocks.layers.push_back(layerOf(graph, block));
    } else {
        blocks.notPrunable.push_back({block.name, "block", reason});
    }
    blocks.blocks.push_back(std::move(block));
}

Blocks findResidualBlocks(const Graph& graph)
{
    const BlockFinder finder(graph);
    Blocks found;
    std::set<std::string> names;
    for (const auto& node : graph.nodes()) {
        if (!std::holds_alternative<Add>(node.operation) || !finder.joinsValues(node))
            continue;
        auto branches = finder.branchesOf(node);
        if (!branches) {
            found.notPrunable.push_back(
                {node.name, "Add", CoreText::tr("It joins paths that are also used elsewhere.")});
            continue;
        }
        // The branch with the work in it is the block, the other its shortcut.
        if (macsOf(graph, branches->first) < macsOf(graph, branches->second)
            || branches->first.empty())
            std::swap(branches->first, branches->second);

        Block block{.name = branchName(graph, branches->first, node.id),
                    .exit = node.id,
                    .entry = branches->fork,
                    .nodes = std::move(branches->first)};
        makeUnique(block.name, names, graph, block.nodes);
        const auto reason = reasonToKeep(graph, block, branches->second.empty());
        addBlock(graph, found, std::move(block), reason);
    }
    return found;
}

} // namespace espalier
