#include "formats/aten_mapper_p.h"

#include <algorithm>
#include <memory>
#include <set>

#include <ATen/Functions.h>

#include "formats/aten_handlers_p.h"
#include "network/shapes.h"

namespace espalier {

namespace {

constexpr std::size_t mostNodes = 100'000;

/// Copies that a network's weights may need beyond those that its file holds: shared ones become
/// one for each use, and what is expanded takes its whole size.
constexpr std::size_t timesTheWeights = 16;
constexpr std::size_t smallWeights = std::size_t{1} << 29; // bytes

/// What copies of these weights take is in proportion to the memory they lie in.
Status checkCopies(std::vector<NodeWeights>& weights)
{
    std::set<const void*> storages;
    double held = smallWeights;
    double copied = 0.0;
    for (auto& each : weights) {
        forEachTensor(each, [&](std::string_view, at::Tensor& tensor) {
            if (!tensor.defined())
                return;
            copied += static_cast<double>(tensor.numel()) * static_cast<double>(tensor.itemsize());
            const auto bytes = static_cast<double>(tensor.storage().nbytes());
            if (storages.insert(tensor.storage().data()).second)
                held += bytes * timesTheWeights;
        });
    }
    if (copied > held)
        return fail(ErrorCode::Unsupported,
                    "The model uses its weights so often that they do not fit into memory.");
    return {};
}

const AtenHandlers& handlers()
{
    static const AtenHandlers table = [] {
        AtenHandlers all;
        addLayerHandlers(all);
        addElementWiseHandlers(all);
        addLayoutHandlers(all);
        addAttentionHandlers(all);
        return all;
    }();
    return table;
}

} // namespace

Status AtenMapper::checkInput(const Shape& input)
{
    if (input.empty() || std::ranges::any_of(input, [](auto extent) { return extent < 1; })
        || !checkSize(input))
        return fail(ErrorCode::Mismatch,
                    "The model's input of " + shapeText(input)
                        + " values is impossible; give the shape of one sample.");
    return {};
}

AtenMapper::AtenMapper(const Shape& input)
    : m_specs{NodeSpec{"input", Input{}, {}}}
    , m_weights(1)
    , m_shapes{input}
    , m_names{{"input", 2}}
{
}

AtenTensor AtenMapper::input() const
{
    return {NodeId(0), TensorView::whole(m_shapes.front())};
}

Result<AtenValue> AtenMapper::call(const AtenCall& call)
{
    const AtenArguments arguments(*this, call);
    auto handler = handlers().find(call.name);
    // In place or not is the same to a graph of values.
    if (handler == handlers().end() && call.name.ends_with("_"))
        handler = handlers().find(call.name.substr(0, call.name.size() - 1));
    if (handler == handlers().end())
        return arguments.unsupported("is not supported");
    auto result = handler->second(arguments);
    if (result && !arguments.ok())
        return arguments.unexpectedForm();
    return result;
}

Result<NodeId> AtenMapper::addNode(const AtenCall& call, Operation operation,
                                   std::vector<NodeId> inputs, NodeWeights weights,
                                   const std::string& path)
{
    std::vector<Shape> shapes;
    for (const auto input : inputs)
        shapes.push_back(shape(input));
    auto name = uniqueName(path.empty() ? call.fallbackName : path);
    auto inferred = outputShape(operation, shapes);
    if (const auto fits = inferred ? checkSize(*inferred) : Status(); !fits)
        inferred = fail(fits.error());
    if (inferred && m_specs.size() >= mostNodes)
        inferred = fail(ErrorCode::Unsupported, "is one operator too many; no network has so many");
    if (!inferred)
        return fail(inferred.error().code,
                    std::string(operationName(operation)) + " '" + name + "' "
                        + inferred.error().message + ".");
    m_specs.push_back(NodeSpec{std::move(name), std::move(operation), std::move(inputs)});
    m_weights.push_back(std::move(weights));
    m_shapes.push_back(std::move(*inferred));
    return NodeId(static_cast<std::int64_t>(m_specs.size()) - 1);
}

Result<AtenTensor> AtenMapper::ordered(const AtenCall& call, const AtenTensor& tensor)
{
    auto canonical = tensor.view.canonical();
    const auto sample = canonical.rearrange.merged;
    const auto view = tensor.view.over(sample);
    if (canonical.inOrder && sample == shape(tensor.node))
        return AtenTensor{tensor.node, view};
    const bool flattens = canonical.inOrder && sample.size() == 1;
    AtenCall named = call;
    named.fallbackName =
        (call.place.empty() ? "" : call.place + ".") + (flattens ? "flatten" : "rearrange");
    const auto id = addNode(named, flattens ? Operation(Flatten{}) : Operation(canonical.rearrange),
                            {tensor.node});
    if (!id)
        return fail(id.error());
    return AtenTensor{*id, view};
}

void AtenMapper::notice(const std::string& sentence)
{
    if (std::ranges::find(m_notices, sentence) == m_notices.end())
        m_notices.push_back(sentence);
}

std::string AtenMapper::uniqueName(std::string name)
{
    for (auto& next = m_names[name];; ++next) {
        if (next == 0) {
            next = 2;
            return name;
        }
        auto numbered = name + "_" + std::to_string(next);
        if (m_names.emplace(numbered, 2).second)
            return numbered;
    }
}

Result<Network> AtenMapper::finish(const AtenValue& result, ModelMetadata metadata) &&
{
    if (!result.isNode())
        return fail(ErrorCode::Unsupported,
                    "The model returns several outputs or none; only one tensor is supported.");
    const auto output = ordered(
        {.name = "output", .arguments = {}, .place = {}, .fallbackName = {}}, result.tensor());
    if (!output)
        return fail(output.error());
    if (!output->view.isBatchFirst())
        return fail(ErrorCode::Unsupported,
                    "The model's output does not have the batch as its first dimension.");
    std::vector<bool> live(m_specs.size(), false);
    live[0] = true;
    live[output->node.index()] = true;
    for (std::size_t i = live.size(); i-- > 0;) {
        if (live[i]) {
            for (const auto input : m_specs[i].inputs)
                live[input.index()] = true;
        }
    }
    for (std::size_t i = 0; i < live.size(); ++i) {
        if (!live[i])
            m_weights[i] = {};
    }
    if (auto ok = checkCopies(m_weights); !ok)
        return fail(ok.error());
    std::vector<NodeSpec> specs;
    auto weights = std::make_shared<Network::Weights>();
    std::vector<NodeId> newIds(m_specs.size());
    for (std::size_t i = 0; i < m_specs.size(); ++i) {
        if (!live[i])
            continue;
        newIds[i] = NodeId(static_cast<std::int64_t>(specs.size()));
        for (auto& input : m_specs[i].inputs)
            input = newIds[input.index()];
        specs.push_back(std::move(m_specs[i]));
        forEachTensor(m_weights[i], [](std::string_view, at::Tensor& tensor) {
            if (tensor.defined())
                tensor = tensor.detach().clone(at::MemoryFormat::Contiguous);
        });
        weights->nodes.push_back(std::move(m_weights[i]));
    }
    auto graph = Graph::build(std::move(specs), m_shapes.front());
    if (!graph)
        return fail(graph.error());
    if (auto ok = checkWeights(*graph, *weights); !ok)
        return fail(ok.error());
    metadata.notices.insert(metadata.notices.end(), m_notices.begin(), m_notices.end());
    return Network(std::make_shared<const Graph>(std::move(*graph)), std::move(weights),
                   std::move(metadata));
}

} // namespace espalier
