#include "formats/aten_mapper_p.h"

#include <algorithm>
#include <memory>
#include <set>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "formats/aten_handlers_p.h"
#include "network/shapes.h"

namespace espalier {

namespace {

constexpr std::size_t mostNodes = 100'000; // ResNet-1202 has some six thousand

/// Copies that a network's weights may need beyond those that its file holds: shared ones become
/// one for each use, and what is expanded takes its whole size.
constexpr double timesTheWeights = 16.0;
constexpr double smallWeights = 1 << 29; // bytes

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

bool isInPlace(const std::string& name)
{
    return name.ends_with("_") && !name.ends_with("__");
}

std::string operatorSentence(const std::string& name, const std::string& place,
                             const std::string& clause)
{
    return place.empty()
        ? CoreText::tr("The operator {1} at 'the top of the model' {2}.", name, clause)
        : CoreText::tr("The operator {1} at '{2}' {3}.", name, place, clause);
}

Status AtenMapper::checkInput(const Shape& input)
{
    if (input.empty() || std::ranges::any_of(input, [](auto extent) { return extent < 1; })
        || !checkSize(input))
        return fail(
            ErrorCode::Mismatch,
            CoreText::tr(
                "The model's input of {1} values is impossible; give the shape of one sample.",
                shapeText(input)));
    return {};
}

AtenMapper::AtenMapper(const Shape& input)
    : m_specs{NodeSpec{"input", Input{}, {}}}
    , m_weights(1)
    , m_shapes{input}
    , m_names{{"input", 2}}
    , m_inputMemory(m_writes.newMemory())
{
}

AtenTensor AtenMapper::input() const
{
    return {
        .node = NodeId(0), .view = TensorView::whole(m_shapes.front()), .memory = m_inputMemory};
}

Result<AtenValue> AtenMapper::call(const AtenCall& given)
{
    AtenCall call = given;
    for (auto& argument : call.arguments) {
        auto now = current(call, std::move(argument));
        if (!now)
            return now;
        argument = *std::move(now);
    }
    const AtenArguments arguments(*this, call);
    if (isInPlace(call.name) && (call.arguments.empty() || !call.arguments[0].isNode()))
        return arguments.unsupported(
            CoreText::tr("writes what depends on the image into a constant"));
    auto handler = handlers().find(call.name);
    // In place or not makes the same node.
    if (handler == handlers().end() && isInPlace(call.name))
        handler = handlers().find(call.name.substr(0, call.name.size() - 1));
    if (handler == handlers().end())
        return arguments.unsupported(CoreText::tr("is not supported"));
    auto result = handler->second(arguments);
    if (result && !arguments.ok())
        return arguments.unexpectedForm();
    if (result)
        place(call, *result);
    return result;
}

/// The value after all writes to its memory, tensors in lists too.
Result<AtenValue> AtenMapper::current(const AtenCall& call, AtenValue value) const
{
    if (auto* tensor = std::get_if<AtenTensor>(&value.value)) {
        auto now = m_writes.current(*tensor);
        if (!now)
            return fail(ErrorCode::Unsupported,
                        operatorSentence("aten::" + call.name, call.place, now.error().message));
        *tensor = *std::move(now);
    } else if (auto* list = std::get_if<AtenList>(&value.value)) {
        for (auto& item : *list) {
            auto now = current(call, std::move(item));
            if (!now)
                return now;
            item = *std::move(now);
        }
    }
    return value;
}

/// Says in whose memory the result lies.
void AtenMapper::place(const AtenCall& call, AtenValue& result)
{
    const auto* first =
        call.arguments.empty() ? nullptr : std::get_if<AtenTensor>(&call.arguments[0].value);
    auto* tensor = std::get_if<AtenTensor>(&result.value);
    if (tensor && first && isInPlace(call.name)) {
        m_writes.write(*first, *tensor);
        return;
    }
    const auto shares = first ? sharesMemory(call.name) : SharesMemory::No;
    const auto memory = [&] {
        if (shares == SharesMemory::Whole)
            return first->memory;
        return m_writes.newMemory(shares == SharesMemory::Parts ? first->memory : 0);
    };
    if (tensor)
        m_writes.place(*tensor, memory());
    if (auto* list = std::get_if<AtenList>(&result.value)) {
        for (auto& item : *list) {
            if (auto* part = std::get_if<AtenTensor>(&item.value))
                m_writes.place(*part, memory());
        }
    }
}

Result<NodeId> AtenMapper::addNode(const AtenCall& call, Operation operation,
                                   std::vector<NodeId> inputs, NodeWeights weights,
                                   const std::string& path)
{
    if (m_specs.size() >= mostNodes)
        return fail(ErrorCode::Unsupported, CoreText::tr("The model has too many operators."));
    std::vector<Shape> shapes;
    for (const auto input : inputs)
        shapes.push_back(shape(input));
    auto name = uniqueName(path.empty() ? call.fallbackName : path);
    auto inferred = outputShape(operation, shapes);
    if (const auto fits = inferred ? checkSize(*inferred) : Status(); !fits)
        inferred = fail(fits.error());
    if (inferred && m_specs.size() >= mostNodes)
        inferred = fail(ErrorCode::Unsupported,
                        CoreText::tr("is one operator too many; no network has so many"));
    if (!inferred)
        return fail(inferred.error().code,
                    CoreText::tr("{1} '{2}' {3}.", operationName(operation), name,
                                 inferred.error().message));
    if (auto ok = copyWeights(weights); !ok)
        return fail(ok.error());
    m_specs.push_back(NodeSpec{std::move(name), std::move(operation), std::move(inputs)});
    m_weights.push_back(std::move(weights));
    m_shapes.push_back(std::move(*inferred));
    return NodeId(static_cast<std::int64_t>(m_specs.size()) - 1);
}

/// A node has its own: what the program writes into its parameters later is not for it. What copies
/// take is in proportion to the memory they are made of.
Status AtenMapper::copyWeights(NodeWeights& weights)
{
    forEachTensor(weights, [this](std::string_view, at::Tensor& tensor) {
        if (!tensor.defined())
            return;
        m_bytesCopied +=
            static_cast<double>(tensor.numel()) * static_cast<double>(tensor.itemsize());
        if (m_storages.insert(tensor.storage().data()).second)
            m_bytesHeld += static_cast<double>(tensor.storage().nbytes());
    });
    if (m_bytesCopied > smallWeights + timesTheWeights * m_bytesHeld)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("The model uses its weights so often that they do not fit into memory."));
    forEachTensor(weights, [](std::string_view, at::Tensor& tensor) {
        if (tensor.defined())
            tensor = tensor.detach().clone(at::MemoryFormat::Contiguous);
    });
    return {};
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
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "The model returns several outputs or none; only one tensor is supported."));
    const AtenCall end{.name = "output", .arguments = {}, .place = {}, .fallbackName = {}};
    const auto last = current(end, result);
    if (!last)
        return fail(last.error());
    if (!last->tensor().expandedTo.empty())
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The model's output repeats values (aten::expand)."));
    const auto output = ordered(end, last->tensor());
    if (!output)
        return fail(output.error());
    if (!output->view.isBatchFirst())
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("The model's output does not have the batch as its first dimension."));
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
