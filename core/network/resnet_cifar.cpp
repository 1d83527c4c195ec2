#include <array>

#include "network/architectures_p.h"

namespace espalier {

namespace {

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

} // namespace

Result<std::vector<NodeSpec>> cifarResNet(int depth, const Shape& input, std::int64_t classes)
{
    auto nodes = ResNetBuilder().build(depth, input[0], classes);
    fillSliceExtents(nodes, input);
    return nodes;
}

} // namespace espalier
