#include "formats/torch_export.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/core_text.h"
#include "formats/exported_operators_p.h"
#include "formats/exported_program_p.h"
#include "formats/import_guard_p.h"

namespace espalier {

namespace {

/// Checks that a program makes of its own sizes; they hold for what it was exported with.
constexpr std::array skippedOperators{"_assert_async",
                                      "_assert_scalar",
                                      "_assert_tensor_metadata",
                                      "_functional_assert_async",
                                      "_functional_assert_scalar",
                                      "sym_constrain_range",
                                      "sym_constrain_range_for_size",
                                      "_functional_sym_constrain_range",
                                      "_functional_sym_constrain_range_for_size"};

/// Weights are read at most so often in all; a file may name one storage any number of times.
constexpr std::uint64_t timesTheFile = 8;
constexpr std::uint64_t smallFile = 1 << 20;

std::string joined(const std::string& path, const std::string& name)
{
    return path.empty() ? name : path + "." + name;
}

/// Walks the nodes in order; what depends on constants alone is worked out, the rest goes to the
/// mapper.
class ProgramWalker {
public:
    ProgramWalker(const ExportedProgram& program, const StoredTensors& tensors,
                  std::uint64_t fileSize, AtenMapper& mapper)
        : m_program(program)
        , m_tensors(tensors)
        , m_budget(timesTheFile * (fileSize + smallFile))
        , m_mapper(mapper)
        , m_fixedBatch(program.inputSizes.empty() || program.inputSizes.front() < 2
                           ? 0 // 1 is taken as the batch by the mapper itself
                           : program.inputSizes.front())
        , m_folding(m_fixedBatch)
    {
    }

    Result<AtenValue> run()
    {
        bind(m_program.input, AtenValue{m_mapper.input()});
        for (const auto& [name, literal] : m_program.literals)
            bind(name, AtenValue::of(literal));
        for (const auto& node : m_program.nodes) {
            if (auto status = step(node); !status)
                return fail(status.error());
        }
        const auto output = value(m_program.output);
        if (!output)
            return fail(output.error());
        if (output->isConstant())
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("The model's output does not depend on its input."));
        return *output;
    }

private:
    using Named = std::vector<std::pair<std::string, AtenValue>>;

    void bind(const std::string& name, AtenValue value) { m_values[name] = std::move(value); }

    /// What a name stands for; parameters are read when they are first used.
    Result<AtenValue> value(const std::string& name)
    {
        if (const auto found = m_values.find(name); found != m_values.end())
            return found->second;
        const auto parameter = m_program.tensors.find(name);
        if (parameter == m_program.tensors.end())
            return fail(
                ErrorCode::Unsupported,
                CoreText::tr("The program uses '{1}', which no operator before it makes.", name));
        const auto& [key, path, isBuffer] = parameter->second;
        const auto stored = m_tensors.find(key);
        if (stored == m_tensors.end())
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("The program lacks the tensor '{1}'; export it again.", path));
        if (stored->second.storageSize > m_budget)
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("The program holds more tensors than its file can."));
        m_budget -= stored->second.storageSize;
        auto tensor = readStoredTensor(path, stored->second);
        if (!tensor)
            return fail(tensor.error());
        m_folding.addModelTensor(*tensor);
        return m_values[name] = AtenValue{
                   AtenConstant{.value = *std::move(tensor), .path = path, .isBuffer = isBuffer}};
    }

    tl::unexpected<Error> unsupported(const ExportedNode& node, const std::string& why) const
    {
        const auto target = atenTarget(node.target);
        return fail(
            ErrorCode::Unsupported,
            operatorSentence(target ? "aten::" + target->name : node.target, node.modulePath, why));
    }

    Result<AtenValue> resolve(const ExportedNode& node, const ExportedArgument& argument)
    {
        if (const auto* constant = std::get_if<c10::IValue>(&argument.value))
            return AtenValue::of(*constant);
        if (const auto* name = std::get_if<ExportedArgument::Name>(&argument.value))
            return value(name->name);
        if (const auto* list = std::get_if<ExportedArgument::List>(&argument.value))
            return resolveList(node, *list);
        const auto& kind = std::get<ExportedArgument::Foreign>(argument.value).kind;
        return unsupported(node,
                           kind.empty() ? CoreText::tr(
                               "takes an element type that is not known, which is not supported")
                                        : CoreText::tr("takes {1}, which is not supported", kind));
    }

    /// Constants alone become one constant, as in TorchScript.
    Result<AtenValue> resolveList(const ExportedNode& node, const ExportedArgument::List& list)
    {
        AtenList items;
        for (const auto& each : list) {
            auto item = resolve(node, each);
            if (!item)
                return item;
            items.push_back(*std::move(item));
        }
        const auto all = [&](auto&& is) {
            return std::ranges::all_of(
                items, [&](const auto& item) { return item.isConstant() && is(item.constant()); });
        };
        if (all([](const c10::IValue& item) { return item.isInt(); })) {
            std::vector<std::int64_t> integers;
            for (const auto& item : items)
                integers.push_back(item.constant().toInt());
            return AtenValue::of(integers);
        }
        const bool tensors = all([](const c10::IValue& item) { return item.isTensor(); });
        if (tensors
            || all([](const c10::IValue& item) { return item.isTensor() || item.isNone(); })) {
            c10::impl::GenericList values(tensors ? c10::TypePtr(c10::TensorType::get())
                                                  : c10::TypePtr(c10::OptionalType::ofTensor()));
            for (const auto& item : items)
                values.push_back(item.constant());
            return AtenValue::of(values);
        }
        return AtenValue{std::move(items)};
    }

    Result<Named> resolveAll(const ExportedNode& node)
    {
        Named arguments;
        for (const auto& [name, argument] : node.arguments) {
            auto resolved = resolve(node, argument);
            if (!resolved)
                return fail(resolved.error());
            arguments.emplace_back(name, *std::move(resolved));
        }
        return arguments;
    }

    Status step(const ExportedNode& node)
    {
        auto target = atenTarget(node.target);
        if (target && std::ranges::find(skippedOperators, target->name) != skippedOperators.end())
            return {};
        auto named = resolveAll(node);
        if (!named)
            return fail(named.error());
        const auto* schema = target ? schemaOf(*target) : nullptr;
        if (schema && std::ranges::any_of(schema->arguments(), [](const auto& each) {
                return each.is_out();
            }))
            return unsupported(node, CoreText::tr("writes into one of its arguments (out=)"));
        auto ordered = inSchemaOrder(schema, *std::move(named));
        if (!ordered)
            return unsupported(node, ordered.error().message);
        if (!target)
            return python(node, *ordered);
        const auto isConstant = [](const auto& each) { return each.isConstant(); };
        if (std::ranges::all_of(*ordered, isConstant) || useConstantForm(target->name, *ordered))
            return constants(node, *target, *ordered);
        if (target->name == "sym_size" && ordered->at(0).isNode())
            return size(node, ordered->at(0).tensor(), ordered->at(1).constant());
        return symbolic(node, *target, *ordered);
    }

    Status python(const ExportedNode& node, const std::vector<AtenValue>& arguments)
    {
        auto result = foldPython(node.target, arguments);
        if (!result)
            return unsupported(node, CoreText::tr("is not supported"));
        if (!*result)
            return unsupported(node, result->error().message);
        return bindOutputs(node, AtenValue::of(**std::move(result)));
    }

    Status constants(const ExportedNode& node, const AtenTarget& target,
                     const std::vector<AtenValue>& arguments)
    {
        const auto* first =
            arguments.empty() ? nullptr : std::get_if<AtenConstant>(&arguments[0].value);
        if (isInPlace(target.name) && first && isCounter(*first))
            return bindOutputs(node, arguments[0]);
        if (target.name == "sym_size") {
            if (!arguments.at(0).constant().isTensor())
                return unsupported(
                    node, CoreText::tr("asks for the size of something that is no tensor"));
            return bindOutputs(node,
                               AtenValue::of(arguments[0].constant().toTensor().size(
                                   arguments.at(1).constant().toInt())));
        }
        auto results = foldConstants(target.name, target.overload, arguments, m_folding);
        if (!results)
            return unsupported(node, results.error().message);
        std::vector<AtenValue> values;
        for (auto& result : *results)
            values.push_back(folded(std::move(result), arguments));
        return bindOutputs(node, values.size() == 1 ? values[0] : AtenValue{std::move(values)});
    }

    Status size(const ExportedNode& node, const AtenTensor& of, const c10::IValue& dimension)
    {
        const auto sizes = AtenMapper::sizes(of);
        const auto rank = static_cast<std::int64_t>(sizes.size());
        auto index = dimension.isInt() ? dimension.toInt() : rank;
        index += index < 0 ? rank : 0;
        if (index < 0 || index >= rank)
            return unsupported(node, CoreText::tr("asks for a dimension its tensor lacks"));
        return bindOutputs(node, AtenValue::of(sizes[static_cast<std::size_t>(index)]));
    }

    Status symbolic(const ExportedNode& node, const AtenTarget& target,
                    std::vector<AtenValue> arguments)
    {
        auto bare = target.name;
        while (bare.ends_with("_"))
            bare.pop_back();
        const bool leaf = node.moduleType.find("torch.nn.modules.") != std::string::npos
            && node.moduleType.find("torch.nn.modules.container") == std::string::npos;
        AtenCall call{.name = target.name,
                      .arguments = std::move(arguments),
                      .place = node.modulePath,
                      .fallbackName = leaf && !node.modulePath.empty()
                          ? node.modulePath
                          : joined(node.modulePath, bare)};
        useEagerForm(call);
        useBatchMarker(call);
        auto result = m_mapper.call(call);
        if (!result)
            return fail(result.error());
        return bindOutputs(node, *std::move(result));
    }

    /// A program exported with a fixed batch says "2" where others say the batch's size.
    void useBatchMarker(AtenCall& call) const
    {
        constexpr std::array reshaping{"view", "reshape", "expand", "repeat", "as_strided"};
        if (m_fixedBatch == 0 || call.arguments.size() < 2 || !call.arguments[1].isConstant()
            || !call.arguments[1].constant().isIntList()
            || std::ranges::find(reshaping, call.name) == reshaping.end())
            return;
        auto sizes = call.arguments[1].constant().toIntVector();
        if (!sizes.empty() && sizes[0] == m_fixedBatch) {
            sizes[0] = batchMarker;
            call.arguments[1] = AtenValue::of(sizes);
        }
    }

    /// Several results go to several names. The mapper gives one where the others are of no use in
    /// a network (the statistics of batch norm): they stay unbound.
    Status bindOutputs(const ExportedNode& node, AtenValue result)
    {
        if (node.outputs.empty() || node.outputs.front().names.empty())
            return {};
        const bool several = node.outputs.front().isList || node.outputs.size() > 1;
        auto items = several ? itemsOf(result) : std::nullopt;
        if (!items) {
            bind(node.outputs.front().names.front(), std::move(result));
            return {};
        }
        std::vector<std::string> names;
        for (const auto& output : node.outputs)
            names.insert(names.end(), output.names.begin(), output.names.end());
        for (std::size_t i = 0; i < std::min(names.size(), items->size()); ++i)
            bind(names[i], std::move((*items)[i]));
        return {};
    }

    static std::optional<AtenList> itemsOf(const AtenValue& value)
    {
        if (const auto* list = std::get_if<AtenList>(&value.value))
            return *list;
        if (!value.isConstant() || !value.constant().isList())
            return std::nullopt;
        AtenList items;
        for (const c10::IValue& item : value.constant().toListRef())
            items.push_back(AtenValue::of(item));
        return items;
    }

    const ExportedProgram& m_program;
    const StoredTensors& m_tensors;
    std::uint64_t m_budget; ///< bytes that may still be read
    AtenMapper& m_mapper;
    std::int64_t m_fixedBatch; ///< 0: any
    ConstantFolding m_folding;
    std::unordered_map<std::string, AtenValue> m_values;
};

/// The user's shape, or the program's without the batch.
Result<Shape> inputShape(const ExportedProgram& program, const std::optional<Shape>& given)
{
    if (given)
        return *given;
    Shape shape;
    for (std::size_t i = 1; i < program.inputSizes.size(); ++i)
        shape.push_back(program.inputSizes[i]);
    if (shape.empty())
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "The model's input has no dimension beside the batch; only images are supported."));
    if (std::ranges::any_of(shape, [](auto extent) { return extent < 1; }))
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("The model takes inputs of any size; give the shape of one sample."));
    return shape;
}

Result<Network> importArchive(const std::shared_ptr<const ZipArchive>& archive,
                              std::uint64_t fileSize, const std::optional<Shape>& input)
{
    const auto parts = readExportedArchive(archive);
    if (!parts)
        return fail(parts.error());
    const auto program = parseExportedProgram(parts->program);
    if (!program)
        return fail(program.error());
    const auto shape = inputShape(*program, input);
    if (!shape)
        return fail(shape.error());
    if (auto ok = AtenMapper::checkInput(*shape); !ok)
        return fail(ok.error());
    AtenMapper mapper(*shape);
    const auto output = ProgramWalker(*program, parts->tensors, fileSize, mapper).run();
    if (!output)
        return fail(output.error());
    return std::move(mapper).finish(*output, {});
}

} // namespace

Result<Network> importExportedProgram(const std::filesystem::path& file,
                                      const std::optional<Shape>& input)
{
    auto source = ByteSource::file(file);
    if (!source)
        return fail(source.error());
    const auto fileSize = (*source)->size();
    auto archive = ZipArchive::open(*std::move(source));
    if (!archive)
        return fail(archive.error());
    return guardedImport(file, [&] {
        return importArchive(std::make_shared<const ZipArchive>(*std::move(archive)), fileSize,
                             input);
    });
}

} // namespace espalier
