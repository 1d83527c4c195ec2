#include "pruning/layer_cka.h"

#include <algorithm>
#include <cmath>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "criteria/batches_p.h"
#include "data/batch_stream_p.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr std::int64_t batchSize = 64;

std::vector<std::string> namesOf(const Graph& graph, const std::vector<NodeId>& nodes)
{
    std::vector<std::string> names;
    for (const auto node : nodes)
        names.push_back(graph.node(node).name);
    return names;
}

/// What HSIC_1 needs of the Gram matrices of each of L layers for one batch of n, in float64.
struct Grams {
    at::Tensor flat; ///< L x n*n, diagonals zeroed
    at::Tensor rowSums; ///< L x n
    at::Tensor sums; ///< L

    explicit Grams(const std::vector<at::Tensor>& layers)
    {
        std::vector<at::Tensor> grams;
        for (const auto& layer : layers) {
            // HSIC_1 is the same about any origin; about the mean float32 loses no digits.
            const auto values = layer.flatten(1);
            const auto x = values - values.mean(0, /*keepdim=*/true);
            auto gram = x.matmul(x.t()).to(at::kDouble);
            gram.fill_diagonal_(0.0);
            grams.push_back(std::move(gram));
        }
        const auto all = at::stack(grams);
        flat = all.flatten(1);
        rowSums = all.sum(2);
        sums = rowSums.sum(1);
    }
};

/// HSIC_1 of every layer of `a` with every layer of `b`: La x Lb.
at::Tensor hsic(const Grams& a, const Grams& b)
{
    const auto n = static_cast<double>(a.rowSums.size(1));
    const auto traces = a.flat.matmul(b.flat.t());
    const auto means = at::outer(a.sums, b.sums) / ((n - 1.0) * (n - 2.0));
    const auto rows = a.rowSums.matmul(b.rowSums.t()) * (2.0 / (n - 2.0));
    return (traces + means - rows) / (n * (n - 3.0));
}

/// HSIC_1 of every layer with itself: L.
at::Tensor ownHsic(const Grams& a)
{
    const auto n = static_cast<double>(a.rowSums.size(1));
    const auto traces = a.flat.square().sum(1);
    const auto means = a.sums.square() / ((n - 1.0) * (n - 2.0));
    const auto rows = a.rowSums.square().sum(1) * (2.0 / (n - 2.0));
    return (traces + means - rows) / (n * (n - 3.0));
}

void addTo(at::Tensor& sum, const at::Tensor& term)
{
    sum = sum.defined() ? sum + term : term;
}

} // namespace

std::vector<NodeId> layersToCompare(const Graph& graph, const Structures& structures,
                                    std::size_t limit)
{
    std::vector<NodeId> nodes;
    if (structures.isResidual) {
        for (const auto& block : structures.blocks)
            nodes.push_back(block.exit);
    } else {
        for (const auto& node : graph.nodes()) {
            if (std::holds_alternative<Conv2d>(node.operation)
                || std::holds_alternative<Linear>(node.operation))
                nodes.push_back(node.id);
        }
    }
    nodes.push_back(graph.features());
    std::ranges::sort(nodes);
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    if (nodes.size() <= limit)
        return nodes;
    std::vector<NodeId> some;
    for (std::size_t i = 0; i < limit; ++i)
        some.push_back(nodes[i * (nodes.size() - 1) / (limit - 1)]);
    return some;
}

Result<LayerCka> compareLayers(const Network& a, const Network& b, const DataView& data,
                               const ProgressSink& progress, std::stop_token stop)
{
    if (data.count() < 4)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("Comparing layers takes four images or more."));
    for (const auto* network : {&a, &b}) {
        if (auto fits = checkFits(*network, data); !fits)
            return fail(fits.error());
    }
    const auto nodesA = layersToCompare(a.graph(), findStructures(a.graph()));
    const auto nodesB = layersToCompare(b.graph(), findStructures(b.graph()));
    LayerCka result{.rows = namesOf(a.graph(), nodesA),
                    .columns = namesOf(b.graph(), nodesB),
                    .values = {},
                    .samples = data.count()};
    ProgressMeter meter(progress, CoreText::tr("comparing layers"), data.count(),
                        CoreText::tr("images"));
    const auto status = guarded(CoreText::tr("comparing layers"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        at::Tensor across;
        at::Tensor ofA;
        at::Tensor ofB;
        const auto batches = evenBatches(data.count(), batchSize);
        BatchStream stream(data, positionsOf(batches));
        for (const auto& range : batches) {
            const auto batch = stream.next(stop);
            if (!batch)
                return fail(batch.error());
            const Grams gramsA(
                forward(a.graph(), a.weights(), batch->images, Mode::Evaluate, nodesA, stop));
            const Grams gramsB(
                forward(b.graph(), b.weights(), batch->images, Mode::Evaluate, nodesB, stop));
            addTo(across, hsic(gramsA, gramsB));
            addTo(ofA, ownHsic(gramsA));
            addTo(ofB, ownHsic(gramsB));
            meter.advance(range.end - range.begin);
        }
        // What does not vary has an HSIC of 0 (or less, by chance): 0/0 is not a number.
        const auto scale = at::sqrt(at::outer(ofA.clamp_min(0.0), ofB.clamp_min(0.0)));
        const auto values = (across / scale).to(at::kCPU).contiguous();
        result.values.assign(values.data_ptr<double>(), values.data_ptr<double>() + values.numel());
        for (auto& value : result.values)
            value = std::isfinite(value) ? value : std::nan("");
        return {};
    });
    if (!status)
        return fail(status.error());
    return result;
}

} // namespace espalier
