#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "formats/onnx_arguments_p.h"

namespace espalier {

namespace {

constexpr auto none = [] { return AtenValue::of({}); };

/// Kernel, strides and padding of a sliding window over an image.
struct Window {
    Size2 kernel{1, 1};
    Size2 stride{1, 1};
    Size2 dilation{1, 1};
    Size2 before{0, 0};
    Size2 after{0, 0};
    Size2 input{1, 1}; ///< extents of the image

    std::int64_t reach(std::size_t i) const { return dilation[i] * (kernel[i] - 1) + 1; }
};

bool take(Size2& pair, const std::vector<std::int64_t>& values)
{
    if (values.size() == 2)
        pair = {values[0], values[1]};
    return values.empty() || values.size() == 2;
}

/// The amounts that auto_pad stands for.
bool padAutomatically(Window& window, const std::string& how)
{
    if (how == "VALID")
        return true;
    if (how != "SAME_UPPER" && how != "SAME_LOWER")
        return false;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto outputs = (window.input[i] + window.stride[i] - 1) / window.stride[i];
        const auto total = std::max<std::int64_t>(
            0, (outputs - 1) * window.stride[i] + window.reach(i) - window.input[i]);
        window.before[i] = how == "SAME_UPPER" ? total / 2 : total - total / 2;
        window.after[i] = total - window.before[i];
    }
    return true;
}

std::optional<Window> windowOf(const OnnxArguments& arguments, Size2 kernel)
{
    Window window{.kernel = kernel};
    const auto sizes = arguments.sizes(0);
    const auto pads = arguments.integers("pads");
    if (sizes.size() != 4 || !take(window.kernel, arguments.integers("kernel_shape"))
        || !take(window.stride, arguments.integers("strides"))
        || !take(window.dilation, arguments.integers("dilations"))
        || (!pads.empty() && pads.size() != 4))
        return std::nullopt;
    constexpr std::int64_t largest = 1 << 24;
    const auto isAbsurd = [](std::int64_t value) { return value < 1 || value > largest; };
    for (const auto& pair : {window.kernel, window.stride, window.dilation}) {
        if (std::ranges::any_of(pair, isAbsurd))
            return std::nullopt;
    }
    if (std::ranges::any_of(pads, [](auto pad) { return pad < -largest || pad > largest; }))
        return std::nullopt;
    window.input = {sizes[2], sizes[3]};
    if (!pads.empty()) {
        window.before = {pads[0], pads[1]};
        window.after = {pads[2], pads[3]};
    }
    const auto how = arguments.text("auto_pad", "NOTSET");
    if (!how.empty() && how != "NOTSET" && !padAutomatically(window, how))
        return std::nullopt;
    return window;
}

AtenValue listOf2(const Size2& pair)
{
    return listOf({pair[0], pair[1]});
}

/// The image with the window's padding around it, which the window then no longer has.
Result<AtenValue> padded(const OnnxArguments& arguments, Window& window, double number)
{
    auto result = arguments.call(
        "constant_pad_nd",
        {arguments.value(0),
         listOf({window.before[1], window.after[1], window.before[0], window.after[0]}),
         AtenValue::of(number)});
    window.before = {0, 0};
    window.after = {0, 0};
    return result;
}

Result<AtenValue> convolution(const OnnxArguments& arguments)
{
    const auto weight = arguments.constant(1);
    if (!arguments.ok() || weight.dim() != 4)
        return arguments.unsupported(CoreText::tr("has no 4-dimensional weight of its own"));
    auto window = windowOf(arguments, {weight.size(2), weight.size(3)});
    if (!window || window->kernel != Size2{weight.size(2), weight.size(3)})
        return arguments.unexpectedForm();
    auto in = arguments.value(0);
    if (window->before != window->after) {
        const auto around = padded(arguments, *window, 0.0);
        if (!around)
            return around;
        in = *around;
    }
    return arguments.call("conv2d",
                          {in, arguments.weight(1, "weight"), arguments.weight(2, "bias"),
                           listOf2(window->stride), listOf2(window->before),
                           listOf2(window->dilation),
                           AtenValue::of(arguments.integer("group", 1))});
}

/// X, scale, B, mean, var
Result<AtenValue> batchNorm(const OnnxArguments& arguments)
{
    for (std::size_t i = 1; i < 5; ++i)
        arguments.constant(i);
    if (!arguments.ok())
        return arguments.unsupported(CoreText::tr("keeps no running statistics"));
    return arguments.call("batch_norm",
                          {arguments.value(0), arguments.weight(1, "weight"),
                           arguments.weight(2, "bias"), arguments.weight(3, "running_mean"),
                           arguments.weight(4, "running_var"),
                           AtenValue::of(arguments.integer("training_mode", 0) != 0),
                           AtenValue::of(1.0 - arguments.number("momentum", 0.9)),
                           AtenValue::of(arguments.number("epsilon", 1e-5)), AtenValue::of(true)});
}

/// X, scale, B
Result<AtenValue> layerNorm(const OnnxArguments& arguments)
{
    const auto sizes = arguments.sizes(0);
    const auto axis = arguments.dimension(arguments.integer("axis", -1), sizes.size());
    const std::vector<std::int64_t> normalized(sizes.begin() + axis, sizes.end());
    const auto scale = arguments.constant(1);
    if (!arguments.ok() || scale.sizes() != at::IntArrayRef(normalized))
        return arguments.unexpectedForm();
    const bool isPlain = !arguments.has(2) && arguments.value(1).path().empty()
        && at::eq(scale, 1.0).all().item<bool>();
    return arguments.call("layer_norm",
                          {arguments.value(0), listOf(normalized),
                           isPlain ? none() : arguments.weight(1, "weight"),
                           isPlain ? none() : arguments.weight(2, "bias"),
                           AtenValue::of(arguments.number("epsilon", 1e-5))});
}

Result<AtenValue> normalizedGroups(const OnnxArguments& arguments, std::int64_t groups,
                                   bool perGroup)
{
    const auto sizes = arguments.sizes(0);
    auto scale = arguments.constant(1);
    auto bias = arguments.constant(2);
    constexpr std::int64_t mostChannels = 1 << 24;
    if (!arguments.ok() || sizes.size() < 2 || groups < 1 || sizes[1] > mostChannels)
        return arguments.unexpectedForm();
    if (perGroup && sizes[1] % groups == 0 && scale.numel() == groups) {
        scale = scale.repeat_interleave(sizes[1] / groups);
        bias = bias.repeat_interleave(sizes[1] / groups);
    }
    return arguments.call(
        "group_norm",
        {arguments.value(0), AtenValue::of(groups), arguments.weightOf(scale, 1, "weight"),
         arguments.weightOf(bias, 2, "bias"), AtenValue::of(arguments.number("epsilon", 1e-5))});
}

Result<AtenValue> instanceNorm(const OnnxArguments& arguments)
{
    const auto sizes = arguments.sizes(0);
    return normalizedGroups(arguments, sizes.size() < 2 ? 0 : sizes[1], false);
}

/// Until opset 20, weights were per group.
Result<AtenValue> groupNorm(const OnnxArguments& arguments)
{
    return normalizedGroups(arguments, arguments.integer("num_groups", 0), arguments.opset < 21);
}

/// A, B, C: alpha A B + beta C
Result<AtenValue> gemm(const OnnxArguments& arguments)
{
    if (!arguments.isNode(0) || !arguments.isConstant(1) || arguments.integer("transA", 0) != 0
        || (arguments.has(2) && !arguments.isConstant(2)))
        return arguments.unsupported(CoreText::tr("multiplies by other than a matrix of weights"));
    auto weight = arguments.constant(1);
    if (!arguments.ok() || weight.dim() != 2)
        return arguments.unexpectedForm();
    if (arguments.integer("transB", 0) == 0)
        weight = weight.t();
    if (const double alpha = arguments.number("alpha", 1.0); alpha != 1.0)
        weight = weight * alpha;
    auto bias = none();
    if (arguments.has(2)) {
        auto shift = arguments.constant(2);
        if (const double beta = arguments.number("beta", 1.0); beta != 1.0)
            shift = shift * beta;
        if (!arguments.ok() || (shift.numel() != 1 && shift.numel() != weight.size(0)))
            return arguments.unexpectedForm();
        bias = arguments.weightOf(shift.reshape({-1}).expand({weight.size(0)}), 2, "bias");
    }
    return arguments.call("linear",
                          {arguments.value(0), arguments.weightOf(weight, 1, "weight"), bias});
}

/// Whether a pool that pads both ends alike, and rounds up or down, has the same windows. Values
/// beyond the image must not count.
std::optional<bool> ceilModeFor(const Window& window)
{
    for (const bool ceil : {false, true}) {
        bool fits = true;
        for (std::size_t i = 0; i < 2; ++i) {
            const auto room = window.input[i] + window.before[i] - window.reach(i);
            const auto outputs = (room + window.after[i]) / window.stride[i] + 1;
            const auto alike = room + window.before[i];
            auto found = alike / window.stride[i] + 1;
            if (ceil && alike % window.stride[i] != 0
                && found * window.stride[i] < window.input[i] + window.before[i])
                ++found;
            fits =
                fits && alike >= 0 && found == outputs && 2 * window.before[i] <= window.kernel[i];
        }
        if (fits)
            return ceil;
    }
    return std::nullopt;
}

Result<AtenValue> maxPool(const OnnxArguments& arguments)
{
    auto window = windowOf(arguments, {0, 0});
    if (!window)
        return arguments.unexpectedForm();
    auto in = arguments.value(0);
    bool ceil = arguments.integer("ceil_mode", 0) != 0;
    if (window->before != window->after || 2 * window->before[0] > window->kernel[0]
        || 2 * window->before[1] > window->kernel[1]) {
        const auto mode = ceil ? std::nullopt : ceilModeFor(*window);
        if (mode) {
            ceil = *mode;
        } else {
            const auto around =
                padded(arguments, *window, -std::numeric_limits<double>::infinity());
            if (!around)
                return around;
            in = *around;
        }
    }
    return arguments.call("max_pool2d",
                          {in, listOf2(window->kernel), listOf2(window->stride),
                           listOf2(window->before), listOf2(window->dilation),
                           AtenValue::of(ceil)});
}

Result<AtenValue> averagePool(const OnnxArguments& arguments)
{
    auto window = windowOf(arguments, {0, 0});
    if (!window || window->dilation != Size2{1, 1})
        return arguments.unexpectedForm();
    auto in = arguments.value(0);
    bool ceil = arguments.integer("ceil_mode", 0) != 0;
    const bool countsPad = arguments.integer("count_include_pad", 0) != 0;
    if (window->before != window->after) {
        const auto mode = ceil || countsPad ? std::nullopt : ceilModeFor(*window);
        if (!mode && !countsPad)
            return arguments.unsupported(
                CoreText::tr("pads unevenly without counting the padding"));
        if (mode) {
            ceil = *mode;
        } else {
            const auto around = padded(arguments, *window, 0.0);
            if (!around)
                return around;
            in = *around;
        }
    }
    return arguments.call("avg_pool2d",
                          {in, listOf2(window->kernel), listOf2(window->stride),
                           listOf2(window->before), AtenValue::of(ceil), AtenValue::of(countsPad)});
}

Result<AtenValue> globalAveragePool(const OnnxArguments& arguments)
{
    return arguments.call("adaptive_avg_pool2d", {arguments.value(0), listOf({1, 1})});
}

Result<AtenValue> globalMaxPool(const OnnxArguments& arguments)
{
    const auto sizes = arguments.sizes(0);
    if (sizes.size() != 4)
        return arguments.unexpectedForm();
    return arguments.call("max_pool2d", {arguments.value(0), listOf({sizes[2], sizes[3]})});
}

Result<AtenValue> dropout(const OnnxArguments& arguments)
{
    const auto ratio = arguments.has(1) ? arguments.scalar(1) : arguments.number("ratio", 0.5);
    return arguments.call("dropout",
                          {arguments.value(0), AtenValue::of(ratio), AtenValue::of(false)});
}

} // namespace

void addOnnxLayerHandlers(OnnxHandlers& handlers)
{
    handlers.insert({
        {"Conv", convolution},
        {"BatchNormalization", batchNorm},
        {"LayerNormalization", layerNorm},
        {"InstanceNormalization", instanceNorm},
        {"GroupNormalization", groupNorm},
        {"Gemm", gemm},
        {"MaxPool", maxPool},
        {"AveragePool", averagePool},
        {"GlobalAveragePool", globalAveragePool},
        {"GlobalMaxPool", globalMaxPool},
        {"Dropout", dropout},
    });
}

} // namespace espalier
