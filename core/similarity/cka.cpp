#include "similarity/cka_p.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <random>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr std::int64_t minimumForUnbiased = 4;
constexpr std::int64_t minimumForInterval = 10;
constexpr std::size_t draws = 200;
constexpr std::size_t drawsOutside = 5; ///< at either end: 2.5 %

double resolutionOf(at::ScalarType type)
{
    switch (type) {
    case at::kDouble:
        return std::numeric_limits<double>::epsilon();
    case at::kHalf:
        return 0x1p-10;
    case at::kBFloat16:
        return 0x1p-7;
    default:
        return static_cast<double>(std::numeric_limits<float>::epsilon());
    }
}

at::Tensor hsic1Tensor(const at::Tensor& k, const at::Tensor& l)
{
    const auto n = static_cast<double>(k.size(0));
    const auto kRows = k.sum(/*dim=*/1) - k.diagonal();
    const auto lRows = l.sum(/*dim=*/1) - l.diagonal();
    const auto trace = (k * l).sum() - (k.diagonal() * l.diagonal()).sum();
    return (trace + kRows.sum() * lRows.sum() / ((n - 1.0) * (n - 2.0))
            - 2.0 / (n - 2.0) * kRows.dot(lRows))
        / (n * (n - 3.0));
}

double scalar(const at::Tensor& tensor)
{
    return tensor.item<double>();
}

std::optional<double> normalised(double cross, double x, double y)
{
    if (!(x > 0.0) || !(y > 0.0) || !std::isfinite(cross))
        return std::nullopt;
    return cross / (std::sqrt(x) * std::sqrt(y));
}

} // namespace

double hsic1(const at::Tensor& k, const at::Tensor& l)
{
    assert(k.size(0) >= minimumForUnbiased && k.sizes() == l.sizes());
    return scalar(hsic1Tensor(k, l));
}

CkaAccumulator::CkaAccumulator(std::int64_t keptBytes)
    : m_roomToKeep(keptBytes)
{
}

void CkaAccumulator::keep(const at::Tensor& x, const at::Tensor& y)
{
    const bool keptAll = m_samples == 0 || !m_kept.empty();
    m_roomToKeep -= static_cast<std::int64_t>(x.nbytes() + y.nbytes());
    if (keptAll && m_roomToKeep >= 0)
        m_kept.push_back({x.flatten(/*start_dim=*/1), y.flatten(/*start_dim=*/1)});
    else
        m_kept.clear();
}

void CkaAccumulator::Side::begin(const at::Tensor& x)
{
    const auto width = x.size(1);
    origin = x.mean(/*dim=*/at::IntArrayRef{0}, /*keepdim=*/true);
    sum = at::zeros({width}, x.options());
    gram = at::zeros({width, width}, x.options());
    sumSquaredNorms = at::zeros({}, x.options());
    normWeightedSum = at::zeros({width}, x.options());
}

void CkaAccumulator::Side::add(const at::Tensor& x, const at::Tensor& norms)
{
    sum += x.sum(/*dim=*/0);
    gram += x.t().mm(x);
    sumSquaredNorms += norms.dot(norms);
    normWeightedSum += x.t().mv(norms);
}

void CkaAccumulator::add(const at::Tensor& x, const at::Tensor& y)
{
    assert(x.size(0) == y.size(0));
    if (x.size(0) == 0)
        return;
    keep(x, y);
    auto xs = x.flatten(/*start_dim=*/1).to(at::kDouble); // n x p
    auto ys = y.flatten(/*start_dim=*/1).to(at::kDouble); // n x q
    if (m_samples == 0) {
        m_x.begin(xs);
        m_y.begin(ys);
        m_x.resolution = resolutionOf(x.scalar_type());
        m_y.resolution = resolutionOf(y.scalar_type());
        m_product = at::zeros({xs.size(1), ys.size(1)}, xs.options());
        m_normProducts = at::zeros({}, xs.options());
        m_xNormWeightedY = at::zeros({ys.size(1)}, xs.options());
        m_yNormWeightedX = at::zeros({xs.size(1)}, xs.options());
        m_batchTerms = at::zeros({3}, xs.options());
    }
    xs = xs - m_x.origin;
    ys = ys - m_y.origin;
    const auto xNorms = xs.square().sum(/*dim=*/1); // n
    const auto yNorms = ys.square().sum(/*dim=*/1);
    m_x.add(xs, xNorms);
    m_y.add(ys, yNorms);
    m_product += xs.t().mm(ys);
    m_normProducts += xNorms.dot(yNorms);
    m_xNormWeightedY += ys.t().mv(xNorms);
    m_yNormWeightedX += xs.t().mv(yNorms);
    m_samples += xs.size(0);
    addBatchTerms(xs, ys);
}

// HSIC_1 does not see a common offset of all rows, so the shifted rows serve.
void CkaAccumulator::addBatchTerms(const at::Tensor& x, const at::Tensor& y)
{
    if (x.size(0) < minimumForUnbiased) {
        m_everyBatchCounts = false;
        return;
    }
    const auto k = x.mm(x.t());
    const auto l = y.mm(y.t());
    m_batchTerms += at::stack({hsic1Tensor(k, l), hsic1Tensor(k, k), hsic1Tensor(l, l)});
}

bool CkaAccumulator::varies(const Side& side, std::int64_t samples)
{
    const auto n = static_cast<double>(samples);
    const auto mean = side.sum / n;
    const double variance = scalar(side.gram.trace()) / n - scalar(mean.dot(mean));
    const double magnitude = scalar((side.origin.flatten() + mean).norm());
    const double floor = 4.0 * side.resolution * magnitude;
    return variance > floor * floor;
}

// With centred rows x - m and y - k: |x - m|^2 = r - 2 m'x + m'm, and likewise for y; the sum of
// the products over the samples expands into the accumulated sums.
CkaAccumulator::Pair CkaAccumulator::pair(const Side& a, const Side& b, const at::Tensor& product,
                                          const at::Tensor& sumOfNormProducts,
                                          const at::Tensor& aWeightedB,
                                          const at::Tensor& bWeightedA) const
{
    const auto n = static_cast<double>(m_samples);
    const auto meanA = a.sum / n;
    const auto meanB = b.sum / n;
    const double squareA = scalar(meanA.dot(meanA));
    const double squareB = scalar(meanB.dot(meanB));
    const double sumA = scalar(a.gram.trace()) - n * squareA;
    const double sumB = scalar(b.gram.trace()) - n * squareB;

    const double crossMeans = scalar(meanA.dot(product.mv(meanB)));
    const double sumOfProducts = scalar(sumOfNormProducts) - 2.0 * scalar(meanB.dot(aWeightedB))
        - 2.0 * scalar(meanA.dot(bWeightedA)) + 4.0 * crossMeans + squareB * (sumA + n * squareA)
        + squareA * (sumB + n * squareB) - 3.0 * n * squareA * squareB;
    return {
        .squaredProduct = scalar((product - n * at::outer(meanA, meanB)).square().sum()),
        .sumOfNormProducts = sumOfProducts,
        .sumA = sumA,
        .sumB = sumB,
    };
}

double CkaAccumulator::unbiased(const Pair& pair) const
{
    const auto n = static_cast<double>(m_samples);
    return pair.squaredProduct - n / (n - 2.0) * pair.sumOfNormProducts
        + pair.sumA * pair.sumB / ((n - 1.0) * (n - 2.0));
}

std::optional<double> CkaAccumulator::minibatch() const
{
    if (!m_everyBatchCounts)
        return std::nullopt;
    const auto terms = m_batchTerms.to(at::kCPU);
    return normalised(scalar(terms[0]), scalar(terms[1]), scalar(terms[2]));
}

// With centred rows x and y and covariances Cxy, Cxx, Cyy a sample of weight w changes |Cxy|^2 by
// 2w (x'Cxy y - |Cxy|^2), and likewise the other two, to first order.
std::vector<double> CkaAccumulator::influences(const std::stop_token& stop) const
{
    const auto n = static_cast<double>(m_samples);
    const auto meanX = m_x.sum / n;
    const auto meanY = m_y.sum / n;
    const auto cxy = m_product / n - at::outer(meanX, meanY);
    const auto cxx = m_x.gram / n - at::outer(meanX, meanX);
    const auto cyy = m_y.gram / n - at::outer(meanY, meanY);
    const auto xy = cxy.square().sum();
    const auto xx = cxx.square().sum();
    const auto yy = cyy.square().sum();
    std::vector<at::Tensor> parts;
    for (const auto& batch : m_kept) {
        throwIfStopped(stop);
        const auto x = batch.x.to(at::kDouble) - m_x.origin - meanX; // n x p
        const auto y = batch.y.to(at::kDouble) - m_y.origin - meanY; // n x q
        parts.push_back(2.0 * (x.mm(cxy) * y).sum(/*dim=*/1) / xy
                        - (x.mm(cxx) * x).sum(/*dim=*/1) / xx
                        - (y.mm(cyy) * y).sum(/*dim=*/1) / yy);
    }
    const auto all = at::cat(parts).to(at::kCPU).contiguous();
    const auto* first = all.data_ptr<double>();
    return {first, first + all.numel()};
}

std::optional<Interval> CkaAccumulator::interval(double linear, const std::stop_token& stop) const
{
    const double distance = 1.0 - linear;
    if (m_kept.empty() || m_samples < minimumForInterval || !(linear > 0.0))
        return std::nullopt;
    if (!(distance > 0.0))
        return Interval{linear, linear};
    const auto influence = influences(stop);
    std::mt19937_64 random(/*seed=*/0x636b61); // NOLINT: the same interval every time
    std::uniform_int_distribution<std::size_t> sample(0, influence.size() - 1);
    std::vector<double> changes(draws);
    for (auto& change : changes) {
        double sum = 0.0;
        for (std::size_t i = 0; i < influence.size(); ++i)
            sum += influence[sample(random)];
        change = -linear / distance * sum / static_cast<double>(influence.size());
    }
    std::ranges::sort(changes);
    return Interval{
        .low = std::max(0.0, 1.0 - distance * std::exp(changes[draws - drawsOutside])),
        .high = 1.0 - distance * std::exp(changes[drawsOutside - 1]),
    };
}

CkaValues CkaAccumulator::values(const std::stop_token& stop) const
{
    if (m_samples < 2 || !varies(m_x, m_samples) || !varies(m_y, m_samples))
        return {};
    const auto xy = pair(m_x, m_y, m_product, m_normProducts, m_xNormWeightedY, m_yNormWeightedX);
    const auto xx =
        pair(m_x, m_x, m_x.gram, m_x.sumSquaredNorms, m_x.normWeightedSum, m_x.normWeightedSum);
    const auto yy =
        pair(m_y, m_y, m_y.gram, m_y.sumSquaredNorms, m_y.normWeightedSum, m_y.normWeightedSum);
    CkaValues values;
    values.linear = normalised(xy.squaredProduct, xx.squaredProduct, yy.squaredProduct);
    if (m_samples >= minimumForUnbiased)
        values.debiased = normalised(unbiased(xy), unbiased(xx), unbiased(yy));
    values.minibatch = minibatch();
    if (values.linear)
        values.interval = interval(*values.linear, stop);
    return values;
}

at::Tensor pooledFeatures(const at::Tensor& features)
{
    if (features.dim() == 4)
        return features.mean({2, 3});
    return features.dim() == 3 ? features.mean(1) : features;
}

} // namespace espalier
