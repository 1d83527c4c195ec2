#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "network/network.h"

namespace espalier {

/// How networks are timed: passes over one batch of made-up images, some to warm up, then until
/// `runs` are done or `seconds` are over, but not less than `minRuns` of them (where a pass takes
/// so long that they last ten times `seconds`: what was done by then).
struct LatencySettings {
    std::int64_t batch = 1; ///< images, >= 1
    std::int64_t minRuns = 5;
    std::int64_t runs = 50;
    double seconds = 1.0;
};

/// Seconds of one forward pass, over some runs.
struct Latency {
    double median = 0.0;
    double lowerQuartile = 0.0;
    double upperQuartile = 0.0;
    std::int64_t runs = 0;
    std::int64_t batch = 1;
    std::string device; ///< "cpu, 2 threads", "cuda:0"
    bool operator==(const Latency&) const = default;
};

/// A network beside another.
struct LatencyComparison {
    Latency reference;
    Latency network;
    double ratio =
        1.0; ///< of network to reference, the median over pairs of passes; below 1: quicker
    bool operator==(const LatencyComparison&) const = default;
};

/// Where the time of a pass goes.
struct LayerLatency {
    std::vector<double> seconds; ///< by NodeId, medians; 0: the input
    Latency whole; ///< the same passes as a whole
    bool operator==(const LayerLatency&) const = default;
};

/// Times a network on the device and with the threads that it runs with. Errors: Stopped (seen
/// between two operators), InvalidArgument (settings that time nothing), Internal. `progress` is
/// called between two passes, and may take its time.
Result<Latency> measureLatency(const Network& network, const LatencySettings& settings = {},
                               const ProgressSink& progress = {}, const std::stop_token& stop = {});

/// Times two networks in turns, one pass of each: what disturbs the machine meanwhile disturbs
/// both, so the ratio stays where the two medians, taken one after the other, would not.
Result<LatencyComparison> compareLatency(const Network& reference, const Network& network,
                                         const LatencySettings& settings = {},
                                         const ProgressSink& progress = {},
                                         const std::stop_token& stop = {});

/// Times every operator of a network. A CUDA device is waited for after each of them, which it is
/// not otherwise: there the sum is more than what a pass takes.
Result<LayerLatency> measureLayers(const Network& network, const LatencySettings& settings = {},
                                   const ProgressSink& progress = {},
                                   const std::stop_token& stop = {});

} // namespace espalier
