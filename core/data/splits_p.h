#pragma once

#include <ATen/core/Tensor.h>

#include "data/dataset.h"

namespace espalier {

/// Which training images belong to which split: positions in the file, int64, CPU.
struct SplitIndices {
    at::Tensor train;
    at::Tensor calibration;
    at::Tensor validation;
};

/// All images in random order, each class spread evenly: image k of a class of n stands at (k +
/// 1/2)/n. Labels are classes from 0 to classes - 1.
at::Tensor stratifiedOrder(const at::Tensor& labels, std::int64_t classes, std::uint64_t seed);

/// Puts all images into one seeded order in which every class is spread evenly, and cuts it: so
/// each split, and each beginning of one, holds the classes in the proportions of the whole (to one
/// image a class). Without hold-outs and limit the training images keep the order of the file.
/// `settings` are fitted.
/// Errors: InvalidArgument when there are fewer images than asked for.
Result<SplitIndices> splitIndices(const at::Tensor& labels, std::int64_t classes,
                                  const SplitSettings& settings, const std::string& dataset);

} // namespace espalier
