#include "formats/onnx_patterns_p.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <ATen/core/Tensor.h>
#include <ATen/ops/eq.h>

namespace espalier {

namespace {

using Node = onnx::NodeProto;
using Fusion = std::optional<OnnxFusion>;

constexpr int deepestProduct = 8; // nested multiplications of one operator

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-3 * std::abs(b);
}

bool is(const Node* node, const char* op, int inputs)
{
    return node && node->op_type() == op && node->input_size() >= inputs;
}

const onnx::AttributeProto* attribute(const Node& node, std::string_view name)
{
    for (const auto& each : node.attribute()) {
        if (each.name() == name)
            return &each;
    }
    return nullptr;
}

/// A product taken apart: numbers, and the values that are no numbers.
struct Product {
    double scale = 1.0;
    std::vector<std::string> factors;
    int nodes = 0;
};

void takeApart(const OnnxGraphView& graph, const std::string& value, Product& product, int depth)
{
    const auto* node = graph.producer(value);
    const bool isProduct = is(node, "Mul", 2) || is(node, "Div", 2);
    if (const auto number = graph.scalar(value)) {
        product.scale *= *number;
    } else if (!isProduct || depth >= deepestProduct || (depth > 0 && graph.uses(value) > 1)) {
        product.factors.push_back(value);
    } else if (node->op_type() == "Div") {
        const auto divisor = graph.scalar(node->input(1));
        if (!divisor || *divisor == 0.0) {
            product.factors.push_back(value);
            return;
        }
        ++product.nodes;
        product.scale /= *divisor;
        takeApart(graph, node->input(0), product, depth + 1);
    } else {
        ++product.nodes;
        takeApart(graph, node->input(0), product, depth + 1);
        takeApart(graph, node->input(1), product, depth + 1);
    }
}

Product productOf(const OnnxGraphView& graph, const std::string& value)
{
    Product product;
    takeApart(graph, value, product, 0);
    return product;
}

/// value = number + the name returned
std::optional<std::string> plus(const OnnxGraphView& graph, const std::string& value, double number)
{
    const auto* node = graph.producer(value);
    if (!is(node, "Add", 2))
        return std::nullopt;
    for (const int i : {0, 1}) {
        if (const auto found = graph.scalar(node->input(i)); found && near(*found, number))
            return node->input(1 - i);
    }
    return std::nullopt;
}

bool isPower(const OnnxGraphView& graph, const Product& product, const std::string& x, int power)
{
    if (product.factors.size() == 1 && power > 1) {
        const auto* node = graph.producer(product.factors[0]);
        const auto exponent = is(node, "Pow", 2) ? graph.scalar(node->input(1)) : std::nullopt;
        return exponent && node->input(0) == x && *exponent == power;
    }
    // x * x * x, where the square may be a value of its own
    if (product.factors.size() == 2 && power == 3) {
        for (const int i : {0, 1}) {
            const auto other = productOf(graph, product.factors[static_cast<std::size_t>(1 - i)]);
            if (product.factors[static_cast<std::size_t>(i)] == x && other.scale == 1.0
                && isPower(graph, other, x, 2))
                return true;
        }
    }
    return product.factors.size() == static_cast<std::size_t>(power)
        && std::ranges::all_of(product.factors, [&](const auto& each) { return each == x; });
}

/// sqrt(2/pi) (x + 0.044715 x^3)
bool isTanhArgument(const OnnxGraphView& graph, const std::string& value, const std::string& x)
{
    const auto outer = productOf(graph, value);
    if (!near(outer.scale, std::sqrt(2.0 / std::numbers::pi)))
        return false;
    const auto isSmall = [&](const std::string& part, int power) {
        const auto inner = productOf(graph, part);
        return near(inner.scale, 0.044715) && isPower(graph, inner, x, power);
    };
    if (outer.factors.size() == 1) {
        const auto* sum = graph.producer(outer.factors[0]);
        if (!is(sum, "Add", 2))
            return false;
        return (sum->input(0) == x && isSmall(sum->input(1), 3))
            || (sum->input(1) == x && isSmall(sum->input(0), 3));
    }
    if (outer.factors.size() != 2)
        return false;
    for (const int i : {0, 1}) {
        const auto rest = plus(graph, outer.factors[static_cast<std::size_t>(1 - i)], 1.0);
        if (outer.factors[static_cast<std::size_t>(i)] == x && rest && isSmall(*rest, 2))
            return true;
    }
    return false;
}

/// x itself times a number
bool isScaled(const OnnxGraphView& graph, const std::string& value, const std::string& x,
              double scale)
{
    const auto product = productOf(graph, value);
    return product.factors == std::vector{x} && near(product.scale, scale);
}

/// min(max(x + 3, 0), 6): the name of x
std::optional<std::string> clippedSum(const OnnxGraphView& graph, const std::string& value)
{
    const auto* clip = graph.producer(value);
    if (!is(clip, "Clip", 1))
        return std::nullopt;
    const auto bound = [&](int i, const char* name) -> std::optional<double> {
        if (clip->input_size() > i)
            return graph.scalar(clip->input(i));
        const auto* found = attribute(*clip, name);
        return found ? std::optional<double>(found->f()) : std::nullopt;
    };
    const auto low = bound(1, "min");
    const auto high = bound(2, "max");
    if (!low || !high || *low != 0.0 || *high != 6.0)
        return std::nullopt;
    return plus(graph, clip->input(0), 3.0);
}

bool isHardSigmoid(const Node* node)
{
    if (!is(node, "HardSigmoid", 1))
        return false;
    const auto* alpha = attribute(*node, "alpha");
    return alpha && near(static_cast<double>(alpha->f()), 1.0 / 6.0);
}

/// The activation that is scale * x * gate.
const char* gatedBy(const OnnxGraphView& graph, const std::string& x, const std::string& gate,
                    double scale, int& nodes)
{
    const auto* node = graph.producer(gate);
    const auto takes = [&](const Node* each) { return each->input(0) == x; };
    if (near(scale, 1.0)) {
        nodes += 1;
        if (is(node, "Sigmoid", 1) && takes(node))
            return "silu";
        if (isHardSigmoid(node) && takes(node))
            return "hardswish";
        const auto* inner = is(node, "Tanh", 1) ? graph.producer(node->input(0)) : nullptr;
        nodes += 1;
        return is(inner, "Softplus", 1) && takes(inner) ? "mish" : nullptr;
    }
    if (near(scale, 1.0 / 6.0)) {
        nodes += 2;
        const auto clipped = clippedSum(graph, gate);
        return clipped && *clipped == x ? "hardswish" : nullptr;
    }
    const auto inner = near(scale, 0.5) ? plus(graph, gate, 1.0) : std::nullopt;
    const auto* function = inner ? graph.producer(*inner) : nullptr;
    nodes += 3;
    if (is(function, "Erf", 1) && isScaled(graph, function->input(0), x, std::numbers::sqrt2 / 2))
        return "gelu";
    if (is(function, "Tanh", 1) && isTanhArgument(graph, function->input(0), x))
        return "gelu_tanh";
    return nullptr;
}

Fusion activation(const OnnxGraphView& graph, const Node& node)
{
    const auto product = productOf(graph, node.output(0));
    OnnxFusion fusion{.nodes = product.nodes};
    if (product.factors.size() == 1 && near(product.scale, 1.0 / 6.0)) {
        if (const auto x = clippedSum(graph, product.factors[0])) {
            fusion.activation = "hardsigmoid";
            fusion.input = *x;
            fusion.nodes += 2;
            return fusion;
        }
    }
    if (product.factors.size() != 2)
        return std::nullopt;
    for (const std::size_t i : {0U, 1U}) {
        int nodes = product.nodes;
        const auto* name =
            gatedBy(graph, product.factors[i], product.factors[1 - i], product.scale, nodes);
        if (!name)
            continue;
        fusion.activation = name;
        fusion.input = product.factors[i];
        fusion.nodes = nodes;
        return fusion;
    }
    return std::nullopt;
}

/// Axes of a reduction with kept dimensions.
std::optional<std::vector<std::int64_t>> meanAxes(const OnnxGraphView& graph, const Node* node)
{
    if (!is(node, "ReduceMean", 1))
        return std::nullopt;
    if (const auto* keep = attribute(*node, "keepdims"); keep && keep->i() == 0)
        return std::nullopt;
    std::vector<std::int64_t> axes;
    if (const auto* given = attribute(*node, "axes")) {
        axes.assign(given->ints().begin(), given->ints().end());
    } else if (node->input_size() > 1) {
        const auto* constant = graph.constant(node->input(1));
        if (constant && constant->value.isTensor()
            && constant->value.toTensor().scalar_type() == at::kLong) {
            const auto tensor = constant->value.toTensor().contiguous();
            const auto* data = tensor.data_ptr<std::int64_t>();
            axes.assign(data, data + tensor.numel());
        }
    }
    return axes.empty() ? std::nullopt : std::optional(axes);
}

/// x - mean(x): x and the axes
struct Centred {
    std::string input;
    std::vector<std::int64_t> axes;
};

std::optional<Centred> centred(const OnnxGraphView& graph, const std::string& value)
{
    const auto* difference = graph.producer(value);
    if (!is(difference, "Sub", 2))
        return std::nullopt;
    const auto* mean = graph.producer(difference->input(1));
    const auto axes = meanAxes(graph, mean);
    if (!axes || mean->input(0) != difference->input(0))
        return std::nullopt;
    return Centred{difference->input(0), *axes};
}

/// (x - mean) / sqrt(mean((x - mean)^2) + epsilon)
Fusion standardised(const OnnxGraphView& graph, const Node& node)
{
    if (!is(&node, "Div", 2))
        return std::nullopt;
    const auto above = centred(graph, node.input(0));
    const auto* root = graph.producer(node.input(1));
    const auto* sum = is(root, "Sqrt", 1) ? graph.producer(root->input(0)) : nullptr;
    if (!above || !is(sum, "Add", 2))
        return std::nullopt;
    for (const int i : {0, 1}) {
        const auto epsilon = graph.scalar(sum->input(i));
        const auto* variance = graph.producer(sum->input(1 - i));
        const auto axes = meanAxes(graph, variance);
        const auto* square = axes ? graph.producer(variance->input(0)) : nullptr;
        if (!epsilon || !square || *axes != above->axes)
            continue;
        const bool isPow = is(square, "Pow", 2) && graph.scalar(square->input(1)) == 2.0;
        const bool isMul = is(square, "Mul", 2) && square->input(0) == square->input(1);
        const auto below = isPow || isMul ? centred(graph, square->input(0)) : std::nullopt;
        if (!below || below->input != above->input || below->axes != above->axes)
            continue;
        return OnnxFusion{.kind = OnnxFusion::Kind::LayerNorm,
                          .input = above->input,
                          .axes = *axes,
                          .epsilon = *epsilon,
                          .nodes = 7};
    }
    return std::nullopt;
}

bool isAll(const OnnxGraphView& graph, const std::string& value, double number)
{
    const auto* constant = graph.constant(value);
    return constant && constant->value.isTensor()
        && at::eq(constant->value.toTensor(), number).all().item<bool>();
}

/// Groups of channels made single channels for InstanceNormalization, and back.
Fusion groups(const OnnxGraphView& graph, const Node& node)
{
    if (!is(&node, "Reshape", 2))
        return std::nullopt;
    const auto* norm = graph.producer(node.input(0));
    if (!is(norm, "InstanceNormalization", 3) || !isAll(graph, norm->input(1), 1.0)
        || !isAll(graph, norm->input(2), 0.0))
        return std::nullopt;
    const auto* grouped = graph.producer(norm->input(0));
    const auto* sizes = is(grouped, "Reshape", 2) ? graph.constant(grouped->input(1)) : nullptr;
    if (!sizes || !sizes->value.isTensor() || sizes->value.toTensor().numel() != 3
        || sizes->value.toTensor().scalar_type() != at::kLong)
        return std::nullopt;
    const auto numbers = sizes->value.toTensor().contiguous();
    const auto* epsilon = attribute(*norm, "epsilon");
    return OnnxFusion{.kind = OnnxFusion::Kind::GroupNorm,
                      .input = grouped->input(0),
                      .groups = numbers.data_ptr<std::int64_t>()[1],
                      .epsilon = epsilon ? static_cast<double>(epsilon->f()) : 1e-5,
                      .nodes = 3};
}

Fusion plainNorm(const OnnxGraphView& graph, const Node& node)
{
    auto fusion = standardised(graph, node);
    return fusion ? fusion : groups(graph, node);
}

/// `op` of a constant (which is returned) and a value used only here (whose producer is returned).
struct WithConstant {
    std::string constant;
    const Node* producer = nullptr;
};

std::optional<WithConstant> withConstant(const OnnxGraphView& graph, const Node& node,
                                         const char* op)
{
    if (!is(&node, op, 2))
        return std::nullopt;
    for (const int i : {0, 1}) {
        const auto* producer = graph.producer(node.input(1 - i));
        if (graph.constant(node.input(i)) && producer && graph.uses(node.input(1 - i)) == 1)
            return WithConstant{node.input(i), producer};
    }
    return std::nullopt;
}

/// Whether a constant can be a norm's weight, and is no plain number.
bool isWeight(const OnnxGraphView& graph, const std::string& value)
{
    const auto* constant = graph.constant(value);
    return constant && (!graph.scalar(value) || !constant->path.empty());
}

/// Norms with weight and bias, with a weight alone, or with neither.
Fusion norm(const OnnxGraphView& graph, const Node& node)
{
    if (auto plain = plainNorm(graph, node))
        return plain;
    const auto sum = withConstant(graph, node, "Add");
    const auto product = withConstant(graph, sum ? *sum->producer : node, "Mul");
    if (!product || !isWeight(graph, product->constant) || (sum && !isWeight(graph, sum->constant)))
        return std::nullopt;
    auto fusion = plainNorm(graph, *product->producer);
    if (!fusion)
        return std::nullopt;
    fusion->weight = product->constant;
    fusion->bias = sum ? sum->constant : std::string();
    fusion->nodes += sum ? 2 : 1;
    return fusion;
}

/// x W + b
Fusion linear(const OnnxGraphView& graph, const Node& node)
{
    const auto sum = withConstant(graph, node, "Add");
    if (!sum || !is(sum->producer, "MatMul", 2))
        return std::nullopt;
    const auto* matrix = graph.constant(sum->producer->input(1));
    const auto* bias = graph.constant(sum->constant);
    if (!matrix || !matrix->value.isTensor() || !bias->value.isTensor()
        || graph.constant(sum->producer->input(0)))
        return std::nullopt;
    const auto weight = matrix->value.toTensor();
    if (weight.dim() != 2 || bias->value.toTensor().numel() != weight.size(1))
        return std::nullopt;
    return OnnxFusion{.kind = OnnxFusion::Kind::Linear,
                      .input = sum->producer->input(0),
                      .weight = sum->producer->input(1),
                      .bias = sum->constant,
                      .nodes = 2};
}

} // namespace

OnnxGraphView::OnnxGraphView(const onnx::GraphProto& graph,
                             std::function<const AtenConstant*(const std::string&)> constant)
    : m_graph(graph)
    , m_constant(std::move(constant))
{
    for (int i = 0; i < graph.node_size(); ++i) {
        for (const auto& output : graph.node(i).output())
            m_producers.emplace(output, i);
        for (const auto& input : graph.node(i).input())
            ++m_uses[input];
    }
    for (const auto& output : graph.output())
        ++m_uses[output.name()];
}

std::optional<int> OnnxGraphView::producerIndex(const std::string& value) const
{
    const auto found = m_producers.find(value);
    return found == m_producers.end() ? std::nullopt : std::optional(found->second);
}

const onnx::NodeProto* OnnxGraphView::producer(const std::string& value) const
{
    const auto index = producerIndex(value);
    return index ? &m_graph.node(*index) : nullptr;
}

int OnnxGraphView::uses(const std::string& value) const
{
    const auto found = m_uses.find(value);
    return found == m_uses.end() ? 0 : found->second;
}

std::optional<double> OnnxGraphView::scalar(const std::string& value) const
{
    const auto* found = m_constant(value);
    if (!found || !found->value.isTensor() || found->value.toTensor().numel() != 1)
        return std::nullopt;
    return found->value.toTensor().to(at::kDouble).item<double>();
}

std::optional<OnnxFusion> findFusion(const OnnxGraphView& graph, const onnx::NodeProto& node)
{
    if (node.output_size() != 1)
        return std::nullopt;
    if (is(&node, "Mul", 2) || is(&node, "Div", 2)) {
        if (auto fusion = activation(graph, node))
            return fusion;
    }
    if (auto fusion = norm(graph, node))
        return fusion;
    return linear(graph, node);
}

} // namespace espalier
