#include "formats/aten_mapper_p.h"

#include <algorithm>
#include <numeric>

#include <ATen/Functions.h>

#include "network/shapes.h"

namespace espalier {

namespace {

std::int64_t elements(const Shape& shape)
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>{});
}

/// "layer1.0.conv1.weight" -> "layer1.0.conv1".
std::string modulePath(const std::string& parameterPath)
{
    const auto dot = parameterPath.rfind('.');
    return dot == std::string::npos ? std::string() : parameterPath.substr(0, dot);
}

} // namespace

/// The arguments of one call, read with checks; the first that does not fit is remembered.
struct AtenMapper::Arguments {
    const AtenCall& call;
    mutable bool ok = true;

    bool has(std::size_t i) const
    {
        return i < call.arguments.size() && !call.arguments[i].isNone();
    }

    NodeId node(std::size_t i) const
    {
        if (i < call.arguments.size() && call.arguments[i].isNode())
            return call.arguments[i].node();
        ok = false;
        return NodeId(0);
    }

    const c10::IValue* constant(std::size_t i) const
    {
        if (i >= call.arguments.size() || !call.arguments[i].isConstant()) {
            ok = false;
            return nullptr;
        }
        return &call.arguments[i].constant();
    }

    std::int64_t integer(std::size_t i) const
    {
        const auto* value = constant(i);
        if (value && value->isInt())
            return value->toInt();
        ok = false;
        return 0;
    }

    double number(std::size_t i) const
    {
        const auto* value = constant(i);
        if (value && value->isDouble())
            return value->toDouble();
        if (value && value->isInt())
            return static_cast<double>(value->toInt());
        ok = false;
        return 0.0;
    }

    bool boolean(std::size_t i) const
    {
        const auto* value = constant(i);
        if (value && value->isBool())
            return value->toBool();
        ok = false;
        return false;
    }

    std::vector<std::int64_t> integers(std::size_t i) const
    {
        const auto* value = constant(i);
        if (value && value->isIntList())
            return value->toIntVector();
        if (value && value->isInt())
            return {value->toInt()};
        ok = false;
        return {};
    }

    Size2 pair(std::size_t i) const
    {
        const auto values = integers(i);
        if (values.size() == 1)
            return {values[0], values[0]};
        if (values.size() == 2)
            return {values[0], values[1]};
        ok = false;
        return {1, 1};
    }

    /// A parameter of the model; undefined for None.
    at::Tensor tensor(std::size_t i) const
    {
        const auto* value = constant(i);
        if (value && value->isTensor())
            return value->toTensor();
        if (value && !value->isNone())
            ok = false;
        return {};
    }

    std::string path(std::size_t i) const
    {
        return i < call.arguments.size() && call.arguments[i].isConstant()
            ? modulePath(call.arguments[i].path())
            : std::string();
    }

    tl::unexpected<Error> unsupported(const std::string& clause) const
    {
        return fail(ErrorCode::Unsupported,
                    "The operator aten::" + call.name + " at '"
                        + (call.place.empty() ? "the top of the model" : call.place) + "' " + clause
                        + ".");
    }

    tl::unexpected<Error> unexpectedForm() const
    {
        return unsupported("is used in a form that Espalier does not know");
    }
};

AtenMapper::AtenMapper(const Shape& input)
    : m_specs{NodeSpec{"input", Input{}, {}}}
    , m_weights(1)
    , m_shapes{input}
    , m_names{"input"}
{
}

const std::map<std::string, AtenMapper::Handler>& AtenMapper::handlers()
{
    static const std::map<std::string, Handler> table{
        {"_convolution", &AtenMapper::convolution},
        {"convolution", &AtenMapper::convolution},
        {"conv2d", &AtenMapper::conv2d},
        {"batch_norm", &AtenMapper::batchNorm},
        {"relu", &AtenMapper::relu},
        {"relu_", &AtenMapper::relu},
        {"add", &AtenMapper::add},
        {"add_", &AtenMapper::add},
        {"pad", &AtenMapper::pad},
        {"constant_pad_nd", &AtenMapper::pad},
        {"slice", &AtenMapper::slice},
        {"max_pool2d", &AtenMapper::maxPool},
        {"avg_pool2d", &AtenMapper::averagePool},
        {"adaptive_avg_pool2d", &AtenMapper::adaptiveAveragePool},
        {"mean", &AtenMapper::mean},
        {"flatten", &AtenMapper::flatten},
        {"view", &AtenMapper::view},
        {"reshape", &AtenMapper::view},
        {"linear", &AtenMapper::linear},
        {"addmm", &AtenMapper::addmm},
        {"dropout", &AtenMapper::dropout},
        {"dropout_", &AtenMapper::dropout},
        {"softmax", &AtenMapper::softmax},
        {"log_softmax", &AtenMapper::logSoftmax},
        {"contiguous", &AtenMapper::identity},
        {"detach", &AtenMapper::identity},
        {"alias", &AtenMapper::identity},
    };
    return table;
}

Result<AtenValue> AtenMapper::call(const AtenCall& call)
{
    const Arguments arguments{call};
    const auto handler = handlers().find(call.name);
    if (handler == handlers().end())
        return arguments.unsupported("is not supported");
    auto result = (this->*handler->second)(arguments);
    if (result && !arguments.ok)
        return arguments.unexpectedForm();
    return result;
}

Result<AtenValue> AtenMapper::addNode(const Arguments& arguments, Operation operation,
                                      std::vector<NodeId> inputs, NodeWeights weights,
                                      const std::string& weightPath)
{
    if (!arguments.ok)
        return arguments.unexpectedForm();
    std::vector<Shape> shapes;
    for (const auto input : inputs)
        shapes.push_back(shape(input));
    auto name = uniqueName(weightPath.empty() ? arguments.call.fallbackName : weightPath);
    auto inferred = outputShape(operation, shapes);
    if (!inferred)
        return fail(inferred.error().code,
                    std::string(operationName(operation)) + " '" + name + "' "
                        + inferred.error().message + ".");
    m_specs.push_back(NodeSpec{std::move(name), operation, std::move(inputs)});
    m_weights.push_back(std::move(weights));
    m_shapes.push_back(std::move(*inferred));
    return AtenValue{NodeId(static_cast<std::int64_t>(m_specs.size()) - 1)};
}

std::string AtenMapper::uniqueName(std::string name)
{
    if (m_names.insert(name).second)
        return name;
    for (int i = 2;; ++i) {
        auto numbered = name + "_" + std::to_string(i);
        if (m_names.insert(numbered).second)
            return numbered;
    }
}

/// input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, ...
Result<AtenValue> AtenMapper::convolution(const Arguments& arguments)
{
    if (arguments.boolean(6))
        return arguments.unsupported("is a transposed convolution, which is not supported");
    AtenCall plain = arguments.call;
    if (plain.arguments.size() < 9)
        return arguments.unexpectedForm();
    plain.arguments[6] = plain.arguments[8];
    plain.arguments.resize(7);
    return conv2d(Arguments{plain});
}

/// input, weight, bias, stride, padding, dilation, groups
Result<AtenValue> AtenMapper::conv2d(const Arguments& arguments)
{
    const auto in = arguments.node(0);
    const auto weight = arguments.tensor(1);
    const auto bias = arguments.has(2) ? arguments.tensor(2) : at::Tensor();
    if (!arguments.ok || !weight.defined() || weight.dim() != 4)
        return arguments.unsupported("has no 4-dimensional weight of its own");
    const auto groups = arguments.integer(6);
    Conv2d conv{.inChannels = weight.size(1) * groups,
                .outChannels = weight.size(0),
                .kernel = {weight.size(2), weight.size(3)},
                .stride = arguments.pair(3),
                .dilation = arguments.pair(5),
                .groups = groups,
                .bias = bias.defined()};
    if (const auto* padding = arguments.constant(4); padding && padding->isString()) {
        if (padding->toStringRef() == "same") {
            for (std::size_t i = 0; i < 2; ++i) {
                const auto total = conv.dilation[i] * (conv.kernel[i] - 1);
                if (total % 2 != 0)
                    return arguments.unsupported("pads unevenly ('same' with an even kernel)");
                conv.padding[i] = total / 2;
            }
        }
    } else {
        conv.padding = arguments.pair(4);
    }
    return addNode(arguments, conv, {in}, {.weight = weight, .bias = bias}, arguments.path(1));
}

/// input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled
Result<AtenValue> AtenMapper::batchNorm(const Arguments& arguments)
{
    NodeWeights weights{.weight = arguments.tensor(1),
                        .bias = arguments.tensor(2),
                        .runningMean = arguments.tensor(3),
                        .runningVariance = arguments.tensor(4)};
    if (!arguments.ok || !weights.runningMean.defined() || !weights.runningVariance.defined())
        return arguments.unsupported("keeps no running statistics");
    if (weights.weight.defined() != weights.bias.defined())
        return arguments.unexpectedForm();
    if (arguments.boolean(5) && !m_frozenNormNoticed) {
        m_frozenNormNoticed = true;
        m_notices.push_back("The model was traced in training mode; its batch norm is imported as "
                            "ordinary batch norm, which follows train and eval.");
    }
    const BatchNorm2d norm{.channels = weights.runningMean.numel(),
                           .epsilon = arguments.number(7),
                           .momentum = arguments.number(6),
                           .affine = weights.weight.defined()};
    const auto in = arguments.node(0);
    return addNode(arguments, norm, {in}, std::move(weights), arguments.path(3));
}

Result<AtenValue> AtenMapper::relu(const Arguments& arguments)
{
    return addNode(arguments, Relu{}, {arguments.node(0)});
}

/// a, b, alpha
Result<AtenValue> AtenMapper::add(const Arguments& arguments)
{
    if (arguments.has(2) && arguments.number(2) != 1.0)
        return arguments.unsupported("scales its second input");
    return addNode(arguments, Add{}, {arguments.node(0), arguments.node(1)});
}

/// input, amounts, mode, value; constant_pad_nd: input, amounts, value
Result<AtenValue> AtenMapper::pad(const Arguments& arguments)
{
    std::size_t valueAt = 2;
    if (arguments.call.name == "pad") {
        const auto* mode = arguments.constant(2);
        if (!mode || !mode->isString() || mode->toStringRef() != "constant")
            return arguments.unsupported("pads by other than a constant");
        valueAt = 3;
    }
    return padOf(arguments, arguments.integers(1),
                 arguments.has(valueAt) ? arguments.number(valueAt) : 0.0);
}

/// Amounts come as PyTorch writes them: last dimension first, before and after.
Result<AtenValue> AtenMapper::padOf(const Arguments& arguments,
                                    const std::vector<std::int64_t>& amounts, double value)
{
    const auto in = arguments.node(0);
    if (!arguments.ok || shape(in).size() != 3 || amounts.size() % 2 != 0 || amounts.size() > 8)
        return arguments.unexpectedForm();
    Pad pad{.value = value};
    for (std::size_t i = 0; i < amounts.size() / 2; ++i) {
        if (i == 3) { // the batch
            if (amounts[6] != 0 || amounts[7] != 0)
                return arguments.unsupported("pads the batch");
            continue;
        }
        pad.before[2 - i] = amounts[2 * i];
        pad.after[2 - i] = amounts[2 * i + 1];
    }
    if (pad.before == decltype(pad.before){} && pad.after == decltype(pad.after){})
        return AtenValue{in};
    return addNode(arguments, pad, {in});
}

/// input, dim, start, end, step
Result<AtenValue> AtenMapper::slice(const Arguments& arguments)
{
    const auto in = arguments.node(0);
    const auto rank = static_cast<std::int64_t>(shape(in).size()) + 1;
    auto dimension = arguments.integer(1);
    dimension += dimension < 0 ? rank : 0;
    if (!arguments.ok || dimension < 0 || dimension >= rank)
        return arguments.unexpectedForm();
    const auto extent =
        dimension == 0 ? batchMarker : shape(in)[static_cast<std::size_t>(dimension - 1)];
    const auto bound = [&](std::size_t i, std::int64_t fallback) {
        auto value = arguments.has(i) ? arguments.integer(i) : fallback;
        value += value < 0 ? extent : 0;
        return std::clamp<std::int64_t>(value, 0, extent);
    };
    const Slice slice{.dimension = dimension - 1,
                      .start = bound(2, 0),
                      .stop = bound(3, extent),
                      .step = arguments.has(4) ? arguments.integer(4) : 1};
    if (slice.start == 0 && slice.stop == extent && slice.step == 1)
        return AtenValue{in};
    if (dimension == 0)
        return arguments.unsupported("takes part of the batch");
    return addNode(arguments, slice, {in});
}

/// input, kernel, stride, padding, dilation, ceil_mode; an empty stride is the kernel
Result<AtenValue> AtenMapper::maxPool(const Arguments& arguments)
{
    MaxPool2d pool{.kernel = arguments.pair(1)};
    pool.stride = arguments.integers(2).empty() ? pool.kernel : arguments.pair(2);
    pool.padding = arguments.pair(3);
    pool.dilation = arguments.pair(4);
    pool.ceilMode = arguments.boolean(5);
    return addNode(arguments, pool, {arguments.node(0)});
}

/// input, kernel, stride, padding, ceil_mode, count_include_pad, divisor_override
Result<AtenValue> AtenMapper::averagePool(const Arguments& arguments)
{
    AvgPool2d pool{.kernel = arguments.pair(1)};
    pool.stride = arguments.integers(2).empty() ? pool.kernel : arguments.pair(2);
    pool.padding = arguments.pair(3);
    pool.ceilMode = arguments.boolean(4);
    pool.countIncludePad = arguments.boolean(5);
    if (arguments.has(6))
        return arguments.unsupported("overrides the divisor");
    return addNode(arguments, pool, {arguments.node(0)});
}

Result<AtenValue> AtenMapper::adaptiveAveragePool(const Arguments& arguments)
{
    return addNode(arguments, AdaptiveAvgPool2d{arguments.pair(1)}, {arguments.node(0)});
}

/// input, dims, keepdim: over height and width only
Result<AtenValue> AtenMapper::mean(const Arguments& arguments)
{
    auto dimensions = arguments.integers(1);
    for (auto& dimension : dimensions)
        dimension += dimension < 0 ? 4 : 0;
    std::ranges::sort(dimensions);
    const auto in = arguments.node(0);
    if (!arguments.ok || shape(in).size() != 3 || dimensions != std::vector<std::int64_t>{2, 3})
        return arguments.unsupported("averages other than height and width");
    const bool keep = arguments.has(2) && arguments.boolean(2);
    auto pooled = addNode(arguments, AdaptiveAvgPool2d{}, {in});
    if (!pooled || keep)
        return pooled;
    return addNode(arguments, Flatten{}, {pooled->node()});
}

/// input, start_dim, end_dim
Result<AtenValue> AtenMapper::flatten(const Arguments& arguments)
{
    const auto in = arguments.node(0);
    const auto rank = static_cast<std::int64_t>(shape(in).size()) + 1;
    const auto start = arguments.integer(1);
    const auto end = arguments.integer(2);
    if (!arguments.ok || (start != 1 && start != 1 - rank) || (end != -1 && end != rank - 1))
        return arguments.unsupported("flattens other than all but the batch");
    if (rank == 2)
        return AtenValue{in};
    return addNode(arguments, Flatten{}, {in});
}

/// input, sizes: to N x features only
Result<AtenValue> AtenMapper::view(const Arguments& arguments)
{
    const auto in = arguments.node(0);
    const auto sizes = arguments.integers(1);
    if (!arguments.ok || sizes.empty())
        return arguments.unexpectedForm();
    const auto features = elements(shape(in));
    const bool batchFirst = sizes[0] == batchMarker || sizes[0] == 1
        || (sizes[0] == -1 && std::ranges::count(sizes, -1) == 1);
    Shape target(sizes.begin() + 1, sizes.end());
    if (const auto open = std::ranges::find(target, -1); open != target.end()) {
        *open = 1;
        *open = features / std::max<std::int64_t>(1, elements(target));
    }
    if (!batchFirst || elements(target) != features)
        return arguments.unsupported("reshapes " + shapeText(shape(in))
                                     + " in a way that is not supported, or the input size is not "
                                       "the one the model was made for");
    if (target == shape(in))
        return AtenValue{in};
    if (target.size() != 1)
        return arguments.unsupported("reshapes to other than batch x features");
    return addNode(arguments, Flatten{}, {in});
}

/// input, weight, bias
Result<AtenValue> AtenMapper::linear(const Arguments& arguments)
{
    return linearOf(arguments, arguments.node(0), arguments.tensor(1),
                    arguments.has(2) ? arguments.tensor(2) : at::Tensor(), arguments.path(1));
}

/// bias, input, transposed weight, beta, alpha
Result<AtenValue> AtenMapper::addmm(const Arguments& arguments)
{
    const auto transposed = arguments.tensor(2);
    if (!arguments.ok || !transposed.defined() || transposed.dim() != 2
        || (arguments.has(3) && arguments.number(3) != 1.0)
        || (arguments.has(4) && arguments.number(4) != 1.0))
        return arguments.unexpectedForm();
    return linearOf(arguments, arguments.node(1), transposed.t().contiguous(), arguments.tensor(0),
                    arguments.path(2));
}

Result<AtenValue> AtenMapper::linearOf(const Arguments& arguments, NodeId in,
                                       const at::Tensor& weight, const at::Tensor& bias,
                                       const std::string& path)
{
    if (!arguments.ok || !weight.defined() || weight.dim() != 2)
        return arguments.unsupported("has no 2-dimensional weight of its own");
    const Linear linear{
        .inFeatures = weight.size(1), .outFeatures = weight.size(0), .bias = bias.defined()};
    return addNode(arguments, linear, {in}, {.weight = weight, .bias = bias}, path);
}

/// input, p, train
Result<AtenValue> AtenMapper::dropout(const Arguments& arguments)
{
    const auto probability = arguments.number(1);
    if (probability == 0.0)
        return identity(arguments);
    return addNode(arguments, Dropout{probability}, {arguments.node(0)});
}

Result<AtenValue> AtenMapper::softmax(const Arguments& arguments)
{
    return softmaxOf(arguments, false);
}

Result<AtenValue> AtenMapper::logSoftmax(const Arguments& arguments)
{
    return softmaxOf(arguments, true);
}

/// input, dim, dtype
Result<AtenValue> AtenMapper::softmaxOf(const Arguments& arguments, bool logarithm)
{
    const auto in = arguments.node(0);
    const auto dimension = arguments.integer(1);
    if (!arguments.ok || shape(in).size() != 1 || (dimension != 1 && dimension != -1))
        return arguments.unsupported("is not taken over the features");
    return addNode(arguments, Softmax{logarithm}, {in});
}

Result<AtenValue> AtenMapper::identity(const Arguments& arguments)
{
    return AtenValue{arguments.node(0)};
}

Result<Network> AtenMapper::finish(NodeId output, ModelMetadata metadata) &&
{
    std::vector<bool> live(m_specs.size(), false);
    live[0] = true;
    live[output.index()] = true;
    for (std::size_t i = live.size(); i-- > 0;) {
        if (live[i]) {
            for (const auto input : m_specs[i].inputs)
                live[input.index()] = true;
        }
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
