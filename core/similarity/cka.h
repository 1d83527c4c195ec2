#pragma once

#include <optional>

namespace espalier {

struct Interval {
    double low = 0.0;
    double high = 0.0;
    bool operator==(const Interval&) const = default;
};

inline bool overlap(const Interval& a, const Interval& b)
{
    return a.low <= b.high && b.low <= a.high;
}

/// Centered Kernel Alignment of two representations (Kornblith et al. 2019; Nguyen et al. 2021).
/// A value is absent when a representation does not vary (0/0), which the caller must say.
struct CkaValues {
    std::optional<double> linear; ///< biased, linear kernel; 0..1
    std::optional<double> debiased; ///< unbiased HSIC over all samples; may be slightly negative
    std::optional<double> minibatch; ///< HSIC_1 summed over batches, Nguyen et al. eq. 3
    /// 95 % bootstrap interval of `linear`: what it could have been with other images of the same
    /// kind. Absent with fewer than 10 images, or when there were too many features to keep.
    std::optional<Interval> interval;
    bool operator==(const CkaValues&) const = default;
};

enum class CkaKind { Linear, Debiased, Minibatch };

inline std::optional<double> valueOf(const CkaValues& cka, CkaKind kind)
{
    switch (kind) {
    case CkaKind::Linear:
        return cka.linear;
    case CkaKind::Debiased:
        return cka.debiased;
    case CkaKind::Minibatch:
        return cka.minibatch;
    }
    return std::nullopt;
}

} // namespace espalier
