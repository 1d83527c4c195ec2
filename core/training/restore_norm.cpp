#include "training/restore_norm.h"

#include <algorithm>
#include <map>

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include "base/core_text.h"
#include "data/batch_stream_p.h"
#include "network/batch_norm.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr std::int64_t batchSize = 50; // the outputs of all convolutions are in memory

/// Sums over images and positions, per channel, in float64.
struct Moments {
    at::Tensor sum;
    at::Tensor squares;
    std::int64_t count = 0;

    void add(const at::Tensor& values) // N x C x H x W
    {
        const auto wide = values.to(at::kDouble);
        const auto total = wide.sum({0, 2, 3});
        const auto squared = wide.mul(wide).sum({0, 2, 3});
        sum = sum.defined() ? sum + total : total;
        squares = squares.defined() ? squares + squared : squared;
        count += values.numel() / values.size(1);
    }

    NodeWeights norm(double epsilon) const
    {
        const auto mean = sum / static_cast<double>(count);
        const auto variance = (squares / static_cast<double>(count) - mean * mean).clamp_min(0.0);
        return {.weight = (variance + epsilon).sqrt().to(at::kFloat),
                .bias = mean.to(at::kFloat),
                .runningMean = mean.to(at::kFloat),
                .runningVariance = variance.to(at::kFloat)};
    }
};

/// Of no images: what BatchNorm2d begins with, its weight made up for epsilon.
Moments standardMoments(std::int64_t channels, const at::Tensor& like)
{
    const auto options = like.options().dtype(at::kDouble);
    return {.sum = at::zeros({channels}, options),
            .squares = at::ones({channels}, options),
            .count = 1};
}

Result<std::vector<Moments>> measured(const Network& network, const std::vector<NodeId>& nodes,
                                      const DataView& data, const ProgressSink& progress,
                                      const std::stop_token& stop)
{
    std::vector<Moments> moments(nodes.size());
    if (data.count() == 0) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto& weight = network.weights()[nodes[i]].weight;
            moments[i] = standardMoments(weight.size(0), weight);
        }
        return moments;
    }
    if (auto fits = checkFits(network, data); !fits)
        return fail(fits.error());
    ProgressMeter meter(progress, CoreText::tr("measuring activations"), data.count(),
                        CoreText::tr("images"));
    const auto batches = inOrder(data.count(), batchSize);
    BatchStream stream(data, batches);
    for (const auto& positions : batches) {
        const auto batch = stream.next(stop);
        if (!batch)
            return fail(batch.error());
        const auto values =
            forward(network.graph(), network.weights(), batch->images, Mode::Evaluate, nodes, stop);
        for (std::size_t i = 0; i < nodes.size(); ++i)
            moments[i].add(values[i]);
        meter.advance(positions.numel());
    }
    return moments;
}

std::string freeName(const Graph& graph, std::string name)
{
    while (graph.find(name))
        name += '_';
    return name;
}

/// The network with a node behind each of `nodes`, which takes over its users.
Result<Network> withNorms(const Network& network, const std::vector<NodeId>& nodes,
                          const std::vector<Moments>& moments)
{
    const auto& graph = network.graph();
    std::vector<NodeSpec> specs;
    auto weights = std::make_shared<Network::Weights>();
    std::vector<NodeId> now; // by old id: whose value its users take
    const auto last = [&] { return NodeId(static_cast<std::int64_t>(specs.size()) - 1); };
    for (auto& spec : graph.specs()) {
        const NodeId id(static_cast<std::int64_t>(now.size()));
        for (auto& input : spec.inputs)
            input = now[input.index()];
        const auto name = spec.name;
        specs.push_back(std::move(spec));
        weights->nodes.push_back(network.weights()[id]);
        const auto found = std::ranges::find(nodes, id);
        if (found != nodes.end()) {
            const BatchNorm2d norm{.channels = graph.node(id).shape[0]};
            specs.push_back({freeName(graph, name + "_bn"), norm, {last()}});
            weights->nodes.push_back(
                moments[static_cast<std::size_t>(found - nodes.begin())].norm(norm.epsilon));
        }
        now.push_back(last());
    }
    auto changed = Graph::build(std::move(specs), graph.inputShape());
    if (!changed)
        return fail(changed.error());
    return Network(std::make_shared<const Graph>(*std::move(changed)), std::move(weights),
                   network.metadata());
}

} // namespace

Result<Network> restoreBatchNorm(const Network& network, const DataView& data,
                                 const ProgressSink& progress, std::stop_token stop)
{
    const auto nodes = convolutionsWithoutNorm(network.graph());
    if (nodes.empty())
        return network;
    std::optional<Result<Network>> restored;
    const auto status = guarded(CoreText::tr("restoring batch norm"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        const auto moments = measured(network, nodes, data, progress, stop);
        if (!moments)
            return fail(moments.error());
        restored = withNorms(network, nodes, *moments);
        return {};
    });
    if (!status)
        return fail(status.error());
    return *std::move(restored);
}

} // namespace espalier
