#include "network/shapes.h"

#include <algorithm>
#include <numeric>

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
        return mismatch("takes " + std::to_string(count) + " inputs but gets "
                        + std::to_string(inputs.size()));
    return {};
}

/// An image of `channels` channels (any number when 0).
Status requireImage(std::span<const Shape> inputs, std::int64_t channels = 0)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return ok;
    const auto& shape = inputs[0];
    if (shape.size() != 3)
        return mismatch("takes channels x height x width but gets " + shapeText(shape));
    if (channels != 0 && shape[0] != channels)
        return mismatch("takes " + std::to_string(channels) + " channels but gets "
                        + std::to_string(shape[0]));
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
            return mismatch("has an impossible kernel, stride, padding or dilation");
    }
    Shape out{channels, windowExtent(in[1], window, 0), windowExtent(in[2], window, 1)};
    if (out[1] < 1 || out[2] < 1)
        return mismatch("has a kernel larger than its input of " + shapeText(in));
    return out;
}

Result<Shape> convShape(const Conv2d& conv, std::span<const Shape> inputs)
{
    if (auto ok = requireImage(inputs, conv.inChannels); !ok)
        return fail(ok.error());
    if (conv.groups < 1 || conv.outChannels < 1 || conv.inChannels % conv.groups != 0
        || conv.outChannels % conv.groups != 0)
        return mismatch("has channels that its " + std::to_string(conv.groups)
                        + " groups do not divide");
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
            return mismatch("crops by negative padding, which is not supported");
        if (pad.before[i] > largestExtent || pad.after[i] > largestExtent)
            return mismatch("pads by more than any network does");
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
        return mismatch("slices a dimension that " + shapeText(out) + " does not have");
    auto& extent = out[static_cast<std::size_t>(slice.dimension)];
    if (slice.step < 1 || slice.start < 0 || slice.start >= slice.stop || slice.stop > extent)
        return mismatch("slices " + std::to_string(slice.start) + ":" + std::to_string(slice.stop)
                        + " of " + std::to_string(extent));
    extent = (slice.stop - slice.start - 1) / slice.step + 1;
    return out;
}

Result<Shape> linearShape(const Linear& linear, std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    if (inputs[0].size() != 1 || inputs[0][0] != linear.inFeatures)
        return mismatch("takes " + std::to_string(linear.inFeatures) + " features but gets "
                        + shapeText(inputs[0]));
    if (linear.outFeatures < 1)
        return mismatch("has no outputs");
    return Shape{linear.outFeatures};
}

Result<Shape> sameShape(std::span<const Shape> inputs)
{
    if (auto ok = requireInputs(inputs, 1); !ok)
        return fail(ok.error());
    return inputs[0];
}

} // namespace

Status checkSize(const Shape& shape)
{
    double count = 1.0;
    for (const auto extent : shape)
        count *= static_cast<double>(extent);
    if (count > largestCount)
        return mismatch("has an output of " + shapeText(shape) + ", which is too large");
    return {};
}

Result<Shape> outputShape(const Operation& operation, std::span<const Shape> inputs)
{
    using R = Result<Shape>;
    return std::visit(
        Overloaded{
            [](const Input&) -> R { return mismatch("is a second input"); },
            [&](const Conv2d& conv) -> R { return convShape(conv, inputs); },
            [&](const BatchNorm2d& norm) -> R {
                if (auto ok = requireImage(inputs, norm.channels); !ok)
                    return fail(ok.error());
                return inputs[0];
            },
            [&](const Add&) -> R {
                if (auto ok = requireInputs(inputs, 2); !ok)
                    return fail(ok.error());
                if (inputs[0] != inputs[1])
                    return mismatch("adds " + shapeText(inputs[0]) + " and "
                                    + shapeText(inputs[1]));
                return inputs[0];
            },
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
                    return mismatch("pools to an empty output");
                return Shape{inputs[0][0], pool.output[0], pool.output[1]};
            },
            [&](const Flatten&) -> R {
                if (auto ok = requireInputs(inputs, 1); !ok)
                    return fail(ok.error());
                return Shape{std::accumulate(inputs[0].begin(), inputs[0].end(), std::int64_t{1},
                                             std::multiplies<>{})};
            },
            [&](const Linear& linear) -> R { return linearShape(linear, inputs); },
            [&](const Relu&) -> R { return sameShape(inputs); },
            [&](const Dropout&) -> R { return sameShape(inputs); },
            [&](const Softmax&) -> R { return sameShape(inputs); },
        },
        operation);
}

} // namespace espalier
