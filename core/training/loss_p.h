#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "network/graph.h"

namespace espalier {

/// What the cross-entropy is taken of: the output itself, or its logarithm where the network ends
/// in a softmax (applying a softmax to log-probabilities changes nothing).
at::Tensor logitsOf(const Graph& graph, const at::Tensor& output);

/// Mean cross-entropy in nats; a scalar on the logits' device.
at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& labels,
                        double labelSmoothing = 0.0);

} // namespace espalier
