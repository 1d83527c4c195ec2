#include "network/executor_p.h"

#include <algorithm>
#include <array>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/overloaded.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

at::Tensor pad(const Pad& attributes, const at::Tensor& x)
{
    const auto& before = attributes.before;
    const auto& after = attributes.after;
    return at::constant_pad_nd(x, {before[2], after[2], before[1], after[1], before[0], after[0]},
                               attributes.value);
}

at::Tensor activate(const Activation& activation, const at::Tensor& x)
{
    switch (activation.kind) {
    case ActivationKind::Relu:
        return at::relu(x);
    case ActivationKind::Clamp:
        return at::clamp(x, activation.a, activation.b);
    case ActivationKind::LeakyRelu:
        return at::leaky_relu(x, activation.a);
    case ActivationKind::Elu:
        return at::elu(x, activation.a);
    case ActivationKind::Sigmoid:
        return at::sigmoid(x);
    case ActivationKind::HardSigmoid:
        return at::hardsigmoid(x);
    case ActivationKind::HardSwish:
        return at::hardswish(x);
    case ActivationKind::Silu:
        return at::silu(x);
    case ActivationKind::Mish:
        return at::mish(x);
    case ActivationKind::Tanh:
        return at::tanh(x);
    case ActivationKind::Softplus:
        return at::softplus(x, activation.a, activation.b);
    case ActivationKind::Gelu:
        return at::gelu(x);
    case ActivationKind::GeluTanh:
        return at::gelu(x, "tanh");
    case ActivationKind::Exp:
        return at::exp(x);
    }
    return x;
}

/// A Parameter has a batch of one, which is repeated beside full ones.
at::Tensor joined(std::vector<at::Tensor> parts, std::int64_t dimension)
{
    std::int64_t batch = 1;
    for (const auto& part : parts)
        batch = std::max(batch, part.size(0));
    for (auto& part : parts) {
        auto sizes = part.sizes().vec();
        sizes[0] = batch;
        part = part.expand(sizes);
    }
    return at::cat(parts, dimension + 1);
}

at::Tensor rearranged(const Rearrange& rearrange, const at::Tensor& x)
{
    auto split = rearrange.split;
    split.insert(split.begin(), x.size(0));
    std::vector<std::int64_t> order{0};
    for (const auto dimension : rearrange.order)
        order.push_back(dimension + 1);
    auto merged = rearrange.merged;
    merged.insert(merged.begin(), x.size(0));
    return x.reshape(split).permute(order).reshape(merged);
}

at::Tensor reduced(const Reduce& reduce, const at::Tensor& x)
{
    auto dimensions = reduce.dimensions;
    for (auto& dimension : dimensions)
        ++dimension;
    switch (reduce.kind) {
    case ReduceKind::Mean:
        return at::mean(x, dimensions, reduce.keep);
    case ReduceKind::Sum:
        return at::sum(x, dimensions, reduce.keep);
    case ReduceKind::L2Norm:
        return at::norm(x, 2, dimensions, reduce.keep);
    }
    return x;
}

/// An undefined tensor stands for an absent one. `input(i)` gives the value of the node's i-th
/// input.
template <class InputFunction>
at::Tensor evaluateNode(const Node& node, const NodeWeights& weights, Mode mode,
                        InputFunction&& input)
{
    return std::visit(
        Overloaded{
            [&](const Input&) { return at::Tensor(); },
            [&](const Conv2d& conv) {
                return at::conv2d(input(0), weights.weight, weights.bias, conv.stride, conv.padding,
                                  conv.dilation, conv.groups);
            },
            [&](const BatchNorm2d& norm) {
                return at::batch_norm(input(0), weights.weight, weights.bias, weights.runningMean,
                                      weights.runningVariance,
                                      /*training=*/mode == Mode::Train, norm.momentum, norm.epsilon,
                                      /*cudnn_enabled=*/true);
            },
            [&](const Parameter&) { return weights.weight.unsqueeze(0); },
            [&](const LayerNorm& norm) {
                return at::layer_norm(input(0), norm.normalized, weights.weight, weights.bias,
                                      norm.epsilon);
            },
            [&](const GroupNorm& norm) {
                // LibTorch 1.13 refuses bfloat16 beside float32 weights here, unlike in other
                // norms.
                return at::group_norm(input(0).to(at::kFloat), norm.groups, weights.weight,
                                      weights.bias, norm.epsilon);
            },
            [&](const Activation& activation) { return activate(activation, input(0)); },
            [&](const Affine& affine) { return input(0) * affine.scale + affine.shift; },
            [&](const Add&) { return input(0) + input(1); },
            [&](const Multiply&) { return input(0) * input(1); },
            [&](const Divide&) { return input(0) / input(1); },
            [&](const MatMul&) { return at::matmul(input(0), input(1)); },
            [&](const Concat& concat) {
                std::vector<at::Tensor> parts;
                for (std::size_t i = 0; i < node.inputs.size(); ++i)
                    parts.push_back(input(i));
                return joined(std::move(parts), concat.dimension);
            },
            [&](const Rearrange& attributes) { return rearranged(attributes, input(0)); },
            [&](const Reduce& attributes) { return reduced(attributes, input(0)); },
            [&](const Pad& attributes) { return pad(attributes, input(0)); },
            [&](const Slice& slice) {
                return at::slice(input(0), slice.dimension + 1, slice.start, slice.stop,
                                 slice.step);
            },
            [&](const MaxPool2d& pool) {
                return at::max_pool2d(input(0), pool.kernel, pool.stride, pool.padding,
                                      pool.dilation, pool.ceilMode);
            },
            [&](const AvgPool2d& pool) {
                return at::avg_pool2d(input(0), pool.kernel, pool.stride, pool.padding,
                                      pool.ceilMode, pool.countIncludePad);
            },
            [&](const AdaptiveAvgPool2d& pool) {
                return at::adaptive_avg_pool2d(input(0), pool.output);
            },
            [&](const Flatten&) { return at::flatten(input(0), /*start_dim=*/1); },
            [&](const Linear&) { return at::linear(input(0), weights.weight, weights.bias); },
            [&](const Dropout& dropout) {
                return at::dropout(input(0), dropout.probability,
                                   /*train=*/mode == Mode::Train);
            },
            [&](const Softmax& softmax) {
                return softmax.logarithm ? at::log_softmax(input(0), softmax.dimension + 1)
                                         : at::softmax(input(0), softmax.dimension + 1);
            },
        },
        node.operation);
}

/// For each node, its last user: after it the value can go. Invalid for `wanted`, which stay.
std::vector<NodeId> lastUsers(const Graph& graph, std::span<const NodeId> wanted)
{
    std::vector<NodeId> last(graph.nodes().size());
    for (const auto& node : graph.nodes()) {
        for (const auto input : node.inputs)
            last[input.index()] = node.id;
    }
    for (const auto id : wanted)
        last[id.index()] = NodeId();
    return last;
}

void releaseInputs(const Node& node, const std::vector<NodeId>& last, Activations& values)
{
    for (const auto input : node.inputs) {
        if (last[input.index()] == node.id)
            values[input].reset();
    }
}

at::Tensor withZeros(const at::Tensor& value, const Ablation::Channels& zeroed)
{
    const auto index = at::tensor(zeroed.channels, at::TensorOptions().dtype(at::kLong));
    return value.index_fill(zeroed.dimension + 1, index.to(value.device()), 0.0);
}

/// The hook is called when the gradient of `value` is known, before it goes on from there.
void stopsBackwardToo(const at::Tensor& value, const std::stop_token& stop)
{
    if (value.requires_grad() && stop.stop_possible())
        value.register_hook([stop](const at::Tensor&) { throwIfStopped(stop); });
}

/// One pass over an ablated network: which nodes differ from the parent, and their values.
class AblatedPass {
public:
    AblatedPass(const Graph& graph, const Network::Weights& weights, const Activations& parent,
                const Ablation& ablation)
        : m_graph(graph)
        , m_weights(weights)
        , m_parent(parent)
        , m_keep(graph.nodes().size())
        , m_zeroed(graph.nodes().size())
        , m_values(graph.nodes().size())
    {
        for (const auto& branch : ablation.branches)
            m_keep[branch.exit.index()] = branch.keep;
        for (const auto& zeroed : ablation.channels)
            m_zeroed[zeroed.node.index()].push_back(&zeroed);
    }

    std::vector<at::Tensor> run(std::span<const NodeId> wanted, const std::stop_token& stop)
    {
        const auto needed = neededNodes(wanted);
        const auto last = lastUsers(m_graph, wanted);
        for (const auto& node : m_graph.nodes()) {
            throwIfStopped(stop);
            if (needed[node.id.index()])
                visit(node);
            releaseInputs(node, last, m_values);
        }
        std::vector<at::Tensor> results;
        for (const auto id : wanted)
            results.push_back(value(id));
        return results;
    }

private:
    std::vector<bool> neededNodes(std::span<const NodeId> wanted) const
    {
        std::vector<bool> needed(m_graph.nodes().size(), false);
        for (const auto id : wanted)
            needed[id.index()] = true;
        for (std::size_t i = needed.size(); i-- > 0;) {
            if (!needed[i])
                continue;
            if (m_keep[i].isValid()) {
                needed[m_keep[i].index()] = true;
                continue;
            }
            for (const auto input : m_graph.nodes()[i].inputs)
                needed[input.index()] = true;
        }
        return needed;
    }

    const at::Tensor& value(NodeId id) const
    {
        return m_values[id].defined() ? m_values[id] : m_parent[id];
    }

    void visit(const Node& node)
    {
        const auto keep = m_keep[node.id.index()];
        const bool changed = std::ranges::any_of(
            node.inputs, [&](NodeId input) { return m_values[input].defined(); });
        if (keep.isValid())
            m_values[node.id] = value(keep);
        else if (changed)
            m_values[node.id] = evaluateNode(node, m_weights[node.id], Mode::Evaluate,
                                             [&](std::size_t i) { return value(node.inputs[i]); });
        for (const auto* zeroed : m_zeroed[node.id.index()])
            m_values[node.id] = withZeros(value(node.id), *zeroed);
    }

    const Graph& m_graph;
    const Network::Weights& m_weights;
    const Activations& m_parent;
    std::vector<NodeId> m_keep;
    std::vector<std::vector<const Ablation::Channels*>> m_zeroed;
    Activations m_values;
};

} // namespace

at::Tensor forward(const Graph& graph, const Network::Weights& weights, const at::Tensor& input,
                   Mode mode, const std::stop_token& stop)
{
    const std::array wanted{graph.output()};
    return forward(graph, weights, input, mode, wanted, stop).front();
}

std::vector<at::Tensor> forward(const Graph& graph, const Network::Weights& weights,
                                const at::Tensor& input, Mode mode, std::span<const NodeId> wanted,
                                const std::stop_token& stop,
                                const std::function<void(NodeId)>& finished)
{
    const auto last = lastUsers(graph, wanted);
    Activations values(graph.nodes().size());
    values[graph.input()] = input;
    for (const auto& node : graph.nodes().subspan(1)) {
        throwIfStopped(stop);
        values[node.id] = evaluateNode(node, weights[node.id], mode,
                                       [&](std::size_t i) { return values[node.inputs[i]]; });
        stopsBackwardToo(values[node.id], stop);
        releaseInputs(node, last, values);
        if (finished)
            finished(node.id);
    }
    std::vector<at::Tensor> results;
    for (const auto id : wanted)
        results.push_back(values[id]);
    return results;
}

Activations forwardKeepingAll(const Graph& graph, const Network::Weights& weights,
                              const at::Tensor& input, const std::stop_token& stop)
{
    Activations values(graph.nodes().size());
    values[graph.input()] = input;
    for (const auto& node : graph.nodes().subspan(1)) {
        throwIfStopped(stop);
        values[node.id] = evaluateNode(node, weights[node.id], Mode::Evaluate,
                                       [&](std::size_t i) { return values[node.inputs[i]]; });
    }
    return values;
}

std::vector<at::Tensor> forwardAblated(const Graph& graph, const Network::Weights& weights,
                                       const Activations& parent, const Ablation& ablation,
                                       std::span<const NodeId> wanted, const std::stop_token& stop)
{
    return AblatedPass(graph, weights, parent, ablation).run(wanted, stop);
}

} // namespace espalier
