#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "base/precision.h"
#include "network/executor_p.h"

namespace espalier {

/// Runs the network in `precision` and returns what the cross-entropy is taken of, N x classes,
/// float32: the output itself, or its logarithm where the network ends in a softmax (applying a
/// softmax to log-probabilities changes nothing). Throws PassStopped.
at::Tensor logitsOf(const Graph& graph, const Network::Weights& weights, const at::Tensor& images,
                    Mode mode, Precision precision, const std::stop_token& stop);

/// Mean cross-entropy in nats; a scalar on the logits' device.
at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& labels,
                        double labelSmoothing = 0.0);

} // namespace espalier
