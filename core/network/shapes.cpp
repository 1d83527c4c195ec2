#include "network/shapes.h"

#include <algorithm>
#include <numeric>

#include "base/core_text.h"
#include "base/overloaded.h"

namespace espalier {

namespace {

tl::unexpected<Error> mismatch(std::string clause)
{
    return fail(ErrorCode::Mismatch, std::move(clause));
}

/// Attributes and shapes beyond these come from damaged or hostile files, and would overflow.
constexpr std::int64_t largestExtent = std::int64_t{1} << 31;
constexpr double largestCount = 1e12; // values of one sample

Status requireInputs(std::span<const Shape> inputs, std::size_t count)
{
    if (inputs.size() != count)
        return mismatch(CoreText::tr("takes {1} inputs but gets {2}", count, inputs.size()));
    return {};
}

/// An image of `channels` channels (any number when 0).
Status requireImage(std::span<const Shape> inputs, std::int64_t channels = 0)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return ok;
    const auto& shape = inputs[0];
    if (shape.size() != 3)
        return mismatch(
            CoreText::tr("takes channels x height x width but gets {1}", shapeText(shape)));
    if (channels != 0 && shape[0] != channels)
        return mismatch(CoreText::tr("takes {1} channels but gets {2}", channels, shape[0]));
    return {};
}

struct Window {
    Size2 kernel, stride, padding, dilation;
    bool ceilMode = false;
};

/// Output extent of a sliding window, as PyTorch counts it.
std::int64_t windowExtent(std::int64_t extent, const Window& window, std::size_t i)
{
    const auto reach = window.dilation[i] * (window.kernel[i] - 1) + 1;
    const auto room = extent + 2 * window.padding[i] - reach;
    if (room < 0)
        return 0;
    auto result = room / window.stride[i] + 1;
    // A window may start in the padding only on the left.
    if (window.ceilMode && room % window.stride[i] != 0
        && result * window.stride[i] < extent + window.padding[i])
        ++result;
    return result;
}

Result<Shape> windowShape(const Shape& in, std::int64_t channels, const Window& window)
{
    for (std::size_t i = 0; i < 2; ++i) {
        const auto largest =
            std::max({window.kernel[i], window.stride[i], window.dilation[i], window.padding[i]});
        if (window.kernel[i] < 1 || window.stride[i] < 1 || window.dilation[i] < 1
            || window.padding[i] < 0 || largest > largestExtent)
            return mismatch(CoreText::tr("has an impossible kernel, stride, padding or dilation"));
    }
    Shape out{channels, windowExtent(in[1], window, 0), windowExtent(in[2], window, 1)};
    if (out[1] < 1 || out[2] < 1)
        return mismatch(CoreText::tr("has a kernel larger than its input of {1}", shapeText(in)));
    return out;
}

Result<Shape> convShape(const Conv2d& conv, std::span<const Shape> inputs)
{
    if (auto ok = requireImage(inputs, conv.inChannels); !ok)
        return fail(ok.error());
    if (conv.groups < 1 || conv.inChannels < 1 || conv.outChannels < 1
        || conv.inChannels % conv.groups != 0 || conv.outChannels % conv.groups != 0)
        return mismatch(
            CoreText::tr("has channels that its {1} groups do not divide", conv.groups));
    return windowShape(inputs[0], conv.outChannels,
                       {conv.kernel, conv.stride, conv.padding, conv.dilation});
}

Result<Shape> padShape(const Pad& pad, std::span<const Shape> inputs)
{
    if (auto ok = requireImage(inputs); !ok)
        return fail(ok.error());
    Shape out = inputs[0];
    for (std::size_t i = 0; i < 3; ++i) {
        if (pad.before[i] < 0 || pad.after[i] < 0)
            return mismatch(CoreText::tr("crops by negative padding, which is not supported"));
        if (pad.before[i] > largestExtent || pad.after[i] > largestExtent)
            return mismatch(CoreText::tr("pads by more than any network does"));
        out[i] += pad.before[i] + pad.after[i];
    }
    return out;
}

Result<Shape> sliceShape(const Slice& slice, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    Shape out = inputs[0];
    if (slice.dimension < 0 || slice.dimension >= static_cast<std::int64_t>(out.size()))
        return mismatch(CoreText::tr("slices a dimension that {1} does not have", shapeText(out)));
    auto& extent = out[static_cast<std::size_t>(slice.dimension)];
    if (slice.step < 1 || slice.start < 0 || slice.start >= slice.stop || slice.stop > extent)
        return mismatch(CoreText::tr("slices {1}:{2} of {3}", slice.start, slice.stop, extent));
    extent = (slice.stop - slice.start - 1) / slice.step + 1;
    return out;
}

std::int64_t product(std::span<const std::int64_t> extents)
{
    return std::accumulate(extents.begin(), extents.end(), std::int64_t{1}, std::multiplies<>{});
}

bool isDimension(std::int64_t dimension, const Shape& shape)
{
    return dimension >= 0 && dimension < static_cast<std::int64_t>(shape.size());
}

/// `misfit` says in a clause that these two shapes do not go together.
Result<Shape> broadcastShape(std::span<const Shape> inputs,
                             std::string (*misfit)(const std::string& a, const std::string& b))
{
    if (auto ok = requireInputs(inputs, 2); !ok)
        return fail(ok.error());
    const auto cannot = [&] {
        return mismatch(misfit(shapeText(inputs[0]), shapeText(inputs[1])));
    };
    Shape out = inputs[0];
    if (inputs[1].size() != out.size())
        return cannot();
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto other = inputs[1][i];
        if (out[i] != other && out[i] != 1 && other != 1)
            return cannot();
        out[i] = std::max(out[i], other);
    }
    return out;
}

Result<Shape> matMulShape(std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 2); !ok)
        return fail(ok.error());
    const auto& a = inputs[0];
    const auto& b = inputs[1];
    const auto rank = a.size();
    if (rank < 2 || b.size() != rank || a[rank - 1] != b[rank - 2]
        || !std::equal(a.begin(), a.end() - 2, b.begin()))
        return mismatch(
            CoreText::tr("multiplies matrices of {1} and {2}", shapeText(a), shapeText(b)));
    Shape out = a;
    out.back() = b.back();
    return out;
}

Result<Shape> concatShape(const Concat& concat, std::span<const Shape> inputs)
{
    if (inputs.empty() || !isDimension(concat.dimension, inputs[0]))
        return mismatch(CoreText::tr("joins along a dimension that is not there"));
    Shape out = inputs[0];
    const auto along = static_cast<std::size_t>(concat.dimension);
    for (const auto& shape : inputs.subspan(1)) {
        Shape fitted = shape;
        if (fitted.size() == out.size())
            fitted[along] = out[along];
        if (fitted != out)
            return mismatch(
                CoreText::tr("joins {1} and {2}", shapeText(inputs[0]), shapeText(shape)));
        out[along] += shape[along];
    }
    return out;
}

/// Whether `fine` divides the dimensions of `coarse` further, in order.
bool refines(std::span<const std::int64_t> fine, const Shape& coarse)
{
    std::size_t i = 0;
    for (const auto extent : coarse) {
        std::int64_t reached = 1;
        while (reached < extent && i < fine.size() && fine[i] > 0 && fine[i] <= extent / reached)
            reached *= fine[i++];
        if (reached != extent)
            return false;
    }
    return std::all_of(fine.begin() + static_cast<std::ptrdiff_t>(i), fine.end(),
                       [](auto extent) { return extent == 1; });
}

Result<Shape> rearrangeShape(const Rearrange& rearrange, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    auto sorted = rearrange.order;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i] != static_cast<std::int64_t>(i))
            return mismatch(CoreText::tr("has an order that is no permutation"));
    }
    if (sorted.size() != rearrange.split.size() || rearrange.merged.empty()
        || !refines(rearrange.split, inputs[0]))
        return mismatch(
            CoreText::tr("splits {1} to {2}", shapeText(inputs[0]), shapeText(rearrange.split)));
    Shape permuted;
    for (const auto dimension : rearrange.order)
        permuted.push_back(rearrange.split[static_cast<std::size_t>(dimension)]);
    if (!refines(permuted, rearrange.merged))
        return mismatch(
            CoreText::tr("joins {1} to {2}", shapeText(permuted), shapeText(rearrange.merged)));
    return rearrange.merged;
}

Result<Shape> reduceShape(const Reduce& reduce, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    Shape out = inputs[0];
    if (reduce.dimensions.empty() || !std::ranges::is_sorted(reduce.dimensions, std::less_equal<>())
        || !isDimension(reduce.dimensions.front(), out)
        || !isDimension(reduce.dimensions.back(), out))
        return mismatch(CoreText::tr("reduces dimensions that {1} does not have", shapeText(out)));
    for (auto i = reduce.dimensions.rbegin(); i != reduce.dimensions.rend(); ++i) {
        if (reduce.keep)
            out[static_cast<std::size_t>(*i)] = 1;
        else
            out.erase(out.begin() + *i);
    }
    if (out.empty())
        return mismatch(CoreText::tr("reduces every dimension"));
    return out;
}

Result<Shape> layerNormShape(const LayerNorm& norm, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    const auto& in = inputs[0];
    if (norm.normalized.empty() || norm.normalized.size() > in.size()
        || !std::equal(norm.normalized.rbegin(), norm.normalized.rend(), in.rbegin()))
        return mismatch(
            CoreText::tr("normalises {1} but gets {2}", shapeText(norm.normalized), shapeText(in)));
    return in;
}

/// Channels first: an image or plain features.
Result<Shape> channelNormShape(std::int64_t channels, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    if (inputs[0].front() != channels)
        return mismatch(
            CoreText::tr("takes {1} channels but gets {2}", channels, shapeText(inputs[0])));
    return inputs[0];
}

Result<Shape> parameterShape(const Parameter& parameter, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 0); !ok)
        return fail(ok.error());
    if (parameter.shape.empty()
        || std::ranges::any_of(parameter.shape, [](auto extent) { return extent < 1; }))
        return mismatch(CoreText::tr("has no values"));
    return parameter.shape;
}

Result<Shape> linearShape(const Linear& linear, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    if (inputs[0].back() != linear.inFeatures)
        return mismatch(CoreText::tr("takes {1} features but gets {2}", linear.inFeatures,
                                     shapeText(inputs[0])));
    if (linear.outFeatures < 1)
        return mismatch(CoreText::tr("has no outputs"));
    Shape out = inputs[0];
    out.back() = linear.outFeatures;
    return out;
}

Result<Shape> sameShape(std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    return inputs[0];
}

} // namespace

std::vector<std::size_t> partition(const Shape& parts, const Shape& dimensions)
{
    std::vector<std::size_t> owners;
    for (std::size_t dimension = 0; dimension < dimensions.size(); ++dimension) {
        std::int64_t reached = 1;
        while (reached < dimensions[dimension]) {
            reached *= parts[owners.size()];
            owners.push_back(dimension);
        }
    }
    owners.resize(parts.size(), dimensions.size() - 1);
    return owners;
}

Status checkSize(const Shape& shape)
{
    double count = 1.0;
    for (const auto extent : shape)
        count *= static_cast<double>(extent);
    if (count > largestCount)
        return mismatch(CoreText::tr("has an output of {1}, which is too large", shapeText(shape)));
    return {};
}

Result<Shape> outputShape(const Operation& operation, std::span<const Shape> inputs)
{
    using R = Result<Shape>;
    return std::visit(
        Overloaded{
            [](const Input&) -> R { return mismatch(CoreText::tr("is a second input")); },
            [&](const Conv2d& conv) -> R { return convShape(conv, inputs); },
            [&](const Parameter& parameter) -> R { return parameterShape(parameter, inputs); },
            [&](const BatchNorm2d& norm) -> R { return channelNormShape(norm.channels, inputs); },
            [&](const LayerNorm& norm) -> R { return layerNormShape(norm, inputs); },
            [&](const GroupNorm& norm) -> R {
                if (norm.groups < 1 || norm.channels % norm.groups != 0)
                    return mismatch(CoreText::tr("has channels that its groups do not divide"));
                return channelNormShape(norm.channels, inputs);
            },
            [&](const Add&) -> R {
                return broadcastShape(inputs, [](const std::string& a, const std::string& b) {
                    return CoreText::tr("adds {1} and {2}", a, b);
                });
            },
            [&](const Multiply&) -> R {
                return broadcastShape(inputs, [](const std::string& a, const std::string& b) {
                    return CoreText::tr("multiplies {1} and {2}", a, b);
                });
            },
            [&](const Divide&) -> R {
                return broadcastShape(inputs, [](const std::string& a, const std::string& b) {
                    return CoreText::tr("divides {1} and {2}", a, b);
                });
            },
            [&](const MatMul&) -> R { return matMulShape(inputs); },
            [&](const Concat& concat) -> R { return concatShape(concat, inputs); },
            [&](const Rearrange& rearrange) -> R { return rearrangeShape(rearrange, inputs); },
            [&](const Reduce& reduce) -> R { return reduceShape(reduce, inputs); },
            [&](const Pad& pad) -> R { return padShape(pad, inputs); },
            [&](const Slice& slice) -> R { return sliceShape(slice, inputs); },
            [&](const MaxPool2d& pool) -> R {
                if (auto ok = requireImage(inputs); !ok)
                    return fail(ok.error());
                return windowShape(
                    inputs[0], inputs[0][0],
                    {pool.kernel, pool.stride, pool.padding, pool.dilation, pool.ceilMode});
            },
            [&](const AvgPool2d& pool) -> R {
                if (auto ok = requireImage(inputs); !ok)
                    return fail(ok.error());
                return windowShape(inputs[0], inputs[0][0],
                                   {pool.kernel, pool.stride, pool.padding, {1, 1}, pool.ceilMode});
            },
            [&](const AdaptiveAvgPool2d& pool) -> R {
                if (auto ok = requireImage(inputs); !ok)
                    return fail(ok.error());
                if (pool.output[0] < 1 || pool.output[1] < 1)
                    return mismatch(CoreText::tr("pools to an empty output"));
                return Shape{inputs[0][0], pool.output[0], pool.output[1]};
            },
            [&](const Flatten&) -> R {
                if (auto ok = requireInputs(inputs, 1); !ok)
                    return fail(ok.error());
                return Shape{product(inputs[0])};
            },
            [&](const Linear& linear) -> R { return linearShape(linear, inputs); },
            [&](const Activation&) -> R { return sameShape(inputs); },
            [&](const Affine&) -> R { return sameShape(inputs); },
            [&](const Dropout&) -> R { return sameShape(inputs); },
            [&](const Softmax& softmax) -> R {
                if (!inputs.empty() && !isDimension(softmax.dimension, inputs[0]))
                    return mismatch(CoreText::tr("is taken over a dimension that is not there"));
                return sameShape(inputs);
            },
        },
        operation);
}

} // namespace espalier
