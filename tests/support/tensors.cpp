#include "support/tensors.h"

#include <cmath>
#include <limits>
#include <memory>
#include <variant>

#include <QtGlobal>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/overloaded.h"
#include "network/network_p.h"

namespace espalier::test {

namespace {

at::Tensor normal(const std::vector<std::int64_t>& shape, at::Generator generator)
{
    return at::randn(shape, generator, at::TensorOptions().dtype(at::kFloat));
}

NodeWeights randomWeights(const Operation& operation, at::Generator generator)
{
    NodeWeights weights;
    std::visit(
        Overloaded{
            [&](const Conv2d& conv) {
                const auto inputs = conv.inChannels / conv.groups;
                const auto fan = static_cast<double>(inputs * conv.kernel[0] * conv.kernel[1]);
                weights.weight =
                    normal({conv.outChannels, inputs, conv.kernel[0], conv.kernel[1]}, generator)
                    * std::sqrt(2.0 / fan);
                if (conv.bias)
                    weights.bias = normal({conv.outChannels}, generator) * 0.1;
            },
            [&](const BatchNorm2d& norm) {
                if (norm.affine) {
                    weights.weight =
                        at::rand({norm.channels}, generator, at::TensorOptions()) + 0.5;
                    weights.bias = normal({norm.channels}, generator) * 0.2;
                }
                weights.runningMean = normal({norm.channels}, generator) * 0.2;
                weights.runningVariance =
                    at::rand({norm.channels}, generator, at::TensorOptions()) + 0.5;
            },
            [&](const Linear& linear) {
                weights.weight = normal({linear.outFeatures, linear.inFeatures}, generator)
                    / std::sqrt(static_cast<double>(linear.inFeatures));
                if (linear.bias)
                    weights.bias = normal({linear.outFeatures}, generator) * 0.1;
            },
            [&](const LayerNorm& norm) {
                if (norm.affine) {
                    weights.weight = normal(norm.normalized, generator) * 0.2 + 1.0;
                    weights.bias = normal(norm.normalized, generator) * 0.2;
                }
            },
            [&](const GroupNorm& norm) {
                if (norm.affine) {
                    weights.weight = normal({norm.channels}, generator) * 0.2 + 1.0;
                    weights.bias = normal({norm.channels}, generator) * 0.2;
                }
            },
            [&](const Parameter& parameter) {
                weights.weight = normal(parameter.shape, generator);
            },
            [](const auto&) {},
        },
        operation);
    return weights;
}

} // namespace

at::Tensor randomTensor(const std::vector<std::int64_t>& shape, std::uint64_t seed)
{
    return normal(shape, at::make_generator<at::CPUGeneratorImpl>(seed));
}

double maxDifference(const at::Tensor& a, const at::Tensor& b)
{
    if (a.sizes() != b.sizes())
        return std::numeric_limits<double>::infinity();
    return (a - b).abs().max().item<double>();
}

Network randomNetwork(Graph graph, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    auto weights = std::make_shared<Network::Weights>();
    for (const auto& node : graph.nodes())
        weights->nodes.push_back(randomWeights(node.operation, generator));
    return Network(std::make_shared<const Graph>(std::move(graph)), std::move(weights));
}

Network withoutBatchNorm(const Network& network)
{
    std::vector<NodeSpec> specs;
    auto weights = std::make_shared<Network::Weights>();
    std::vector<NodeId> now; // by old id
    for (auto& spec : network.graph().specs()) {
        const auto& old = network.weights().nodes[now.size()];
        for (auto& input : spec.inputs)
            input = now[input.index()];
        const auto* norm = std::get_if<BatchNorm2d>(&spec.operation);
        if (norm) {
            const auto at = spec.inputs[0];
            auto& conv = weights->nodes[at.index()];
            const auto scale = old.weight / (old.runningVariance + norm->epsilon).sqrt();
            const auto bias = conv.bias.defined() ? conv.bias : at::zeros_like(scale);
            conv.weight = conv.weight * scale.reshape({-1, 1, 1, 1});
            conv.bias = (bias - old.runningMean) * scale + old.bias;
            std::get<Conv2d>(specs[at.index()].operation).bias = true;
            now.push_back(at);
            continue;
        }
        specs.push_back(std::move(spec));
        weights->nodes.push_back(old);
        now.emplace_back(static_cast<std::int64_t>(specs.size()) - 1);
    }
    auto graph = Graph::build(std::move(specs), network.graph().inputShape());
    if (!graph)
        qFatal("%s", graph.error().message.c_str());
    return Network(std::make_shared<const Graph>(*std::move(graph)), std::move(weights));
}

} // namespace espalier::test
