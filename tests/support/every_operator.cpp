#include "support/every_operator.h"

#include <limits>

#include <QtGlobal>

#include "support/tensors.h"

namespace espalier::test {

namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

class Chain {
public:
    explicit Chain(Shape input)
        : m_input(std::move(input))
        , m_specs{{"input", Input{}, {}}}
    {
    }

    int add(std::string name, Operation operation, const std::vector<int>& inputs)
    {
        std::vector<NodeId> ids;
        for (const auto input : inputs)
            ids.emplace_back(input);
        m_specs.push_back({std::move(name), std::move(operation), std::move(ids)});
        return static_cast<int>(m_specs.size()) - 1;
    }

    Network network() &&
    {
        auto graph = Graph::build(std::move(m_specs), m_input);
        if (!graph)
            qFatal("%s", graph.error().message.c_str());
        return randomNetwork(std::move(*graph));
    }

private:
    Shape m_input;
    std::vector<NodeSpec> m_specs;
};

int everyActivation(Chain& chain, int x)
{
    using Kind = ActivationKind;
    const std::vector<std::pair<std::string, Activation>> activations{
        {"relu6", {Kind::Clamp, 0.0, 6.0}},
        {"atLeast", {Kind::Clamp, -0.5, unbounded}},
        {"atMost", {Kind::Clamp, -unbounded, 2.5}},
        {"leaky", {Kind::LeakyRelu, 0.2}},
        {"elu", {Kind::Elu, 0.7}},
        {"sigmoid", {Kind::Sigmoid}},
        {"hardSigmoid", {Kind::HardSigmoid}},
        {"hardSwish", {Kind::HardSwish}},
        {"silu", {Kind::Silu}},
        {"mish", {Kind::Mish}},
        {"tanh", {Kind::Tanh}},
        {"softplus", {Kind::Softplus, 1.0, 20.0}},
        {"softplus2", {Kind::Softplus, 2.0, 20.0}},
        {"gelu", {Kind::Gelu}},
        {"geluTanh", {Kind::GeluTanh}},
        {"exp", {Kind::Exp}},
    };
    for (const auto& [name, activation] : activations) {
        // Values of both signs in front of each, and not too large behind it.
        const auto spread = chain.add("act." + name + ".spread", Affine{4.0, -1.5}, {x});
        x = chain.add("act." + name, activation, {spread});
        x = chain.add("act." + name + ".calm", Activation{.kind = Kind::Tanh}, {x});
    }
    return x;
}

} // namespace

Network imageOperators()
{
    Chain chain({3, 16, 16});
    auto x = chain.add("stem.conv",
                       Conv2d{.inChannels = 3,
                              .outChannels = 8,
                              .kernel = {3, 5},
                              .stride = {1, 2},
                              .padding = {1, 2},
                              .bias = true},
                       {0});
    x = chain.add("stem.bn", BatchNorm2d{.channels = 8, .epsilon = 1e-3, .momentum = 0.2}, {x});
    const auto entry = chain.add("stem.relu", Activation{}, {x});
    x = chain.add("grouped",
                  Conv2d{.inChannels = 8,
                         .outChannels = 8,
                         .kernel = {3, 3},
                         .padding = {2, 2},
                         .dilation = {2, 2},
                         .groups = 2},
                  {entry});
    x = chain.add("plain-norm", BatchNorm2d{.channels = 8, .affine = false}, {x});
    x = chain.add("sum", Add{}, {x, entry});
    x = chain.add("group-norm", GroupNorm{.groups = 4, .channels = 8, .epsilon = 1e-4}, {x});
    x = chain.add("group-norm-plain", GroupNorm{.groups = 2, .channels = 8, .affine = false}, {x});
    x = everyActivation(chain, x);
    // Squeeze and excite.
    auto gate = chain.add("se.pool", AdaptiveAvgPool2d{}, {x});
    gate = chain.add("se.fc", Conv2d{.inChannels = 8, .outChannels = 8}, {gate});
    gate = chain.add("se.gate", Activation{.kind = ActivationKind::Sigmoid}, {gate});
    x = chain.add("se.scale", Multiply{}, {x, gate});
    const auto scale = chain.add("layer_scale", Parameter{.shape = {8, 1, 1}}, {});
    x = chain.add("scaled", Multiply{}, {x, scale});
    const auto mean = chain.add("mean", Reduce{ReduceKind::Mean, {0}, true}, {x});
    const auto norm = chain.add("norm", Reduce{ReduceKind::L2Norm, {0}, true}, {x});
    x = chain.add("joined", Concat{0}, {x, mean, norm});
    x = chain.add(
        "max", MaxPool2d{.kernel = {3, 3}, .stride = {2, 1}, .padding = {1, 1}, .ceilMode = true},
        {x});
    x = chain.add("rows", Slice{1, 1, 8, 2}, {x});
    x = chain.add("channels", Slice{0, 2, 7, 1}, {x});
    x = chain.add("pad", Pad{{1, 0, 2}, {2, 1, 0}, 0.5}, {x});
    x = chain.add(
        "average",
        AvgPool2d{.kernel = {2, 2}, .stride = {1, 1}, .padding = {1, 1}, .countIncludePad = false},
        {x});
    x = chain.add(
        "average-counted",
        AvgPool2d{.kernel = {2, 3}, .stride = {3, 2}, .padding = {1, 1}, .ceilMode = true}, {x});
    x = chain.add("shuffle", Rearrange{{2, 4, 3, 6}, {1, 0, 2, 3}, {8, 3, 6}}, {x});
    x = chain.add("adaptive", AdaptiveAvgPool2d{{3, 2}}, {x});
    x = chain.add("flatten", Flatten{}, {x});
    x = chain.add("hidden", Linear{8 * 6, 20, false}, {x});
    x = chain.add("features-norm", BatchNorm2d{.channels = 20}, {x});
    x = chain.add("dropout", Dropout{0.3}, {x});
    x = chain.add("head.0", Linear{20, 5, true}, {x});
    chain.add("softmax", Softmax{}, {x});
    return std::move(chain).network();
}

Network tokenOperators()
{
    Chain chain({3, 16, 16});
    auto x = chain.add(
        "patches",
        Conv2d{
            .inChannels = 3, .outChannels = 12, .kernel = {4, 4}, .stride = {4, 4}, .bias = true},
        {0});
    x = chain.add("tokens", Rearrange{{12, 4, 4}, {1, 2, 0}, {16, 12}}, {x});
    const auto token = chain.add("class_token", Parameter{.shape = {1, 12}}, {});
    x = chain.add("with_token", Concat{0}, {token, x});
    const auto position = chain.add("position", Parameter{.shape = {17, 12}}, {});
    x = chain.add("positioned", Add{}, {x, position});
    const auto before = x;
    x = chain.add("block.norm", LayerNorm{.normalized = {12}, .epsilon = 1e-6}, {x});
    std::vector<int> parts;
    for (const char* name : {"block.q", "block.k", "block.v"}) {
        auto part = chain.add(name, Linear{12, 12, true}, {x});
        const bool isKey = std::string_view(name) == "block.k";
        part = chain.add(std::string(name) + ".heads",
                         Rearrange{{17, 3, 4},
                                   isKey ? std::vector<std::int64_t>{1, 2, 0}
                                         : std::vector<std::int64_t>{1, 0, 2},
                                   isKey ? Shape{3, 4, 17} : Shape{3, 17, 4}},
                         {part});
        parts.push_back(part);
    }
    const auto query = chain.add("block.scaled", Affine{0.5, 0.0}, {parts[0]});
    x = chain.add("block.scores", MatMul{}, {query, parts[1]});
    const auto mask =
        chain.add("block.mask", Parameter{.shape = {1, 17, 17}, .trainable = false}, {});
    x = chain.add("block.masked", Add{}, {x, mask});
    x = chain.add("block.softmax", Softmax{2}, {x});
    x = chain.add("block.attended", MatMul{}, {x, parts[2]});
    x = chain.add("block.joined", Rearrange{{3, 17, 4}, {1, 0, 2}, {17, 12}}, {x});
    x = chain.add("block.out", Linear{12, 12, false}, {x});
    x = chain.add("block.sum", Add{}, {x, before});
    const auto lengths = chain.add("lengths", Reduce{ReduceKind::L2Norm, {1}, true}, {x});
    const auto longer = chain.add("longer", Affine{1.0, 1.0}, {lengths});
    x = chain.add("normalised", Divide{}, {x, longer});
    x = chain.add("plain_norm", LayerNorm{.normalized = {17, 12}, .affine = false}, {x});
    x = chain.add("patch_tokens", Slice{0, 1, 17, 1}, {x});
    x = chain.add("windows", Rearrange{{2, 2, 2, 2, 12}, {0, 2, 1, 3, 4}, {4, 4, 12}}, {x});
    x = chain.add("window_sum", Reduce{ReduceKind::Sum, {1}, false}, {x});
    x = chain.add("pooled", Reduce{ReduceKind::Mean, {0}, false}, {x});
    x = chain.add("head", Linear{12, 7, true}, {x});
    x = chain.add("log_softmax", Softmax{.dimension = 0, .logarithm = true}, {x});
    chain.add("last_dropout", Dropout{0.2}, {x});
    return std::move(chain).network();
}

std::vector<Network> singleOperators()
{
    std::vector<Network> networks;
    for (const auto& graph : {imageOperators().graph(), tokenOperators().graph()}) {
        for (const auto& node : graph.nodes()) {
            const std::string_view name = node.name;
            if (node.inputs.empty() || name.ends_with(".spread") || name.ends_with(".calm"))
                continue;
            const auto& shape = graph.node(node.inputs[0]).shape;
            Chain chain(shape);
            std::vector<int> inputs{0};
            for (std::size_t i = 1; i < node.inputs.size(); ++i) {
                const Parameter other{.shape = graph.node(node.inputs[i]).shape,
                                      .trainable = false};
                inputs.push_back(other.shape == shape
                                     ? 0
                                     : chain.add("constant" + std::to_string(i), other, {}));
            }
            chain.add(node.name, node.operation, inputs);
            networks.push_back(std::move(chain).network());
        }
    }
    return networks;
}

} // namespace espalier::test
