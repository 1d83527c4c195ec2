#include "network/weight_summary.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "network/network_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

WeightSummary summaryOf(const at::Tensor& tensor, int bins)
{
    const auto values = tensor.detach().flatten().to(at::kCPU, at::kFloat);
    WeightSummary summary{.count = values.numel(),
                          .minimum = values.min().item<double>(),
                          .maximum = values.max().item<double>(),
                          .mean = values.mean().item<double>(),
                          .deviation = values.std(/*unbiased=*/false).item<double>()};
    if (summary.minimum == summary.maximum) {
        summary.histogram = {summary.count};
        return summary;
    }
    const auto counts =
        at::histc(values, bins, summary.minimum, summary.maximum).to(at::kLong).contiguous();
    summary.histogram.assign(counts.data_ptr<std::int64_t>(),
                             counts.data_ptr<std::int64_t>() + counts.numel());
    return summary;
}

} // namespace

Result<std::vector<WeightSummary>> summariseWeights(const Network& network, int bins)
{
    std::vector<WeightSummary> summaries(network.graph().nodes().size());
    const auto status = guarded(CoreText::tr("looking at the weights"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        for (const auto& node : network.graph().nodes()) {
            const auto& weight = network.weights()[node.id].weight;
            if (weight.defined() && weight.numel() > 0)
                summaries[node.id.index()] = summaryOf(weight, bins);
        }
        return {};
    });
    if (!status)
        return fail(status.error());
    return summaries;
}

} // namespace espalier
