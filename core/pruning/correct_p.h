#pragma once

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace espalier {

/// Counts right top-1 answers in a scalar on the device, so that no batch waits for the last one.
/// `correct` may be undefined at first. outputs: N x classes; labels: N.
inline void addCorrect(at::Tensor& correct, const at::Tensor& outputs, const at::Tensor& labels)
{
    const auto right = outputs.argmax(/*dim=*/1).eq(labels).sum();
    correct = correct.defined() ? correct + right : right;
}

inline double fractionCorrect(const at::Tensor& correct, std::int64_t images)
{
    return static_cast<double>(correct.item<std::int64_t>()) / static_cast<double>(images);
}

} // namespace espalier
