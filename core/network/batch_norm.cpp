#include "network/batch_norm.h"

#include <algorithm>

namespace espalier {

namespace {

bool isOtherNorm(const Node& node)
{
    return std::holds_alternative<LayerNorm>(node.operation)
        || std::holds_alternative<GroupNorm>(node.operation);
}

bool lacksNorm(const Graph& graph, const Node& node)
{
    const auto* conv = std::get_if<Conv2d>(&node.operation);
    if (!conv || !conv->bias || node.id == graph.output())
        return false;
    const bool isClassifier = node.inputs[0] == graph.features();
    const bool isOnePosition = node.shape[1] * node.shape[2] == 1;
    const auto isNorm = [&](NodeId user) {
        return std::holds_alternative<BatchNorm2d>(graph.node(user).operation);
    };
    return !isClassifier && !isOnePosition && std::ranges::none_of(graph.users(node.id), isNorm);
}

} // namespace

std::vector<NodeId> convolutionsWithoutNorm(const Graph& graph)
{
    std::vector<NodeId> found;
    if (std::ranges::any_of(graph.nodes(), isOtherNorm))
        return found;
    for (const auto& node : graph.nodes()) {
        if (lacksNorm(graph, node))
            found.push_back(node.id);
    }
    return found;
}

} // namespace espalier
