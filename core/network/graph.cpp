#include "network/graph.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <unordered_set>

#include "base/core_text.h"
#include "base/overloaded.h"
#include "network/shapes.h"

namespace espalier {

namespace {

Status checkTopology(const std::vector<NodeSpec>& nodes)
{
    if (nodes.empty() || !std::holds_alternative<Input>(nodes.front().operation))
        return fail(ErrorCode::BadFormat, CoreText::tr("The graph does not start with an input."));
    std::unordered_set<std::string_view> names;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        if (!names.insert(node.name).second)
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("Two nodes are called '{1}'.", node.name));
        for (const auto input : node.inputs) {
            if (!input.isValid() || input.index() >= i)
                return fail(ErrorCode::BadFormat,
                            CoreText::tr("Node '{1}' reads a node that does not come before it.",
                                         node.name));
        }
    }
    return {};
}

std::int64_t positions(const Shape& shape)
{
    return shape.size() == 3 ? shape[1] * shape[2] : 1;
}

std::int64_t elements(std::span<const std::int64_t> extents)
{
    return std::accumulate(extents.begin(), extents.end(), std::int64_t{1}, std::multiplies<>{});
}

/// How many products one output value of the node is a sum of; for those that have weights, how
/// many weights there are for each of its output channels.
double depth(const NodeSpec& spec, const std::vector<Node>& before)
{
    const auto real = [](std::int64_t value) { return static_cast<double>(value); };
    return std::visit(
        Overloaded{
            [&](const Conv2d& conv) {
                return real(conv.kernel[0]) * real(conv.kernel[1])
                    * real(conv.inChannels / conv.groups);
            },
            [&](const Linear& linear) { return real(linear.inFeatures); },
            [&](const MatMul&) { return real(before[spec.inputs[0].index()].shape.back()); },
            [](const auto&) { return 1.0; },
        },
        spec.operation);
}

/// Adds the node's MACs to `work`; whether they can still be counted. Its weights are no more.
bool takeWork(double& work, const NodeSpec& spec, const Shape& shape,
              const std::vector<Node>& before)
{
    constexpr double most = 1e18;
    double values = 1.0;
    for (const auto extent : shape)
        values *= static_cast<double>(extent);
    work += values * depth(spec, before);
    return work <= most;
}

} // namespace

std::string shapeText(const Shape& shape)
{
    std::string text;
    for (const auto extent : shape)
        text += (text.empty() ? "" : "x") + std::to_string(extent);
    return text;
}

Result<Shape> parseShape(std::string_view text)
{
    constexpr std::int64_t largest = 1 << 20;
    Shape shape;
    const char* position = text.data();
    const char* end = text.data() + text.size();
    bool ok = position != end;
    while (ok && position != end) {
        std::int64_t extent = 0;
        const auto [next, error] = std::from_chars(position, end, extent);
        ok = error == std::errc{} && extent >= 1 && extent <= largest
            && (next == end || (*next == 'x' && next + 1 != end));
        shape.push_back(extent);
        position = next == end ? end : next + 1;
    }
    if (!ok)
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr("'{1}' is not a shape; give channels x height x width, e.g. 3x32x32.",
                         text));
    return shape;
}

Result<Graph> Graph::build(std::vector<NodeSpec> nodes, const Shape& input)
{
    if (auto ok = checkTopology(nodes); !ok)
        return fail(ok.error());
    if (input.empty() || std::ranges::any_of(input, [](auto extent) { return extent < 1; }))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The input shape must have positive extents."));

    Graph graph;
    double work = 0.0;
    graph.m_nodes.reserve(nodes.size());
    graph.m_users.resize(nodes.size());
    for (auto& spec : nodes) {
        const NodeId id(static_cast<std::int64_t>(graph.m_nodes.size()));
        Shape shape = input;
        if (id != NodeId(0)) {
            std::vector<Shape> inputs;
            for (const auto in : spec.inputs)
                inputs.push_back(graph.node(in).shape);
            auto inferred = espalier::outputShape(spec.operation, inputs);
            if (!inferred)
                return fail(inferred.error().code,
                            CoreText::tr("{1} '{2}' {3}.", operationName(spec.operation), spec.name,
                                         inferred.error().message));
            shape = std::move(*inferred);
        }
        if (auto ok = checkSize(shape); !ok)
            return fail(ok.error().code, CoreText::tr("'{1}' {2}.", spec.name, ok.error().message));
        if (!takeWork(work, spec, shape, graph.m_nodes))
            return fail(ErrorCode::Mismatch,
                        CoreText::tr("'{1}' has more weights, or multiplications to do, than any "
                                     "network; the graph is damaged.",
                                     spec.name));
        for (const auto in : spec.inputs)
            graph.m_users[in.index()].push_back(id);
        graph.m_nodes.push_back(
            Node{id, std::move(spec.name), spec.operation, std::move(spec.inputs), shape});
    }
    return graph;
}

std::optional<NodeId> Graph::find(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(m_nodes, [&](const Node& node) { return node.name == name; });
    return found == m_nodes.end() ? std::nullopt : std::optional(found->id);
}

NodeId Graph::features() const
{
    const auto* node = &m_nodes.back();
    while (node->inputs.size() == 1) {
        const auto before = node->inputs.front();
        if (std::holds_alternative<Linear>(node->operation)
            || std::holds_alternative<Conv2d>(node->operation))
            return before;
        node = &m_nodes[before.index()];
    }
    const auto& last = m_nodes.back();
    return last.inputs.empty() ? last.id : last.inputs.front();
}

std::int64_t Graph::macs(NodeId id) const
{
    const auto& node = m_nodes[id.index()];
    return std::visit(
        Overloaded{
            [&](const Conv2d& conv) {
                return conv.outChannels * positions(node.shape) * conv.kernel[0] * conv.kernel[1]
                    * (conv.inChannels / conv.groups);
            },
            [&](const Linear& linear) { return linear.inFeatures * elements(node.shape); },
            [&](const MatMul&) {
                return elements(node.shape) * m_nodes[node.inputs[0].index()].shape.back();
            },
            [](const auto&) { return std::int64_t{0}; },
        },
        node.operation);
}

std::int64_t Graph::params(NodeId id) const
{
    return std::visit(
        Overloaded{
            [](const Conv2d& conv) {
                return conv.outChannels * conv.kernel[0] * conv.kernel[1]
                    * (conv.inChannels / conv.groups)
                    + (conv.bias ? conv.outChannels : 0);
            },
            [](const BatchNorm2d& norm) { return norm.affine ? 2 * norm.channels : 0; },
            [](const LayerNorm& norm) { return norm.affine ? 2 * elements(norm.normalized) : 0; },
            [](const GroupNorm& norm) { return norm.affine ? 2 * norm.channels : 0; },
            [](const Parameter& parameter) {
                return parameter.trainable ? elements(parameter.shape) : 0;
            },
            [](const Linear& linear) {
                return linear.inFeatures * linear.outFeatures
                    + (linear.bias ? linear.outFeatures : 0);
            },
            [](const auto&) { return std::int64_t{0}; },
        },
        m_nodes[id.index()].operation);
}

std::int64_t Graph::macs() const
{
    std::int64_t total = 0;
    for (const auto& node : m_nodes)
        total += macs(node.id);
    return total;
}

std::int64_t Graph::params() const
{
    std::int64_t total = 0;
    for (const auto& node : m_nodes)
        total += params(node.id);
    return total;
}

std::vector<NodeSpec> Graph::specs() const
{
    std::vector<NodeSpec> specs;
    specs.reserve(m_nodes.size());
    for (const auto& node : m_nodes)
        specs.push_back(NodeSpec{node.name, node.operation, node.inputs});
    return specs;
}

std::string commonPath(std::span<const std::string> names)
{
    if (names.empty())
        return {};
    std::string common = names.front().substr(0, names.front().rfind('.') + 1);
    for (const auto& name : names) {
        while (!name.starts_with(common))
            common.erase(common.size() < 2 ? 0 : common.find_last_of('.', common.size() - 2) + 1);
    }
    if (!common.empty())
        common.pop_back(); // the last dot
    return common;
}

} // namespace espalier
