#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// What the weights of one node look like, biases and statistics apart.
struct WeightSummary {
    std::int64_t count = 0; ///< 0: the node has none, and the rest says nothing
    double minimum = 0.0;
    double maximum = 0.0;
    double mean = 0.0;
    double deviation = 0.0; ///< of the population
    /// Weights in equal intervals from minimum to maximum; one interval where they are all equal.
    std::vector<std::int64_t> histogram;
};

/// By NodeId. `bins` >= 1. Errors: Internal (LibTorch).
Result<std::vector<WeightSummary>> summariseWeights(const Network& network, int bins = 32);

} // namespace espalier
