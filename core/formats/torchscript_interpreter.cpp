#include "formats/torchscript_interpreter_p.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <ATen/Functions.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>

#include "base/core_text.h"
#include "formats/constant_folding_p.h"

namespace espalier {

namespace {

namespace jit = torch::jit;

constexpr int maximumDepth = 200; // nested calls
constexpr std::int64_t maximumSteps = 1'000'000; // nodes visited; a model has thousands

using Environment = std::unordered_map<const jit::Value*, AtenValue>;

std::string joined(const std::string& path, const std::string& name)
{
    return path.empty() ? name : path + "." + name;
}

class Interpreter {
public:
    Interpreter(AtenMapper& mapper, const jit::Module& module)
        : m_mapper(mapper)
    {
        for (const auto& tensor : module.parameters())
            m_folding.addModelTensor(tensor);
        for (const auto& tensor : module.buffers())
            m_folding.addModelTensor(tensor);
    }

    /// Enters a method of the module at `path`; arguments include self.
    Result<AtenValue> method(const c10::IValue& self, const std::string& name,
                             const std::string& path, std::vector<AtenValue> arguments)
    {
        auto* function = self.toObject()->type()->findMethod(name);
        if (!function)
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("The module '{1}' has no method {2}().", path, name));
        return enter(*function, path, std::move(arguments), leafName(self, path));
    }

private:
    /// A frame: which module we are in, for names and messages.
    struct Frame {
        std::string path;
        std::string leaf; ///< name for nodes without weights when this is a torch.nn module
        Environment values;
    };

    /// torch.nn modules name their node themselves ("layer1.0.relu"); others only lend their path.
    static std::string leafName(const c10::IValue& self, const std::string& path)
    {
        const auto type = self.toObject()->type()->name();
        const bool isLeaf = type
            && type->qualifiedName().find("torch.nn.modules.") != std::string::npos
            && type->qualifiedName().find("torch.nn.modules.container") == std::string::npos;
        return isLeaf ? path : std::string();
    }

    Result<AtenValue> enter(jit::Function& function, const std::string& path,
                            std::vector<AtenValue> arguments, const std::string& leaf)
    {
        if (m_depth >= maximumDepth)
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("The model's functions call each other too deeply."));
        const auto graph = jit::toGraphFunction(function).graph();
        Frame frame{path, leaf, {}};
        const auto inputs = graph->inputs();
        if (inputs.size() != arguments.size())
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("A call at '{1}' has a wrong number of arguments.", path));
        for (std::size_t i = 0; i < inputs.size(); ++i)
            frame.values[inputs[i]] = std::move(arguments[i]);
        ++m_depth;
        const auto status = runBlock(*graph->block(), frame);
        --m_depth;
        if (!status)
            return fail(status.error());
        if (graph->outputs().size() != 1)
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("'{1}' returns several values.", path));
        return frame.values.at(graph->outputs()[0]);
    }

    Status runBlock(jit::Block& block, Frame& frame)
    {
        for (auto* node : block.nodes()) {
            if (++m_steps > maximumSteps)
                return endless();
            if (auto ok = step(node, frame); !ok)
                return ok;
        }
        return {};
    }

    static const AtenValue& value(const Frame& frame, const jit::Value* name)
    {
        return frame.values.at(name);
    }

    static void bind(Frame& frame, const jit::Value* name, AtenValue value)
    {
        frame.values[name] = std::move(value);
    }

    static tl::unexpected<Error> endless()
    {
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The model's program does not come to an end."));
    }

    tl::unexpected<Error> unsupported(const jit::Node* node, const Frame& frame,
                                      const std::string& why) const
    {
        return fail(ErrorCode::Unsupported,
                    operatorSentence(node->kind().toQualString(), frame.path, why));
    }

    Status step(jit::Node* node, Frame& frame)
    {
        const std::string kind = node->kind().toQualString();
        if (kind == "prim::Constant") {
            const auto constant = jit::toIValue(node->output());
            bind(frame, node->output(), AtenValue::of(constant ? *constant : c10::IValue()));
            return {};
        }
        if (kind == "prim::GetAttr")
            return getAttribute(node, frame);
        if (kind == "prim::CallMethod")
            return callMethod(node, frame);
        if (kind == "prim::CallFunction")
            return callFunction(node, frame);
        if (kind == "prim::If")
            return branch(node, frame);
        if (kind == "prim::Loop")
            return loop(node, frame);
        if (kind == "prim::RaiseException")
            return unsupported(node, frame,
                               CoreText::tr("is reached: the model refuses this input"));
        if (kind == "prim::TupleUnpack" || kind == "prim::ListUnpack")
            return unpack(node, frame);
        return operation(node, frame, kind);
    }

    Status getAttribute(jit::Node* node, Frame& frame)
    {
        const auto& owner = value(frame, node->input());
        if (!owner.isConstant() || !owner.constant().isObject())
            return unsupported(node, frame,
                               CoreText::tr("reads an attribute of something that is no module"));
        const auto name = node->s(c10::attr::name);
        const auto object = owner.constant().toObject();
        const auto slot = object->type()->findAttributeSlot(name);
        bind(frame, node->output(),
             AtenValue{AtenConstant{.value = object->getAttr(name),
                                    .path = joined(owner.path(), name),
                                    .isBuffer = slot && object->type()->is_buffer(*slot)}});
        return {};
    }

    template <class Names> std::vector<AtenValue> valuesOf(const Frame& frame, const Names& names)
    {
        std::vector<AtenValue> result;
        for (const auto* name : names)
            result.push_back(frame.values.at(name));
        return result;
    }

    Status callMethod(jit::Node* node, Frame& frame)
    {
        const auto self = value(frame, node->input(0));
        if (!self.isConstant() || !self.constant().isObject())
            return unsupported(node, frame,
                               CoreText::tr("calls a method of something that is no module"));
        auto result = method(self.constant(), node->s(c10::attr::name), self.path(),
                             valuesOf(frame, node->inputs()));
        if (!result)
            return fail(result.error());
        bind(frame, node->output(), std::move(*result));
        return {};
    }

    Status callFunction(jit::Node* node, Frame& frame)
    {
        const auto type = node->input(0)->type()->cast<c10::FunctionType>();
        if (!type)
            return unsupported(node, frame, CoreText::tr("calls a function that is not known"));
        auto result = enter(*type->function(), frame.path, valuesOf(frame, node->inputs().slice(1)),
                            frame.leaf);
        if (!result)
            return fail(result.error());
        bind(frame, node->output(), std::move(*result));
        return {};
    }

    static std::optional<bool> constantBool(const AtenValue& value)
    {
        if (value.isConstant() && value.constant().isBool())
            return value.constant().toBool();
        return std::nullopt;
    }

    Status branch(jit::Node* node, Frame& frame)
    {
        const auto condition = constantBool(value(frame, node->input()));
        if (!condition)
            return unsupported(
                node, frame,
                CoreText::tr("depends on the data; only fixed control flow is supported"));
        auto* block = node->blocks()[*condition ? 0 : 1];
        if (auto ok = runBlock(*block, frame); !ok)
            return ok;
        for (std::size_t i = 0; i < node->outputs().size(); ++i)
            frame.values[node->outputs()[i]] = frame.values.at(block->outputs()[i]);
        return {};
    }

    Status loop(jit::Node* node, Frame& frame)
    {
        const auto& trips = value(frame, node->input(0));
        auto go = constantBool(value(frame, node->input(1)));
        if (!trips.isConstant() || !trips.constant().isInt() || !go)
            return unsupported(
                node, frame,
                CoreText::tr("depends on the data; only fixed control flow is supported"));
        auto* body = node->blocks()[0];
        auto carried = valuesOf(frame, node->inputs().slice(2));
        const auto count = trips.constant().toInt();
        for (std::int64_t i = 0; i < count && *go; ++i) {
            if (++m_steps > maximumSteps)
                return endless();
            bind(frame, body->inputs()[0], AtenValue::of(i));
            for (std::size_t k = 0; k < carried.size(); ++k)
                frame.values[body->inputs()[k + 1]] = carried[k];
            if (auto ok = runBlock(*body, frame); !ok)
                return ok;
            go = constantBool(value(frame, body->outputs()[0]));
            if (!go)
                return unsupported(
                    node, frame,
                    CoreText::tr("depends on the data; only fixed control flow is supported"));
            carried = valuesOf(frame, body->outputs().slice(1));
        }
        for (std::size_t k = 0; k < carried.size(); ++k)
            frame.values[node->outputs()[k]] = carried[k];
        return {};
    }

    Status unpack(jit::Node* node, Frame& frame)
    {
        const auto packed = value(frame, node->input());
        AtenList items;
        if (const auto* list = std::get_if<AtenList>(&packed.value)) {
            items = *list;
        } else if (packed.isConstant() && packed.constant().isTuple()) {
            for (const auto& element : packed.constant().toTupleRef().elements())
                items.push_back(AtenValue::of(element));
        } else if (packed.isConstant() && packed.constant().isList()) {
            for (const auto& element : packed.constant().toListRef()) // of a split weight, say
                items.push_back(folded(element, {packed}));
        }
        if (items.size() != node->outputs().size())
            return unsupported(node, frame,
                               CoreText::tr("takes apart something of another length"));
        for (std::size_t i = 0; i < items.size(); ++i)
            bind(frame, node->outputs()[i], items[i]);
        return {};
    }

    /// A trace names the device it was made on, which need not be here.
    static void useTheCpu(std::vector<AtenValue>& arguments)
    {
        for (auto& argument : arguments) {
            if (argument.isConstant() && argument.constant().isDevice())
                argument = AtenValue::of(c10::Device(c10::kCPU));
        }
    }

    Status operation(jit::Node* node, Frame& frame, const std::string& kind)
    {
        std::vector<AtenValue> arguments;
        for (const auto* input : node->inputs())
            arguments.push_back(value(frame, input));
        if (kind != "aten::eq" && kind != "aten::ne")
            useTheCpu(arguments);
        if (const auto* schema = node->maybeSchema(); schema
            && std::ranges::any_of(schema->arguments(),
                                   [](const auto& each) { return each.is_out(); }))
            return unsupported(node, frame,
                               CoreText::tr("writes into one of its arguments (out=)"));
        const bool constant =
            std::ranges::all_of(arguments, [](const auto& each) { return each.isConstant(); });
        Result<AtenValue> result = constant ? fold(node, frame, kind, arguments)
                                            : symbolic(node, frame, kind, std::move(arguments));
        if (!result)
            return fail(result.error());
        const auto outputs = node->outputs();
        if (outputs.size() == 1) {
            bind(frame, node->output(), std::move(*result));
        } else if (result->isList() && result->list().size() == outputs.size()) {
            for (std::size_t i = 0; i < outputs.size(); ++i)
                bind(frame, outputs[i], result->list()[i]);
        } else if (!outputs.empty()) {
            return unsupported(node, frame, CoreText::tr("gives several values"));
        }
        return {};
    }

    Result<AtenValue> fold(jit::Node* node, Frame& frame, const std::string& kind,
                           const std::vector<AtenValue>& arguments)
    {
        if (kind == "prim::ListConstruct" || kind == "prim::TupleConstruct")
            return construct(node, arguments);
        if (kind == "prim::unchecked_cast"
            || (kind == "aten::add_" && isCounter(std::get<AtenConstant>(arguments[0].value))))
            return arguments[0];
        if (kind == "prim::device")
            return AtenValue::of(c10::Device(c10::kCPU));
        if (kind == "prim::dtype" && arguments[0].constant().isTensor())
            return AtenValue::of(
                static_cast<std::int64_t>(arguments[0].constant().toTensor().scalar_type()));
        auto stack = m_folding.admit(kind.substr(kind.find(':') + 2), arguments);
        if (!stack)
            return unsupported(node, frame, stack.error().message);
        if (const auto* schema = node->maybeSchema(); schema && !hasKnownTypes(*schema, *stack))
            return unsupported(
                node, frame,
                CoreText::tr("takes an element type that is not known, which is not supported"));
        node->getOperation()(*stack);
        return stack->empty() ? AtenValue::of({}) : folded(std::move(stack->back()), arguments);
    }

    static Result<AtenValue> construct(jit::Node* node, const std::vector<AtenValue>& arguments)
    {
        std::vector<c10::IValue> items;
        for (const auto& argument : arguments)
            items.push_back(argument.constant());
        const auto list = node->output()->type()->cast<c10::ListType>();
        if (!list)
            return AtenValue::of(c10::ivalue::Tuple::create(std::move(items)));
        c10::impl::GenericList values(list->getElementType());
        for (auto& item : items)
            values.push_back(std::move(item));
        return AtenValue::of(std::move(values));
    }

    Result<AtenValue> symbolic(jit::Node* node, Frame& frame, const std::string& kind,
                               std::vector<AtenValue> arguments)
    {
        if (kind == "prim::ListConstruct" || kind == "prim::TupleConstruct")
            return AtenValue{std::move(arguments)};
        if (kind == "aten::size" && arguments[0].isNode())
            return sizeOf(arguments);
        if (kind == "aten::dim" && arguments[0].isNode())
            return AtenValue::of(static_cast<std::int64_t>(arguments[0].tensor().view.rank()));
        if (kind == "aten::__is__" || kind == "aten::__isnot__") // a tensor is never None
            return AtenValue::of(kind == "aten::__isnot__");
        if (kind == "prim::device")
            return AtenValue::of(c10::Device(c10::kCPU));
        if (kind == "prim::dtype")
            return AtenValue::of(static_cast<std::int64_t>(at::kFloat));
        if (kind == "aten::len" && arguments[0].isList())
            return AtenValue::of(static_cast<std::int64_t>(arguments[0].list().size()));
        if (kind == "aten::__getitem__" && arguments[0].isList())
            return item(node, frame, arguments);
        if (kind == "prim::unchecked_cast")
            return arguments[0];
        if (!kind.starts_with("aten::"))
            return unsupported(node, frame, CoreText::tr("is not supported"));
        auto name = kind.substr(6);
        if (useConstantForm(name, arguments))
            return madeBeside(node, frame, name, arguments);
        auto bare = name;
        while (bare.ends_with("_"))
            bare.pop_back();
        return m_mapper.call(
            AtenCall{.name = name,
                     .arguments = std::move(arguments),
                     .place = frame.path,
                     .fallbackName = frame.leaf.empty() ? joined(frame.path, bare) : frame.leaf});
    }

    Result<AtenValue> sizeOf(const std::vector<AtenValue>& arguments)
    {
        const auto sizes = AtenMapper::sizes(arguments[0].tensor());
        if (arguments.size() == 1)
            return AtenValue::of(c10::IValue(sizes));
        auto dimension = arguments[1].constant().toInt();
        dimension += dimension < 0 ? static_cast<std::int64_t>(sizes.size()) : 0;
        if (dimension < 0 || dimension >= static_cast<std::int64_t>(sizes.size()))
            return fail(ErrorCode::Mismatch,
                        CoreText::tr("The model asks for a dimension its tensor lacks."));
        return AtenValue::of(sizes[static_cast<std::size_t>(dimension)]);
    }

    /// A constant that new_zeros() or its like makes beside a value of the network.
    Result<AtenValue> madeBeside(jit::Node* node, Frame& frame, const std::string& name,
                                 const std::vector<AtenValue>& arguments)
    {
        auto made = foldConstants(name, "", arguments, m_folding);
        if (!made)
            return unsupported(node, frame, made.error().message);
        return AtenValue::of(std::move(made->front()));
    }

    Result<AtenValue> item(jit::Node* node, Frame& frame, const std::vector<AtenValue>& arguments)
    {
        const auto& list = arguments[0].list();
        const auto count = static_cast<std::int64_t>(list.size());
        auto index = arguments[1].isConstant() && arguments[1].constant().isInt()
            ? arguments[1].constant().toInt()
            : count;
        index += index < 0 ? count : 0;
        if (index < 0 || index >= count)
            return unsupported(node, frame, CoreText::tr("takes an item that is not there"));
        return list[static_cast<std::size_t>(index)];
    }

    AtenMapper& m_mapper;
    ConstantFolding m_folding;
    int m_depth = 0;
    std::int64_t m_steps = 0;
};

} // namespace

Result<AtenValue> interpretModule(const torch::jit::Module& module, AtenMapper& mapper)
{
    const auto* forward = module.type()->findMethod("forward");
    if (!forward)
        return fail(ErrorCode::Unsupported, CoreText::tr("The model has no forward() method."));
    if (forward->num_inputs() != 2)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The model takes {1} inputs; only one image input is supported.",
                                 forward->num_inputs() - 1));
    std::vector<AtenValue> arguments{AtenValue::of(module._ivalue()), AtenValue{mapper.input()}};
    return Interpreter(mapper, module)
        .method(module._ivalue(), "forward", "", std::move(arguments));
}

} // namespace espalier
