#include <algorithm>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "formats/aten_handlers_p.h"

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr std::int64_t largestDilation = 1 << 24;

/// input, weight, bias, stride, padding, dilation, groups
Result<AtenValue> conv2d(const AtenArguments& arguments)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    const auto weight = arguments.weight(1);
    const auto bias = arguments.weight(2);
    const auto groups = arguments.integer(6, 1);
    if (!arguments.ok() || !weight.defined() || weight.dim() != 4 || weight.numel() == 0
        || groups < 1 || groups > weight.size(0))
        return arguments.unsupported(CoreText::tr("has no 4-dimensional weight of its own"));
    Conv2d conv{.inChannels = weight.size(1) * groups,
                .outChannels = weight.size(0),
                .kernel = {weight.size(2), weight.size(3)},
                .stride = arguments.pair(3),
                .dilation = arguments.pair(5),
                .groups = groups,
                .bias = bias.defined()};
    if (const auto* padding = arguments.constant(4); padding && padding->isString()) {
        if (padding->toStringRef() == "same") {
            for (std::size_t i = 0; i < 2; ++i) {
                if (conv.dilation[i] < 1 || conv.dilation[i] > largestDilation)
                    return arguments.unexpectedForm();
                const auto total = conv.dilation[i] * (conv.kernel[i] - 1);
                if (total % 2 != 0)
                    return arguments.unsupported(
                        CoreText::tr("pads unevenly ('same' with an even kernel)"));
                conv.padding[i] = total / 2;
            }
        }
    } else {
        conv.padding = arguments.pair(4);
    }
    return arguments.add(conv, *in, {.weight = weight, .bias = bias}, arguments.modulePath(1));
}

/// Over images of height 1. input, weight, bias, stride, padding, dilation, groups
Result<AtenValue> conv1d(const AtenArguments& arguments)
{
    constexpr std::int64_t height = 2; // batch x channels x height x length
    auto plain = arguments.call.arguments;
    const auto* padding = arguments.constant(4);
    if (!padding || plain.size() < 6)
        return arguments.unexpectedForm();
    bool isKnown = true;
    const auto put = [&](std::size_t i, std::int64_t ofHeight) {
        auto numbers = arguments.integers(i);
        isKnown = isKnown && numbers.size() == 1;
        numbers.insert(numbers.begin(), ofHeight);
        plain[i] = AtenValue::of(numbers);
    };
    put(3, 1);
    if (!padding->isString())
        put(4, 0);
    put(5, 1);
    if (!arguments.ok() || !isKnown)
        return arguments.unexpectedForm();
    plain[1] = arguments.derived(1, arguments.weight(1).unsqueeze(height));
    const auto image = arguments.also("unsqueeze", {plain[0], AtenValue::of(height)});
    if (!image)
        return image;
    plain[0] = *image;
    const auto result = arguments.also("conv2d", std::move(plain));
    return result ? arguments.also("squeeze", {*result, AtenValue::of(height)}) : result;
}

/// input, weight, bias, stride, padding, dilation, groups: of one dimension or two
Result<AtenValue> plainConvolution(const AtenArguments& arguments)
{
    const auto weight = arguments.weight(1);
    const bool isOneDimensional = weight.defined() && weight.dim() == 3;
    return isOneDimensional ? conv1d(arguments) : conv2d(arguments);
}

/// input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, ...
Result<AtenValue> convolution(const AtenArguments& arguments)
{
    if (arguments.boolean(6))
        return arguments.unsupported(
            CoreText::tr("is a transposed convolution, which is not supported"));
    auto plain = arguments.call.arguments;
    if (plain.size() < 9)
        return arguments.unexpectedForm();
    plain[6] = plain[8];
    plain.resize(7);
    return arguments.also("conv2d", std::move(plain));
}

/// Of tokens x channels, the tokens of all images in one dimension (after flatten(0, 1)).
Result<AtenValue> tokenBatchNorm(const AtenArguments& arguments)
{
    const auto all = arguments.tensor(0).view.sizes();
    const std::vector<std::int64_t> images{batchMarker, all[0] / batchMarker, 1, all[1]};
    const auto swapped = [&](const Result<AtenValue>& value) {
        return value ? arguments.also(
                   "transpose",
                   {*value, AtenValue::of(std::int64_t{1}), AtenValue::of(std::int64_t{3})})
                     : value;
    };
    auto plain = arguments.call.arguments;
    const auto image = swapped(arguments.also("reshape", {plain[0], AtenValue::of(images)}));
    if (!image)
        return image;
    plain[0] = *image;
    const auto result = swapped(arguments.also("batch_norm", std::move(plain)));
    return result ? arguments.also("reshape", {*result, AtenValue::of(all)}) : result;
}

/// input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled
Result<AtenValue> batchNorm(const AtenArguments& arguments)
{
    if (arguments.isNode(0)) {
        const auto sizes = arguments.tensor(0).view.sizes();
        if (sizes.size() == 2 && sizes[0] % batchMarker == 0 && sizes[0] != batchMarker)
            return tokenBatchNorm(arguments);
    }
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    NodeWeights weights{.weight = arguments.weight(1),
                        .bias = arguments.weight(2),
                        .runningMean = arguments.weight(3),
                        .runningVariance = arguments.weight(4)};
    if (!arguments.ok() || !weights.runningMean.defined() || !weights.runningVariance.defined())
        return arguments.unsupported(CoreText::tr("keeps no running statistics"));
    if (weights.weight.defined() != weights.bias.defined())
        return arguments.unexpectedForm();
    if (arguments.boolean(5))
        arguments.mapper.notice(
            CoreText::tr("The model was traced in training mode; its batch norm is imported "
                         "as ordinary batch norm, which follows train and eval."));
    const BatchNorm2d norm{.channels = weights.runningMean.numel(),
                           .epsilon = arguments.number(7),
                           .momentum = arguments.number(6),
                           .affine = weights.weight.defined()};
    return arguments.add(norm, *in, std::move(weights), arguments.modulePath(3));
}

/// input, normalized_shape, weight, bias, eps
Result<AtenValue> layerNorm(const AtenArguments& arguments)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    NodeWeights weights{.weight = arguments.weight(2), .bias = arguments.weight(3)};
    LayerNorm norm{.normalized = arguments.integers(1),
                   .epsilon = arguments.number(4, 1e-5),
                   .affine = weights.weight.defined()};
    if (norm.affine && !weights.bias.defined())
        weights.bias = at::zeros_like(weights.weight);
    const auto path = arguments.path(2).empty() ? std::string() : arguments.modulePath(2);
    return arguments.addOver(std::move(norm), *in, std::move(weights), path);
}

/// input, num_groups, weight, bias, eps
Result<AtenValue> groupNorm(const AtenArguments& arguments)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    NodeWeights weights{.weight = arguments.weight(2), .bias = arguments.weight(3)};
    if (weights.bias.defined() && !weights.weight.defined())
        return arguments.unexpectedForm();
    if (weights.weight.defined() && !weights.bias.defined())
        weights.bias = at::zeros_like(weights.weight);
    const GroupNorm norm{.groups = arguments.integer(1),
                         .channels = arguments.mapper.shape(*in).front(),
                         .epsilon = arguments.number(4, 1e-5),
                         .affine = weights.weight.defined()};
    return arguments.add(norm, *in, std::move(weights), arguments.modulePath(2));
}

Result<AtenValue> linearOf(const AtenArguments& arguments, const AtenTensor& in,
                           const at::Tensor& weight, const at::Tensor& bias,
                           const std::string& path)
{
    if (!arguments.ok() || !weight.defined() || weight.dim() != 2)
        return arguments.unsupported(CoreText::tr("has no 2-dimensional weight of its own"));
    const Linear linear{
        .inFeatures = weight.size(1), .outFeatures = weight.size(0), .bias = bias.defined()};
    return arguments.addOver(linear, in, {.weight = weight, .bias = bias}, path);
}

/// input, weight, bias
Result<AtenValue> linear(const AtenArguments& arguments)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    return linearOf(arguments, *in, arguments.weight(1), arguments.weight(2),
                    arguments.modulePath(1));
}

/// bias, input, transposed weight, beta, alpha
Result<AtenValue> addmm(const AtenArguments& arguments)
{
    const auto in = arguments.ordered(1);
    if (!in)
        return fail(in.error());
    const auto transposed = arguments.weight(2);
    if (!transposed.defined() || transposed.dim() != 2 || arguments.number(3, 1.0) != 1.0
        || arguments.number(4, 1.0) != 1.0)
        return arguments.unexpectedForm();
    return linearOf(arguments, *in, transposed.t(), arguments.weight(0), arguments.modulePath(2));
}

/// input, kernel, stride, padding, dilation, ceil_mode; an empty stride is the kernel
Result<AtenValue> maxPool(const AtenArguments& arguments)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    MaxPool2d pool{.kernel = arguments.pair(1)};
    pool.stride =
        !arguments.has(2) || arguments.integers(2).empty() ? pool.kernel : arguments.pair(2);
    if (arguments.has(3))
        pool.padding = arguments.pair(3);
    if (arguments.has(4))
        pool.dilation = arguments.pair(4);
    pool.ceilMode = arguments.boolean(5);
    return arguments.add(pool, *in);
}

/// input, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override
Result<AtenValue> averagePool(const AtenArguments& arguments)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    AvgPool2d pool{.kernel = arguments.pair(1)};
    pool.stride =
        !arguments.has(2) || arguments.integers(2).empty() ? pool.kernel : arguments.pair(2);
    if (arguments.has(3))
        pool.padding = arguments.pair(3);
    pool.ceilMode = arguments.boolean(4);
    pool.countIncludePad = arguments.boolean(5, true);
    if (arguments.has(6))
        return arguments.unsupported(CoreText::tr("overrides the divisor"));
    return arguments.add(pool, *in);
}

Result<AtenValue> adaptiveAveragePool(const AtenArguments& arguments)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    return arguments.add(AdaptiveAvgPool2d{arguments.pair(1)}, *in);
}

/// input, p, train
Result<AtenValue> dropout(const AtenArguments& arguments)
{
    const auto probability = arguments.number(1);
    const auto& in = arguments.tensor(0);
    if (probability == 0.0)
        return AtenValue{in};
    return arguments.addElementWise(Dropout{probability}, in);
}

} // namespace

void addLayerHandlers(AtenHandlers& handlers)
{
    handlers.insert({
        {"_convolution", convolution},
        {"convolution", convolution},
        {"_convolution_mode", plainConvolution},
        {"conv1d", plainConvolution},
        {"conv2d", plainConvolution},
        {"batch_norm", batchNorm},
        {"layer_norm", layerNorm},
        {"group_norm", groupNorm},
        {"linear", linear},
        {"addmm", addmm},
        {"max_pool2d", maxPool},
        {"avg_pool2d", averagePool},
        {"adaptive_avg_pool2d", adaptiveAveragePool},
        {"dropout", dropout},
        {"feature_dropout", dropout},
    });
}

} // namespace espalier
