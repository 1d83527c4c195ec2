#include "training/evaluate.h"

#include <chrono>

#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "data/batch_stream_p.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"
#include "training/loss_p.h"

namespace espalier {

Result<Evaluation> evaluate(const Network& network, const DataView& data,
                            const ProgressSink& progress, std::stop_token stop, Precision precision,
                            std::int64_t batchSize)
{
    if (auto status = checkFits(network, data); !status)
        return fail(status.error());
    if (data.count() == 0)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr(
                        "The {1} split of {2} holds no images; give it some in the split settings.",
                        splitName(data.split()), data.impl().dataset->spec.text()));
    Evaluation result{.images = data.count()};
    ProgressMeter meter(progress, CoreText::tr("evaluating"), data.count(), CoreText::tr("images"));
    double lossSum = 0.0;
    std::int64_t correct = 0;
    const auto status = guarded(CoreText::tr("evaluating the network"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        const auto batches = inOrder(data.count(), batchSize);
        BatchStream stream(data, batches);
        for (const auto& positions : batches) {
            const auto batch = stream.next(stop);
            if (!batch)
                return fail(batch.error());
            const auto logits = logitsOf(network.graph(), network.weights(), batch->images,
                                         Mode::Evaluate, precision, stop);
            lossSum += crossEntropy(logits, batch->labels).item<double>()
                * static_cast<double>(positions.numel());
            correct += rightAnswers(logits, *batch).sum().item<std::int64_t>();
            meter.advance(positions.numel());
        }
        return {};
    });
    if (!status)
        return fail(status.error());
    const auto images = static_cast<double>(data.count());
    result.accuracy = static_cast<double>(correct) / images;
    result.loss = lossSum / images;
    result.imagesPerSecond = meter.unitsPerSecond();
    return result;
}

} // namespace espalier
