#include <array>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "criteria/batches_p.h"
#include "data/batch_stream_p.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"
#include "pruning/contest.h"
#include "pruning/correct_p.h"
#include "similarity/cka_p.h"

namespace espalier {

namespace {

Status checkComparable(const Network& parent, const Network& candidate, const DataView& data)
{
    if (data.count() == 0)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("There are no images to compare the networks on."));
    for (const auto* network : {&parent, &candidate}) {
        if (auto fits = checkFits(*network, data); !fits)
            return fits;
    }
    return {};
}

} // namespace

Result<Comparison> compare(const Network& parent, const Network& candidate, const DataView& data,
                           const ProgressSink& progress, std::stop_token stop)
{
    if (auto comparable = checkComparable(parent, candidate, data); !comparable)
        return fail(comparable.error());
    ProgressMeter meter(progress, CoreText::tr("comparing with the parent"), data.count(),
                        CoreText::tr("images"));
    const std::array parentWanted{parent.graph().features()};
    const std::array candidateWanted{candidate.graph().features(), candidate.graph().output()};
    const auto limit = imagesPerBatch(parent.graph(), data.impl().device);

    Comparison comparison;
    const auto status = guarded(CoreText::tr("comparing with the parent"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        CkaAccumulator cka;
        at::Tensor correct;
        const auto batches = evenBatches(data.count(), limit);
        BatchStream stream(data, positionsOf(batches));
        for (const auto& range : batches) {
            const auto batch = stream.next(stop);
            if (!batch)
                return fail(batch.error());
            const auto whole = forward(parent.graph(), parent.weights(), batch->images,
                                       Mode::Evaluate, parentWanted, stop);
            const auto pruned = forward(candidate.graph(), candidate.weights(), batch->images,
                                        Mode::Evaluate, candidateWanted, stop);
            cka.add(pooledFeatures(whole[0]), pooledFeatures(pruned[0]));
            addCorrect(correct, pruned[1], *batch);
            meter.advance(range.end - range.begin);
        }
        comparison.cka = cka.values(stop);
        comparison.accuracy = fractionCorrect(correct, data.count());
        return {};
    });
    if (!status)
        return fail(status.error());
    return comparison;
}

} // namespace espalier
