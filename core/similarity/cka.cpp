#include "similarity/cka_p.h"

#include <cassert>
#include <cmath>
#include <limits>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace espalier {

namespace {

constexpr std::int64_t minimumForUnbiased = 4;

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

CkaValues CkaAccumulator::values() const
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
    return values;
}

at::Tensor pooledFeatures(const at::Tensor& features)
{
    if (features.dim() == 4)
        return features.mean({2, 3});
    return features.dim() == 3 ? features.mean(1) : features;
}

} // namespace espalier
