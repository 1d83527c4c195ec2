#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "similarity/cka.h"

namespace espalier {

/// CKA of X and Y accumulated batch by batch in float64 on the features' device; memory is
/// O(p^2 + q^2 + pq), independent of the number of samples. Sums are taken about the first batch's
/// mean, so large offsets cost no digits.
class CkaAccumulator {
public:
    /// x: n x p (or n x C x H x W, flattened), y: n x q; the same n samples in the same order.
    void add(const at::Tensor& x, const at::Tensor& y);
    std::int64_t samples() const { return m_samples; }
    /// debiased needs >= 4 samples, minibatch batches of >= 4 each; absent otherwise.
    CkaValues values() const;

private:
    std::int64_t m_samples = 0;
};

/// HSIC_1 of one batch from uncentred Gram matrices (float64, n x n, n >= 4): Nguyen et al. eq. 3.
double hsic1(const at::Tensor& k, const at::Tensor& l);

} // namespace espalier
