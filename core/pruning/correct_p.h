#pragma once

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset_p.h"

namespace espalier {

/// Counts right top-1 answers in a scalar on the device, so that no batch waits for the last one.
/// `correct` may be undefined at first. outputs: N x classes.
inline void addCorrect(at::Tensor& correct, const at::Tensor& outputs, const Batch& batch)
{
    const auto right = rightAnswers(outputs, batch).sum();
    correct = correct.defined() ? correct + right : right;
}

inline double fractionCorrect(const at::Tensor& correct, std::int64_t images)
{
    return static_cast<double>(correct.item<std::int64_t>()) / static_cast<double>(images);
}

} // namespace espalier
