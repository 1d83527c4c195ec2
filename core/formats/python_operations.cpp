#include "formats/python_operations_p.h"

#include <algorithm>
#include <cmath>

#include "base/overloaded.h"
#include "network/shapes.h"

namespace espalier::python {

namespace {

using Arguments = std::vector<Expression>;

std::string pair(const Size2& size)
{
    return literal(std::vector<std::int64_t>(size.begin(), size.end()), /*joinEqual=*/true);
}

Expression number(std::int64_t value)
{
    return text(literal(value));
}

/// Sizes without the batch as dimensions of Python's tensors, which have it.
std::vector<std::int64_t> withBatch(std::vector<std::int64_t> dimensions)
{
    for (auto& dimension : dimensions)
        ++dimension;
    return dimensions;
}

/// Makes the numbers of one node that other blocks may have otherwise.
class Holes {
public:
    Holes(const Node& node, std::string member, NodeId entry)
        : m_member(std::move(member))
        , m_isEntry(!node.inputs.empty() && node.inputs.front() == entry)
    {
    }

    Expression in(const char* role, std::int64_t value) const
    {
        return make(role, literal(value), /*isExtent=*/true, m_isEntry);
    }
    Expression out(const char* role, std::int64_t value) const
    {
        return make(role, literal(value), /*isExtent=*/true, /*isEntry=*/false);
    }
    Expression setting(const char* role, std::string value) const
    {
        return make(role, std::move(value), /*isExtent=*/false, /*isEntry=*/false);
    }
    Expression setting(const char* role, std::string value, const std::string& usual) const
    {
        auto expression = setting(role, std::move(value));
        expression.hole->usual = usual;
        return keyword(role, std::move(expression), usual);
    }

private:
    Expression make(const char* role, std::string value, bool isExtent, bool isEntry) const
    {
        return hole({.role = role,
                     .value = std::move(value),
                     .isExtent = isExtent,
                     .isEntry = isEntry,
                     .member = m_member});
    }

    std::string m_member;
    bool m_isEntry;
};

Expression option(const char* name, const std::string& value, const char* usual)
{
    return keyword(name, text(value), usual);
}

Expression convolution(const Conv2d& conv, const Holes& holes)
{
    const auto groups = conv.groups > 1 ? holes.out("groups", conv.groups) : text("1");
    return call("nn.Conv2d",
                {holes.in("in_channels", conv.inChannels), holes.out("channels", conv.outChannels),
                 holes.setting("kernel_size", pair(conv.kernel), ""),
                 holes.setting("stride", pair(conv.stride), "1"),
                 holes.setting("padding", pair(conv.padding), "0"),
                 holes.setting("dilation", pair(conv.dilation), "1"),
                 keyword("groups", groups, "1"), option("bias", literal(conv.bias), "True")});
}

Expression batchNorm(const BatchNorm2d& norm, const Shape& sample, const Holes& holes)
{
    const std::string name = sample.size() == 3 ? "nn.BatchNorm2d"
        : sample.size() < 3                     ? "nn.BatchNorm1d"
                                                : "nn.BatchNorm3d";
    return call(name,
                {holes.in("channels", norm.channels), option("eps", literal(norm.epsilon), "1e-05"),
                 option("momentum", literal(norm.momentum), "0.1"),
                 option("affine", literal(norm.affine), "True")});
}

Expression layerNorm(const LayerNorm& norm, const Holes& holes)
{
    const auto extent = norm.normalized.size() == 1
        ? holes.in("features", norm.normalized.front())
        : holes.setting("shape", literal(norm.normalized));
    return call("nn.LayerNorm",
                {extent, option("eps", literal(norm.epsilon), "1e-05"),
                 option("elementwise_affine", literal(norm.affine), "True")});
}

Expression groupNorm(const GroupNorm& norm, const Holes& holes)
{
    return call("nn.GroupNorm",
                {holes.out("groups", norm.groups), holes.in("channels", norm.channels),
                 option("eps", literal(norm.epsilon), "1e-05"),
                 option("affine", literal(norm.affine), "True")});
}

/// Name and arguments of an activation, for nn ("ReLU") and for functions ("F.relu").
struct ActivationCall {
    std::string module;
    std::string function;
    Arguments arguments;
};

ActivationCall activationCall(const Activation& activation)
{
    const auto a = literal(activation.a);
    const auto b = literal(activation.b);
    switch (activation.kind) {
    case ActivationKind::Relu:
        return {"nn.ReLU", "F.relu", {}};
    case ActivationKind::Clamp:
        if (activation.a == 0.0 && activation.b == 6.0)
            return {"nn.ReLU6", "F.relu6", {}};
        return {"nn.Hardtanh", "F.hardtanh", {text(a), text(b)}};
    case ActivationKind::LeakyRelu:
        return {"nn.LeakyReLU", "F.leaky_relu", {text(a)}};
    case ActivationKind::Elu:
        return {"nn.ELU", "F.elu", {keyword("alpha", text(a), "1.0")}};
    case ActivationKind::Sigmoid:
        return {"nn.Sigmoid", "torch.sigmoid", {}};
    case ActivationKind::HardSigmoid:
        return {"nn.Hardsigmoid", "F.hardsigmoid", {}};
    case ActivationKind::HardSwish:
        return {"nn.Hardswish", "F.hardswish", {}};
    case ActivationKind::Silu:
        return {"nn.SiLU", "F.silu", {}};
    case ActivationKind::Mish:
        return {"nn.Mish", "F.mish", {}};
    case ActivationKind::Tanh:
        return {"nn.Tanh", "torch.tanh", {}};
    case ActivationKind::Softplus:
        return {"nn.Softplus",
                "F.softplus",
                {keyword("beta", text(a), "1.0"), keyword("threshold", text(b), "20.0")}};
    case ActivationKind::Gelu:
        return {"nn.GELU", "F.gelu", {}};
    case ActivationKind::GeluTanh:
        return {"nn.GELU", "F.gelu", {keyword("approximate", text("\"tanh\""))}};
    case ActivationKind::Exp:
        return {"", "torch.exp", {}};
    }
    return {};
}

/// nn.Hardtanh and F.hardtanh take two finite bounds, the lower first.
bool isOneSided(const Activation& activation)
{
    return activation.kind == ActivationKind::Clamp
        && !(std::isfinite(activation.a) && std::isfinite(activation.b)
             && activation.a < activation.b);
}

Expression clamped(const Activation& activation, Expression x)
{
    Arguments bounds;
    if (std::isfinite(activation.a))
        bounds.push_back(keyword("min", text(literal(activation.a))));
    if (std::isfinite(activation.b))
        bounds.push_back(keyword("max", text(literal(activation.b))));
    return bounds.empty() ? x : method(std::move(x), "clamp", std::move(bounds));
}

Arguments maxPoolArguments(const MaxPool2d& pool)
{
    return {text(pair(pool.kernel)), keyword("stride", text(pair(pool.stride)), pair(pool.kernel)),
            option("padding", pair(pool.padding), "0"),
            option("dilation", pair(pool.dilation), "1"),
            option("ceil_mode", literal(pool.ceilMode), "False")};
}

Arguments avgPoolArguments(const AvgPool2d& pool)
{
    return {text(pair(pool.kernel)), keyword("stride", text(pair(pool.stride)), pair(pool.kernel)),
            option("padding", pair(pool.padding), "0"),
            option("ceil_mode", literal(pool.ceilMode), "False"),
            option("count_include_pad", literal(pool.countIncludePad), "True")};
}

/// As F.pad wants it: last dimension first, and no dimension in vain.
std::vector<std::int64_t> padAmounts(const Pad& pad)
{
    std::vector<std::int64_t> amounts;
    for (std::size_t i = pad.before.size(); i-- > 0;) {
        amounts.push_back(pad.before[i]);
        amounts.push_back(pad.after[i]);
    }
    while (amounts.size() > 2 && amounts.back() == 0 && amounts[amounts.size() - 2] == 0)
        amounts.resize(amounts.size() - 2);
    return amounts;
}

Expression softmaxDimension(const Softmax& softmax, const Node& node)
{
    const auto last = static_cast<std::int64_t>(node.shape.size()) - 1;
    return keyword("dim", number(softmax.dimension == last ? -1 : softmax.dimension + 1));
}

Expression extentHole(const char* role, std::int64_t value)
{
    return hole({.role = role, .value = literal(value), .isExtent = true});
}

/// A reshape in the fewest numbers: flatten() or unflatten() where one of them does it.
class Reshape {
public:
    Reshape(const Shape& from, const Shape& to, bool attention)
        : m_from(from)
        , m_to(to)
        , m_attention(attention)
    {
    }

    Expression applied(Expression x) const
    {
        if (m_from == m_to)
            return x;
        const auto [same, sameBehind] = commonEnds();
        const auto from = m_from.size() - same - sameBehind;
        const auto to = m_to.size() - same - sameBehind;
        const auto first = static_cast<std::int64_t>(same) + 1;
        if (to == 1 && from > 1)
            return flattened(std::move(x), first, from, sameBehind == 0);
        if (from == 1 && to > 1)
            return method(std::move(x), "unflatten", {number(first), parts(same, to)});
        return reshaped(std::move(x));
    }

private:
    /// How many dimensions agree in front and behind, leaving at least one of each to differ.
    std::pair<std::size_t, std::size_t> commonEnds() const
    {
        const auto most = std::min(m_from.size(), m_to.size()) - 1;
        std::size_t front = 0;
        while (front < most && m_from[front] == m_to[front])
            ++front;
        std::size_t behind = 0;
        while (behind < most - front
               && m_from[m_from.size() - 1 - behind] == m_to[m_to.size() - 1 - behind])
            ++behind;
        return {front, behind};
    }

    static Expression flattened(Expression x, std::int64_t first, std::size_t count, bool toEnd)
    {
        Arguments arguments{number(first)};
        if (!toEnd)
            arguments.push_back(number(first + static_cast<std::int64_t>(count) - 1));
        return method(std::move(x), "flatten", std::move(arguments));
    }

    Expression parts(std::size_t first, std::size_t count) const
    {
        auto list = call("", {});
        for (std::size_t i = 0; i < count; ++i) {
            const char* role = !m_attention || count != 2 ? "size" : i == 0 ? "heads" : "head_size";
            list.arguments.push_back(extentHole(role, m_to[first + i]));
        }
        return list;
    }

    Expression reshaped(Expression x) const
    {
        Arguments arguments{text("-1")};
        for (const auto extent : m_to)
            arguments.push_back(extentHole("size", extent));
        return method(std::move(x), "reshape", std::move(arguments));
    }

    const Shape& m_from;
    const Shape& m_to;
    bool m_attention;
};

Expression permuted(Expression x, const std::vector<std::int64_t>& order)
{
    std::vector<std::size_t> moved;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (order[i] != static_cast<std::int64_t>(i))
            moved.push_back(i);
    }
    if (moved.empty())
        return x;
    if (moved.size() == 2)
        return method(std::move(x), "transpose",
                      {number(static_cast<std::int64_t>(moved[0]) + 1),
                       number(static_cast<std::int64_t>(moved[1]) + 1)});
    Arguments arguments{text("0")};
    for (const auto dimension : order)
        arguments.push_back(number(dimension + 1));
    return method(std::move(x), "permute", std::move(arguments));
}

Expression rearranged(const Rearrange& rearrange, const Shape& input, Expression x, bool attention)
{
    Shape between;
    for (const auto dimension : rearrange.order)
        between.push_back(rearrange.split[static_cast<std::size_t>(dimension)]);
    if (std::ranges::is_sorted(rearrange.order))
        return Reshape(input, rearrange.merged, attention).applied(std::move(x));
    auto split = Reshape(input, rearrange.split, attention).applied(std::move(x));
    return Reshape(between, rearrange.merged, attention)
        .applied(permuted(std::move(split), rearrange.order));
}

Expression reduced(const Reduce& reduce, Expression x)
{
    const auto dimensions = withBatch(reduce.dimensions);
    const auto over =
        text(dimensions.size() == 1 ? literal(dimensions.front()) : literal(dimensions));
    const auto keep = option("keepdim", literal(reduce.keep), "False");
    switch (reduce.kind) {
    case ReduceKind::Mean:
        return method(std::move(x), "mean", {over, keep});
    case ReduceKind::Sum:
        return method(std::move(x), "sum", {over, keep});
    case ReduceKind::L2Norm:
        return call("torch.linalg.vector_norm", {std::move(x), keyword("dim", over), keep});
    }
    return x;
}

Expression sliced(const Slice& slice, const Shape& input, Expression x)
{
    Expression result;
    result.before.push_back(std::move(x));
    std::string open = "[:, ";
    for (std::int64_t i = 0; i < slice.dimension; ++i)
        open += ":, ";
    result.before.push_back(text(open));
    if (slice.start != 0)
        result.before.push_back(extentHole("start", slice.start));
    result.before.push_back(text(":"));
    if (slice.stop != input[static_cast<std::size_t>(slice.dimension)])
        result.before.push_back(extentHole("stop", slice.stop));
    result.text = (slice.step != 1 ? ":" + literal(slice.step) : "") + "]";
    return result;
}

Expression affine(const Affine& attributes, Expression x)
{
    Expression result;
    result.before.push_back(std::move(x));
    if (attributes.scale != 1.0)
        result.text += " * " + literal(attributes.scale);
    if (attributes.shift < 0.0)
        result.text += " - " + literal(-attributes.shift);
    else if (attributes.shift != 0.0 || attributes.scale == 1.0)
        result.text += " + " + literal(attributes.shift);
    return result;
}

Expression infix(const char* sign, std::vector<Operand>& operands)
{
    Expression result;
    result.before = {std::move(operands[0].expression), text(sign),
                     std::move(operands[1].expression)};
    return result;
}

/// A Parameter has no batch; beside values with one it is repeated for each of it.
Expression joined(const Graph& graph, const Node& node, std::vector<Operand>& operands,
                  const std::vector<bool>& isConstant)
{
    const auto full = std::ranges::find(isConstant, false) - isConstant.begin();
    Arguments parts;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        auto part = operands[i].expression;
        if (isConstant[i] && full < static_cast<std::ptrdiff_t>(operands.size())) {
            const auto& batch = operands[static_cast<std::size_t>(full)].expression;
            Expression count;
            count.before = {batch, text(".shape[0]")};
            Arguments sizes{std::move(count)};
            for (std::size_t k = 0; k < graph.node(node.inputs[i]).shape.size(); ++k)
                sizes.push_back(text("-1"));
            part = method(std::move(part), "expand", std::move(sizes));
        }
        parts.push_back(std::move(part));
    }
    return call("torch.cat",
                {call("", std::move(parts)),
                 keyword("dim", number(std::get<Concat>(node.operation).dimension + 1))});
}

/// Gives operands their batch of one where the operator does not see to it by itself.
void addBatches(const Operation& operation, std::vector<Operand>& operands)
{
    const bool broadcasts = std::holds_alternative<Add>(operation)
        || std::holds_alternative<Multiply>(operation) || std::holds_alternative<Divide>(operation)
        || std::holds_alternative<MatMul>(operation);
    const bool allLack = std::ranges::all_of(operands, &Operand::lacksBatch);
    if (broadcasts && !allLack)
        return;
    for (auto& operand : operands) {
        if (operand.lacksBatch)
            operand.expression = method(std::move(operand.expression), "unsqueeze", {text("0")});
    }
}

Arguments withInput(Expression x, Arguments arguments)
{
    arguments.insert(arguments.begin(), std::move(x));
    return arguments;
}

} // namespace

bool isConstant(const Graph& graph, NodeId id)
{
    const auto& node = graph.node(id);
    if (std::holds_alternative<Input>(node.operation))
        return false;
    return std::ranges::all_of(node.inputs, [&](NodeId input) { return isConstant(graph, input); });
}

bool hasWeights(const Operation& operation)
{
    return std::visit(
        Overloaded{[](const Conv2d&) { return true; }, [](const BatchNorm2d&) { return true; },
                   [](const LayerNorm&) { return true; }, [](const GroupNorm&) { return true; },
                   [](const Linear&) { return true; }, [](const Parameter&) { return true; },
                   [](const auto&) { return false; }},
        operation);
}

std::optional<Expression> moduleOf(const Graph& graph, const Node& node, const std::string& member,
                                   NodeId entry)
{
    using R = std::optional<Expression>;
    const Holes holes(node, member, entry);
    const Shape sample = node.inputs.empty() ? Shape() : graph.node(node.inputs.front()).shape;
    return std::visit(
        Overloaded{
            [&](const Conv2d& conv) -> R { return convolution(conv, holes); },
            [&](const BatchNorm2d& norm) -> R { return batchNorm(norm, sample, holes); },
            [&](const LayerNorm& norm) -> R { return layerNorm(norm, holes); },
            [&](const GroupNorm& norm) -> R { return groupNorm(norm, holes); },
            [&](const Linear& linear) -> R {
                return call("nn.Linear",
                            {holes.in("in_features", linear.inFeatures),
                             holes.out("features", linear.outFeatures),
                             option("bias", literal(linear.bias), "True")});
            },
            [&](const Activation& activation) -> R {
                auto name = activationCall(activation);
                if (name.module.empty() || isOneSided(activation))
                    return {};
                return call(name.module, std::move(name.arguments));
            },
            [&](const MaxPool2d& pool) -> R {
                return call("nn.MaxPool2d", maxPoolArguments(pool));
            },
            [&](const AvgPool2d& pool) -> R {
                return call("nn.AvgPool2d", avgPoolArguments(pool));
            },
            [&](const AdaptiveAvgPool2d& pool) -> R {
                return call("nn.AdaptiveAvgPool2d", {text(pair(pool.output))});
            },
            [&](const Pad& pad) -> R {
                const auto amounts = padAmounts(pad);
                if (amounts.size() == 6)
                    return {};
                return call(amounts.size() == 2 ? "nn.ConstantPad1d" : "nn.ConstantPad2d",
                            {text(literal(amounts)), text(literal(pad.value))});
            },
            [&](const Flatten&) -> R { return call("nn.Flatten", {}); },
            [&](const Dropout& dropout) -> R {
                return call("nn.Dropout", {text(literal(dropout.probability))});
            },
            [&](const Softmax& softmax) -> R {
                return call(softmax.logarithm ? "nn.LogSoftmax" : "nn.Softmax",
                            {softmaxDimension(softmax, node)});
            },
            [](const auto&) -> R { return {}; },
        },
        node.operation);
}

Expression functionOf(const Graph& graph, const Node& node, std::vector<Operand> operands,
                      bool attention)
{
    if (std::holds_alternative<Concat>(node.operation)) {
        std::vector<bool> constant;
        for (const auto input : node.inputs)
            constant.push_back(isConstant(graph, input));
        if (std::ranges::all_of(operands, &Operand::lacksBatch))
            addBatches(node.operation, operands);
        return joined(graph, node, operands, constant);
    }
    addBatches(node.operation, operands);
    const Shape sample = node.inputs.empty() ? Shape() : graph.node(node.inputs.front()).shape;
    const auto x = operands.empty() ? text("") : operands.front().expression;
    return std::visit(
        Overloaded{
            [&](const Activation& activation) {
                if (isOneSided(activation))
                    return clamped(activation, x);
                auto name = activationCall(activation);
                return call(name.function, withInput(x, std::move(name.arguments)));
            },
            [&](const Affine& attributes) { return affine(attributes, x); },
            [&](const Add&) { return infix(" + ", operands); },
            [&](const Multiply&) { return infix(" * ", operands); },
            [&](const Divide&) { return infix(" / ", operands); },
            [&](const MatMul&) { return infix(" @ ", operands); },
            [&](const Rearrange& rearrange) { return rearranged(rearrange, sample, x, attention); },
            [&](const Reduce& reduce) { return reduced(reduce, x); },
            [&](const Pad& pad) {
                return call("F.pad",
                            {x, text(literal(padAmounts(pad))),
                             option("value", literal(pad.value), "0.0")});
            },
            [&](const Slice& slice) { return sliced(slice, sample, x); },
            [&](const MaxPool2d& pool) {
                return call("F.max_pool2d", withInput(x, maxPoolArguments(pool)));
            },
            [&](const AvgPool2d& pool) {
                return call("F.avg_pool2d", withInput(x, avgPoolArguments(pool)));
            },
            [&](const AdaptiveAvgPool2d& pool) {
                return call("F.adaptive_avg_pool2d", {x, text(pair(pool.output))});
            },
            [&](const Flatten&) { return method(x, "flatten", {text("1")}); },
            [&](const Dropout& dropout) {
                return call("F.dropout",
                            {x, text(literal(dropout.probability)), text("self.training")});
            },
            [&](const Softmax& softmax) {
                return method(x, softmax.logarithm ? "log_softmax" : "softmax",
                              {softmaxDimension(softmax, node)});
            },
            [&](const auto&) { return x; },
        },
        node.operation);
}

bool wrapsWell(const Operation& operation)
{
    const auto* activation = std::get_if<Activation>(&operation);
    return (activation && !isOneSided(*activation))
        || std::holds_alternative<BatchNorm2d>(operation)
        || std::holds_alternative<LayerNorm>(operation)
        || std::holds_alternative<GroupNorm>(operation);
}

} // namespace espalier::python
