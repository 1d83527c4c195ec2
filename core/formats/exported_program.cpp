#include "formats/exported_program_p.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/core_text.h"
#include "formats/json_integers_p.h"

namespace espalier {

// The JSON is described by PyTorch's torch/_export/serde/schema.py. Every function here may throw
// json::exception, which parseExportedProgram() catches.

namespace {

using nlohmann::json;

/// A union is written as an object with one member that is not null.
std::pair<std::string, const json*> unionMember(const json& object)
{
    for (const auto& [key, value] : object.items()) {
        if (!value.is_null())
            return {key, &value};
    }
    static const json none(true);
    return {"as_none", &none};
}

ExportedArgument constantArgument(c10::IValue value)
{
    return {std::move(value)};
}

ExportedArgument namedArgument(const json& value)
{
    return {ExportedArgument::Name{value.get<std::string>()}};
}

/// PyTorch writes "Infinity", "-Infinity" and "NaN" as texts.
double number(const json& value)
{
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (value == "Infinity")
        return infinity;
    if (value == "-Infinity")
        return -infinity;
    return value == "NaN" ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// {"as_name": "sym_size_int_1"} or {"as_int": 3}.
ExportedArgument symbolArgument(const json& object)
{
    const auto [kind, value] = unionMember(object);
    if (kind == "as_name")
        return namedArgument(*value);
    if (kind == "as_int")
        return constantArgument(integerOf(*value));
    if (kind == "as_bool")
        return constantArgument(value->get<bool>());
    if (kind == "as_float")
        return constantArgument(number(*value));
    return {ExportedArgument::Foreign{kind}};
}

ExportedArgument argument(const json& object);

ExportedArgument listArgument(const json& list, ExportedArgument (*item)(const json&))
{
    ExportedArgument::List items;
    for (const auto& each : list)
        items.push_back(item(each));
    return {std::move(items)};
}

ExportedArgument tensorName(const json& object)
{
    return namedArgument(object.at("name"));
}

/// An element of as_optional_tensors: {"as_tensor": {...}} or {"as_none": true}.
ExportedArgument optionalTensor(const json& object)
{
    const auto [kind, value] = unionMember(object);
    return kind == "as_tensor" ? tensorName(*value) : constantArgument({});
}

/// torch.export counts element types from 1, and memory formats too.
ExportedArgument scalarTypeArgument(const json& value)
{
    const auto type = exportedScalarType(integerOf(value));
    if (!type)
        return {ExportedArgument::Foreign{}};
    return constantArgument(static_cast<std::int64_t>(*type));
}

ExportedArgument memoryFormatArgument(const json& value)
{
    constexpr std::array formats{at::MemoryFormat::Contiguous, at::MemoryFormat::Contiguous,
                                 at::MemoryFormat::ChannelsLast, at::MemoryFormat::ChannelsLast3d,
                                 at::MemoryFormat::Preserve};
    const auto number = static_cast<std::size_t>(integerOf(value));
    return constantArgument(
        static_cast<std::int64_t>(formats[number < formats.size() ? number : 0]));
}

std::optional<ExportedArgument> scalarArgument(const std::string& kind, const json& value)
{
    if (kind == "as_none")
        return constantArgument({});
    if (kind == "as_int")
        return constantArgument(integerOf(value));
    if (kind == "as_float")
        return constantArgument(number(value));
    if (kind == "as_bool")
        return constantArgument(value.get<bool>());
    if (kind == "as_string")
        return constantArgument(value.get<std::string>());
    if (kind == "as_scalar_type")
        return scalarTypeArgument(value);
    if (kind == "as_memory_format")
        return memoryFormatArgument(value);
    if (kind == "as_layout" || kind == "as_device") // always the CPU's plain tensors here
        return constantArgument({});
    if (kind == "as_sym_int" || kind == "as_sym_bool" || kind == "as_sym_float")
        return symbolArgument(value);
    if (kind == "as_tensor")
        return tensorName(value);
    if (kind == "as_optional_tensor")
        return optionalTensor(value);
    return std::nullopt;
}

ExportedArgument argument(const json& object)
{
    const auto [kind, value] = unionMember(object);
    if (auto scalar = scalarArgument(kind, *value))
        return *std::move(scalar);
    if (kind == "as_ints")
        return constantArgument(integersOf(*value));
    if (kind == "as_floats") {
        std::vector<double> values;
        for (const auto& each : *value)
            values.push_back(number(each));
        return constantArgument(values);
    }
    if (kind == "as_bools") {
        c10::List<bool> values;
        for (const auto& each : *value)
            values.push_back(each.get<bool>());
        return constantArgument(values);
    }
    if (kind == "as_tensors")
        return listArgument(*value, tensorName);
    if (kind == "as_optional_tensors")
        return listArgument(*value, optionalTensor);
    if (kind == "as_sym_ints" || kind == "as_sym_bools" || kind == "as_sym_floats")
        return listArgument(*value, symbolArgument);
    return {ExportedArgument::Foreign{kind}};
}

/// {"as_tensor": {...}}, {"as_tensors": [...]}, {"as_sym_int": ...}; no name where there is none.
ExportedOutput output(const json& object)
{
    const auto made = argument(object);
    ExportedOutput result;
    if (const auto* name = std::get_if<ExportedArgument::Name>(&made.value))
        result.names.push_back(name->name);
    if (const auto* list = std::get_if<ExportedArgument::List>(&made.value)) {
        result.isList = true;
        for (const auto& each : *list) {
            const auto* name = std::get_if<ExportedArgument::Name>(&each.value);
            result.names.push_back(name ? name->name : std::string());
        }
    }
    return result;
}

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts{""};
    for (const auto c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// What PyTorch 2.1 calls the module at "layer1.0": "getattr(L['self'].layer1, '0')".
std::string plainPath(std::string expression)
{
    const auto replaceAll = [&](std::string_view from, std::string_view to) {
        std::string result;
        std::size_t begin = 0;
        for (std::size_t at = 0; (at = expression.find(from, begin)) != std::string::npos;
             begin = at + from.size())
            result.append(expression, begin, at - begin).append(to);
        expression = result.append(expression, begin);
    };
    replaceAll("getattr(", "");
    replaceAll(", '", ".");
    replaceAll("')", "");
    if (expression.starts_with("L['"))
        expression.erase(0, std::min(expression.find("']"), expression.size() - 2) + 2);
    replaceAll("[", ".");
    replaceAll("]", "");
    if (expression.starts_with('.'))
        expression.erase(0, 1);
    return expression;
}

/// Modules on the way to a node; the innermost is the last.
struct ModuleStack {
    struct Entry {
        std::string key;
        std::string path;
        std::string type;
    };
    std::vector<Entry> entries;
};

/// "key,path,type;key,path,type"; PyTorch 2.1 wrote "key:(path,type);key:(path,type)".
ModuleStack moduleStack(const std::string& text)
{
    ModuleStack stack;
    for (const auto& entry : split(text, ';')) {
        const auto fields = split(entry, ',');
        const auto open = entry.find(":(");
        const auto comma = entry.rfind(',');
        if (open != std::string::npos && comma != std::string::npos && comma > open)
            stack.entries.push_back({entry.substr(0, open),
                                     plainPath(entry.substr(open + 2, comma - open - 2)),
                                     entry.substr(comma + 1, entry.find(')', comma) - comma - 1)});
        else if (fields.size() >= 3 && !fields[0].starts_with("_empty_nn_module_stack"))
            stack.entries.push_back({fields[0], fields[1], fields[2]});
    }
    return stack;
}

ExportedNode node(const json& object, std::map<std::string, std::string>& modulePaths)
{
    ExportedNode result{.target = object.at("target").get<std::string>()};
    for (const auto& each : object.at("inputs"))
        result.arguments.emplace_back(each.at("name").get<std::string>(), argument(each.at("arg")));
    for (const auto& each : object.at("outputs"))
        result.outputs.push_back(output(each));
    const auto& metadata = object.at("metadata");
    if (!metadata.contains("nn_module_stack"))
        return result;
    const auto stack = moduleStack(metadata.at("nn_module_stack").get<std::string>());
    for (const auto& entry : stack.entries)
        modulePaths[entry.key] = entry.path;
    if (!stack.entries.empty()) {
        result.modulePath = stack.entries.back().path;
        result.moduleType = stack.entries.back().type;
    }
    return result;
}

tl::unexpected<Error> severalInputs(std::size_t count)
{
    return fail(
        ErrorCode::Unsupported,
        CoreText::tr("The model takes {1} inputs; only one image input is supported.", count));
}

/// Names of the values the user gives and gets, gathered from the signature.
struct Ends {
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
};

void addParameter(ExportedProgram& program, const std::string& name, const std::string& key,
                  bool isBuffer)
{
    program.tensors[name] = {key, key, isBuffer};
}

/// Paths for the keys of PyTorch 2.1: "L__self___conv1.weight", where "L__self___conv1" stands in
/// a node's stack.
void usePaths(ExportedProgram& program, const std::map<std::string, std::string>& modulePaths)
{
    for (auto& [name, parameter] : program.tensors) {
        const auto dot = parameter.key.rfind('.');
        const auto found = modulePaths.find(parameter.key.substr(0, dot));
        if (dot != std::string::npos && found != modulePaths.end())
            parameter.path = found->second + parameter.key.substr(dot);
    }
}

/// PyTorch 2.1: tables of names.
void readOlderSignature(const json& signature, ExportedProgram& program, Ends& ends)
{
    for (const std::string table : {"inputs_to_parameters", "inputs_to_buffers"}) {
        for (const auto& [name, path] : signature.at(table).items())
            addParameter(program, name, path.get<std::string>(), table == "inputs_to_buffers");
    }
    ends.inputs = signature.at("user_inputs").get<std::vector<std::string>>();
    ends.outputs = signature.at("user_outputs").get<std::vector<std::string>>();
}

/// Tensors are the user's to give; plain values were fixed when the program was exported.
void readUserInput(const json& given, Ends& ends)
{
    const auto made = argument(given);
    if (const auto* name = std::get_if<ExportedArgument::Name>(&made.value))
        ends.inputs.push_back(name->name);
    else if (const auto* list = std::get_if<ExportedArgument::List>(&made.value))
        ends.inputs.resize(ends.inputs.size() + list->size());
}

/// PyTorch 2.2 and newer: what each input and output is.
void readSignature(const json& signature, ExportedProgram& program, Ends& ends)
{
    for (const auto& spec : signature.at("input_specs")) {
        const auto [kind, value] = unionMember(spec);
        if (kind == "user_input") {
            readUserInput(value->at("arg"), ends);
        } else if (kind == "constant_input") {
            auto made = argument(value->at("value"));
            if (const auto* constant = std::get_if<c10::IValue>(&made.value))
                program.literals[value->at("name").get<std::string>()] = *constant;
        } else {
            for (const std::string path :
                 {"parameter_name", "buffer_name", "tensor_constant_name"}) {
                if (value->contains(path))
                    addParameter(program, value->at("arg").at("name").get<std::string>(),
                                 value->at(path).get<std::string>(), path != "parameter_name");
            }
        }
    }
    for (const auto& spec : signature.at("output_specs")) {
        const auto [kind, value] = unionMember(spec);
        if (kind != "user_output") // a buffer's new value, or a loss
            continue;
        for (const auto& name : output(value->at("arg")).names)
            ends.outputs.push_back(name);
    }
}

/// Sizes with the batch; -1 for what is dynamic.
std::vector<std::int64_t> sizesOf(const json& meta)
{
    std::vector<std::int64_t> sizes;
    for (const auto& extent : meta.at("sizes"))
        sizes.push_back(extent.contains("as_int") && !extent.at("as_int").is_null()
                            ? integerOf(extent.at("as_int"))
                            : -1);
    return sizes;
}

Result<ExportedProgram> program(const json& document)
{
    const auto& module = document.at("graph_module");
    const auto& graph = module.at("graph");
    const auto& signature = module.at("signature");
    ExportedProgram result;
    Ends ends;
    if (signature.contains("input_specs"))
        readSignature(signature, result, ends);
    else
        readOlderSignature(signature, result, ends);
    if (ends.inputs.size() != 1)
        return severalInputs(ends.inputs.size());
    if (ends.outputs.size() != 1 || ends.outputs.front().empty())
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "The model returns several outputs or none; only one tensor is supported."));
    result.input = ends.inputs.front();
    result.output = ends.outputs.front();
    const auto& value = graph.at("tensor_values").at(result.input);
    result.inputSizes = sizesOf(value.contains("meta") ? value.at("meta") : value);
    std::map<std::string, std::string> modulePaths;
    for (const auto& each : graph.at("nodes"))
        result.nodes.push_back(node(each, modulePaths));
    if (!signature.contains("input_specs"))
        usePaths(result, modulePaths);
    return result;
}

} // namespace

Result<at::ScalarType> exportedScalarType(std::int64_t number)
{
    constexpr std::array types{at::kByte, at::kChar, at::kShort, at::kInt,
                               at::kLong, at::kHalf, at::kFloat, at::kDouble};
    if (number >= 1 && number <= static_cast<std::int64_t>(types.size()))
        return types[static_cast<std::size_t>(number - 1)];
    if (number == 12)
        return at::kBool;
    if (number == 13)
        return at::kBFloat16;
    return fail(ErrorCode::Unsupported,
                CoreText::tr("The program has tensors of an element type that is not supported "
                             "(number {1}); export the model in float32.",
                             number));
}

Result<ExportedProgram> parseExportedProgram(const std::string& text)
{
    try {
        return program(json::parse(text));
    } catch (const json::exception&) {
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("Its JSON is not that of a torch.export program; export the model "
                                 "again with torch.export.save."));
    }
}

} // namespace espalier
