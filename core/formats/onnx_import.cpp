#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include <ATen/core/Tensor.h>

#include "base/core_text.h"
#include "formats/import_guard_p.h"
#include "formats/model_metadata.h"
#include "formats/onnx.h"
#include "formats/onnx_arguments_p.h"
#include "formats/onnx_file_p.h"
#include "formats/onnx_names_p.h"
#include "formats/onnx_patterns_p.h"
#include "network/batch_norm.h"

namespace espalier {

namespace {

/// Values that computed constants may have, beyond those of the weights.
constexpr std::int64_t constantBudget = std::int64_t{1} << 27;

const OnnxHandlers& handlers()
{
    static const OnnxHandlers table = [] {
        OnnxHandlers all;
        addOnnxLayerHandlers(all);
        addOnnxElementWiseHandlers(all);
        addOnnxLayoutHandlers(all);
        return all;
    }();
    return table;
}

/// Why an operator without a handler has none.
std::string reasonAgainst(const std::string& op)
{
    if (op == "If" || op == "Loop" || op == "Scan")
        return CoreText::tr(
            "is control flow that depends on the image; only a fixed order of operators is "
            "supported");
    if (op.find("Quantize") != std::string::npos || op.starts_with("QLinear")
        || op.ends_with("Integer"))
        return CoreText::tr("is quantised; give the model as it was before quantisation");
    if (op == "Upsample" || op == "Resize")
        return CoreText::tr("changes the size of images, which is not supported");
    if (op == "ConvTranspose")
        return CoreText::tr("is a transposed convolution, which is not supported");
    return CoreText::tr("is an operator that is not supported");
}

/// Walks the nodes that the output needs, in order. What depends on constants alone is worked out,
/// the rest goes to the mapper.
class Importer {
public:
    Importer(const onnx::ModelProto& model, const std::filesystem::path& file, const Shape& input)
        : m_graph(model.graph())
        , m_opset(opsetOf(model))
        , m_reader(file)
        , m_names(model)
        , m_mapper(input)
        , m_view(m_graph, [this](const std::string& name) { return constant(name); })
    {
        for (const auto& tensor : m_graph.initializer())
            m_initializers.emplace(tensor.name(), &tensor);
    }

    Result<Network> run(const std::string& input, ModelMetadata metadata)
    {
        m_values.emplace(input, AtenValue{m_mapper.input()});
        foldConstants();
        const auto& output = m_graph.output(0).name();
        findNeeded(output);
        for (int i = 0; i < m_graph.node_size(); ++i) {
            if (!m_needed[static_cast<std::size_t>(i)])
                continue;
            if (auto ok = step(i); !ok)
                return fail(ok.error());
        }
        const auto result = value(output);
        if (!result)
            return fail(result.error());
        if (!result->isNode())
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("The output '{1}' does not depend on the input.", output));
        if (m_reader.hasConverted())
            m_mapper.notice(
                CoreText::tr("Weights of another precision were converted to float32."));
        return std::move(m_mapper).finish(*result, std::move(metadata));
    }

private:
    /// A constant by its name; null for what is none, or is not known to be one yet.
    const AtenConstant* constant(const std::string& name)
    {
        const auto found = value(name);
        return found && found->isConstant() && !found->isNone()
            ? &std::get<AtenConstant>(m_values.at(name).value)
            : nullptr;
    }

    Result<AtenValue> value(const std::string& name)
    {
        if (name.empty())
            return AtenValue::of({});
        if (const auto found = m_values.find(name); found != m_values.end())
            return found->second;
        const auto initializer = m_initializers.find(name);
        if (initializer == m_initializers.end())
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("The value '{1}' is read before anything gives it: the nodes "
                                     "are in a wrong order or form a cycle.",
                                     name));
        auto tensor = m_reader.read(*initializer->second);
        if (!tensor)
            return fail(tensor.error());
        m_budget += tensor->numel() * timesTheWeights;
        AtenValue read{AtenConstant{*std::move(tensor), m_names.parameterPath(name)}};
        m_values.emplace(name, read);
        return read;
    }

    Result<OnnxArguments> argumentsOf(const onnx::NodeProto& node)
    {
        std::vector<AtenValue> inputs;
        for (const auto& name : node.input()) {
            auto input = value(name);
            if (!input)
                return fail(input.error());
            inputs.push_back(*std::move(input));
        }
        OnnxArguments arguments(m_mapper, node, m_opset, std::move(inputs));
        arguments.place = m_names.scope(node);
        arguments.fallbackName = m_names.nodeName(node, 1);
        return arguments;
    }

    /// What constants alone give. Failures show when the value is needed.
    void foldConstants()
    {
        for (const auto& node : m_graph.node()) {
            if (!isFoldable(node.op_type()))
                continue;
            const bool known =
                std::all_of(node.input().begin(), node.input().end(),
                            [&](const auto& name) { return name.empty() || constant(name); });
            if (!known || (node.input_size() == 0 && node.op_type() != "Constant"))
                continue;
            if (const auto arguments = argumentsOf(node))
                std::ignore = fold(*arguments);
        }
    }

    Status fold(const OnnxArguments& arguments)
    {
        auto results = foldOnnx(arguments, m_budget);
        if (!results)
            return fail(results.error());
        const auto& outputs = arguments.node.output();
        // A transposed weight is still that weight; one that is equal to another is written as its
        // copy, under a name of its own.
        auto path = arguments.isConstant(0) ? arguments.inputs[0].path() : std::string();
        if (arguments.node.op_type() == "Identity" && !path.empty()
            && !m_names.parameterPath(outputs[0]).empty())
            path = m_names.parameterPath(outputs[0]);
        for (int i = 0; i < outputs.size() && static_cast<std::size_t>(i) < results->size(); ++i)
            m_values.insert_or_assign(
                outputs[i],
                AtenValue{AtenConstant{(*results)[static_cast<std::size_t>(i)], path,
                                       /*isComputed=*/true}});
        return {};
    }

    /// Marks what the output needs, from the end: operators that exporters took apart need what
    /// the whole of them takes.
    void findNeeded(const std::string& output)
    {
        const auto count = static_cast<std::size_t>(m_graph.node_size());
        m_needed.assign(count, false);
        m_fusions.resize(count);
        mark(output);
        for (std::size_t i = count; i-- > 0;) {
            if (!m_needed[i])
                continue;
            const auto& node = m_graph.node(static_cast<int>(i));
            auto& fusion = m_fusions[i];
            fusion = findFusion(m_view, node);
            if (fusion) {
                mark(fusion->input);
                continue;
            }
            for (const auto& name : node.input())
                mark(name);
            markBranches(node);
        }
    }

    /// What the branches of an If take from outside of them.
    void markBranches(const onnx::NodeProto& node)
    {
        for (const auto& attribute : node.attribute()) {
            if (!attribute.has_g())
                continue;
            for (const auto& inner : attribute.g().node()) {
                for (const auto& name : inner.input())
                    mark(name);
                markBranches(inner);
            }
            for (const auto& output : attribute.g().output())
                mark(output.name());
        }
    }

    void mark(const std::string& name)
    {
        if (const auto index = m_view.producerIndex(name); index && !constant(name))
            m_needed[static_cast<std::size_t>(*index)] = true;
    }

    Status step(int index)
    {
        const auto& node = m_graph.node(index);
        const auto& fusion = m_fusions[static_cast<std::size_t>(index)];
        return fusion ? bind(node, fused(node, *fusion)) : step(node);
    }

    Status step(const onnx::NodeProto& node)
    {
        const auto arguments = argumentsOf(node);
        if (!arguments)
            return fail(arguments.error());
        if (node.op_type() == "If" && arguments->isConstant(0))
            return takeBranch(*arguments);
        const bool allConstant = std::ranges::all_of(arguments->inputs, &AtenValue::isConstant);
        if ((allConstant && isFoldable(node.op_type())) || node.op_type() == "Shape"
            || node.op_type() == "Size")
            return fold(*arguments);
        const auto handler = handlers().find(node.op_type());
        if (handler == handlers().end())
            return arguments->unsupported(reasonAgainst(node.op_type()));
        auto result = handler->second(*arguments);
        if (result && !arguments->ok())
            return arguments->unexpectedForm();
        return bind(node, std::move(result));
    }

    /// Of an If whose condition is known, as that of shapes: the nodes of the one branch.
    Status takeBranch(const OnnxArguments& arguments)
    {
        const auto condition = arguments.scalar(0);
        const auto* branch = arguments.attribute(condition != 0.0 ? "then_branch" : "else_branch");
        const auto& outputs = arguments.node.output();
        if (!arguments.ok() || !branch || !branch->has_g()
            || branch->g().output_size() != outputs.size())
            return arguments.unexpectedForm();
        for (const auto& tensor : branch->g().initializer())
            m_initializers.insert_or_assign(tensor.name(), &tensor);
        for (const auto& node : branch->g().node()) {
            if (auto ok = step(node); !ok)
                return ok;
        }
        for (int i = 0; i < outputs.size(); ++i) {
            auto result = value(branch->g().output(i).name());
            if (!result)
                return fail(result.error());
            m_values.insert_or_assign(outputs[i], *std::move(result));
        }
        return {};
    }

    Status bind(const onnx::NodeProto& node, Result<AtenValue> result)
    {
        if (!result)
            return fail(result.error());
        if (!result->isList()) {
            if (node.output_size() > 0)
                m_values.insert_or_assign(node.output(0), *std::move(result));
            return {};
        }
        const auto& list = result->list();
        if (list.size() != static_cast<std::size_t>(node.output_size()))
            return fail(
                ErrorCode::Unsupported,
                CoreText::tr("{1} gives another number of parts than it says.", describe(node)));
        for (int i = 0; i < node.output_size(); ++i)
            m_values.insert_or_assign(node.output(i), list[static_cast<std::size_t>(i)]);
        return {};
    }

    /// Input, weight and bias stand as inputs 0 to 2.
    Result<AtenValue> fused(const onnx::NodeProto& node, const OnnxFusion& fusion)
    {
        std::vector<AtenValue> inputs;
        for (const auto& name : {fusion.input, fusion.weight, fusion.bias}) {
            auto input = value(name);
            if (!input)
                return fail(input.error());
            inputs.push_back(*std::move(input));
        }
        OnnxArguments arguments(m_mapper, node, m_opset, std::move(inputs));
        arguments.place = m_names.scope(node);
        arguments.fallbackName = m_names.nodeName(node, fusion.nodes);
        return callFusion(arguments, fusion);
    }

    const onnx::GraphProto& m_graph;
    const std::int64_t m_opset;
    OnnxTensorReader m_reader;
    OnnxNames m_names;
    AtenMapper m_mapper;
    OnnxGraphView m_view;
    std::unordered_map<std::string, const onnx::TensorProto*> m_initializers;
    std::unordered_map<std::string, AtenValue> m_values;
    std::vector<bool> m_needed;
    std::vector<std::optional<OnnxFusion>> m_fusions;
    std::int64_t m_budget = constantBudget;
};

/// Of at least two: "'a', 'b' and 'c'".
std::string quoted(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i + 1 < names.size(); ++i)
        text += (i == 0 ? "'" : ", '") + names[i] + "'";
    return CoreText::tr("{1} and '{2}'", text, names.back());
}

/// The one input that is no weight (files of before 2020 list weights as inputs too).
Result<const onnx::ValueInfoProto*> onlyInput(const onnx::GraphProto& graph)
{
    std::vector<const onnx::ValueInfoProto*> inputs;
    std::vector<std::string> names;
    for (const auto& each : graph.input()) {
        const bool isWeight =
            std::any_of(graph.initializer().begin(), graph.initializer().end(),
                        [&](const auto& tensor) { return tensor.name() == each.name(); });
        if (isWeight)
            continue;
        inputs.push_back(&each);
        names.push_back(each.name());
    }
    if (inputs.size() != 1)
        return fail(ErrorCode::Unsupported,
                    inputs.empty()
                        ? CoreText::tr("The model has no input.")
                        : CoreText::tr(
                            "The model has several inputs, {1}; only one image input is supported.",
                            quoted(names)));
    return inputs.front();
}

Status checkOutputs(const onnx::GraphProto& graph)
{
    std::vector<std::string> names;
    for (const auto& each : graph.output())
        names.push_back(each.name());
    if (names.size() == 1)
        return {};
    return fail(ErrorCode::Unsupported,
                names.empty() ? CoreText::tr("The model has no output.")
                              : CoreText::tr("The model has several outputs, {1}; only one is "
                                             "supported. Export it with the one to be kept.",
                                             quoted(names)));
}

/// The shape of one image: what the file says, and what is given where it says nothing.
Result<Shape> inputShape(const onnx::ValueInfoProto& input, const std::optional<Shape>& given)
{
    using Type = onnx::TensorProto;
    const auto& type = input.type().tensor_type();
    const auto element = type.elem_type();
    const bool isFloat = element == Type::FLOAT || element == Type::FLOAT16
        || element == Type::DOUBLE || element == Type::BFLOAT16;
    const auto& name = input.name();
    if (!input.type().has_tensor_type() || !isFloat)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The input '{1}' is no tensor of floating point numbers.", name));
    if (!type.has_shape() && given)
        return *given;
    if (type.shape().dim_size() != 4)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The input '{1}' has {2} dimensions; images have 4 (batch, "
                                 "channels, height, width).",
                                 name, type.shape().dim_size()));
    Shape shape;
    for (int i = 1; i < 4; ++i) {
        const auto& dimension = type.shape().dim(i);
        const auto at = static_cast<std::size_t>(i) - 1;
        const bool isOpen = !dimension.has_dim_value() || dimension.dim_value() < 1;
        if (isOpen && (!given || given->size() != 3))
            return fail(
                ErrorCode::InvalidArgument,
                CoreText::tr("The input '{1}' leaves its extents open; give the input shape.",
                             name));
        shape.push_back(isOpen ? (*given)[at] : dimension.dim_value());
    }
    if (given && *given != shape)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("The input '{1}' takes {2}, not {3}.", name, shapeText(shape),
                                 shapeText(*given)));
    return shape;
}

/// Exporters fold batch norm into convolutions: it is gone, and can be put back.
Network withNormNotice(const Network& network)
{
    const auto count = convolutionsWithoutNorm(network.graph()).size();
    if (count == 0)
        return network;
    auto metadata = network.metadata();
    metadata.notices.push_back(
        count == 1 ? CoreText::tr(
            "No batch norm stands behind 1 convolution; exporters often fold it in. Fine-tuning is "
            "easier with it put back (restore_batch_norm), which changes no outputs.")
                   : CoreText::tr("No batch norm stands behind {1} convolutions; exporters often "
                                  "fold it in. Fine-tuning is easier with it put back "
                                  "(restore_batch_norm), which changes no outputs.",
                                  count));
    return Network(network.sharedGraph(), network.sharedWeights(), std::move(metadata));
}

Result<Network> importModelProto(const onnx::ModelProto& model, const std::filesystem::path& file,
                                 const std::optional<Shape>& given)
{
    const auto input = onlyInput(model.graph());
    if (!input)
        return fail(input.error());
    if (auto ok = checkOutputs(model.graph()); !ok)
        return fail(ok.error());
    StoredMetadata stored;
    for (const auto& entry : model.metadata_props()) {
        if (entry.key() == metadataFileName)
            stored = parseModelFileMetadata(entry.value());
    }
    const auto shape = inputShape(**input, given ? given : stored.input);
    if (!shape)
        return fail(shape.error());
    if (auto ok = AtenMapper::checkInput(*shape); !ok)
        return fail(ok.error());
    auto network = Importer(model, file, *shape).run((*input)->name(), std::move(stored.metadata));
    return network ? withNormNotice(*std::move(network)) : network;
}

} // namespace

Result<Network> importOnnx(const std::filesystem::path& file, const std::optional<Shape>& input)
{
    return guardedImport(file, [&]() -> Result<Network> {
        const auto model = readOnnxFile(file);
        if (!model)
            return fail(model.error());
        return importModelProto(*model, file, input);
    });
}

} // namespace espalier
