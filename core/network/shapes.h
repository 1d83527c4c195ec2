#pragma once

#include <span>

#include "base/result.h"
#include "network/graph.h"

namespace espalier {

/// The shape of an operation's output from those of its inputs (one sample each).
/// Errors: Mismatch, a clause without the node's name ("takes 16 channels but gets 32").
Result<Shape> outputShape(const Operation& operation, std::span<const Shape> inputs);

/// For each of `parts`, which of `dimensions` it belongs to, where `parts` divides these further in
/// order (a Rearrange that outputShape() accepts does). Parts of extent 1 beyond the last dimension
/// belong to the last.
std::vector<std::size_t> partition(const Shape& parts, const Shape& dimensions);

/// Refuses what no network has, before it overflows elsewhere. Errors: Mismatch, a clause likewise.
Status checkSize(const Shape& shape);

} // namespace espalier
