#include "network/executor_p.h"

#include <algorithm>
#include <array>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/overloaded.h"

namespace espalier {

namespace {

at::Tensor pad(const Pad& attributes, const at::Tensor& x)
{
    const auto& before = attributes.before;
    const auto& after = attributes.after;
    return at::constant_pad_nd(x, {before[2], after[2], before[1], after[1], before[0], after[0]},
                               attributes.value);
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
            [&](const Relu&) { return at::relu(input(0)); },
            [&](const Add&) { return input(0) + input(1); },
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
                return softmax.logarithm ? at::log_softmax(input(0), /*dim=*/1)
                                         : at::softmax(input(0), /*dim=*/1);
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

at::Tensor zeroChannels(const at::Tensor& value, const std::vector<std::int64_t>& channels)
{
    const auto index = at::tensor(channels, at::TensorOptions().dtype(at::kLong));
    return value.index_fill(/*dim=*/1, index.to(value.device()), 0.0);
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
        , m_zeroed(graph.nodes().size(), nullptr)
        , m_values(graph.nodes().size())
    {
        for (const auto& branch : ablation.branches)
            m_keep[branch.add.index()] = branch.keep;
        for (const auto& zeroed : ablation.channels)
            m_zeroed[zeroed.node.index()] = &zeroed.channels;
    }

    std::vector<at::Tensor> run(std::span<const NodeId> wanted)
    {
        const auto needed = neededNodes(wanted);
        const auto last = lastUsers(m_graph, wanted);
        for (const auto& node : m_graph.nodes()) {
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
        if (const auto* channels = m_zeroed[node.id.index()])
            m_values[node.id] = zeroChannels(value(node.id), *channels);
    }

    const Graph& m_graph;
    const Network::Weights& m_weights;
    const Activations& m_parent;
    std::vector<NodeId> m_keep;
    std::vector<const std::vector<std::int64_t>*> m_zeroed;
    Activations m_values;
};

} // namespace

at::Tensor forward(const Graph& graph, const Network::Weights& weights, const at::Tensor& input,
                   Mode mode)
{
    const std::array wanted{graph.output()};
    return forward(graph, weights, input, mode, wanted).front();
}

std::vector<at::Tensor> forward(const Graph& graph, const Network::Weights& weights,
                                const at::Tensor& input, Mode mode, std::span<const NodeId> wanted)
{
    const auto last = lastUsers(graph, wanted);
    Activations values(graph.nodes().size());
    values[graph.input()] = input;
    for (const auto& node : graph.nodes().subspan(1)) {
        values[node.id] = evaluateNode(node, weights[node.id], mode,
                                       [&](std::size_t i) { return values[node.inputs[i]]; });
        releaseInputs(node, last, values);
    }
    std::vector<at::Tensor> results;
    for (const auto id : wanted)
        results.push_back(values[id]);
    return results;
}

Activations forwardKeepingAll(const Graph& graph, const Network::Weights& weights,
                              const at::Tensor& input)
{
    Activations values(graph.nodes().size());
    values[graph.input()] = input;
    for (const auto& node : graph.nodes().subspan(1))
        values[node.id] = evaluateNode(node, weights[node.id], Mode::Evaluate,
                                       [&](std::size_t i) { return values[node.inputs[i]]; });
    return values;
}

std::vector<at::Tensor> forwardAblated(const Graph& graph, const Network::Weights& weights,
                                       const Activations& parent, const Ablation& ablation,
                                       std::span<const NodeId> wanted)
{
    return AblatedPass(graph, weights, parent, ablation).run(wanted);
}

} // namespace espalier
