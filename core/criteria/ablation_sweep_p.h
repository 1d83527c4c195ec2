#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "base/progress.h"
#include "base/result.h"
#include "data/dataset_p.h"
#include "network/executor_p.h"

namespace espalier {

/// Every image through every ablated variant of one network. The whole network runs once per batch;
/// a variant recomputes only what lies behind its cut. On the CPU several variants run at once, one
/// thread each: no thread waits for another within an operator, and a variant's values do not
/// depend on the number of threads.
struct AblationSweep {
    const Network& network;
    const DataView& data;
    std::span<const Ablation> variants;
    std::span<const NodeId> wanted;
};

struct SweepHooks {
    /// Once per batch, before its variants, on the calling thread.
    std::function<void(const Activations& whole, const Batch& batch)> batchBegins;
    /// The values of `wanted` in one variant for that batch. Calls for different variants may come
    /// from different threads at once; those for one variant come one after the other.
    std::function<void(std::size_t variant, const std::vector<at::Tensor>& values)> variantDone;
};

/// Progress counts an image once per variant, on the calling thread; `task` is its name there.
/// Errors: Mismatch (the data does not fit the network), Stopped, Internal.
Status sweepAblations(const AblationSweep& sweep, const SweepHooks& hooks, const std::string& task,
                      const ProgressSink& progress, const std::stop_token& stop);

} // namespace espalier
