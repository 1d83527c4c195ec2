#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "network/network.h"

namespace espalier::test {

/// Standard normal values from a seed; float32.
at::Tensor randomTensor(const std::vector<std::int64_t>& shape, std::uint64_t seed = 1);

/// The largest absolute difference; infinity when shapes differ.
double maxDifference(const at::Tensor& a, const at::Tensor& b);

/// Weights for a graph: random kernels scaled to keep activations of order 1, running statistics
/// and affine parameters that are not the identity, so that mistakes in their handling show.
Network randomNetwork(Graph graph, std::uint64_t seed = 1);

/// The same function with every batch norm folded into the convolution in front of it, as exporters
/// do it.
Network withoutBatchNorm(const Network& network);

} // namespace espalier::test
