#include "formats/torchscript.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include "base/core_text.h"
#include "base/overloaded.h"
#include "formats/model_metadata.h"
#include "network/network_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

namespace jit = torch::jit;

std::vector<std::string> pathParts(const std::string& name)
{
    std::vector<std::string> parts{""};
    for (const char c : name) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    }
    for (auto& part : parts) {
        if (part.empty())
            part = "_";
    }
    return parts;
}

/// Writes a network as a module tree with one forward().
class ModuleWriter {
public:
    explicit ModuleWriter(const Network& network)
        : m_network(network)
        , m_unit(std::make_shared<jit::CompilationUnit>())
        , m_root(newModule())
        , m_graph(std::make_shared<jit::Graph>())
        , m_values(network.graph().nodes().size())
    {
    }

    jit::Module write()
    {
        m_self = m_graph->addInput("self");
        m_values[0] = m_graph->addInput("x");
        for (const auto& node : m_network.graph().nodes())
            registerWeights(node);
        m_self->setType(m_root.type());
        for (const auto& node : m_network.graph().nodes().subspan(1))
            m_values[node.id.index()] = insert(node);
        m_graph->registerOutput(m_values.back());
        auto* forward =
            m_unit->create_function(c10::QualifiedName(*m_root.type()->name(), "forward"), m_graph);
        m_root.type()->addMethod(forward);
        return m_root;
    }

private:
    jit::Module newModule()
    {
        const auto number = std::to_string(m_moduleCount++);
        jit::Module module(c10::QualifiedName("__torch__.espalier.Module" + number), m_unit);
        module.register_attribute("training", c10::BoolType::get(), false);
        return module;
    }

    jit::Module submodule(const std::vector<std::string>& path)
    {
        auto module = m_root;
        for (const auto& part : path) {
            if (!module.hasattr(part))
                module.register_module(part, newModule());
            module = module.attr(part).toModule();
        }
        return module;
    }

    /// Where the node's tensors live; names that become equal as identifiers are told apart.
    const std::vector<std::string>& modulePath(const Node& node)
    {
        auto& path = m_paths[node.id];
        if (path.empty()) {
            path = pathParts(node.name);
            while (!m_takenPaths.insert(path).second)
                path.back() += '_';
        }
        return path;
    }

    void registerWeights(const Node& node)
    {
        const auto& weights = m_network.weights()[node.id];
        const auto* parameter = std::get_if<Parameter>(&node.operation);
        const bool isFixed = parameter && !parameter->trainable;
        std::optional<jit::Module> module;
        forEachTensor(weights, [&](std::string_view name, const at::Tensor& tensor) {
            if (!tensor.defined())
                return;
            if (!module)
                module = submodule(modulePath(node));
            const bool isBuffer = isFixed || name.starts_with("running_");
            module->register_parameter(std::string(name),
                                       tensor.detach()
                                           .to(at::kCPU)
                                           .clone(at::MemoryFormat::Contiguous)
                                           .set_requires_grad(!isBuffer),
                                       isBuffer);
        });
    }

    jit::Value* attribute(const Node& node, const std::string& name)
    {
        auto* owner = m_self;
        for (const auto& part : modulePath(node))
            owner = m_graph->insertGetAttr(owner, part);
        return m_graph->insertGetAttr(owner, name);
    }

    jit::Value* none() { return m_graph->insertConstant(c10::IValue()); }

    jit::Value* attributeOrNone(const Node& node, const std::string& name, bool present)
    {
        return present ? attribute(node, name) : none();
    }

    jit::Value* constant(const c10::IValue& value) { return m_graph->insertConstant(value); }

    template <std::size_t Count> jit::Value* list(const std::array<std::int64_t, Count>& values)
    {
        return constant(c10::List<std::int64_t>({values.begin(), values.end()}));
    }

    jit::Value* call(const char* name, std::vector<jit::Value*> arguments)
    {
        std::vector<jit::NamedValue> named(arguments.begin(), arguments.end());
        return m_graph->insert(c10::Symbol::fromQualString(name), named);
    }

    jit::Value* list(const std::vector<std::int64_t>& values)
    {
        return constant(c10::List<std::int64_t>(values));
    }

    jit::Value* insert(const Activation& activation, jit::Value* in)
    {
        switch (activation.kind) {
        case ActivationKind::Relu:
            return call("aten::relu", {in});
        case ActivationKind::Clamp:
            return call("aten::clamp", {in, bound(activation.a), bound(activation.b)});
        case ActivationKind::LeakyRelu:
            return call("aten::leaky_relu", {in, constant(activation.a)});
        case ActivationKind::Elu:
            return call("aten::elu", {in, constant(activation.a)});
        case ActivationKind::Sigmoid:
            return call("aten::sigmoid", {in});
        case ActivationKind::HardSigmoid:
            return call("aten::hardsigmoid", {in});
        case ActivationKind::HardSwish:
            return call("aten::hardswish", {in});
        case ActivationKind::Silu:
            return call("aten::silu", {in});
        case ActivationKind::Mish:
            return call("aten::mish", {in});
        case ActivationKind::Tanh:
            return call("aten::tanh", {in});
        case ActivationKind::Softplus:
            return call("aten::softplus", {in, constant(activation.a), constant(activation.b)});
        case ActivationKind::Gelu:
            return call("aten::gelu", {in});
        case ActivationKind::GeluTanh:
            return m_graph->insert(c10::aten::gelu, {in},
                                   {jit::NamedValue("approximate", constant("tanh"))});
        case ActivationKind::Exp:
            return call("aten::exp", {in});
        }
        return in;
    }

    jit::Value* bound(double value) { return std::isfinite(value) ? constant(value) : none(); }

    /// Extents as a list whose first is the batch, whatever it is.
    jit::Value* batchOf(const Shape& sample)
    {
        auto sizes = sample;
        sizes.insert(sizes.begin(), -1);
        return list(sizes);
    }

    jit::Value* insert(const Rearrange& rearrange, jit::Value* in)
    {
        std::vector<std::int64_t> order{0};
        for (const auto dimension : rearrange.order)
            order.push_back(dimension + 1);
        auto* split = call("aten::reshape", {in, batchOf(rearrange.split)});
        auto* permuted = call("aten::permute", {split, list(order)});
        return call("aten::reshape", {permuted, batchOf(rearrange.merged)});
    }

    jit::Value* insert(const Reduce& reduce, jit::Value* in)
    {
        auto dimensions = reduce.dimensions;
        for (auto& dimension : dimensions)
            ++dimension;
        auto* over = list(dimensions);
        auto* keep = constant(reduce.keep);
        switch (reduce.kind) {
        case ReduceKind::Mean:
            return call("aten::mean", {in, over, keep});
        case ReduceKind::Sum:
            return call("aten::sum", {in, over, keep});
        case ReduceKind::L2Norm:
            return call("aten::norm", {in, constant(2.0), over, keep});
        }
        return in;
    }

    /// A Parameter is repeated for each image of the batch, whose size the first other input tells.
    jit::Value* insert(const Concat& concat, const Node& node)
    {
        const auto& graph = m_network.graph();
        const auto isParameter = [&](NodeId id) {
            return std::holds_alternative<Parameter>(graph.node(id).operation);
        };
        const auto full = std::ranges::find_if_not(node.inputs, isParameter);
        std::vector<jit::Value*> parts;
        for (const auto input : node.inputs) {
            auto* value = m_values[input.index()];
            if (isParameter(input) && full != node.inputs.end()) {
                auto* batch =
                    call("aten::size", {m_values[full->index()], constant(std::int64_t{0})});
                std::vector<jit::Value*> sizes{batch};
                for (const auto extent : graph.node(input).shape)
                    sizes.push_back(constant(extent));
                auto* target =
                    m_graph->insertNode(m_graph->createList(c10::IntType::get(), sizes))->output();
                value = call("aten::expand", {value, target});
            }
            parts.push_back(value);
        }
        auto* values =
            m_graph->insertNode(m_graph->createList(c10::TensorType::get(), parts))->output();
        return call("aten::cat", {values, constant(concat.dimension + 1)});
    }

    jit::Value* insert(const Node& node)
    {
        const auto in = [&](std::size_t i) { return m_values[node.inputs[i].index()]; };
        return std::visit(
            Overloaded{
                [&](const Input&) -> jit::Value* { return m_values[0]; },
                [&](const Conv2d& conv) {
                    return call("aten::conv2d",
                                {in(0), attribute(node, "weight"),
                                 attributeOrNone(node, "bias", conv.bias), list(conv.stride),
                                 list(conv.padding), list(conv.dilation), constant(conv.groups)});
                },
                [&](const BatchNorm2d& norm) {
                    return call("aten::batch_norm",
                                {in(0), attributeOrNone(node, "weight", norm.affine),
                                 attributeOrNone(node, "bias", norm.affine),
                                 attribute(node, "running_mean"), attribute(node, "running_var"),
                                 attribute(node, "training"), constant(norm.momentum),
                                 constant(norm.epsilon), constant(true)});
                },
                [&](const Parameter&) {
                    return call("aten::unsqueeze",
                                {attribute(node, "weight"), constant(std::int64_t{0})});
                },
                [&](const LayerNorm& norm) {
                    return call("aten::layer_norm",
                                {in(0), list(norm.normalized),
                                 attributeOrNone(node, "weight", norm.affine),
                                 attributeOrNone(node, "bias", norm.affine), constant(norm.epsilon),
                                 constant(true)});
                },
                [&](const GroupNorm& norm) {
                    return call("aten::group_norm",
                                {in(0), constant(norm.groups),
                                 attributeOrNone(node, "weight", norm.affine),
                                 attributeOrNone(node, "bias", norm.affine), constant(norm.epsilon),
                                 constant(true)});
                },
                [&](const Activation& activation) { return insert(activation, in(0)); },
                [&](const Affine& affine) {
                    auto* scaled = affine.scale == 1.0
                        ? in(0)
                        : call("aten::mul", {in(0), constant(affine.scale)});
                    return affine.shift == 0.0
                        ? scaled
                        : call("aten::add", {scaled, constant(affine.shift)});
                },
                [&](const Add&) {
                    return call("aten::add", {in(0), in(1)});
                },
                [&](const Multiply&) {
                    return call("aten::mul", {in(0), in(1)});
                },
                [&](const Divide&) {
                    return call("aten::div", {in(0), in(1)});
                },
                [&](const MatMul&) {
                    return call("aten::matmul", {in(0), in(1)});
                },
                [&](const Concat& concat) { return insert(concat, node); },
                [&](const Rearrange& rearrange) { return insert(rearrange, in(0)); },
                [&](const Reduce& reduce) { return insert(reduce, in(0)); },
                [&](const Pad& pad) {
                    const std::array<std::int64_t, 6> amounts{pad.before[2], pad.after[2],
                                                              pad.before[1], pad.after[1],
                                                              pad.before[0], pad.after[0]};
                    return call("aten::constant_pad_nd",
                                {in(0), list(amounts), constant(pad.value)});
                },
                [&](const Slice& slice) {
                    return call("aten::slice",
                                {in(0), constant(slice.dimension + 1), constant(slice.start),
                                 constant(slice.stop), constant(slice.step)});
                },
                [&](const MaxPool2d& pool) {
                    return call("aten::max_pool2d",
                                {in(0), list(pool.kernel), list(pool.stride), list(pool.padding),
                                 list(pool.dilation), constant(pool.ceilMode)});
                },
                [&](const AvgPool2d& pool) {
                    return call("aten::avg_pool2d",
                                {in(0), list(pool.kernel), list(pool.stride), list(pool.padding),
                                 constant(pool.ceilMode), constant(pool.countIncludePad), none()});
                },
                [&](const AdaptiveAvgPool2d& pool) {
                    return call("aten::adaptive_avg_pool2d", {in(0), list(pool.output)});
                },
                [&](const Flatten&) {
                    return call("aten::flatten",
                                {in(0), constant(std::int64_t{1}), constant(std::int64_t{-1})});
                },
                [&](const Linear& linear) {
                    return call("aten::linear",
                                {in(0), attribute(node, "weight"),
                                 attributeOrNone(node, "bias", linear.bias)});
                },
                [&](const Dropout& dropout) {
                    return call("aten::dropout",
                                {in(0), constant(dropout.probability),
                                 m_graph->insertGetAttr(m_self, "training")});
                },
                [&](const Softmax& softmax) {
                    return call(softmax.logarithm ? "aten::log_softmax" : "aten::softmax",
                                {in(0), constant(softmax.dimension + 1), none()});
                },
            },
            node.operation);
    }

    const Network& m_network;
    std::shared_ptr<jit::CompilationUnit> m_unit;
    int m_moduleCount = 0;
    jit::Module m_root;
    std::shared_ptr<jit::Graph> m_graph;
    jit::Value* m_self = nullptr;
    std::vector<jit::Value*> m_values;
    std::map<NodeId, std::vector<std::string>> m_paths;
    std::set<std::vector<std::string>> m_takenPaths;
};

} // namespace

Status exportTorchScript(const Network& network, const std::filesystem::path& file)
{
    auto partial = file;
    partial += ".part";
    const auto written = guarded(CoreText::tr("writing '{1}'", file.string()), [&]() -> Status {
        const jit::ExtraFilesMap extra{{metadataFileName, modelFileMetadata(network)}};
        ModuleWriter(network).write().save(partial.string(), extra);
        return {};
    });
    std::error_code error;
    if (written)
        std::filesystem::rename(partial, file, error);
    if (!written || error) {
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' could not be written ({2}); check the folder, its "
                                 "permissions and the free space.",
                                 file.string(), error ? error.message() : written.error().message));
    }
    return {};
}

} // namespace espalier
