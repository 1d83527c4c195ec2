#pragma once

#include <cstdint>
#include <stop_token>

#include "base/precision.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/dataset.h"
#include "network/network.h"

namespace espalier {

struct Evaluation {
    double accuracy = 0.0; ///< top-1, 0..1
    double loss = 0.0; ///< mean cross-entropy, nats
    std::int64_t images = 0;
    double imagesPerSecond = 0.0;
};

/// Runs the network over a view in evaluation mode. The network must be on the view's device.
/// Looks at `stop` within each batch. Errors: Mismatch, Stopped.
Result<Evaluation> evaluate(const Network& network, const DataView& data,
                            const ProgressSink& progress = {}, std::stop_token stop = {},
                            Precision precision = Precision::Float32, std::int64_t batchSize = 250);

} // namespace espalier
