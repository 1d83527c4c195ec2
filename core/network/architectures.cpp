#include "network/architectures.h"

#include <array>
#include <cmath>
#include <memory>
#include <variant>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "network/architectures_p.h"
#include "network/network_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

using NodesFunction = Result<std::vector<NodeSpec>> (*)(const Shape& input, std::int64_t classes);

template <int depth> Result<std::vector<NodeSpec>> resNet(const Shape& input, std::int64_t classes)
{
    return cifarResNet(depth, input, classes);
}

Result<std::vector<NodeSpec>> smallTransformer(const Shape& input, std::int64_t classes)
{
    return visionTransformer({}, input, classes);
}

struct Architecture {
    std::string_view name;
    NodesFunction nodes;
};
constexpr std::array architectures{
    Architecture{"resnet8", resNet<8>},     Architecture{"resnet14", resNet<14>},
    Architecture{"resnet20", resNet<20>},   Architecture{"resnet32", resNet<32>},
    Architecture{"resnet44", resNet<44>},   Architecture{"resnet56", resNet<56>},
    Architecture{"resnet110", resNet<110>}, Architecture{"vit_4x64", smallTransformer},
};

Result<NodesFunction> nodesOf(std::string_view name)
{
    std::string known;
    for (const auto& architecture : architectures) {
        if (architecture.name == name)
            return architecture.nodes;
        known += (known.empty() ? "" : ", ") + std::string(architecture.name);
    }
    return fail(
        ErrorCode::NotFound,
        CoreText::tr("There is no built-in architecture '{1}'; give one of {2}.", name, known));
}

/// Standard deviation of a transformer's token and position embeddings.
constexpr double embeddingDeviation = 0.02;

Network::Weights initialWeights(const Graph& graph, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    Network::Weights weights;
    weights.nodes.resize(graph.nodes().size());
    for (const auto& node : graph.nodes()) {
        auto& tensors = weights[node.id];
        if (const auto* conv = std::get_if<Conv2d>(&node.operation)) {
            const auto fanOut = conv->outChannels * conv->kernel[0] * conv->kernel[1];
            tensors.weight = at::randn({conv->outChannels, conv->inChannels / conv->groups,
                                        conv->kernel[0], conv->kernel[1]},
                                       generator, at::TensorOptions())
                * std::sqrt(2.0 / static_cast<double>(fanOut));
            if (conv->bias)
                tensors.bias = at::zeros({conv->outChannels});
        } else if (const auto* norm = std::get_if<BatchNorm2d>(&node.operation)) {
            tensors.weight = at::ones({norm->channels});
            tensors.bias = at::zeros({norm->channels});
            tensors.runningMean = at::zeros({norm->channels});
            tensors.runningVariance = at::ones({norm->channels});
        } else if (const auto* layerNorm = std::get_if<LayerNorm>(&node.operation)) {
            tensors.weight = at::ones(layerNorm->normalized);
            tensors.bias = at::zeros(layerNorm->normalized);
        } else if (const auto* parameter = std::get_if<Parameter>(&node.operation)) {
            tensors.weight =
                at::randn(parameter->shape, generator, at::TensorOptions()) * embeddingDeviation;
        } else if (const auto* linear = std::get_if<Linear>(&node.operation)) {
            const auto bound = 1.0 / std::sqrt(static_cast<double>(linear->inFeatures));
            tensors.weight =
                (at::rand({linear->outFeatures, linear->inFeatures}, generator, at::TensorOptions())
                     * 2.0
                 - 1.0)
                * bound;
            tensors.bias = at::zeros({linear->outFeatures});
        }
    }
    return weights;
}

} // namespace

std::vector<std::string> architectureNames()
{
    std::vector<std::string> names;
    for (const auto& architecture : architectures)
        names.emplace_back(architecture.name);
    return names;
}

Result<Network> makeNetwork(std::string_view name, const Shape& input, std::int64_t classes,
                            std::uint64_t seed)
{
    const auto function = nodesOf(name);
    if (!function)
        return fail(function.error());
    if (input.size() != 3 || classes < 2)
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr(
                "A network needs images (channels x height x width) and at least 2 classes."));
    auto nodes = (*function)(input, classes);
    if (!nodes)
        return fail(nodes.error());
    auto graph = Graph::build(std::move(*nodes), input);
    if (!graph)
        return fail(graph.error());
    auto weights = std::make_shared<Network::Weights>();
    if (auto ok = guarded(CoreText::tr("making the network"),
                          [&]() -> Status {
                              *weights = initialWeights(*graph, seed);
                              return {};
                          });
        !ok)
        return fail(ok.error());
    return Network(std::make_shared<const Graph>(std::move(*graph)), std::move(weights));
}

} // namespace espalier
