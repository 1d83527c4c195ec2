#pragma once

#include <span>

#include "base/result.h"
#include "network/graph.h"

namespace espalier {

/// The shape of an operation's output from those of its inputs (one sample each).
/// Errors: Mismatch, a clause without the node's name ("takes 16 channels but gets 32").
Result<Shape> outputShape(const Operation& operation, std::span<const Shape> inputs);

/// Refuses what no network has, before it overflows elsewhere. Errors: Mismatch, a clause likewise.
Status checkSize(const Shape& shape);

} // namespace espalier
