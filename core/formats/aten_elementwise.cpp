#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "formats/aten_handlers_p.h"

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

Result<AtenValue> identity(const AtenArguments& arguments)
{
    return arguments.call.arguments.empty() ? arguments.unexpectedForm()
                                            : Result<AtenValue>(arguments.call.arguments[0]);
}

/// input, then where the type is depends on the overload: the first number or tensor says it.
Result<AtenValue> converted(const AtenArguments& arguments)
{
    auto type = at::kFloat;
    for (std::size_t i = std::min<std::size_t>(arguments.count(), 3); i-- > 1;) {
        if (arguments.isTensor(i))
            type = arguments.weight(i).scalar_type();
        const auto* given =
            arguments.isNode(i) || !arguments.has(i) ? nullptr : arguments.constant(i);
        if (given && given->isInt())
            type = static_cast<at::ScalarType>(given->toInt());
    }
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (!at::isFloatingType(type))
        return arguments.unsupported(CoreText::tr("rounds to whole numbers"));
    if (type != at::kFloat)
        arguments.mapper.notice(
            CoreText::tr("The model computes some values in another precision; Espalier "
                         "computes all in 32-bit floating point."));
    return identity(arguments);
}

template <ActivationKind kind> Result<AtenValue> activation(const AtenArguments& arguments)
{
    return arguments.addElementWise(Activation{.kind = kind}, arguments.tensor(0));
}

Result<AtenValue> clampTo(const AtenArguments& arguments, double low, double high)
{
    if (low == 0.0 && high == unbounded)
        return activation<ActivationKind::Relu>(arguments);
    return arguments.addElementWise(Activation{.kind = ActivationKind::Clamp, .a = low, .b = high},
                                    arguments.tensor(0));
}

/// input, min, max
Result<AtenValue> clamp(const AtenArguments& arguments)
{
    return clampTo(arguments, arguments.number(1, -unbounded), arguments.number(2, unbounded));
}

/// input, max
Result<AtenValue> clampMax(const AtenArguments& arguments)
{
    return clampTo(arguments, -unbounded, arguments.number(1));
}

/// input, min_val = -1, max_val = 1
Result<AtenValue> hardtanh(const AtenArguments& arguments)
{
    return clampTo(arguments, arguments.number(1, -1.0), arguments.number(2, 1.0));
}

Result<AtenValue> relu6(const AtenArguments& arguments)
{
    return clampTo(arguments, 0.0, 6.0);
}

Result<AtenValue> leakyRelu(const AtenArguments& arguments)
{
    return arguments.addElementWise(
        Activation{.kind = ActivationKind::LeakyRelu, .a = arguments.number(1, 0.01)},
        arguments.tensor(0));
}

/// input, alpha, scale, input_scale
Result<AtenValue> elu(const AtenArguments& arguments)
{
    if (arguments.number(2, 1.0) != 1.0 || arguments.number(3, 1.0) != 1.0)
        return arguments.unexpectedForm();
    return arguments.addElementWise(
        Activation{.kind = ActivationKind::Elu, .a = arguments.number(1, 1.0)},
        arguments.tensor(0));
}

/// input, beta, threshold
Result<AtenValue> softplus(const AtenArguments& arguments)
{
    return arguments.addElementWise(Activation{.kind = ActivationKind::Softplus,
                                               .a = arguments.number(1, 1.0),
                                               .b = arguments.number(2, 20.0)},
                                    arguments.tensor(0));
}

/// input, approximate
Result<AtenValue> gelu(const AtenArguments& arguments)
{
    const bool byTanh = arguments.text(1, "none") == "tanh";
    return arguments.addElementWise(
        Activation{.kind = byTanh ? ActivationKind::GeluTanh : ActivationKind::Gelu},
        arguments.tensor(0));
}

bool isScalar(const AtenArguments& arguments, std::size_t i)
{
    if (i >= arguments.count() || !arguments.call.arguments[i].isConstant())
        return false;
    const auto& value = arguments.call.arguments[i].constant();
    return value.isDouble() || value.isInt()
        || (value.isTensor() && value.toTensor().dim() == 0 && arguments.path(i).empty());
}

Result<AtenValue> affine(const AtenArguments& arguments, const AtenTensor& tensor, double scale,
                         double shift)
{
    if (scale == 1.0 && shift == 0.0)
        return AtenValue{tensor};
    return arguments.addElementWise(Affine{scale, shift}, tensor);
}

/// Both views say the same of equally shaped nodes: their values can be combined as they lie.
bool lieAlike(const AtenMapper& mapper, const AtenTensor& a, const AtenTensor& b)
{
    return a.view == b.view && mapper.shape(a.node) == mapper.shape(b.node);
}

AtenTensor withRank(AtenTensor tensor, std::size_t rank)
{
    while (tensor.view.rank() < rank)
        tensor.view = tensor.view.unsqueezed(0);
    return tensor;
}

/// Two tensors, or a tensor and a constant one, in that order.
Result<AtenValue> combine(const AtenArguments& arguments, const Operation& operation,
                          const AtenValue& first, const AtenValue& second)
{
    auto& mapper = arguments.mapper;
    if (!arguments.ok() || (!first.isNode() && !second.isNode()))
        return arguments.unexpectedForm();
    std::vector<NodeId> inputs;
    AtenTensor like;
    if (first.isNode() && second.isNode() && lieAlike(mapper, first.tensor(), second.tensor())) {
        like = first.tensor();
        inputs = {like.node, second.tensor().node};
        const auto id = mapper.addNode(arguments.call, operation, std::move(inputs));
        if (!id)
            return fail(id.error());
        return AtenValue{AtenTensor{*id, like.view}};
    }
    if (first.isNode() && second.isNode()) {
        const auto rank = std::max(first.tensor().view.rank(), second.tensor().view.rank());
        const auto a = mapper.ordered(arguments.call, withRank(first.tensor(), rank));
        const auto b = mapper.ordered(arguments.call, withRank(second.tensor(), rank));
        if (!a || !b)
            return fail(a ? b.error() : a.error());
        if (a->view.canonical().dimensionOf != b->view.canonical().dimensionOf)
            return arguments.unsupported(
                CoreText::tr("combines tensors with the batch in different places"));
        like = *a;
        inputs = {a->node, b->node};
    } else {
        const auto& constant = first.isNode() ? second : first;
        const auto& tensor = first.isNode() ? first.tensor() : second.tensor();
        if (!constant.isConstant() || !constant.constant().isTensor())
            return arguments.unexpectedForm();
        const auto own = mapper.ordered(arguments.call, tensor);
        if (!own)
            return fail(own.error());
        const auto parameter = arguments.addParameter(std::get<AtenConstant>(constant.value), *own);
        if (!parameter)
            return fail(parameter.error());
        like = *own;
        inputs = first.isNode() ? std::vector{own->node, *parameter}
                                : std::vector{*parameter, own->node};
    }
    const auto id = mapper.addNode(arguments.call, operation, std::move(inputs));
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, like.view.over(mapper.shape(*id))}};
}

using Sizes = std::vector<std::int64_t>;

/// Nothing when they do not fit.
std::optional<Sizes> broadcast(Sizes a, Sizes b)
{
    if (a.size() < b.size())
        std::swap(a, b);
    for (std::size_t i = 0; i < b.size(); ++i) {
        auto& extent = a[a.size() - b.size() + i];
        if (extent != b[i] && extent != 1 && b[i] != 1)
            return std::nullopt;
        extent = extent == 1 ? b[i] : extent;
    }
    return a;
}

/// As the program says, or without what was only repeated.
Sizes sizesOf(const AtenValue& value, bool unexpanded)
{
    if (value.isNode())
        return unexpanded ? value.tensor().view.sizes() : value.tensor().sizes();
    return value.isConstant() && value.constant().isTensor()
        ? value.constant().toTensor().sizes().vec()
        : Sizes{};
}

/// An operand that is expanded only to fit the other is broadcast here anyway. One that the other
/// does not fill would be repeated, which no operator of ours does.
Result<AtenValue> combineUnexpanded(const AtenArguments& arguments, const Operation& operation,
                                    AtenValue a, AtenValue b)
{
    const auto meant = broadcast(sizesOf(a, false), sizesOf(b, false));
    for (auto* value : {&a, &b}) {
        if (auto* tensor = std::get_if<AtenTensor>(&value->value))
            tensor->expandedTo.clear();
    }
    if (meant != broadcast(sizesOf(a, true), sizesOf(b, true)))
        return arguments.unsupported(CoreText::tr("takes values that are repeated (aten::expand)"));
    return combine(arguments, operation, a, b);
}

Result<AtenValue> combine(const AtenArguments& arguments, const Operation& operation)
{
    if (arguments.count() < 2)
        return arguments.unexpectedForm();
    return combineUnexpanded(arguments, operation, arguments.call.arguments[0],
                             arguments.call.arguments[1]);
}

/// a, b, alpha
Result<AtenValue> add(const AtenArguments& arguments)
{
    if (isScalar(arguments, 1))
        return affine(arguments, arguments.tensor(0), 1.0,
                      arguments.number(1) * arguments.number(2, 1.0));
    if (isScalar(arguments, 0))
        return affine(arguments, arguments.tensor(1), arguments.number(2, 1.0),
                      arguments.number(0));
    if (arguments.number(2, 1.0) != 1.0)
        return arguments.unsupported(CoreText::tr("scales its second input"));
    return combine(arguments, Add{});
}

/// a, b, alpha: a - alpha * b
Result<AtenValue> subtract(const AtenArguments& arguments)
{
    const double alpha = arguments.number(2, 1.0);
    if (isScalar(arguments, 1))
        return affine(arguments, arguments.tensor(0), 1.0, -alpha * arguments.number(1));
    if (isScalar(arguments, 0))
        return affine(arguments, arguments.tensor(1), -alpha, arguments.number(0));
    if (!arguments.isNode(1)) {
        auto negated = arguments.call.arguments;
        negated[1] = arguments.derived(1, arguments.weight(1) * -alpha);
        negated.resize(2);
        return arguments.also("add", std::move(negated));
    }
    auto taken = arguments.call.arguments[1].tensor();
    const auto expandedTo = std::exchange(taken.expandedTo, {});
    auto negated = affine(arguments, taken, -alpha, 0.0);
    if (!negated)
        return negated;
    std::get<AtenTensor>(negated->value).expandedTo = expandedTo;
    return combineUnexpanded(arguments, Add{}, arguments.call.arguments[0], *negated);
}

/// a, b, alpha: b - alpha * a
Result<AtenValue> reverseSubtract(const AtenArguments& arguments)
{
    auto swapped = arguments.call.arguments;
    if (swapped.size() < 2)
        return arguments.unexpectedForm();
    std::swap(swapped[0], swapped[1]);
    return arguments.also("sub", std::move(swapped));
}

Result<AtenValue> multiply(const AtenArguments& arguments)
{
    for (const std::size_t i : {0U, 1U}) {
        if (isScalar(arguments, i))
            return affine(arguments, arguments.tensor(1 - i), arguments.number(i), 0.0);
    }
    return combine(arguments, Multiply{});
}

/// a, b, c, scale: a + scale * b * c
Result<AtenValue> addProduct(const AtenArguments& arguments)
{
    if (arguments.count() < 3)
        return arguments.unexpectedForm();
    const auto& given = arguments.call.arguments;
    const auto scale = arguments.number(3, 1.0);
    auto product = arguments.also("mul", {given[1], given[2]});
    if (product && scale != 1.0)
        product = arguments.also("mul", {*product, AtenValue::of(scale)});
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return product ? arguments.also("add", {*product, given[0]}) : product;
}

Result<AtenValue> divide(const AtenArguments& arguments)
{
    if (arguments.has(2))
        return arguments.unsupported(CoreText::tr("rounds"));
    if (isScalar(arguments, 1))
        return affine(arguments, arguments.tensor(0), 1.0 / arguments.number(1), 0.0);
    if (arguments.isTensor(1) && arguments.isNode(0)) {
        auto inverse = arguments.call.arguments;
        inverse[1] = AtenValue::of(arguments.weight(1).to(at::kFloat).reciprocal());
        return arguments.also("mul", std::move(inverse));
    }
    if (!arguments.isNode(0) || !arguments.isNode(1))
        return arguments.unexpectedForm();
    return combine(arguments, Divide{});
}

Result<AtenValue> negate(const AtenArguments& arguments)
{
    return affine(arguments, arguments.tensor(0), -1.0, 0.0);
}

/// The Euclidean norm where `tensor` is a sum of squares. Nothing for other values.
std::optional<Result<AtenValue>> rootOfSquares(const AtenArguments& arguments,
                                               const AtenTensor& tensor)
{
    const auto& sum = arguments.mapper.spec(tensor.node);
    const auto* reduce = std::get_if<Reduce>(&sum.operation);
    if (!reduce || reduce->kind != ReduceKind::Sum)
        return std::nullopt;
    const auto& product = arguments.mapper.spec(sum.inputs.front());
    if (!std::holds_alternative<Multiply>(product.operation)
        || product.inputs[0] != product.inputs[1])
        return std::nullopt;
    auto norm = *reduce;
    norm.kind = ReduceKind::L2Norm;
    const auto id = arguments.mapper.addNode(arguments.call, std::move(norm), {product.inputs[0]});
    return id ? Result<AtenValue>(AtenTensor{*id, tensor.view}) : fail(id.error());
}

/// input, exponent
Result<AtenValue> power(const AtenArguments& arguments)
{
    const AtenValue in{arguments.tensor(0)};
    if (arguments.ok() && isScalar(arguments, 1) && arguments.number(1) == 0.5) {
        if (auto norm = rootOfSquares(arguments, in.tensor()))
            return *std::move(norm);
    }
    if (!isScalar(arguments, 1) || arguments.number(1) != 2.0)
        return arguments.unsupported(CoreText::tr("raises to other than the second power"));
    return combine(arguments, Multiply{}, in, in);
}

Result<AtenValue> squareRoot(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    auto norm = rootOfSquares(arguments, in);
    return norm ? *std::move(norm) : arguments.unsupported(CoreText::tr("is not supported"));
}

/// input, number: softmax is decomposed to one that asks for rows of -infinity, which networks of
/// finite weights do not have.
Result<AtenValue> equals(const AtenArguments& arguments)
{
    const auto number = arguments.number(1);
    if (!arguments.ok() || !arguments.isNode(0) || !std::isinf(number))
        return arguments.unsupported(CoreText::tr("is not supported"));
    return AtenValue::of(at::scalar_tensor(false, at::kBool));
}

/// condition, a, b
Result<AtenValue> where(const AtenArguments& arguments)
{
    if (arguments.count() < 3 || !arguments.isTensor(0))
        return arguments.unsupported(CoreText::tr("depends on the data"));
    const auto condition = arguments.call.arguments[0].constant().toTensor();
    if (condition.numel() != 1 || condition.dim() != 0)
        return arguments.unexpectedForm();
    return arguments.call.arguments[condition.item<bool>() ? 1 : 2];
}

/// input, number: a value of the network, as only that has its shape
Result<AtenValue> fullLike(const AtenArguments& arguments)
{
    const auto number = arguments.number(1);
    const auto& in = arguments.tensor(0);
    return arguments.ok() ? affine(arguments, in, 0.0, number) : arguments.unexpectedForm();
}

Result<AtenValue> square(const AtenArguments& arguments)
{
    const AtenValue in{arguments.tensor(0)};
    return combine(arguments, Multiply{}, in, in);
}

} // namespace

void addElementWiseHandlers(AtenHandlers& handlers)
{
    handlers.insert({
        {"relu", activation<ActivationKind::Relu>},
        {"sigmoid", activation<ActivationKind::Sigmoid>},
        {"hardsigmoid", activation<ActivationKind::HardSigmoid>},
        {"hardswish", activation<ActivationKind::HardSwish>},
        {"silu", activation<ActivationKind::Silu>},
        {"mish", activation<ActivationKind::Mish>},
        {"tanh", activation<ActivationKind::Tanh>},
        {"exp", activation<ActivationKind::Exp>},
        {"hardtanh", hardtanh},
        {"relu6", relu6},
        {"clamp", clamp},
        {"clamp_min", clamp},
        {"clamp_max", clampMax},
        {"leaky_relu", leakyRelu},
        {"elu", elu},
        {"softplus", softplus},
        {"gelu", gelu},
        {"add", add},
        {"sub", subtract},
        {"rsub", reverseSubtract},
        {"mul", multiply},
        {"addcmul", addProduct},
        {"div", divide},
        {"neg", negate},
        {"pow", power},
        {"square", square},
        {"sqrt", squareRoot},
        {"eq", equals},
        {"where", where},
        {"full_like", fullLike},
        {"contiguous", identity},
        {"clone", identity},
        {"detach", identity},
        {"alias", identity},
        {"to", converted},
        {"_to_copy", converted},
        {"type_as", converted},
        {"lift_fresh_copy", identity},
    });
}

} // namespace espalier
