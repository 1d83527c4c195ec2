#include "surgery/surgery.h"

#include <algorithm>
#include <memory>

#include <ATen/Functions.h>

#include "base/overloaded.h"
#include "network/network_p.h"
#include "network/runtime_p.h"
#include "surgery/plan.h"

namespace espalier {

namespace {

using Channels = std::vector<std::int64_t>;

/// Undefined stays undefined; the copy keeps the memory format.
at::Tensor select(const at::Tensor& tensor, std::int64_t dimension, const Channels& kept)
{
    if (!tensor.defined() || tensor.size(dimension) == static_cast<std::int64_t>(kept.size()))
        return tensor;
    const auto index = at::tensor(kept, at::TensorOptions().dtype(at::kLong)).to(tensor.device());
    return at::index_select(tensor.detach(), dimension, index);
}

/// The input channels of a grouped convolution's kernels: positions within a group.
Channels keptWithinGroup(const Conv2d& conv, const Channels& keptInputs)
{
    const auto perGroup = conv.inChannels / conv.groups;
    Channels kept;
    std::ranges::copy_if(keptInputs, std::back_inserter(kept),
                         [&](auto channel) { return channel < perGroup; });
    return kept;
}

NodeWeights sliced(const Node& node, const NodeWeights& weights, const SurgeryPlan& plan)
{
    const auto& out = plan.keptChannels[node.id.index()];
    const auto inputs = [&]() -> const Channels& {
        return plan.keptChannels[node.inputs[0].index()];
    };
    NodeWeights result;
    result.bias = select(weights.bias, 0, out);
    result.runningMean = select(weights.runningMean, 0, out);
    result.runningVariance = select(weights.runningVariance, 0, out);
    result.weight = select(weights.weight, 0, out);
    if (const auto* conv = std::get_if<Conv2d>(&node.operation)) {
        const bool depthwise = conv->inChannels == conv->groups;
        if (!depthwise)
            result.weight = select(result.weight, 1, keptWithinGroup(*conv, inputs()));
        if (result.weight.suggest_memory_format() != weights.weight.suggest_memory_format())
            result.weight = result.weight.contiguous(weights.weight.suggest_memory_format());
    } else if (std::holds_alternative<Linear>(node.operation)) {
        result.weight = select(result.weight, 1, inputs());
    }
    return result;
}

} // namespace

Result<Graph> prunedGraph(const Graph& graph, const Structures& structures, const Removal& removal)
{
    auto plan = planSurgery(graph, structures, removal);
    if (!plan)
        return fail(plan.error());
    return std::move(plan->graph);
}

Result<Network> prune(const Network& network, const Structures& structures, const Removal& removal)
{
    auto plan = planSurgery(network.graph(), structures, removal);
    if (!plan)
        return fail(plan.error());
    auto weights = std::make_shared<Network::Weights>();
    const auto status = guarded("cutting the network", [&]() -> Status {
        for (const auto source : plan->source)
            weights->nodes.push_back(
                sliced(network.graph().node(source), network.weights()[source], *plan));
        return checkWeights(plan->graph, *weights);
    });
    if (!status)
        return fail(status.error());
    return Network(std::make_shared<const Graph>(std::move(plan->graph)), std::move(weights),
                   network.metadata());
}

} // namespace espalier
