#include <algorithm>
#include <string_view>

#include <ATen/core/Tensor.h>

#include "formats/onnx_arguments_p.h"

namespace espalier {

namespace {

Result<AtenValue> activation(const OnnxArguments& arguments, std::string_view name)
{
    if (name == "gelu_tanh")
        return arguments.call("gelu", {arguments.value(0), AtenValue::of(std::string("tanh"))});
    return arguments.call(std::string(name).c_str(), {arguments.value(0)});
}

/// The axes go last, are normalised over, and go back.
Result<AtenValue> layerNorm(const OnnxArguments& arguments, const OnnxFusion& fusion)
{
    const auto sizes = arguments.sizes(0);
    auto axes = fusion.axes;
    for (auto& axis : axes)
        axis = arguments.dimension(axis, sizes.size());
    std::ranges::sort(axes);
    if (!arguments.ok() || std::ranges::adjacent_find(axes) != axes.end())
        return arguments.unexpectedForm();
    std::vector<std::int64_t> order;
    std::vector<std::int64_t> normalized;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (!std::ranges::binary_search(axes, static_cast<std::int64_t>(i)))
            order.push_back(static_cast<std::int64_t>(i));
    }
    for (const auto axis : axes) {
        order.push_back(axis);
        normalized.push_back(sizes[static_cast<std::size_t>(axis)]);
    }
    std::vector<std::int64_t> back(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
    std::int64_t count = 1;
    for (const auto extent : normalized)
        count *= extent;
    constexpr std::int64_t largest = 1 << 24;
    if (count > largest)
        return arguments.unexpectedForm();
    const auto weight = [&](std::size_t i, const char* role) -> AtenValue {
        if (!arguments.has(i))
            return AtenValue::of({});
        const auto tensor = arguments.constant(i);
        return arguments.weightOf(tensor.numel() == 1
                                      ? tensor.reshape({-1}).expand({count}).reshape(normalized)
                                      : tensor.numel() == count ? tensor.reshape(normalized)
                                                                : tensor,
                                  i, role);
    };
    const auto last = arguments.call("permute", {arguments.value(0), listOf(order)});
    if (!last)
        return last;
    const auto done = arguments.call("layer_norm",
                                     {*last, listOf(normalized), weight(1, "weight"),
                                      weight(2, "bias"), AtenValue::of(fusion.epsilon)});
    if (!done)
        return done;
    return arguments.call("permute", {*done, listOf(back)});
}

Result<AtenValue> groupNorm(const OnnxArguments& arguments, const OnnxFusion& fusion)
{
    const auto weight = [&](std::size_t i, const char* role) {
        return arguments.has(i) ? arguments.weightOf(arguments.constant(i).reshape({-1}), i, role)
                                : AtenValue::of({});
    };
    return arguments.call("group_norm",
                          {arguments.value(0), AtenValue::of(fusion.groups), weight(1, "weight"),
                           weight(2, "bias"), AtenValue::of(fusion.epsilon)});
}

/// Exporters transpose the weight and forget its name, not that of the bias.
Result<AtenValue> linear(const OnnxArguments& arguments)
{
    auto weight = arguments.weightOf(arguments.constant(1).t(), 1, "weight");
    const auto bias = arguments.weightOf(arguments.constant(2).reshape({-1}), 2, "bias");
    const std::string_view role = ".bias";
    if (arguments.value(1).path().empty() && bias.path().ends_with(role))
        std::get<AtenConstant>(weight.value).path =
            bias.path().substr(0, bias.path().size() - role.size()) + ".weight";
    return arguments.call("linear", {arguments.value(0), weight, bias});
}

} // namespace

Result<AtenValue> callFusion(const OnnxArguments& arguments, const OnnxFusion& fusion)
{
    switch (fusion.kind) {
    case OnnxFusion::Kind::Activation:
        return activation(arguments, fusion.activation);
    case OnnxFusion::Kind::LayerNorm:
        return layerNorm(arguments, fusion);
    case OnnxFusion::Kind::GroupNorm:
        return groupNorm(arguments, fusion);
    case OnnxFusion::Kind::Linear:
        return linear(arguments);
    }
    return arguments.unexpectedForm();
}

} // namespace espalier
