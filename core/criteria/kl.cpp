#include "criteria/kl_p.h"

#include <array>
#include <cmath>
#include <variant>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "criteria/ablation_sweep_p.h"

namespace espalier {

namespace {

/// A second softmax on top of the network's own would flatten what it says (METHOD).
NodeId logitsOf(const Graph& graph)
{
    const auto& output = graph.node(graph.output());
    return std::holds_alternative<Softmax>(output.operation) ? output.inputs.front() : output.id;
}

at::Tensor logProbabilities(const at::Tensor& logits)
{
    return at::log_softmax(logits.to(at::kDouble), /*dim=*/1); // N x classes
}

Result<std::vector<Ablation>> ablationsOf(const Graph& graph, const Structures& structures,
                                          std::span<const Removal> removals)
{
    std::vector<Ablation> ablations;
    for (const auto& removal : removals) {
        auto ablation = ablationOf(graph, structures, removal);
        if (!ablation)
            return fail(ablation.error());
        ablations.push_back(std::move(*ablation));
    }
    return ablations;
}

} // namespace

Result<std::vector<double>> klOfRemovals(const Network& network, const Structures& structures,
                                         std::span<const Removal> removals, const DataView& data,
                                         const ProgressSink& progress, const std::stop_token& stop)
{
    if (removals.empty())
        return std::vector<double>();
    const auto ablations = ablationsOf(network.graph(), structures, removals);
    if (!ablations)
        return fail(ablations.error());

    const std::array wanted{logitsOf(network.graph())};
    at::Tensor logP;
    std::vector<at::Tensor> sums(removals.size()); // on the device: no wait for it per variant
    const SweepHooks hooks{
        .batchBegins = [&](const Activations& whole,
                           const Batch&) { logP = logProbabilities(whole[wanted[0]]); },
        .variantDone =
            [&](std::size_t variant, const std::vector<at::Tensor>& values) {
                const auto logQ = logProbabilities(values[0]);
                const auto divergence = (logQ.exp() * (logQ - logP)).sum();
                auto& sum = sums[variant];
                sum = sum.defined() ? sum + divergence : divergence;
            },
    };
    const auto status = sweepAblations({network, data, *ablations, wanted}, hooks,
                                       CoreText::tr("scoring by KL"), progress, stop);
    if (!status)
        return fail(status.error());

    std::vector<double> scores;
    for (const auto& sum : sums) {
        scores.push_back(sum.item<double>() / static_cast<double>(data.count()));
        if (!std::isfinite(scores.back()))
            return fail(
                ErrorCode::InvalidArgument,
                CoreText::tr("The network's outputs are not finite numbers, so KL cannot rank its "
                             "parts; check its weights, or rank by l1."));
    }
    return scores;
}

} // namespace espalier
