#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include "data/dataset.h"
#include "network/graph.h"

namespace espalier {

struct BatchRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// [0, count) in as few ranges of at most `limit` (>= 8) as it takes, of sizes that differ by 1 at
/// most: no range is so small that minibatch CKA would be undefined while `count` allows it.
std::vector<BatchRange> evenBatches(std::int64_t count, std::int64_t limit);

/// The positions of each range: the batches of a BatchStream.
std::vector<at::Tensor> positionsOf(const std::vector<BatchRange>& ranges);

/// How many images at once keep every activation of `graph` within what caches and memory bear.
std::int64_t imagesPerBatch(const Graph& graph, const DeviceSpec& device);

} // namespace espalier
