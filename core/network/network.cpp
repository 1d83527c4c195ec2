#include "network/network_p.h"

#include <variant>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "base/overloaded.h"

namespace espalier {

namespace {

using Expected = std::array<std::vector<std::int64_t>, 4>; // weight, bias, mean, variance

Expected expectedShapes(const Operation& operation)
{
    using Vector = std::vector<std::int64_t>;
    return std::visit(
        Overloaded{
            [](const Conv2d& conv) {
                return Expected{Vector{conv.outChannels, conv.inChannels / conv.groups,
                                       conv.kernel[0], conv.kernel[1]},
                                conv.bias ? Vector{conv.outChannels} : Vector{}};
            },
            [](const BatchNorm2d& norm) {
                const Vector affine = norm.affine ? Vector{norm.channels} : Vector{};
                return Expected{affine, affine, Vector{norm.channels}, Vector{norm.channels}};
            },
            [](const Parameter& parameter) { return Expected{parameter.shape}; },
            [](const LayerNorm& norm) {
                const auto affine = norm.affine ? norm.normalized : Vector{};
                return Expected{affine, affine};
            },
            [](const GroupNorm& norm) {
                const Vector affine = norm.affine ? Vector{norm.channels} : Vector{};
                return Expected{affine, affine};
            },
            [](const Linear& linear) {
                return Expected{Vector{linear.outFeatures, linear.inFeatures},
                                linear.bias ? Vector{linear.outFeatures} : Vector{}};
            },
            [](const auto&) { return Expected{}; },
        },
        operation);
}

std::string sizesText(at::IntArrayRef sizes)
{
    return shapeText(sizes.vec());
}

Status checkTensor(const std::string& name, const at::Tensor& tensor,
                   const std::vector<std::int64_t>& expected)
{
    if (expected.empty() != !tensor.defined())
        return fail(ErrorCode::Mismatch,
                    expected.empty() ? CoreText::tr("The network has no place for '{1}'.", name)
                                     : CoreText::tr("The weights lack '{1}'.", name));
    if (!tensor.defined())
        return {};
    if (tensor.sizes() != at::IntArrayRef(expected))
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("'{1}' has shape {2} but needs {3}.", name,
                                 sizesText(tensor.sizes()), sizesText(expected)));
    if (tensor.scalar_type() != at::kFloat)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' is not float32; convert the model to float32 first.", name));
    if (!at::isfinite(tensor).all().item<bool>())
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("'{1}' holds values that are not finite.", name));
    return {};
}

} // namespace

Network::Network(std::shared_ptr<const Graph> graph, std::shared_ptr<const Weights> weights,
                 ModelMetadata metadata)
    : m_graph(std::move(graph))
    , m_weights(std::move(weights))
    , m_metadata(std::move(metadata))
{
}

Status checkWeights(const Graph& graph, const Network::Weights& weights)
{
    if (weights.nodes.size() != graph.nodes().size())
        return fail(ErrorCode::Mismatch, CoreText::tr("The weights do not belong to this graph."));
    for (const auto& node : graph.nodes()) {
        const auto expected = expectedShapes(node.operation);
        Status status;
        std::size_t i = 0;
        forEachTensor(weights[node.id], [&](std::string_view name, const at::Tensor& tensor) {
            if (status)
                status = checkTensor(node.name + "." + std::string(name), tensor, expected[i]);
            ++i;
        });
        if (!status)
            return status;
    }
    return {};
}

Network::Weights cloneWeights(const Network::Weights& weights)
{
    Network::Weights copy = weights;
    for (auto& node : copy.nodes) {
        forEachTensor(node, [](std::string_view, at::Tensor& tensor) {
            if (tensor.defined())
                tensor = tensor.detach().clone();
        });
    }
    return copy;
}

} // namespace espalier
