#include "formats/torchscript_interpreter_p.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include <ATen/Functions.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>

namespace espalier {

namespace {

namespace jit = torch::jit;

constexpr int maximumDepth = 200; // nested calls
constexpr std::int64_t maximumSteps = 1'000'000; // nodes visited; a model has thousands

/// Names bound to values. Slots are shared with callees, so an in-place operator is seen by all.
using Slot = std::shared_ptr<AtenValue>;
using Environment = std::unordered_map<const jit::Value*, Slot>;

/// Operators on constants that are worked out at once: pure, and of bounded size. Anything else on
/// constants is refused, since a model file is not trusted to run code.
const std::set<std::string>& foldableOperators()
{
    static const std::set<std::string> names{"aten::add",
                                             "aten::sub",
                                             "aten::rsub",
                                             "aten::mul",
                                             "aten::div",
                                             "aten::floordiv",
                                             "aten::floor_divide",
                                             "aten::remainder",
                                             "aten::neg",
                                             "aten::pow",
                                             "aten::sqrt",
                                             "aten::rsqrt",
                                             "aten::reciprocal",
                                             "aten::abs",
                                             "aten::exp",
                                             "aten::log",
                                             "aten::log2",
                                             "aten::sigmoid",
                                             "aten::relu",
                                             "aten::tanh",
                                             "aten::clamp",
                                             "aten::eq",
                                             "aten::ne",
                                             "aten::lt",
                                             "aten::gt",
                                             "aten::le",
                                             "aten::ge",
                                             "aten::__not__",
                                             "aten::__is__",
                                             "aten::__isnot__",
                                             "aten::__and__",
                                             "aten::__or__",
                                             "aten::logical_not",
                                             "aten::where",
                                             "aten::masked_fill",
                                             "aten::sign",
                                             "aten::len",
                                             "aten::__getitem__",
                                             "aten::__contains__",
                                             "aten::Int",
                                             "aten::Float",
                                             "aten::Bool",
                                             "aten::IntImplicit",
                                             "aten::FloatImplicit",
                                             "aten::ScalarImplicit",
                                             "aten::format",
                                             "aten::list",
                                             "aten::dim",
                                             "aten::size",
                                             "aten::numel",
                                             "aten::t",
                                             "aten::detach",
                                             "aten::contiguous",
                                             "aten::clone",
                                             "aten::to",
                                             "aten::type_as",
                                             "aten::view",
                                             "aten::reshape",
                                             "aten::flatten",
                                             "aten::permute",
                                             "aten::transpose",
                                             "aten::unsqueeze",
                                             "aten::squeeze",
                                             "aten::expand",
                                             "aten::expand_as",
                                             "aten::slice",
                                             "aten::select",
                                             "aten::index",
                                             "aten::stack",
                                             "aten::cat",
                                             "aten::zeros",
                                             "aten::ones",
                                             "aten::full",
                                             "aten::arange",
                                             "aten::zeros_like",
                                             "aten::ones_like",
                                             "aten::meshgrid",
                                             "aten::sum",
                                             "aten::mean",
                                             "aten::linear",
                                             "aten::matmul",
                                             "aten::ceil",
                                             "aten::floor",
                                             "aten::round",
                                             "aten::warn",
                                             "aten::fill",
                                             "aten::zero",
                                             "aten::copy",
                                             "aten::lift_fresh",
                                             "aten::unbind",
                                             "aten::chunk",
                                             "aten::split",
                                             "prim::NumToTensor",
                                             "prim::min",
                                             "prim::max"};
    return names;
}

/// Values of a tensor that is computed while reading; tables of positions have some thousands.
constexpr std::int64_t largestConstant = std::int64_t{1} << 26;

/// Whether working the operator out could make a tensor of absurd size: it multiplies extents, or
/// names the extents of its result.
bool isTooLarge(const std::vector<AtenValue>& arguments)
{
    double values = 1.0;
    for (const auto& argument : arguments) {
        const auto& value = argument.constant();
        if (value.isTensor())
            values *= static_cast<double>(std::max<std::int64_t>(1, value.toTensor().numel()));
        double named = 1.0;
        if (value.isIntList()) {
            for (const auto extent : value.toIntVector())
                named *= static_cast<double>(std::max<std::int64_t>(1, extent));
        }
        if (named > static_cast<double>(largestConstant))
            return true;
    }
    // Two operands may be broadcast against each other; no table squares its largest.
    return values > static_cast<double>(largestConstant) * 1024.0;
}

std::string joined(const std::string& path, const std::string& name)
{
    return path.empty() ? name : path + "." + name;
}

class Interpreter {
public:
    explicit Interpreter(AtenMapper& mapper)
        : m_mapper(mapper)
    {
    }

    /// Enters a method of the module at `path`; arguments include self.
    Result<AtenValue> method(const c10::IValue& self, const std::string& name,
                             const std::string& path, std::vector<Slot> arguments)
    {
        auto* function = self.toObject()->type()->findMethod(name);
        if (!function)
            return fail(ErrorCode::BadFormat,
                        "The module '" + path + "' has no method " + name + "().");
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
                            std::vector<Slot> arguments, const std::string& leaf)
    {
        if (m_depth >= maximumDepth)
            return fail(ErrorCode::Unsupported,
                        "The model's functions call each other too deeply.");
        const auto graph = jit::toGraphFunction(function).graph();
        Frame frame{path, leaf, {}};
        const auto inputs = graph->inputs();
        if (inputs.size() != arguments.size())
            return fail(ErrorCode::BadFormat,
                        "A call at '" + path + "' has a wrong number of arguments.");
        for (std::size_t i = 0; i < inputs.size(); ++i)
            frame.values[inputs[i]] = std::move(arguments[i]);
        ++m_depth;
        const auto status = runBlock(*graph->block(), frame);
        --m_depth;
        if (!status)
            return fail(status.error());
        if (graph->outputs().size() != 1)
            return fail(ErrorCode::Unsupported, "'" + path + "' returns several values.");
        return *frame.values.at(graph->outputs()[0]);
    }

    Status runBlock(jit::Block& block, Frame& frame)
    {
        for (auto* node : block.nodes()) {
            if (++m_steps > maximumSteps)
                return fail(ErrorCode::Unsupported, "The model's program does not come to an end.");
            if (auto ok = step(node, frame); !ok)
                return ok;
        }
        return {};
    }

    static AtenValue& value(Frame& frame, const jit::Value* name) { return *frame.values.at(name); }

    static void bind(Frame& frame, const jit::Value* name, AtenValue value)
    {
        frame.values[name] = std::make_shared<AtenValue>(std::move(value));
    }

    tl::unexpected<Error> unsupported(const jit::Node* node, const Frame& frame,
                                      const std::string& why) const
    {
        return fail(ErrorCode::Unsupported,
                    std::string("The operator ") + node->kind().toQualString() + " at '"
                        + (frame.path.empty() ? "the top of the model" : frame.path) + "' " + why
                        + ".");
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
            return unsupported(node, frame, "is reached: the model refuses this input");
        if (kind == "prim::TupleUnpack" || kind == "prim::ListUnpack")
            return unpack(node, frame);
        return operation(node, frame, kind);
    }

    Status getAttribute(jit::Node* node, Frame& frame)
    {
        const auto& owner = value(frame, node->input());
        if (!owner.isConstant() || !owner.constant().isObject())
            return unsupported(node, frame, "reads an attribute of something that is no module");
        const auto name = node->s(c10::attr::name);
        bind(frame, node->output(),
             AtenValue{AtenConstant{owner.constant().toObject()->getAttr(name),
                                    joined(owner.path(), name)}});
        return {};
    }

    template <class Names> std::vector<Slot> slots(Frame& frame, const Names& names)
    {
        std::vector<Slot> result;
        for (const auto* name : names)
            result.push_back(frame.values.at(name));
        return result;
    }

    Status callMethod(jit::Node* node, Frame& frame)
    {
        const auto self = value(frame, node->input(0));
        if (!self.isConstant() || !self.constant().isObject())
            return unsupported(node, frame, "calls a method of something that is no module");
        auto result = method(self.constant(), node->s(c10::attr::name), self.path(),
                             slots(frame, node->inputs()));
        if (!result)
            return fail(result.error());
        bind(frame, node->output(), std::move(*result));
        return {};
    }

    Status callFunction(jit::Node* node, Frame& frame)
    {
        const auto type = node->input(0)->type()->cast<c10::FunctionType>();
        if (!type)
            return unsupported(node, frame, "calls a function that is not known");
        auto result =
            enter(*type->function(), frame.path, slots(frame, node->inputs().slice(1)), frame.leaf);
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
            return unsupported(node, frame,
                               "depends on the data; only fixed control flow is supported");
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
            return unsupported(node, frame,
                               "depends on the data; only fixed control flow is supported");
        auto* body = node->blocks()[0];
        auto carried = slots(frame, node->inputs().slice(2));
        const auto count = trips.constant().toInt();
        for (std::int64_t i = 0; i < count && *go; ++i) {
            bind(frame, body->inputs()[0], AtenValue::of(i));
            for (std::size_t k = 0; k < carried.size(); ++k)
                frame.values[body->inputs()[k + 1]] = carried[k];
            if (auto ok = runBlock(*body, frame); !ok)
                return ok;
            go = constantBool(value(frame, body->outputs()[0]));
            if (!go)
                return unsupported(node, frame,
                                   "depends on the data; only fixed control flow is supported");
            carried = slots(frame, body->outputs().slice(1));
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
            for (const auto& element : packed.constant().toListRef())
                items.push_back(AtenValue::of(element));
        }
        if (items.size() != node->outputs().size())
            return unsupported(node, frame, "takes apart something of another length");
        for (std::size_t i = 0; i < items.size(); ++i)
            bind(frame, node->outputs()[i], items[i]);
        return {};
    }

    Status operation(jit::Node* node, Frame& frame, const std::string& kind)
    {
        std::vector<AtenValue> arguments;
        for (const auto* input : node->inputs())
            arguments.push_back(value(frame, input));
        const bool constant =
            std::ranges::all_of(arguments, [](const auto& each) { return each.isConstant(); });
        Result<AtenValue> result = constant ? fold(node, frame, kind, arguments)
                                            : symbolic(node, frame, kind, std::move(arguments));
        if (!result)
            return fail(result.error());
        if (kind.ends_with("_") && !kind.ends_with("__") && !constant)
            value(frame, node->input(0)) = *result; // in place: every holder of the slot sees it
        const auto outputs = node->outputs();
        if (outputs.size() == 1) {
            bind(frame, node->output(), std::move(*result));
        } else if (result->isList() && result->list().size() == outputs.size()) {
            for (std::size_t i = 0; i < outputs.size(); ++i)
                bind(frame, outputs[i], result->list()[i]);
        } else if (!outputs.empty()) {
            return unsupported(node, frame, "gives several values");
        }
        return {};
    }

    /// num_batches_tracked and its like: no part of the network.
    static bool isCounter(const AtenValue& value)
    {
        const auto& constant = std::get<AtenConstant>(value.value);
        return !constant.path.empty() && !constant.isComputed && constant.value.isTensor()
            && at::isIntegralType(constant.value.toTensor().scalar_type(), /*includeBool=*/true);
    }

    /// Integers that trap, before LibTorch divides by them.
    static bool dividesBadly(const std::string& kind, const std::vector<AtenValue>& arguments)
    {
        const bool divides =
            kind == "aten::remainder" || kind == "aten::floordiv" || kind == "aten::floor_divide";
        if (!divides || arguments.size() < 2 || !arguments[1].constant().isInt())
            return false;
        const auto divisor = arguments[1].constant().toInt();
        return divisor == 0 || divisor == -1;
    }

    Result<AtenValue> fold(jit::Node* node, Frame& frame, const std::string& kind,
                           const std::vector<AtenValue>& arguments)
    {
        if (kind == "prim::ListConstruct" || kind == "prim::TupleConstruct")
            return construct(node, arguments);
        if (kind == "prim::unchecked_cast" || (kind == "aten::add_" && isCounter(arguments[0])))
            return arguments[0];
        if (dividesBadly(kind, arguments))
            return unsupported(node, frame, "divides by zero");
        const bool inPlace = kind.ends_with("_") && !kind.ends_with("__");
        if (!foldableOperators().contains(inPlace ? kind.substr(0, kind.size() - 1) : kind)
            && !foldableOperators().contains(kind))
            return unsupported(node, frame, "on constants is not supported");
        const auto& first = std::get<AtenConstant>(arguments[0].value);
        if (inPlace && !first.path.empty() && !first.isComputed)
            return unsupported(node, frame, "changes a parameter of the model");
        if (kind == "aten::expand" && arguments[1].constant().isIntList())
            return expandedConstant(arguments);
        const bool makesTensor = node->outputs().size() == 1
            && node->output()->type()->isSubtypeOf(*c10::TensorType::get());
        if ((makesTensor && isTooLarge(arguments))
            || (kind == "aten::arange" && arguments[0].constant().isInt()
                && arguments[0].constant().toInt() > largestConstant))
            return unsupported(node, frame, "makes a constant that is too large");
        jit::Stack stack;
        for (const auto& argument : arguments)
            stack.push_back(argument.constant());
        node->getOperation()(stack);
        if (stack.empty())
            return AtenValue::of({});
        AtenConstant folded{stack.back(), {}, /*isComputed=*/true};
        if (folded.value.isTensor() && !arguments.empty())
            folded.path = arguments[0].path(); // a transposed weight is still that weight
        return AtenValue{std::move(folded)};
    }

    /// The batch is not repeated: a constant is the same for every image.
    static Result<AtenValue> expandedConstant(const std::vector<AtenValue>& arguments)
    {
        auto sizes = arguments[1].constant().toIntVector();
        for (auto& size : sizes)
            size = size == batchMarker ? -1 : size;
        const auto tensor = arguments[0].constant().toTensor();
        const auto added = static_cast<std::ptrdiff_t>(sizes.size()) - tensor.dim();
        for (std::ptrdiff_t i = 0; i < added; ++i) // -1 stands for no dimension that is there
            sizes[static_cast<std::size_t>(i)] =
                std::max<std::int64_t>(1, sizes[static_cast<std::size_t>(i)]);
        return AtenValue{
            AtenConstant{tensor.expand(sizes), arguments[0].path(), /*isComputed=*/true}};
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
        if (kind == "aten::new_zeros" && arguments[1].isConstant())
            return zeros(node, frame, arguments[1].constant());
        if (kind == "aten::len" && arguments[0].isList())
            return AtenValue::of(static_cast<std::int64_t>(arguments[0].list().size()));
        if (kind == "aten::__getitem__" && arguments[0].isList())
            return item(node, frame, arguments);
        if (kind == "prim::unchecked_cast")
            return arguments[0];
        if (!kind.starts_with("aten::"))
            return unsupported(node, frame, "is not supported");
        const auto name = kind.substr(6);
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
            return fail(ErrorCode::Mismatch, "The model asks for a dimension its tensor lacks.");
        return AtenValue::of(sizes[static_cast<std::size_t>(dimension)]);
    }

    Result<AtenValue> zeros(jit::Node* node, Frame& frame, const c10::IValue& sizes)
    {
        const auto extents = sizes.isIntList() ? sizes.toIntVector() : std::vector<std::int64_t>{};
        double values = 1.0;
        for (const auto extent : extents)
            values *= static_cast<double>(extent);
        if (extents.empty() || !(values >= 0.0 && values <= static_cast<double>(largestConstant)))
            return unsupported(node, frame, "makes a tensor of unusual size");
        return AtenValue::of(at::zeros(extents));
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
            return unsupported(node, frame, "takes an item that is not there");
        return list[static_cast<std::size_t>(index)];
    }

    AtenMapper& m_mapper;
    int m_depth = 0;
    std::int64_t m_steps = 0;
};

} // namespace

Result<AtenValue> interpretModule(const torch::jit::Module& module, AtenMapper& mapper)
{
    const auto* forward = module.type()->findMethod("forward");
    if (!forward)
        return fail(ErrorCode::Unsupported, "The model has no forward() method.");
    if (forward->num_inputs() != 2)
        return fail(ErrorCode::Unsupported,
                    "The model takes " + std::to_string(forward->num_inputs() - 1)
                        + " inputs; only one image input is supported.");
    std::vector<Slot> arguments{
        std::make_shared<AtenValue>(AtenValue::of(module._ivalue())),
        std::make_shared<AtenValue>(AtenValue{mapper.input()}),
    };
    return Interpreter(mapper).method(module._ivalue(), "forward", "", std::move(arguments));
}

} // namespace espalier
