#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "data/dataset.h"

namespace espalier::test {

/// A view of the given images (N x C x H x W, uint8) and labels (N, int64), in their order.
DataView viewOf(const at::Tensor& images, const at::Tensor& labels, std::int64_t classes,
                const Normalisation& normalisation);

/// `count` images of noise with labels 0..classes-1 in turn.
DataView noiseImages(std::int64_t count, const Shape& shape, std::int64_t classes,
                     std::uint64_t seed = 1);

/// The first images of a data set's test or training files, in the order of the files.
DataView firstImages(const Dataset& dataset, Split split, std::int64_t count,
                     const Normalisation& normalisation);

} // namespace espalier::test
