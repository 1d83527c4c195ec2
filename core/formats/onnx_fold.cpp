#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "formats/onnx_arguments_p.h"
#include "formats/onnx_file_p.h"

namespace espalier {

namespace {

using Tensors = std::vector<at::Tensor>;
using Folded = Result<Tensors>;
using Folder = Folded (*)(const OnnxArguments&, std::int64_t& budget);

/// Takes what a constant of these extents costs out of the budget. A constant is the same for every
/// image, so the batch counts as one. An extent of 0 does too: reductions make 1 of it.
bool affords(std::int64_t& budget, std::vector<std::int64_t>& extents)
{
    double values = 1.0;
    for (auto& extent : extents) {
        if (extent < 0)
            return false;
        if (extent == batchMarker)
            extent = 1;
        values *= static_cast<double>(std::max<std::int64_t>(extent, 1));
    }
    if (values > static_cast<double>(budget))
        return false;
    budget -= static_cast<std::int64_t>(values);
    return true;
}

/// The same for a copy of `x`.
bool affords(std::int64_t& budget, const at::Tensor& x)
{
    auto extents = x.sizes().vec();
    return affords(budget, extents);
}

tl::unexpected<Error> tooLarge(const OnnxArguments& arguments)
{
    return arguments.unsupported(CoreText::tr("makes a constant that is too large"));
}

template <at::Tensor (*function)(const at::Tensor&)>
Folded unary(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!affords(budget, x))
        return tooLarge(arguments);
    return Tensors{function(x)};
}

Folded identity(const OnnxArguments& arguments, std::int64_t&)
{
    const auto x = arguments.constant(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return Tensors{x};
}

/// Extents of two constants broadcast against each other; empty where they do not fit.
std::vector<std::int64_t> broadcast(at::IntArrayRef a, at::IntArrayRef b)
{
    std::vector<std::int64_t> result(std::max(a.size(), b.size()), 1);
    for (const auto& each : {a, b}) {
        auto out = result.rbegin();
        for (auto in = each.rbegin(); in != each.rend(); ++in, ++out) {
            if (*out != *in && *out != 1 && *in != 1)
                return {};
            *out = *out == 1 ? *in : *out;
        }
    }
    return result;
}

using Binary = at::Tensor (*)(const at::Tensor&, const at::Tensor&);

/// A, B: a matrix; what is multiplied counts as made.
Folded matrixProduct(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto a = arguments.constant(0);
    const auto b = arguments.constant(1);
    if (!arguments.ok() || a.dim() < 2 || b.dim() != 2 || a.size(-1) != b.size(0))
        return arguments.unexpectedForm();
    auto extents = a.sizes().vec();
    extents.push_back(b.size(1));
    if (!affords(budget, extents))
        return tooLarge(arguments);
    return Tensors{at::matmul(a, b)};
}

template <Binary function> Folded binary(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto a = arguments.constant(0);
    const auto b = arguments.constant(1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    auto extents = broadcast(a.sizes(), b.sizes());
    if (extents.empty() && (a.dim() > 0 || b.dim() > 0))
        return arguments.unexpectedForm();
    if (!affords(budget, extents))
        return tooLarge(arguments);
    return Tensors{function(a, b)};
}

at::Tensor divide(const at::Tensor& a, const at::Tensor& b)
{
    if (!at::isIntegralType(a.scalar_type(), false))
        return at::div(a, b);
    if (at::eq(b, 0).any().item<bool>())
        return {};
    // The least number divided by -1 ends the process: there is no such positive number.
    const auto isNegation = at::eq(b, -1);
    return at::where(isNegation, at::neg(a), at::div(a, at::where(isNegation, 1, b), "trunc"));
}

at::Tensor modulo(const at::Tensor& a, const at::Tensor& b)
{
    if (at::eq(b, 0).any().item<bool>())
        return {};
    return at::remainder(a, at::where(at::eq(b, -1), 1, b)); // -1 leaves 0, as 1 does
}

at::Tensor add(const at::Tensor& a, const at::Tensor& b)
{
    return at::add(a, b);
}
at::Tensor subtract(const at::Tensor& a, const at::Tensor& b)
{
    return at::sub(a, b);
}
at::Tensor multiply(const at::Tensor& a, const at::Tensor& b)
{
    return at::mul(a, b);
}
at::Tensor power(const at::Tensor& a, const at::Tensor& b)
{
    return at::pow(a.to(at::kDouble), b).to(a.scalar_type()); // of the base's type
}
at::Tensor largest(const at::Tensor& a, const at::Tensor& b)
{
    return at::maximum(a, b);
}
at::Tensor smallest(const at::Tensor& a, const at::Tensor& b)
{
    return at::minimum(a, b);
}
at::Tensor equal(const at::Tensor& a, const at::Tensor& b)
{
    return at::eq(a, b);
}
at::Tensor less(const at::Tensor& a, const at::Tensor& b)
{
    return at::lt(a, b);
}
at::Tensor greater(const at::Tensor& a, const at::Tensor& b)
{
    return at::gt(a, b);
}
at::Tensor lessOrEqual(const at::Tensor& a, const at::Tensor& b)
{
    return at::le(a, b);
}
at::Tensor greaterOrEqual(const at::Tensor& a, const at::Tensor& b)
{
    return at::ge(a, b);
}
at::Tensor both(const at::Tensor& a, const at::Tensor& b)
{
    return at::logical_and(a, b);
}
at::Tensor either(const at::Tensor& a, const at::Tensor& b)
{
    return at::logical_or(a, b);
}

at::Tensor negated(const at::Tensor& x)
{
    return at::neg(x);
}
at::Tensor root(const at::Tensor& x)
{
    return at::sqrt(x);
}
at::Tensor reciprocal(const at::Tensor& x)
{
    return at::reciprocal(x);
}
at::Tensor exponential(const at::Tensor& x)
{
    return at::exp(x);
}
at::Tensor logarithm(const at::Tensor& x)
{
    return at::log(x);
}
at::Tensor floored(const at::Tensor& x)
{
    return at::floor(x);
}
at::Tensor ceiled(const at::Tensor& x)
{
    return at::ceil(x);
}
at::Tensor absolute(const at::Tensor& x)
{
    return at::abs(x);
}
at::Tensor sign(const at::Tensor& x)
{
    return at::sign(x);
}
at::Tensor inverted(const at::Tensor& x)
{
    return at::logical_not(x);
}
at::Tensor sigmoid(const at::Tensor& x)
{
    return at::sigmoid(x);
}
at::Tensor tanh(const at::Tensor& x)
{
    return at::tanh(x);
}
at::Tensor relu(const at::Tensor& x)
{
    return at::relu(x);
}

Folded shape(const OnnxArguments& arguments, std::int64_t&)
{
    auto sizes = arguments.sizes(0);
    const auto rank = static_cast<std::int64_t>(sizes.size());
    const auto bound = [&](const char* name, std::int64_t fallback) {
        const auto value = arguments.integer(name, fallback);
        return std::clamp<std::int64_t>(value < 0 ? value + rank : value, 0, rank);
    };
    const auto start = bound("start", 0);
    const auto end = std::max(start, bound("end", rank));
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return Tensors{at::tensor(std::vector<std::int64_t>(sizes.begin() + start, sizes.begin() + end),
                              at::kLong)};
}

Folded size(const OnnxArguments& arguments, std::int64_t&)
{
    const auto sizes = arguments.sizes(0);
    const auto count = std::ranges::find(sizes, 0) != sizes.end()
        ? 0
        : std::accumulate(sizes.begin(), sizes.end(), std::int64_t{1}, std::multiplies<>());
    return Tensors{at::scalar_tensor(count, at::kLong)};
}

Folded constant(const OnnxArguments& arguments, std::int64_t& budget)
{
    if (const auto* value = arguments.attribute("value_float"))
        return Tensors{at::scalar_tensor(value->f(), at::kFloat)};
    if (const auto* value = arguments.attribute("value_int"))
        return Tensors{at::scalar_tensor(value->i(), at::kLong)};
    if (arguments.attribute("value_ints"))
        return Tensors{at::tensor(arguments.integers("value_ints"), at::kLong)};
    if (const auto* value = arguments.attribute("value_floats"))
        return Tensors{at::tensor(
            std::vector<float>(value->floats().begin(), value->floats().end()), at::kFloat)};
    const auto* value = arguments.attribute("value");
    if (!value || !value->has_t())
        return arguments.unsupported(CoreText::tr("holds a constant that is no tensor"));
    if (value->t().data_location() == onnx::TensorProto::EXTERNAL)
        return arguments.unsupported(CoreText::tr("holds a constant in another file"));
    auto tensor = OnnxTensorReader({}).read(value->t());
    if (!tensor)
        return fail(tensor.error());
    budget += tensor->numel() * timesTheWeights;
    return Tensors{*std::move(tensor)};
}

Folded constantOfShape(const OnnxArguments& arguments, std::int64_t& budget)
{
    auto extents = arguments.numbers(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!affords(budget, extents))
        return tooLarge(arguments);
    const auto* value = arguments.attribute("value");
    if (!value)
        return Tensors{at::zeros(extents)};
    if (value->t().data_location() == onnx::TensorProto::EXTERNAL)
        return arguments.unexpectedForm();
    const auto number = OnnxTensorReader({}).read(value->t());
    if (!number || number->numel() != 1)
        return arguments.unexpectedForm();
    return Tensors{number->reshape({}).expand(extents).contiguous()};
}

Folded range(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto start = arguments.scalar(0);
    const auto limit = arguments.scalar(1);
    const auto step = arguments.scalar(2);
    if (!arguments.ok() || step == 0.0)
        return arguments.unexpectedForm();
    const auto count = std::ceil((limit - start) / step);
    if (!(count < static_cast<double>(budget)))
        return tooLarge(arguments);
    budget -= static_cast<std::int64_t>(std::max(0.0, count));
    const auto type = arguments.constant(0).scalar_type();
    if (count <= 0.0)
        return Tensors{at::empty({0}, type)};
    return Tensors{at::arange(start, limit, step, at::TensorOptions().dtype(at::kDouble)).to(type)};
}

Folded cast(const OnnxArguments& arguments, std::int64_t& budget)
{
    using Type = onnx::TensorProto;
    const auto x = arguments.constant(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!affords(budget, x))
        return tooLarge(arguments);
    switch (arguments.integer("to", 0)) {
    case Type::FLOAT:
    case Type::DOUBLE:
    case Type::FLOAT16:
    case Type::BFLOAT16:
        return Tensors{x.to(at::kFloat)};
    case Type::INT64:
    case Type::INT32:
        return Tensors{x.to(at::kLong)};
    case Type::BOOL:
        return Tensors{x.to(at::kBool)};
    default:
        return arguments.unsupported(CoreText::tr("casts to a type that is not supported"));
    }
}

Folded expand(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    auto wanted = arguments.numbers(1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    std::ranges::replace(wanted, batchMarker, std::int64_t{1});
    auto extents = broadcast(x.sizes(), wanted);
    if (extents.empty() && (x.dim() > 0 || !wanted.empty()))
        return arguments.unexpectedForm();
    if (!affords(budget, extents))
        return tooLarge(arguments);
    return Tensors{x.expand(extents).contiguous()};
}

Folded where(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto condition = arguments.constant(0);
    const auto a = arguments.constant(1);
    const auto b = arguments.constant(2);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    auto extents = broadcast(broadcast(a.sizes(), b.sizes()), condition.sizes());
    if (!affords(budget, extents))
        return tooLarge(arguments);
    return Tensors{at::where(condition.to(at::kBool), a, b)};
}

Folded reshape(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    auto sizes = arguments.numbers(1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!x.is_contiguous() && !affords(budget, x))
        return tooLarge(arguments);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] == 0 && arguments.integer("allowzero", 0) == 0) {
            if (static_cast<std::int64_t>(i) >= x.dim())
                return arguments.unexpectedForm();
            sizes[i] = x.size(static_cast<std::int64_t>(i));
        }
        if (sizes[i] == batchMarker)
            sizes[i] = 1;
    }
    return Tensors{x.reshape(sizes)};
}

Folded transpose(const OnnxArguments& arguments, std::int64_t&)
{
    const auto x = arguments.constant(0);
    auto order = arguments.integers("perm");
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (order.empty()) {
        order.resize(static_cast<std::size_t>(x.dim()));
        std::iota(order.rbegin(), order.rend(), 0);
    }
    return Tensors{x.permute(order)};
}

Folded unsqueeze(const OnnxArguments& arguments, std::int64_t&)
{
    auto x = arguments.constant(0);
    auto axes = arguments.listed("axes", 1);
    if (!arguments.ok() || axes.size() > 16)
        return arguments.unexpectedForm();
    const auto rank = static_cast<std::size_t>(x.dim()) + axes.size();
    for (auto& axis : axes)
        axis = arguments.dimension(axis, rank);
    std::ranges::sort(axes);
    for (const auto axis : axes)
        x = x.unsqueeze(axis);
    return Tensors{x};
}

Folded squeeze(const OnnxArguments& arguments, std::int64_t&)
{
    auto x = arguments.constant(0);
    auto axes = arguments.listed("axes", 1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (axes.empty())
        return Tensors{x.squeeze()};
    for (auto& axis : axes)
        axis = arguments.dimension(axis, static_cast<std::size_t>(x.dim()));
    std::ranges::sort(axes, std::greater<>());
    for (const auto axis : axes)
        x = x.squeeze(axis);
    return Tensors{x};
}

Folded flatten(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    if (!arguments.ok() || x.numel() == 0)
        return arguments.unexpectedForm();
    if (!x.is_contiguous() && !affords(budget, x))
        return tooLarge(arguments);
    const auto axis = arguments.integer("axis", 1);
    std::int64_t rows = 1;
    for (std::int64_t i = 0; i < (axis < 0 ? axis + x.dim() : axis) && i < x.dim(); ++i)
        rows *= x.size(i);
    return Tensors{x.reshape({rows, -1})};
}

Folded gather(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    const auto indices = arguments.constant(1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    const auto axis =
        arguments.dimension(arguments.integer("axis", 0), static_cast<std::size_t>(x.dim()));
    if (!arguments.ok() || indices.scalar_type() != at::kLong || x.size(axis) == 0)
        return arguments.unexpectedForm();
    auto extents = x.sizes().vec();
    const auto position = extents.erase(extents.begin() + axis);
    extents.insert(position, indices.sizes().begin(), indices.sizes().end());
    if (!affords(budget, extents))
        return tooLarge(arguments);
    const auto flat = indices.reshape({-1});
    const auto positive = at::where(at::lt(flat, 0), flat + x.size(axis), flat);
    return Tensors{at::index_select(x, axis, positive).reshape(extents)};
}

Folded slice(const OnnxArguments& arguments, std::int64_t& budget)
{
    auto x = arguments.constant(0);
    const auto starts = arguments.listed("starts", 1);
    const auto ends = arguments.listed("ends", 2);
    auto axes = arguments.listed("axes", 3);
    auto steps = arguments.has(4) ? arguments.numbers(4) : std::vector<std::int64_t>();
    if (axes.empty()) {
        axes.resize(starts.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    steps.resize(starts.size(), 1);
    if (!arguments.ok() || ends.size() != starts.size() || axes.size() != starts.size())
        return arguments.unexpectedForm();
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const auto axis = arguments.dimension(axes[i], static_cast<std::size_t>(x.dim()));
        if (!arguments.ok())
            return arguments.unexpectedForm();
        if (steps[i] > 0) {
            const auto extent = x.size(axis); // far numbers stand for the ends
            x = at::slice(x, axis, std::clamp(starts[i], -extent, extent),
                          std::clamp(ends[i], -extent, extent), steps[i]);
        } else if (steps[i] == -1) { // backwards: all of it, as padding computed by shapes does
            if (!affords(budget, x))
                return tooLarge(arguments);
            x = at::flip(x, {axis});
            if (starts[i] != -1 && starts[i] < x.size(axis) - 1)
                return arguments.unsupported(CoreText::tr("slices backwards"));
            if (ends[i] > -x.size(axis) - 1)
                return arguments.unsupported(CoreText::tr("slices backwards"));
        } else {
            return arguments.unsupported(CoreText::tr("slices backwards"));
        }
    }
    return Tensors{x};
}

Folded concatenate(const OnnxArguments& arguments, std::int64_t& budget)
{
    Tensors parts;
    std::int64_t values = 0;
    for (std::size_t i = 0; i < arguments.inputs.size(); ++i) {
        parts.push_back(arguments.constant(i));
        if (!arguments.ok())
            return arguments.unexpectedForm();
        values += parts.back().numel();
    }
    if (parts.empty())
        return arguments.unexpectedForm();
    if (values > budget)
        return tooLarge(arguments);
    budget -= values;
    return Tensors{at::cat(parts, arguments.integer("axis", 0))};
}

Folded split(const OnnxArguments& arguments, std::int64_t&)
{
    const auto x = arguments.constant(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    const auto axis =
        arguments.dimension(arguments.integer("axis", 0), static_cast<std::size_t>(x.dim()));
    auto lengths = arguments.listed("split", 1);
    const auto parts = std::max(1, arguments.node.output_size());
    if (lengths.empty()) {
        const auto length = (x.size(axis) + parts - 1) / parts;
        for (std::int64_t start = 0; start < x.size(axis); start += length)
            lengths.push_back(std::min(length, x.size(axis) - start));
    }
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return at::split_with_sizes(x, lengths, axis);
}

/// A copy of the first input in which the places that the second names have the values of the
/// third.
Folded scatter(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto data = arguments.constant(0);
    const auto indices = arguments.constant(1);
    const auto updates = arguments.constant(2);
    if (!arguments.ok() || indices.scalar_type() != at::kLong || indices.dim() < 1
        || data.numel() == 0)
        return arguments.unexpectedForm();
    const auto depth = indices.size(-1);
    if (depth < 1 || depth > data.dim() || arguments.text("reduction", "none") != "none")
        return arguments.unexpectedForm();
    auto extents = data.sizes().vec();
    if (!affords(budget, extents))
        return tooLarge(arguments);
    auto position = at::zeros({indices.numel() / depth}, at::kLong);
    std::int64_t rows = 1;
    for (std::int64_t i = 0; i < depth; ++i) {
        const auto index = indices.select(-1, i).reshape({-1});
        position =
            position * data.size(i) + at::where(at::lt(index, 0), index + data.size(i), index);
        rows *= data.size(i);
    }
    auto result = data.reshape({rows, -1}).clone();
    result.index_copy_(0, position, updates.to(data.scalar_type()).reshape({position.numel(), -1}));
    return Tensors{result.reshape(data.sizes())};
}

Folded tile(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    const auto repeats = arguments.numbers(1);
    if (!arguments.ok() || static_cast<std::int64_t>(repeats.size()) != x.dim())
        return arguments.unexpectedForm();
    auto extents = x.sizes().vec();
    constexpr std::int64_t most = 1 << 20;
    for (std::size_t i = 0; i < extents.size(); ++i) {
        if (repeats[i] < 0 || repeats[i] > most)
            return tooLarge(arguments);
        extents[i] *= repeats[i];
    }
    if (!affords(budget, extents))
        return tooLarge(arguments);
    return Tensors{x.repeat(repeats)};
}

template <at::Tensor (*function)(const at::Tensor&, at::IntArrayRef, bool)>
Folded reduced(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto x = arguments.constant(0);
    auto axes = arguments.listed("axes", 1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!affords(budget, x))
        return tooLarge(arguments);
    if (axes.empty()) {
        axes.resize(static_cast<std::size_t>(x.dim()));
        std::iota(axes.begin(), axes.end(), 0);
    }
    return Tensors{function(x, axes, arguments.integer("keepdims", 1) != 0)};
}

at::Tensor productOver(const at::Tensor& x, at::IntArrayRef axes, bool keep)
{
    auto result = x;
    auto sorted = axes.vec();
    for (auto& axis : sorted)
        axis += axis < 0 ? x.dim() : 0;
    std::ranges::sort(sorted, std::greater<>());
    for (const auto axis : sorted)
        result = result.prod(axis, keep);
    return result;
}

at::Tensor sumOver(const at::Tensor& x, at::IntArrayRef axes, bool keep)
{
    return axes.empty() ? x : x.sum(axes, keep);
}

at::Tensor meanOver(const at::Tensor& x, at::IntArrayRef axes, bool keep)
{
    return axes.empty() ? x : x.mean(axes, keep);
}

const std::map<std::string, Folder>& folders()
{
    static const std::map<std::string, Folder> table{
        {"Identity", identity},
        {"Neg", unary<negated>},
        {"Sqrt", unary<root>},
        {"Reciprocal", unary<reciprocal>},
        {"Exp", unary<exponential>},
        {"Log", unary<logarithm>},
        {"Floor", unary<floored>},
        {"Ceil", unary<ceiled>},
        {"Abs", unary<absolute>},
        {"Sign", unary<sign>},
        {"Not", unary<inverted>},
        {"Sigmoid", unary<sigmoid>},
        {"Tanh", unary<tanh>},
        {"Relu", unary<relu>},
        {"Add", binary<add>},
        {"Sub", binary<subtract>},
        {"Mul", binary<multiply>},
        {"Div", binary<divide>},
        {"Mod", binary<modulo>},
        {"Pow", binary<power>},
        {"MatMul", matrixProduct},
        {"Max", binary<largest>},
        {"Min", binary<smallest>},
        {"Equal", binary<equal>},
        {"Less", binary<less>},
        {"Greater", binary<greater>},
        {"LessOrEqual", binary<lessOrEqual>},
        {"GreaterOrEqual", binary<greaterOrEqual>},
        {"And", binary<both>},
        {"Or", binary<either>},
        {"Shape", shape},
        {"Size", size},
        {"Constant", constant},
        {"ConstantOfShape", constantOfShape},
        {"Range", range},
        {"Cast", cast},
        {"Expand", expand},
        {"Where", where},
        {"Reshape", reshape},
        {"Transpose", transpose},
        {"Unsqueeze", unsqueeze},
        {"Squeeze", squeeze},
        {"Flatten", flatten},
        {"Gather", gather},
        {"Slice", slice},
        {"Concat", concatenate},
        {"ScatterND", scatter},
        {"Tile", tile},
        {"Split", split},
        {"ReduceProd", reduced<productOver>},
        {"ReduceSum", reduced<sumOver>},
        {"ReduceMean", reduced<meanOver>},
    };
    return table;
}

} // namespace

bool isFoldable(const std::string& op)
{
    return folders().contains(op);
}

Folded foldOnnx(const OnnxArguments& arguments, std::int64_t& budget)
{
    const auto folder = folders().find(arguments.node.op_type());
    if (folder == folders().end())
        return arguments.unsupported(CoreText::tr("is not supported on constants"));
    try {
        auto tensors = folder->second(arguments, budget);
        if (tensors
            && std::ranges::any_of(*tensors, [](const auto& each) { return !each.defined(); }))
            return arguments.unsupported(CoreText::tr("divides by zero"));
        return tensors;
    } catch (const c10::Error&) {
        return arguments.unsupported(CoreText::tr("does not fit its constants"));
    }
}

} // namespace espalier
