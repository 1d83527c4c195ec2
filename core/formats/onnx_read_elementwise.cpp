#include <algorithm>
#include <cmath>
#include <limits>

#include <ATen/core/Tensor.h>

#include "base/core_text.h"
#include "formats/onnx_arguments_p.h"

namespace espalier {

namespace {

Result<AtenValue> identity(const OnnxArguments& arguments)
{
    return arguments.value(0);
}

template <const char* name> Result<AtenValue> plain(const OnnxArguments& arguments)
{
    return arguments.call(name, {arguments.value(0)});
}

constexpr char reluName[] = "relu";
constexpr char sigmoidName[] = "sigmoid";
constexpr char tanhName[] = "tanh";
constexpr char expName[] = "exp";
constexpr char hardSwishName[] = "hardswish";
constexpr char mishName[] = "mish";
constexpr char softplusName[] = "softplus";
constexpr char negName[] = "neg";

/// A single number without a name of its own acts as one, whatever its rank.
AtenValue operand(const OnnxArguments& arguments, std::size_t i)
{
    const auto& value = arguments.value(i);
    if (!value.isConstant() || !value.constant().isTensor())
        return value;
    const auto tensor = value.constant().toTensor();
    if (tensor.numel() != 1 || (tensor.dim() > 0 && !value.path().empty()))
        return value;
    return AtenValue::of(tensor.to(at::kDouble).item<double>());
}

template <const char* name> Result<AtenValue> arithmetic(const OnnxArguments& arguments)
{
    return arguments.call(name, {operand(arguments, 0), operand(arguments, 1)});
}

constexpr char addName[] = "add";
constexpr char subName[] = "sub";
constexpr char mulName[] = "mul";
constexpr char divName[] = "div";
constexpr char powName[] = "pow";

Result<AtenValue> sum(const OnnxArguments& arguments)
{
    auto total = arguments.value(0);
    for (std::size_t i = 1; i < arguments.inputs.size(); ++i) {
        auto next = arguments.call("add", {total, operand(arguments, i)});
        if (!next)
            return next;
        total = *std::move(next);
    }
    return total;
}

Result<AtenValue> gelu(const OnnxArguments& arguments)
{
    return arguments.call(
        "gelu", {arguments.value(0), AtenValue::of(arguments.text("approximate", "none"))});
}

Result<AtenValue> leakyRelu(const OnnxArguments& arguments)
{
    return arguments.call("leaky_relu",
                          {arguments.value(0), AtenValue::of(arguments.number("alpha", 0.01))});
}

Result<AtenValue> elu(const OnnxArguments& arguments)
{
    return arguments.call("elu",
                          {arguments.value(0), AtenValue::of(arguments.number("alpha", 1.0))});
}

Result<AtenValue> clip(const OnnxArguments& arguments)
{
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    constexpr double widest = std::numeric_limits<float>::max(); // stands for no bound
    const auto bound = [&](const char* name, std::size_t i, double fallback) {
        const auto value =
            arguments.has(i) ? arguments.scalar(i) : arguments.number(name, fallback);
        return std::abs(value) >= widest ? fallback : value;
    };
    const auto low = bound("min", 1, -unbounded);
    const auto high = bound("max", 2, unbounded);
    return arguments.call("clamp", {arguments.value(0), AtenValue::of(low), AtenValue::of(high)});
}

Result<AtenValue> hardSigmoid(const OnnxArguments& arguments)
{
    const auto alpha = arguments.number("alpha", 0.2);
    const auto beta = arguments.number("beta", 0.5);
    if (std::abs(alpha - 1.0 / 6.0) < 1e-4 && beta == 0.5)
        return arguments.call("hardsigmoid", {arguments.value(0)});
    const auto scaled = arguments.call("mul", {arguments.value(0), AtenValue::of(alpha)});
    if (!scaled)
        return scaled;
    const auto shifted = arguments.call("add", {*scaled, AtenValue::of(beta)});
    if (!shifted)
        return shifted;
    return arguments.call("clamp", {*shifted, AtenValue::of(0.0), AtenValue::of(1.0)});
}

Result<AtenValue> cast(const OnnxArguments& arguments)
{
    using Type = onnx::TensorProto;
    const auto to = arguments.integer("to", 0);
    if (to != Type::FLOAT && to != Type::DOUBLE && to != Type::FLOAT16 && to != Type::BFLOAT16)
        return arguments.unsupported(
            CoreText::tr("casts the network's values to other than floating point"));
    return arguments.value(0);
}

/// Until opset 12 the dimensions from the axis on were taken together.
Result<AtenValue> softmaxOf(const OnnxArguments& arguments, const char* name)
{
    const auto sizes = arguments.sizes(0);
    const bool joins = arguments.opset < 13;
    const auto axis = arguments.dimension(arguments.integer("axis", joins ? 1 : -1), sizes.size());
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (joins
        && std::any_of(sizes.begin() + axis + 1, sizes.end(), [](auto size) { return size != 1; }))
        return arguments.unsupported(CoreText::tr("is taken over several dimensions at once"));
    return arguments.call(name, {arguments.value(0), AtenValue::of(axis), AtenValue::of({})});
}

Result<AtenValue> softmax(const OnnxArguments& arguments)
{
    return softmaxOf(arguments, "softmax");
}

Result<AtenValue> logSoftmax(const OnnxArguments& arguments)
{
    return softmaxOf(arguments, "log_softmax");
}

std::vector<std::int64_t> reducedAxes(const OnnxArguments& arguments)
{
    auto axes = arguments.listed("axes", 1);
    const auto rank = arguments.sizes(0).size();
    if (axes.empty()) {
        for (std::size_t i = 0; i < rank; ++i)
            axes.push_back(static_cast<std::int64_t>(i));
    }
    return axes;
}

Result<AtenValue> reduced(const OnnxArguments& arguments, const char* name)
{
    if (arguments.integer("noop_with_empty_axes", 0) != 0 && !arguments.has(1))
        return arguments.value(0);
    return arguments.call(name,
                          {arguments.value(0), listOf(reducedAxes(arguments)),
                           AtenValue::of(arguments.integer("keepdims", 1) != 0)});
}

Result<AtenValue> reduceMean(const OnnxArguments& arguments)
{
    return reduced(arguments, "mean");
}

Result<AtenValue> reduceSum(const OnnxArguments& arguments)
{
    return reduced(arguments, "sum");
}

Result<AtenValue> reduceL2(const OnnxArguments& arguments)
{
    return arguments.call("norm",
                          {arguments.value(0), AtenValue::of(2.0), listOf(reducedAxes(arguments)),
                           AtenValue::of(arguments.integer("keepdims", 1) != 0)});
}

/// A, B
Result<AtenValue> matMul(const OnnxArguments& arguments)
{
    const bool isLinear =
        arguments.isNode(0) && arguments.isConstant(1) && arguments.constant(1).dim() == 2;
    if (!isLinear)
        return arguments.call("matmul", {arguments.value(0), arguments.value(1)});
    return arguments.call("linear",
                          {arguments.value(0),
                           arguments.weightOf(arguments.constant(1).t(), 1, "weight"),
                           AtenValue::of({})});
}

Result<AtenValue> einsum(const OnnxArguments& arguments)
{
    return arguments.call(
        "einsum",
        {AtenValue::of(arguments.text("equation", "")), AtenValue{AtenList(arguments.inputs)}});
}

} // namespace

void addOnnxElementWiseHandlers(OnnxHandlers& handlers)
{
    handlers.insert({
        {"Identity", identity},
        {"Relu", plain<reluName>},
        {"Sigmoid", plain<sigmoidName>},
        {"Tanh", plain<tanhName>},
        {"Exp", plain<expName>},
        {"HardSwish", plain<hardSwishName>},
        {"Mish", plain<mishName>},
        {"Softplus", plain<softplusName>},
        {"Neg", plain<negName>},
        {"Gelu", gelu},
        {"LeakyRelu", leakyRelu},
        {"Elu", elu},
        {"Clip", clip},
        {"HardSigmoid", hardSigmoid},
        {"Cast", cast},
        {"Add", arithmetic<addName>},
        {"Sub", arithmetic<subName>},
        {"Mul", arithmetic<mulName>},
        {"Div", arithmetic<divName>},
        {"Pow", arithmetic<powName>},
        {"Sum", sum},
        {"Softmax", softmax},
        {"LogSoftmax", logSoftmax},
        {"ReduceMean", reduceMean},
        {"ReduceSum", reduceSum},
        {"ReduceL2", reduceL2},
        {"MatMul", matMul},
        {"Einsum", einsum},
    });
}

} // namespace espalier
