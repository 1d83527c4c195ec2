#include "network/architectures.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <variant>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "network/network_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr std::array depths{8, 14, 20, 32, 44, 56, 110};

/// Lists the nodes of a CIFAR ResNet (He et al. 2015, section 4.2) with option-A shortcuts.
class ResNetBuilder {
public:
    std::vector<NodeSpec> build(int depth, std::int64_t channels, std::int64_t classes)
    {
        add("input", Input{}, {});
        auto x = convNormRelu("", 1, channels, 16, 1);
        std::int64_t width = 16;
        for (int stage = 1; stage <= 3; ++stage) {
            const std::int64_t out = 16 << (stage - 1);
            for (int block = 0; block < (depth - 2) / 6; ++block) {
                const auto path =
                    "layer" + std::to_string(stage) + "." + std::to_string(block) + ".";
                x = basicBlock(path, x, width, out);
                width = out;
            }
        }
        x = add("pool", AdaptiveAvgPool2d{{1, 1}}, {x});
        x = add("flatten", Flatten{}, {x});
        add("linear", Linear{width, classes, true}, {x});
        return std::move(m_nodes);
    }

private:
    NodeId add(std::string name, Operation operation, std::vector<NodeId> inputs)
    {
        m_nodes.push_back(NodeSpec{std::move(name), operation, std::move(inputs)});
        return NodeId(static_cast<std::int64_t>(m_nodes.size()) - 1);
    }

    NodeId convNorm(const std::string& path, int number, NodeId x, std::int64_t in,
                    std::int64_t out, std::int64_t stride)
    {
        const auto suffix = std::to_string(number);
        x = add(path + "conv" + suffix,
                Conv2d{.inChannels = in,
                       .outChannels = out,
                       .kernel = {3, 3},
                       .stride = {stride, stride},
                       .padding = {1, 1}},
                {x});
        return add(path + "bn" + suffix, BatchNorm2d{.channels = out}, {x});
    }

    NodeId convNormRelu(const std::string& path, int number, std::int64_t in, std::int64_t out,
                        std::int64_t stride)
    {
        const auto x = convNorm(path, number, NodeId(0), in, out, stride);
        return add(path + "relu" + std::to_string(number), Activation{}, {x});
    }

    NodeId basicBlock(const std::string& path, NodeId entry, std::int64_t in, std::int64_t out)
    {
        const std::int64_t stride = in == out ? 1 : 2;
        auto x = convNorm(path, 1, entry, in, out, stride);
        x = add(path + "relu1", Activation{}, {x});
        x = convNorm(path, 2, x, out, out, 1);
        const auto shortcut = in == out ? entry : padShortcut(path, entry, in, out);
        x = add(path + "add", Add{}, {x, shortcut});
        return add(path + "relu2", Activation{}, {x});
    }

    /// Every second pixel, missing channels as zeros on both sides.
    NodeId padShortcut(const std::string& path, NodeId x, std::int64_t in, std::int64_t out)
    {
        // The extents are filled in by build() of the caller, which knows the input.
        x = add(path + "shortcut.rows", Slice{1, 0, 0, 2}, {x});
        x = add(path + "shortcut.columns", Slice{2, 0, 0, 2}, {x});
        const auto missing = out - in;
        return add(path + "shortcut.pad",
                   Pad{.before = {missing / 2, 0, 0}, .after = {missing - missing / 2, 0, 0}}, {x});
    }

    std::vector<NodeSpec> m_nodes;
};

/// The slices run to the end of their dimension: input extent halved (rounded up) per stage.
void fillSliceExtents(std::vector<NodeSpec>& nodes, const Shape& input)
{
    std::array<std::int64_t, 3> extents{0, input[1], input[2]};
    for (auto& node : nodes) {
        if (auto* slice = std::get_if<Slice>(&node.operation)) {
            auto& extent = extents[static_cast<std::size_t>(slice->dimension)];
            slice->stop = extent;
            extent = (extent + 1) / 2;
        }
    }
}

Result<int> depthOf(std::string_view name)
{
    for (const auto depth : depths) {
        if (name == "resnet" + std::to_string(depth))
            return depth;
    }
    std::string known;
    for (const auto& each : architectureNames())
        known += (known.empty() ? "" : ", ") + each;
    return fail(ErrorCode::NotFound,
                "There is no built-in architecture '" + std::string(name) + "'; give one of "
                    + known + ".");
}

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
        } else if (const auto* norm = std::get_if<BatchNorm2d>(&node.operation)) {
            tensors.weight = at::ones({norm->channels});
            tensors.bias = at::zeros({norm->channels});
            tensors.runningMean = at::zeros({norm->channels});
            tensors.runningVariance = at::ones({norm->channels});
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
    for (const auto depth : depths)
        names.push_back("resnet" + std::to_string(depth));
    return names;
}

Result<Network> makeNetwork(std::string_view name, const Shape& input, std::int64_t classes,
                            std::uint64_t seed)
{
    const auto depth = depthOf(name);
    if (!depth)
        return fail(depth.error());
    if (input.size() != 3 || classes < 2)
        return fail(ErrorCode::InvalidArgument,
                    "A network needs images (channels x height x width) and at least 2 classes.");
    auto nodes = ResNetBuilder().build(*depth, input[0], classes);
    fillSliceExtents(nodes, input);
    auto graph = Graph::build(std::move(nodes), input);
    if (!graph)
        return fail(graph.error());
    auto weights = std::make_shared<Network::Weights>();
    if (auto ok = guarded("making the network",
                          [&]() -> Status {
                              *weights = initialWeights(*graph, seed);
                              return {};
                          });
        !ok)
        return fail(ok.error());
    return Network(std::make_shared<const Graph>(std::move(*graph)), std::move(weights));
}

} // namespace espalier
