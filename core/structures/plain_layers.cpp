#include <variant>

#include "base/core_text.h"
#include "structures/blocks.h"
#include "structures/channels.h"

namespace espalier {

namespace {

/// The convolution and the normalisation that alone reads it.
std::vector<NodeId> withItsNorm(const Graph& graph, const Node& conv)
{
    std::vector<NodeId> nodes{conv.id};
    const auto users = graph.users(conv.id);
    if (users.size() == 1
        && std::holds_alternative<BatchNorm2d>(graph.node(users.front()).operation))
        nodes.push_back(users.front());
    return nodes;
}

} // namespace

Blocks findPlainLayers(const Graph& graph)
{
    Blocks found;
    for (const auto& node : graph.nodes()) {
        if (!std::holds_alternative<Conv2d>(node.operation) || isDepthwise(node.operation))
            continue;
        auto nodes = withItsNorm(graph, node);
        const auto& in = graph.node(node.inputs[0]).shape;
        std::string reason;
        if (in != node.shape)
            reason =
                CoreText::tr("It turns {1} into {2}, so what follows would not fit without it.",
                             shapeText(in), shapeText(node.shape));
        else if (node.inputs[0] == graph.input())
            reason = CoreText::tr("It is the first that reads the input.");
        const auto exit = nodes.back();
        addBlock(graph, found,
                 Block{.name = node.name,
                       .exit = exit,
                       .entry = node.inputs[0],
                       .nodes = std::move(nodes)},
                 reason);
    }
    return found;
}

} // namespace espalier
