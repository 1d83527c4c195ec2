#include "formats/constant_folding_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include <ATen/Functions.h>
#include <ATen/ScalarOps.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include "base/core_text.h"
#include "formats/constant_cost_p.h"

namespace espalier {

namespace {

constexpr double mostElements = 1 << 26; ///< of one constant larger than what it is made of
constexpr double mostItems = 1e6; ///< of a list, or letters of a text
constexpr double mostPieces = 1e5; ///< that a tensor is split into
constexpr double mostProducts = 3e10; ///< multiplications of all matrix products

const std::set<std::string>& known()
{
    // clang-format off
    static const std::set<std::string> names{
        // arithmetic
        "add", "sub", "rsub", "mul", "div", "floordiv", "floor_divide", "remainder", "fmod", "neg",
        "pow", "sqrt", "rsqrt", "reciprocal", "abs", "exp", "log", "log2", "log1p", "sigmoid",
        "relu", "tanh", "clamp", "maximum", "minimum", "min", "max", "ceil", "floor", "round",
        "sign", "sin", "cos", "cumsum", "sum", "mean", "matmul", "mm", "addmm",
        // layers
        "linear", "conv2d", "_convolution", "batch_norm", "dropout",
        // comparisons
        "eq", "ne", "lt", "gt", "le", "ge", "where", "masked_fill", "logical_not", "logical_and",
        "logical_or", "any", "bitwise_not", "__not__", "__is__", "__isnot__", "__and__", "__or__",
        // numbers, lists, texts
        "len", "__getitem__", "__contains__", "Int", "Float", "Bool", "IntImplicit",
        "FloatImplicit", "ScalarImplicit", "NumToTensor", "format", "list", "warn",
        // layout
        "dim", "size", "numel", "t", "transpose", "permute", "view", "reshape", "_unsafe_view",
        "reshape_as", "view_as", "flatten", "unsqueeze", "squeeze", "expand", "expand_as", "slice",
        "select", "index", "slice_scatter", "index_select", "stack", "cat", "chunk", "split",
        "split_with_sizes", "unbind", "roll", "repeat", "contiguous", "clone", "detach", "alias",
        "to", "_to_copy", "type_as", "lift_fresh", "lift_fresh_copy",
        // making
        "zeros", "ones", "full", "arange", "zeros_like", "ones_like", "full_like", "scalar_tensor", "meshgrid",
        "fill", "zero", "copy"};
    // clang-format on
    return names;
}

/// Operators that give a batch's size as it is, or what is the same for every size.
const std::set<std::string>& keepsBatchSize()
{
    // clang-format off
    static const std::set<std::string> names{
        "eq", "ne", "lt", "gt", "le", "ge", "__not__", "__is__", "__isnot__", "__and__", "__or__",
        "logical_not", "neg", "pos", "abs", "ceil", "floor", "round", "trunc", "sign", "len", "Int",
        "Float", "Bool", "IntImplicit", "FloatImplicit", "ScalarImplicit", "NumToTensor", "int",
        "float", "format", "list", "warn", "dim", "size", "numel", "view", "reshape", "flatten",
        "unsqueeze", "squeeze", "select", "contiguous", "clone", "detach", "alias", "to",
        "_to_copy", "type_as", "lift_fresh", "lift_fresh_copy", "zeros_like", "ones_like"};
    // clang-format on
    return names;
}

/// "add_" -> "add"; "__not__" stays.
std::string withoutInPlace(const std::string& name)
{
    return name.ends_with("_") && !name.ends_with("__") ? name.substr(0, name.size() - 1) : name;
}

/// The indices of index(): a list of tensors of which some may be missing.
bool isListWithGaps(const c10::Type& type)
{
    return type.kind() == c10::TypeKind::ListType
        && type.containedTypes().front()->kind() == c10::TypeKind::OptionalType;
}

/// Lists of tensors are of another type than those with gaps, also where none is missing.
c10::IValue withGaps(const c10::List<at::Tensor>& tensors)
{
    c10::List<c10::optional<at::Tensor>> values;
    for (const at::Tensor& tensor : tensors)
        values.push_back(tensor);
    return values;
}

/// Integers that trap, before LibTorch divides by them.
bool dividesBadly(const std::string& name, const std::vector<c10::IValue>& values)
{
    if (!isOneOf(name, {"remainder", "fmod", "floordiv", "floor_divide", "div"})
        || values.size() < 2)
        return false;
    const bool isTrueDivision = name == "div" && (values.size() < 3 || !values[2].isString());
    if (values[1].isInt()) // a true division makes infinity
        return !isTrueDivision && (values[1].toInt() == 0 || values[1].toInt() == -1);
    if (!values[1].isTensor() || !values[1].toTensor().defined()
        || !at::isIntegralType(values[1].toTensor().scalar_type(), /*includeBool=*/true))
        return false;
    const auto divisor = values[1].toTensor().to(at::kLong);
    return (divisor == 0).logical_or(divisor == -1).any().item<bool>();
}

/// Batch norm that keeps statistics (weights are standardised by one that keeps none), and dropout.
bool isTraining(const std::string& name, const std::vector<c10::IValue>& values)
{
    const auto isOn = [&](std::size_t i) {
        return values.size() <= i || !values[i].isBool() || values[i].toBool();
    };
    if (name == "batch_norm")
        return isOn(5) && (!values[3].isNone() || !values[4].isNone());
    return name == "dropout" && isOn(2);
}

tl::unexpected<Error> dependsOnTheBatch()
{
    return fail(ErrorCode::Unsupported, CoreText::tr("computes with the size of the batch"));
}

/// Whether the batch of a constant, an extent of 1, is its first dimension or as good as that.
bool leadsWithTheBatch(const at::Tensor& tensor)
{
    const auto sizes = tensor.sizes();
    const auto first = std::ranges::find_if(sizes, [](auto extent) { return extent != 1; });
    return !sizes.empty() && sizes[0] == 1 && std::find(first, sizes.end(), 1) == sizes.end();
}

/// Whether expand() puts a batch before a constant.
bool getsABatch(const at::Tensor& constant, const std::vector<std::int64_t>& extents)
{
    return static_cast<std::int64_t>(extents.size()) > constant.dim() || constant.size(0) == 1;
}

/// Whether a constant would have so many elements if it had the batch, the first of `extents`.
bool lacksItsBatch(const at::Tensor& constant, const std::vector<std::int64_t>& extents)
{
    double rest = 1.0;
    for (std::size_t i = 1; i < extents.size(); ++i)
        rest *= static_cast<double>(extents[i]);
    return rest == static_cast<double>(constant.numel());
}

/// Whether a sum goes over an extent of 1, which may be the batch's.
bool sumsOverOne(const std::string& name, const std::vector<c10::IValue>& values)
{
    const auto tensor = [&](std::size_t i) {
        return values.size() > i && values[i].isTensor() && values[i].toTensor().defined()
            ? values[i].toTensor()
            : at::Tensor();
    };
    const auto hasOne = [](const at::Tensor& of, std::int64_t dimension) {
        return dimension >= -of.dim() && dimension < of.dim() && of.size(dimension) == 1;
    };
    const auto first = tensor(isOneOf(name, {"addmm"}) ? 1 : 0);
    if (!first.defined())
        return false;
    if (isOneOf(name, {"matmul", "mm", "addmm", "linear"}))
        return hasOne(first, -1);
    if (name == "cumsum")
        return values.size() > 1 && values[1].isInt() && hasOne(first, values[1].toInt());
    if (name != "sum")
        return false;
    if (values.size() < 2 || !values[1].isIntList() || values[1].toIntVector().empty())
        return std::ranges::any_of(first.sizes(), [](auto extent) { return extent == 1; });
    return std::ranges::any_of(values[1].toIntVector(),
                               [&](auto dimension) { return hasOne(first, dimension); });
}

} // namespace

bool holdsBatchSize(const c10::IValue& value)
{
    const auto size = numberIn(value);
    return size && *size != 0.0
        && std::fmod(*size, static_cast<double>(batchMarker)) == 0.0; // nan and inf: false
}

Status checkBatchArithmetic(const std::string& name, const std::vector<c10::IValue>& operands)
{
    if (operands.empty())
        return {};
    const bool first = holdsBatchSize(operands[0]);
    const bool second = operands.size() > 1 && holdsBatchSize(operands[1]);
    if (!first && !second)
        return {};
    constexpr auto none = std::numeric_limits<double>::quiet_NaN();
    const double a = numberIn(operands[0]).value_or(none);
    const double b = operands.size() > 1 ? numberIn(operands[1]).value_or(none) : none;
    bool isSound = true;
    if (isOneOf(name, {"div", "truediv", "floordiv", "floor_divide"}))
        isSound = (first && second)
            || (first && std::fmod(a / static_cast<double>(batchMarker), b) == 0.0);
    else if (isOneOf(name, {"add", "sub", "rsub", "min", "max", "sym_min", "sym_max"}))
        isSound = first && second;
    else if (name == "mul")
        isSound = holdsBatchSize(c10::IValue(a * b));
    else
        isSound = keepsBatchSize().contains(name);
    return isSound ? Status() : dependsOnTheBatch();
}

bool isCounter(const AtenConstant& constant)
{
    return !constant.path.empty() && !constant.isComputed && constant.value.isTensor()
        && constant.value.toTensor().defined()
        && at::isIntegralType(constant.value.toTensor().scalar_type(), /*includeBool=*/true);
}

AtenValue folded(c10::IValue value, const std::vector<AtenValue>& arguments)
{
    AtenConstant constant{std::move(value), {}, /*isComputed=*/true};
    const bool holdsTensors = constant.value.isTensor() || constant.value.isTensorList();
    if (holdsTensors && !arguments.empty() && arguments[0].isConstant()) {
        constant.path = arguments[0].path();
        constant.isBuffer = std::get<AtenConstant>(arguments[0].value).isBuffer;
    }
    return AtenValue{std::move(constant)};
}

ConstantFolding::ConstantFolding(std::int64_t fixedBatch)
    : m_fixedBatch(fixedBatch)
    , m_elementsLeft(4.0 * mostElements)
    , m_productsLeft(mostProducts)
{
}

void ConstantFolding::addModelTensor(const at::Tensor& tensor)
{
    if (tensor.defined() && m_modelMemory.insert(tensor.storage().unsafeGetStorageImpl()).second)
        m_elementsLeft += 2.0 * static_cast<double>(tensor.storage().nbytes());
}

/// What is set stays set when the model runs again; anything else would change it each time.
bool ConstantFolding::changesTheModel(const std::string& name,
                                      const std::vector<AtenValue>& arguments) const
{
    if (arguments.empty() || !arguments[0].constant().isTensor())
        return false;
    const auto& tensor = arguments[0].constant().toTensor();
    if (!tensor.defined() || !m_modelMemory.contains(tensor.storage().unsafeGetStorageImpl()))
        return false;
    const bool sets = isOneOf(name, {"fill", "zero", "copy"})
        && (arguments.size() < 2 || arguments[1].path().empty());
    return !sets;
}

/// A constant is the same for every image: extents that are the batch's become 1.
Status ConstantFolding::leaveTheBatch(const std::string& name, std::vector<c10::IValue>& values)
{
    const bool isView = isOneOf(name, {"view", "reshape", "_unsafe_view"});
    if (!isView && !isOneOf(name, {"expand", "repeat", "full", "zeros", "ones"}))
        return {};
    for (auto& value : values) {
        if (!value.isIntList())
            continue;
        auto extents = value.toIntVector();
        for (std::size_t i = 0; i < extents.size(); ++i) {
            const bool mayBeFixed =
                i == 0 && m_fixedBatch > 0 && extents[0] == m_fixedBatch && values[0].isTensor();
            const bool isFixedBatch = mayBeFixed
                && ((name == "expand" && getsABatch(values[0].toTensor(), extents))
                    || (isView && m_leftTheBatch && lacksItsBatch(values[0].toTensor(), extents)));
            if (extents[i] != batchMarker && !isFixedBatch)
                continue;
            if (isView
                && (i > 0 || !values[0].isTensor() || !leadsWithTheBatch(values[0].toTensor())
                    || (!m_leftTheBatch && std::ranges::find(extents, -1) != extents.end())))
                return dependsOnTheBatch();
            extents[i] = 1;
            m_leftTheBatch = true;
        }
        value = extents;
    }
    return {};
}

Result<std::vector<c10::IValue>> ConstantFolding::admit(const std::string& called,
                                                        const std::vector<AtenValue>& arguments)
{
    const auto name = withoutInPlace(called);
    if (!known().contains(name))
        return fail(ErrorCode::Unsupported, CoreText::tr("on constants is not supported"));
    if (name != called && changesTheModel(name, arguments))
        return fail(ErrorCode::Unsupported, CoreText::tr("changes a parameter of the model"));
    std::vector<c10::IValue> values;
    for (const auto& argument : arguments)
        values.push_back(argument.constant());
    if (isTraining(name, values))
        return fail(ErrorCode::Unsupported, CoreText::tr("on constants is not supported"));
    if (dividesBadly(name, values))
        return fail(ErrorCode::Unsupported, CoreText::tr("divides by zero"));
    if (auto ok = checkBatchArithmetic(name, values); !ok)
        return fail(ok.error());
    if (auto ok = leaveTheBatch(name, values); !ok)
        return fail(ok.error());
    if (m_leftTheBatch && sumsOverOne(name, values))
        return dependsOnTheBatch();
    if (name == "expand" && values.size() > 1 && values[0].isTensor() && values[1].isIntList()) {
        auto extents = values[1].toIntVector(); // of 1 where the constant has more: its own
        const auto& sizes = values[0].toTensor().sizes();
        for (std::size_t i = extents.size(), k = sizes.size(); i-- > 0 && k-- > 0;)
            extents[i] = extents[i] == 1 ? sizes[k] : extents[i];
        values[1] = extents;
    }
    const auto cost = constantCost(name, values);
    if (!cost)
        return fail(ErrorCode::Unsupported, CoreText::tr("on constants is not supported"));
    m_productsLeft -= cost->products;
    if (!(cost->elements <= std::max(mostElements, cost->given)) || m_productsLeft < 0.0
        || cost->items > mostItems || cost->pieces > mostPieces
        || (!cost->isView && cost->elements > m_elementsLeft))
        return fail(ErrorCode::Unsupported, CoreText::tr("makes a constant that is too large"));
    if (!cost->isView)
        m_elementsLeft -= cost->elements;
    return values;
}

bool hasKnownTypes(const c10::FunctionSchema& schema, const std::vector<c10::IValue>& values)
{
    constexpr auto types = static_cast<std::int64_t>(c10::ScalarType::NumOptions);
    const auto& parameters = schema.arguments();
    for (std::size_t i = 0; i < std::min(parameters.size(), values.size()); ++i) {
        if (parameters[i].name() == "dtype" && values[i].isInt()
            && (values[i].toInt() < 0 || values[i].toInt() >= types))
            return false;
    }
    return true;
}

bool useConstantForm(std::string& name, std::vector<AtenValue>& arguments)
{
    const auto isConstant = [](const auto& each) { return each.isConstant(); };
    if (!isOneOf(name, {"new_zeros", "new_ones", "new_full"}) || arguments.empty()
        || !arguments[0].isNode()
        || !std::all_of(arguments.begin() + 1, arguments.end(), isConstant))
        return false;
    arguments.erase(arguments.begin());
    name.erase(0, 4); // "new_"
    const std::size_t type = name == "full" ? 2 : 1;
    arguments.resize(std::max(arguments.size(), type + 1), AtenValue::of({}));
    if (arguments[type].isNone())
        arguments[type] = AtenValue::of(static_cast<std::int64_t>(at::kFloat));
    return true;
}

Result<std::vector<c10::IValue>> foldConstants(const std::string& name, const std::string& overload,
                                               const std::vector<AtenValue>& arguments,
                                               ConstantFolding& folding)
{
    const auto operation = c10::Dispatcher::singleton().findSchema({"aten::" + name, overload});
    if (!operation)
        return fail(ErrorCode::Unsupported, CoreText::tr("on constants is not supported"));
    auto stack = folding.admit(name, arguments);
    if (!stack)
        return stack;
    if (!hasKnownTypes(operation->schema(), *stack))
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("takes an element type that is not known, which is not supported"));
    const auto& parameters = operation->schema().arguments();
    for (std::size_t i = 0; i < stack->size(); ++i) {
        auto& value = (*stack)[i];
        const auto* type = i < parameters.size() ? parameters[i].type().get() : nullptr;
        if (type && type->kind() == c10::TypeKind::FloatType && value.isInt())
            value = static_cast<double>(value.toInt());
        if (type && type->kind() == c10::TypeKind::TensorType
            && (value.isInt() || value.isDouble()))
            value = at::native::wrapped_scalar_tensor(value.toScalar());
        if (type && value.isTensorList() && isListWithGaps(*type))
            value = withGaps(value.toTensorList());
    }
    operation->schema().checkAndNormalizeInputs(*stack);
    operation->callBoxed(&*stack);
    return stack;
}

} // namespace espalier
