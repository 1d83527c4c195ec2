#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include <ATen/core/Tensor.h>

#include "similarity/cka.h"

namespace espalier {

/// CKA of X and Y accumulated batch by batch in float64 on the features' device; memory is
/// O(p^2 + q^2 + pq), independent of the number of samples. Sums are taken about the first batch's
/// mean, so large offsets cost no digits. A representation that varies by less than its number
/// format resolves counts as one that does not vary.
///
/// Linear and debiased depend on the samples alone, not on how they are batched; minibatch is
/// defined by the batches. With n <= p samples the biased linear value tends to 1 and says nothing.
///
/// The interval of the linear value is a bootstrap over samples (200 seeded draws of n samples with
/// replacement, percentiles 2.5 and 97.5). Linear CKA is a smooth function of the second moments of
/// the samples, so what one more sample of weight changes in it is known in closed form (its
/// influence function), and a draw changes log(1 - CKA) by the mean influence of the samples it
/// holds, to first order in 1/sqrt(n): no draw repeats the matrix products, and, unlike resampling
/// the biased value itself, samples that a draw holds twice do not make the two representations
/// look alike. The logarithm keeps the interval below 1 and makes it as skewed as values near 1
/// are. It needs the features once more: those that came in are kept, in their own number format.
class CkaAccumulator {
public:
    /// Beyond so many bytes the features are not kept, and there is no interval.
    static constexpr std::int64_t mostKept = 256 << 20;
    explicit CkaAccumulator(std::int64_t keptBytes = mostKept);

    /// x: n x p (or n x C x H x W, flattened), y: n x q; the same n samples in the same order.
    void add(const at::Tensor& x, const at::Tensor& y);
    std::int64_t samples() const { return m_samples; }
    /// debiased needs >= 4 samples, minibatch batches of >= 4 each; absent otherwise. Thousands of
    /// features take seconds: throws PassStopped when `stop` says so.
    CkaValues values(const std::stop_token& stop = {}) const;

private:
    /// One representation, about `origin` (the first batch's mean); r_i is the squared norm of row
    /// i.
    struct Side {
        at::Tensor origin; // 1 x p
        at::Tensor sum; // p
        at::Tensor gram; // p x p: X'X
        at::Tensor sumSquaredNorms; // scalar: sum r_i^2
        at::Tensor normWeightedSum; // p: sum r_i x_i
        double resolution = 0.0; ///< of the number format the features came in

        void begin(const at::Tensor& x);
        void add(const at::Tensor& x, const at::Tensor& norms);
    };
    /// The centred products of one pair of representations, from the sums.
    struct Pair {
        double squaredProduct = 0.0; ///< |A'B|_F^2
        double sumOfNormProducts = 0.0; ///< sum a_i b_i
        double sumA = 0.0; ///< sum a_i
        double sumB = 0.0;
    };
    static bool varies(const Side& side, std::int64_t samples);
    Pair pair(const Side& a, const Side& b, const at::Tensor& product,
              const at::Tensor& sumOfNormProducts, const at::Tensor& aWeightedB,
              const at::Tensor& bWeightedA) const;
    double unbiased(const Pair& pair) const;
    std::optional<double> minibatch() const;
    void keep(const at::Tensor& x, const at::Tensor& y);
    /// What each sample contributes to log CKA; their mean is 0.
    std::vector<double> influences(const std::stop_token& stop) const;
    std::optional<Interval> interval(double linear, const std::stop_token& stop) const;
    void addBatchTerms(const at::Tensor& x, const at::Tensor& y);

    std::int64_t m_samples = 0;
    Side m_x;
    Side m_y;
    at::Tensor m_product; // p x q: X'Y
    at::Tensor m_normProducts; // scalar: sum |x_i|^2 |y_i|^2
    at::Tensor m_xNormWeightedY; // q: sum |x_i|^2 y_i
    at::Tensor m_yNormWeightedX; // p: sum |y_i|^2 x_i
    bool m_everyBatchCounts = true; ///< none was smaller than 4 samples
    struct Batch {
        at::Tensor x, y; // as they came in, n x p and n x q
    };
    std::vector<Batch> m_kept; ///< every batch, or none
    std::int64_t m_roomToKeep;
    at::Tensor m_batchTerms; // HSIC_1 summed over batches: (K, L), (K, K), (L, L)
};

/// Features as CKA takes them: averaged over the positions of an image (N x C x H x W) or the
/// tokens of a sequence (N x T x D), so that every network gives one number per channel; N x D is
/// itself.
at::Tensor pooledFeatures(const at::Tensor& features);

/// HSIC_1 of one batch from uncentred Gram matrices (float64, n x n, n >= 4): Nguyen et al. eq. 3.
double hsic1(const at::Tensor& k, const at::Tensor& l);

} // namespace espalier
