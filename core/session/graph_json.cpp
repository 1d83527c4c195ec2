#include "session/graph_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/core_text.h"
#include "session/json_fields_p.h"

namespace espalier {

template <> struct EnumNames<ActivationKind> {
    static constexpr std::pair<ActivationKind, std::string_view> names[]{
        {ActivationKind::Relu, "relu"},
        {ActivationKind::Clamp, "clamp"},
        {ActivationKind::LeakyRelu, "leaky_relu"},
        {ActivationKind::Elu, "elu"},
        {ActivationKind::Sigmoid, "sigmoid"},
        {ActivationKind::HardSigmoid, "hardsigmoid"},
        {ActivationKind::HardSwish, "hardswish"},
        {ActivationKind::Silu, "silu"},
        {ActivationKind::Mish, "mish"},
        {ActivationKind::Tanh, "tanh"},
        {ActivationKind::Softplus, "softplus"},
        {ActivationKind::Gelu, "gelu"},
        {ActivationKind::GeluTanh, "gelu_tanh"},
        {ActivationKind::Exp, "exp"}};
};
template <> struct EnumNames<ReduceKind> {
    static constexpr std::pair<ReduceKind, std::string_view> names[]{
        {ReduceKind::Mean, "mean"}, {ReduceKind::Sum, "sum"}, {ReduceKind::L2Norm, "l2_norm"}};
};

namespace {

constexpr auto formatName = "espalier-graph";
constexpr std::int64_t formatVersion = 1;

/// By index of Operation. Part of the format, whatever the window calls them.
constexpr std::array<std::string_view, std::variant_size_v<Operation>> operatorNames{
    "Input",     "Parameter",  "Conv2d",    "BatchNorm2d", "LayerNorm",
    "GroupNorm", "Activation", "Affine",    "Add",         "Multiply",
    "Divide",    "MatMul",     "Concat",    "Rearrange",   "Reduce",
    "Pad",       "Slice",      "MaxPool2d", "AvgPool2d",   "AdaptiveAvgPool2d",
    "Flatten",   "Linear",     "Dropout",   "Softmax"};

} // namespace

// The attributes of each operator. Names are part of the format: a change needs a new version.

template <class Fields, ValueOf<Input> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<Conv2d> T> void describe(Fields& fields, T& conv)
{
    fields("in_channels", conv.inChannels);
    fields("out_channels", conv.outChannels);
    fields("kernel", conv.kernel);
    fields("stride", conv.stride);
    fields("padding", conv.padding);
    fields("dilation", conv.dilation);
    fields("groups", conv.groups);
    fields("bias", conv.bias);
}
template <class Fields, ValueOf<BatchNorm2d> T> void describe(Fields& fields, T& norm)
{
    fields("channels", norm.channels);
    fields("epsilon", norm.epsilon);
    fields("momentum", norm.momentum);
    fields("affine", norm.affine);
}
template <class Fields, ValueOf<Parameter> T> void describe(Fields& fields, T& parameter)
{
    fields("shape", parameter.shape);
    fields("trainable", parameter.trainable);
}
template <class Fields, ValueOf<LayerNorm> T> void describe(Fields& fields, T& norm)
{
    fields("normalized", norm.normalized);
    fields("epsilon", norm.epsilon);
    fields("affine", norm.affine);
}
template <class Fields, ValueOf<GroupNorm> T> void describe(Fields& fields, T& norm)
{
    fields("groups", norm.groups);
    fields("channels", norm.channels);
    fields("epsilon", norm.epsilon);
    fields("affine", norm.affine);
}
template <class Fields, ValueOf<Activation> T> void describe(Fields& fields, T& activation)
{
    fields("kind", activation.kind);
    fields("a", activation.a);
    fields("b", activation.b);
}
template <class Fields, ValueOf<Affine> T> void describe(Fields& fields, T& affine)
{
    fields("scale", affine.scale);
    fields("shift", affine.shift);
}
template <class Fields, ValueOf<Multiply> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<Divide> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<MatMul> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<Concat> T> void describe(Fields& fields, T& concat)
{
    fields("dimension", concat.dimension);
}
template <class Fields, ValueOf<Rearrange> T> void describe(Fields& fields, T& rearrange)
{
    fields("split", rearrange.split);
    fields("order", rearrange.order);
    fields("merged", rearrange.merged);
}
template <class Fields, ValueOf<Reduce> T> void describe(Fields& fields, T& reduce)
{
    fields("kind", reduce.kind);
    fields("dimensions", reduce.dimensions);
    fields("keep", reduce.keep);
}
template <class Fields, ValueOf<Add> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<Pad> T> void describe(Fields& fields, T& pad)
{
    fields("before", pad.before);
    fields("after", pad.after);
    fields("value", pad.value);
}
template <class Fields, ValueOf<Slice> T> void describe(Fields& fields, T& slice)
{
    fields("dimension", slice.dimension);
    fields("start", slice.start);
    fields("stop", slice.stop);
    fields("step", slice.step);
}
template <class Fields, ValueOf<MaxPool2d> T> void describe(Fields& fields, T& pool)
{
    fields("kernel", pool.kernel);
    fields("stride", pool.stride);
    fields("padding", pool.padding);
    fields("dilation", pool.dilation);
    fields("ceil_mode", pool.ceilMode);
}
template <class Fields, ValueOf<AvgPool2d> T> void describe(Fields& fields, T& pool)
{
    fields("kernel", pool.kernel);
    fields("stride", pool.stride);
    fields("padding", pool.padding);
    fields("ceil_mode", pool.ceilMode);
    fields("count_include_pad", pool.countIncludePad);
}
template <class Fields, ValueOf<AdaptiveAvgPool2d> T> void describe(Fields& fields, T& pool)
{
    fields("output", pool.output);
}
template <class Fields, ValueOf<Flatten> T> void describe(Fields&, T&) { }
template <class Fields, ValueOf<Linear> T> void describe(Fields& fields, T& linear)
{
    fields("in_features", linear.inFeatures);
    fields("out_features", linear.outFeatures);
    fields("bias", linear.bias);
}
template <class Fields, ValueOf<Dropout> T> void describe(Fields& fields, T& dropout)
{
    fields("probability", dropout.probability);
}
template <class Fields, ValueOf<Softmax> T> void describe(Fields& fields, T& softmax)
{
    fields("dimension", softmax.dimension);
    fields("logarithm", softmax.logarithm);
}

/// {"op": "Conv2d", "attributes": {...}}
template <class Fields, ValueOf<NodeSpec> T> void describe(Fields& fields, T& node)
{
    fields("name", node.name);
    fields("inputs", node.inputs);
    fields("operation", node.operation);
}

Json toJson(const Operation& operation)
{
    auto attributes = std::visit([](const auto& kind) { return toJson(kind); }, operation);
    return {{"op", operatorNames[operation.index()]}, {"attributes", std::move(attributes)}};
}

namespace {

template <std::size_t... indices>
Operation operationAt(std::size_t index, std::index_sequence<indices...>)
{
    Operation operation;
    ((indices == index ? void(operation.emplace<indices>()) : void()), ...);
    return operation;
}

/// Nothing when there is no operator of that name.
std::optional<Operation> operationNamed(std::string_view name)
{
    const auto* found = std::ranges::find(operatorNames, name);
    if (found == operatorNames.end())
        return std::nullopt;
    return operationAt(static_cast<std::size_t>(found - operatorNames.begin()),
                       std::make_index_sequence<operatorNames.size()>{});
}

} // namespace

bool fromJson(const Json& json, Operation& operation)
{
    std::string name;
    if (!json.is_object() || json.size() != 2 || !json.contains("op")
        || !json.contains("attributes") || !fromJson(json["op"], name))
        return false;
    const auto known = operationNamed(name);
    operation = known.value_or(operation);
    return known
        && std::visit([&](auto& kind) { return fromJson(json["attributes"], kind); }, operation);
}

namespace {

struct StoredGraph {
    std::string format = formatName;
    std::int64_t version = formatVersion;
    Shape input;
    std::vector<NodeSpec> nodes;
};

template <class Fields, ValueOf<StoredGraph> T> void describe(Fields& fields, T& graph)
{
    fields("format", graph.format);
    fields("version", graph.version);
    fields("input", graph.input);
    fields("nodes", graph.nodes);
}

} // namespace

std::string graphToJson(const Graph& graph)
{
    StoredGraph stored;
    stored.input = graph.inputShape();
    stored.nodes = graph.specs();
    return jsonText(toJson(stored));
}

Result<Graph> graphFromJson(const std::string& text)
{
    const auto json = parseJson(text);
    if (!json || !json->is_object() || json->value("format", Json()) != formatName)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("This is not a network graph written by Espalier."));
    if (json->value("version", Json()) != formatVersion)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("The network graph is of another version than 1; update Espalier."));
    StoredGraph stored;
    if (!fromJson(*json, stored))
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr(
                "The network graph is damaged: a field is missing, unknown or of a wrong type."));
    return Graph::build(std::move(stored.nodes), stored.input).map_error([](const Error& error) {
        return Error{ErrorCode::BadFormat,
                     CoreText::tr("The network graph is damaged: {1}", error.message)};
    });
}

} // namespace espalier
