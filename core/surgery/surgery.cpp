#include "surgery/surgery.h"

#include <algorithm>
#include <memory>
#include <span>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "base/overloaded.h"
#include "network/network_p.h"
#include "network/runtime_p.h"
#include "structures/channels.h"
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
    const auto& out = plan.kept[node.id.index()];
    const auto inputs = [&]() -> const auto&
    {
        return plan.kept[node.inputs[0].index()];
    };
    NodeWeights result = weights;
    const auto selectAll = [](at::Tensor& tensor, std::span<const Channels> kept) {
        for (std::size_t i = 0; i < kept.size(); ++i)
            tensor = select(tensor, static_cast<std::int64_t>(i), kept[i]);
    };
    std::visit(Overloaded{
                   [&](const Conv2d& conv) {
                       result.weight = select(result.weight, 0, out.front());
                       result.bias = select(result.bias, 0, out.front());
                       if (!isDepthwise(node.operation))
                           result.weight =
                               select(result.weight, 1, keptWithinGroup(conv, inputs().front()));
                       const auto format = weights.weight.suggest_memory_format();
                       if (result.weight.suggest_memory_format() != format)
                           result.weight = result.weight.contiguous(format);
                   },
                   [&](const Linear&) {
                       result.weight = select(result.weight, 0, out.back());
                       result.weight = select(result.weight, 1, inputs().back());
                       result.bias = select(result.bias, 0, out.back());
                   },
                   [&](const LayerNorm& norm) {
                       const auto trailing = std::span(out).last(norm.normalized.size());
                       selectAll(result.weight, trailing);
                       selectAll(result.bias, trailing);
                   },
                   [&](const Parameter&) { selectAll(result.weight, out); },
                   [&](const auto&) { // one value per channel, or none
                       forEachTensor(result, [&](std::string_view, at::Tensor& tensor) {
                           tensor = select(tensor, 0, out.front());
                       });
                   },
               },
               node.operation);
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
    const auto status = guarded(CoreText::tr("cutting the network"), [&]() -> Status {
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
