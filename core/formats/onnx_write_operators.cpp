#include <ATen/Functions.h>

#include "base/core_text.h"
#include "base/overloaded.h"
#include "formats/onnx_operators_p.h"

namespace espalier {

namespace {

using Name = Result<std::string>;

/// Below it PyTorch's own rounding would show, see softplus().
constexpr double smallestThreshold = 15.0;

std::vector<std::int64_t> pads(const Size2& padding)
{
    return {padding[0], padding[1], padding[0], padding[1]};
}

std::string weight(OnnxWriter& writer, const OnnxOperands& operands, const char* name,
                   const at::Tensor& tensor)
{
    return writer.parameter(operands.node.name + "." + name, tensor);
}

std::string convolution(OnnxWriter& writer, const Conv2d& conv, const OnnxOperands& operands)
{
    std::vector<std::string> inputs{operands.values[0],
                                    weight(writer, operands, "weight", operands.weights.weight)};
    if (conv.bias)
        inputs.push_back(weight(writer, operands, "bias", operands.weights.bias));
    return writer.call("Conv", inputs,
                       {{"kernel_shape", std::vector{conv.kernel[0], conv.kernel[1]}},
                        {"strides", std::vector{conv.stride[0], conv.stride[1]}},
                        {"pads", pads(conv.padding)},
                        {"dilations", std::vector{conv.dilation[0], conv.dilation[1]}},
                        {"group", conv.groups}});
}

std::string batchNorm(OnnxWriter& writer, const BatchNorm2d& norm, const OnnxOperands& operands)
{
    const auto& weights = operands.weights;
    const auto scale = norm.affine ? weights.weight : at::ones({norm.channels});
    const auto shift = norm.affine ? weights.bias : at::zeros({norm.channels});
    return writer.call("BatchNormalization",
                       {operands.values[0], weight(writer, operands, "weight", scale),
                        weight(writer, operands, "bias", shift),
                        weight(writer, operands, "running_mean", weights.runningMean),
                        weight(writer, operands, "running_var", weights.runningVariance)},
                       {{"epsilon", norm.epsilon}, {"momentum", 1.0 - norm.momentum}});
}

std::string layerNorm(OnnxWriter& writer, const LayerNorm& norm, const OnnxOperands& operands)
{
    std::vector<std::string> inputs{operands.values[0]};
    if (norm.affine) {
        inputs.push_back(weight(writer, operands, "weight", operands.weights.weight));
        inputs.push_back(weight(writer, operands, "bias", operands.weights.bias));
    } else {
        inputs.push_back(writer.constant(at::ones(norm.normalized)));
    }
    return writer.call(
        "LayerNormalization", inputs,
        {{"axis", -static_cast<std::int64_t>(norm.normalized.size())}, {"epsilon", norm.epsilon}});
}

/// Opset 17 normalises single channels only, so each group becomes one.
std::string groupNorm(OnnxWriter& writer, const GroupNorm& norm, const OnnxOperands& operands)
{
    const auto grouped =
        writer.call("Reshape", {operands.values[0], writer.constant({0, norm.groups, -1})});
    const auto normalized = writer.call("InstanceNormalization",
                                        {grouped, writer.constant(at::ones({norm.groups})),
                                         writer.constant(at::zeros({norm.groups}))},
                                        {{"epsilon", norm.epsilon}});
    auto sizes = operands.node.shape;
    sizes.insert(sizes.begin(), 0);
    const auto back = writer.call("Reshape", {normalized, writer.constant(sizes)});
    if (!norm.affine)
        return back;
    Shape perChannel(operands.node.shape.size(), 1); // in front of the positions
    perChannel.front() = norm.channels;
    const auto scaled = writer.call(
        "Mul",
        {back, weight(writer, operands, "weight", operands.weights.weight.reshape(perChannel))});
    return writer.call(
        "Add",
        {scaled, weight(writer, operands, "bias", operands.weights.bias.reshape(perChannel))});
}

std::string linear(OnnxWriter& writer, const Linear& linear, const OnnxOperands& operands)
{
    const auto matrix = weight(writer, operands, "weight", operands.weights.weight);
    const auto bias =
        linear.bias ? weight(writer, operands, "bias", operands.weights.bias) : std::string();
    const auto& in = operands.values[0];
    if (operands.node.shape.size() == 1) {
        std::vector<std::string> inputs{in, matrix};
        if (linear.bias)
            inputs.push_back(bias);
        return writer.call("Gemm", inputs, {{"transB", std::int64_t{1}}});
    }
    const auto transposed =
        writer.call("Transpose", {matrix}, {{"perm", std::vector<std::int64_t>{1, 0}}});
    const auto product = writer.call("MatMul", {in, transposed});
    return linear.bias ? writer.call("Add", {product, bias}) : product;
}

std::string affine(OnnxWriter& writer, const Affine& affine, std::string value)
{
    if (affine.scale != 1.0)
        value = writer.call("Mul", {value, writer.constant(affine.scale)});
    if (affine.shift != 0.0)
        value = writer.call("Add", {value, writer.constant(affine.shift)});
    return value;
}

std::string reduction(OnnxWriter& writer, const Reduce& reduce, const std::string& in)
{
    auto axes = reduce.dimensions;
    for (auto& axis : axes)
        ++axis;
    const OnnxAttribute keep{"keepdims", std::int64_t{reduce.keep ? 1 : 0}};
    switch (reduce.kind) {
    case ReduceKind::Mean:
        return writer.call("ReduceMean", {in}, {{"axes", axes}, keep});
    case ReduceKind::Sum:
        return writer.call("ReduceSum", {in, writer.constant(axes)}, {keep});
    case ReduceKind::L2Norm:
        return writer.call("ReduceL2", {in}, {{"axes", axes}, keep});
    }
    return in;
}

std::string padding(OnnxWriter& writer, const Pad& pad, const std::string& in)
{
    const std::vector<std::int64_t> amounts{0, pad.before[0], pad.before[1], pad.before[2],
                                            0, pad.after[0],  pad.after[1],  pad.after[2]};
    const auto sizes = writer.constant(amounts);
    return writer.call("Pad", {in, sizes, writer.constant(pad.value)});
}

std::string slicing(OnnxWriter& writer, const Slice& slice, const std::string& in)
{
    const auto start = writer.constant(std::vector{slice.start});
    const auto stop = writer.constant(std::vector{slice.stop});
    const auto axis = writer.constant(std::vector{slice.dimension + 1});
    return writer.call("Slice", {in, start, stop, axis, writer.constant(std::vector{slice.step})});
}

Name adaptivePool(OnnxWriter& writer, const AdaptiveAvgPool2d& pool, const OnnxOperands& operands)
{
    const auto& in = operands.shape(0);
    if (pool.output == Size2{1, 1})
        return writer.call("GlobalAveragePool", {operands.values[0]});
    if (in[1] % pool.output[0] != 0 || in[2] % pool.output[1] != 0)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("AdaptiveAvgPool2d '{1}' pools {2} to extents that do not divide "
                                 "it, which ONNX has no operator for; export as TorchScript (.pt).",
                                 operands.node.name, shapeText(in)));
    const std::vector<std::int64_t> window{in[1] / pool.output[0], in[2] / pool.output[1]};
    return writer.call("AveragePool", {operands.values[0]},
                       {{"kernel_shape", window}, {"strides", window}});
}

Name activated(OnnxWriter& writer, const Activation& activation, const OnnxOperands& operands)
{
    if (activation.kind == ActivationKind::Softplus && activation.b < smallestThreshold)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("Softplus '{1}' has a threshold of {2}, which ONNX cannot "
                                 "express; export as TorchScript (.pt).",
                                 operands.node.name, activation.b));
    return writeActivation(writer, activation, operands.values[0]);
}

} // namespace

Result<std::string> writeOperator(OnnxWriter& writer, const OnnxOperands& operands)
{
    const auto& in = operands.values;
    return std::visit(
        Overloaded{
            [&](const Input&) -> Name { return std::string("input"); },
            [&](const Parameter&) -> Name { return operands.node.name; },
            [&](const Conv2d& conv) -> Name { return convolution(writer, conv, operands); },
            [&](const BatchNorm2d& norm) -> Name { return batchNorm(writer, norm, operands); },
            [&](const LayerNorm& norm) -> Name { return layerNorm(writer, norm, operands); },
            [&](const GroupNorm& norm) -> Name { return groupNorm(writer, norm, operands); },
            [&](const Activation& activation) { return activated(writer, activation, operands); },
            [&](const Affine& numbers) -> Name { return affine(writer, numbers, in[0]); },
            [&](const Add&) -> Name { return writer.call("Add", in); },
            [&](const Multiply&) -> Name { return writer.call("Mul", in); },
            [&](const Divide&) -> Name { return writer.call("Div", in); },
            [&](const MatMul&) -> Name { return writer.call("MatMul", in); },
            [&](const Concat& concat) -> Name { return writeLayout(writer, concat, operands); },
            [&](const Rearrange& rearrange) -> Name {
                return writeLayout(writer, rearrange, operands);
            },
            [&](const Reduce& reduce) -> Name { return reduction(writer, reduce, in[0]); },
            [&](const Pad& pad) -> Name { return padding(writer, pad, in[0]); },
            [&](const Slice& slice) -> Name { return slicing(writer, slice, in[0]); },
            [&](const MaxPool2d& pool) -> Name { return writePool(writer, pool, operands); },
            [&](const AvgPool2d& pool) -> Name { return writePool(writer, pool, operands); },
            [&](const AdaptiveAvgPool2d& pool) { return adaptivePool(writer, pool, operands); },
            [&](const Flatten&) -> Name {
                return operands.shape(0).size() == 1
                    ? in[0]
                    : writer.call("Flatten", in, {{"axis", std::int64_t{1}}});
            },
            [&](const Linear& attributes) -> Name { return linear(writer, attributes, operands); },
            [&](const Dropout&) -> Name { return in[0]; },
            [&](const Softmax& softmax) -> Name {
                return writer.call(softmax.logarithm ? "LogSoftmax" : "Softmax", in,
                                   {{"axis", softmax.dimension + 1}});
            },
        },
        operands.node.operation);
}

} // namespace espalier
