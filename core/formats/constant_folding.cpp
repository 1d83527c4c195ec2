#include "formats/constant_folding_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace espalier {

namespace {

constexpr double mostElements = 1 << 26; ///< of one constant; tables of positions have thousands
constexpr double mostItems = 1e6; ///< of a list, or letters of a text
constexpr double mostPieces = 1e5; ///< that a tensor is split into
constexpr double mostProducts = 8e9; ///< multiplications of one matrix product
constexpr double unbounded = std::numeric_limits<double>::infinity();

const std::set<std::string>& known()
{
    // clang-format off
    static const std::set<std::string> names{
        // arithmetic
        "add", "sub", "rsub", "mul", "div", "floordiv", "floor_divide", "remainder", "neg", "pow",
        "sqrt", "rsqrt", "reciprocal", "abs", "exp", "log", "log2", "log1p", "sigmoid", "relu",
        "tanh", "clamp", "maximum", "minimum", "min", "max", "ceil", "floor", "round", "sign",
        "sum", "mean", "linear", "matmul",
        // comparisons
        "eq", "ne", "lt", "gt", "le", "ge", "where", "masked_fill", "logical_not", "logical_and",
        "logical_or", "bitwise_not", "__not__", "__is__", "__isnot__", "__and__", "__or__",
        // numbers, lists, texts
        "len", "__getitem__", "__contains__", "Int", "Float", "Bool", "IntImplicit",
        "FloatImplicit", "ScalarImplicit", "NumToTensor", "format", "list", "warn",
        // layout
        "dim", "size", "numel", "t", "transpose", "permute", "view", "reshape", "_unsafe_view",
        "flatten", "unsqueeze", "squeeze", "expand", "expand_as", "slice", "select", "index",
        "index_select", "stack", "cat", "chunk", "split", "split_with_sizes", "unbind", "roll",
        "repeat", "contiguous", "clone", "detach", "alias", "to", "_to_copy", "type_as",
        "lift_fresh", "lift_fresh_copy",
        // making
        "zeros", "ones", "full", "arange", "zeros_like", "ones_like", "meshgrid", "fill", "zero",
        "copy"};
    // clang-format on
    return names;
}

bool isOneOf(const std::string& name, std::initializer_list<const char*> names)
{
    return std::ranges::find(names, name) != names.end();
}

/// "add_" -> "add"; "__not__" stays.
std::string withoutInPlace(const std::string& name)
{
    return name.ends_with("_") && !name.ends_with("__") ? name.substr(0, name.size() - 1) : name;
}

double product(const std::vector<std::int64_t>& extents)
{
    double result = 1.0;
    for (const auto extent : extents)
        result *= std::max(1.0, std::abs(static_cast<double>(extent)));
    return result;
}

double elements(const at::Tensor& tensor)
{
    return static_cast<double>(tensor.numel());
}

std::vector<at::Tensor> tensorsIn(const std::vector<c10::IValue>& values)
{
    std::vector<at::Tensor> tensors;
    for (const auto& value : values) {
        if (value.isTensor())
            tensors.push_back(value.toTensor());
        if (value.isList()) {
            for (const c10::IValue& item : value.toListRef()) {
                if (item.isTensor())
                    tensors.push_back(item.toTensor());
            }
        }
    }
    std::erase_if(tensors, [](const auto& tensor) { return !tensor.defined(); });
    return tensors;
}

double broadcastElements(const std::vector<at::Tensor>& tensors)
{
    std::vector<std::int64_t> sizes;
    for (const auto& tensor : tensors) {
        const auto rank = static_cast<std::size_t>(tensor.dim());
        sizes.resize(std::max(sizes.size(), rank), 1);
        for (std::size_t i = 0; i < rank; ++i) // from the last dimension on
            sizes[i] =
                std::max(sizes[i], tensor.size(tensor.dim() - 1 - static_cast<std::int64_t>(i)));
    }
    return product(sizes);
}

std::optional<double> number(const c10::IValue& value)
{
    if (value.isInt())
        return static_cast<double>(value.toInt());
    if (value.isDouble())
        return value.toDouble();
    if (value.isTensor() && value.toTensor().defined() && value.toTensor().numel() == 1
        && !value.toTensor().is_complex())
        return value.toTensor().to(at::kDouble).item<double>();
    return std::nullopt;
}

/// Elements of arange: end; start, end; start, end, step; with four options after them.
double arangeElements(const std::vector<c10::IValue>& values)
{
    constexpr std::size_t options = 4;
    if (values.size() <= options)
        return unbounded;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, values.size() - options); ++i)
        numbers.push_back(number(values[i]).value_or(unbounded));
    if (numbers.size() == 1)
        return std::abs(numbers[0]);
    const double step = numbers.size() == 3 ? std::abs(numbers[2]) : 1.0;
    return std::abs(numbers[1] - numbers[0]) / step;
}

/// Not fewer elements than the result has: a small file may ask for a huge one.
double sizeBound(const std::string& name, const std::vector<c10::IValue>& values)
{
    const auto tensors = tensorsIn(values);
    const auto sum = [&] {
        double total = 0.0;
        for (const auto& tensor : tensors)
            total += elements(tensor);
        return total;
    };
    if (name == "arange")
        return arangeElements(values);
    if (isOneOf(name, {"cat", "stack"}))
        return sum();
    if (name == "meshgrid") {
        double grid = 1.0;
        for (const auto& tensor : tensors)
            grid *= std::max(1.0, elements(tensor));
        return grid * static_cast<double>(tensors.size());
    }
    if (isOneOf(name, {"index", "index_select"}) && tensors.size() > 1) {
        const std::vector<at::Tensor> indices(tensors.begin() + 1, tensors.end());
        const auto& from = tensors.front();
        double least = from.dim() == 0 ? 1.0 : unbounded; // of the dimension that is replaced
        for (const auto extent : from.sizes())
            least = std::min(least, std::max(1.0, static_cast<double>(extent)));
        return elements(from) * broadcastElements(indices) / least;
    }
    if (isOneOf(name, {"matmul", "linear"}) && tensors.size() > 1) {
        const auto inner =
            tensors[0].dim() == 0 ? 1.0 : std::max(1.0, static_cast<double>(tensors[0].size(-1)));
        const double products = elements(tensors[0]) * elements(tensors[1]) / inner;
        return products > mostProducts ? unbounded : products / inner;
    }
    double bound = broadcastElements(tensors);
    if (isOneOf(name, {"expand", "repeat", "full", "zeros", "ones"})) {
        for (const auto& value : values)
            bound *= value.isIntList() ? product(value.toIntVector()) : 1.0;
    }
    return bound;
}

/// Items of the lists and letters of the texts that an operator may give.
double itemBound(const std::string& name, const std::vector<c10::IValue>& values)
{
    double items = 0.0;
    double factor = 1.0;
    for (const auto& value : values) {
        if (value.isList())
            items += static_cast<double>(value.toListRef().size());
        else if (value.isString())
            items += static_cast<double>(value.toStringRef().size());
        else if (name == "format" && value.isTensor())
            items += 30.0 * elements(value.toTensor());
        else if (name == "mul" && value.isInt())
            factor = std::abs(static_cast<double>(value.toInt()));
    }
    return items * std::max(1.0, factor);
}

/// Tensors that an operator may take one apart into.
double pieceBound(const std::string& name, const std::vector<c10::IValue>& values)
{
    if (!isOneOf(name, {"unbind", "split", "chunk"}) || values.empty() || !values[0].isTensor())
        return 1.0;
    double longest = 1.0;
    for (const auto extent : values[0].toTensor().sizes())
        longest = std::max(longest, static_cast<double>(extent));
    const auto given = values.size() > 1 && values[1].isInt()
        ? std::max(1.0, static_cast<double>(values[1].toInt()))
        : 1.0;
    if (name == "unbind")
        return longest;
    return name == "chunk" ? std::min(given, longest) : longest / given;
}

/// Operators whose result lies in the memory of their first argument.
bool isView(const std::string& name)
{
    return isOneOf(name,
                   {"t", "transpose", "permute", "view", "_unsafe_view", "expand", "expand_as",
                    "detach", "alias", "slice", "select", "unsqueeze", "squeeze", "chunk", "split",
                    "unbind", "split_with_sizes"});
}

/// Whether writing to it would change a parameter: it is one, or may lie in the memory of one.
bool isPartOfTheModel(const AtenConstant& constant)
{
    if (constant.path.empty() || !constant.value.isTensor())
        return false;
    return !constant.isComputed || constant.value.toTensor().storage().use_count() > 1;
}

/// Integers that trap, before LibTorch divides by them.
bool dividesBadly(const std::string& name, const std::vector<c10::IValue>& values)
{
    if (!isOneOf(name, {"remainder", "floordiv", "floor_divide", "div"}) || values.size() < 2)
        return false;
    if (values[1].isInt()) // of a float, or a true division, LibTorch makes infinity
        return name != "div" && (values[1].toInt() == 0 || values[1].toInt() == -1);
    if (!values[1].isTensor() || !values[1].toTensor().defined()
        || !at::isIntegralType(values[1].toTensor().scalar_type(), /*includeBool=*/true))
        return false;
    const auto divisor = values[1].toTensor().to(at::kLong);
    return (divisor == 0).logical_or(divisor == -1).any().item<bool>();
}

} // namespace

bool holdsBatchSize(const c10::IValue& value)
{
    const auto size = number(value);
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
    const double a = number(operands[0]).value_or(none);
    const double b = operands.size() > 1 ? number(operands[1]).value_or(none) : none;
    bool isSound = true;
    if (isOneOf(name, {"div", "truediv", "floordiv", "floor_divide"}))
        isSound = (first && second)
            || (first && std::fmod(a / static_cast<double>(batchMarker), b) == 0.0);
    else if (isOneOf(name, {"add", "sub", "rsub", "min", "max", "sym_min", "sym_max"}))
        isSound = first && second;
    else if (name == "mul")
        isSound = holdsBatchSize(c10::IValue(a * b));
    else
        isSound =
            !isOneOf(name,
                     {"remainder", "mod", "pow", "sqrt", "rsqrt", "reciprocal", "exp", "log",
                      "log2", "log1p", "sigmoid", "tanh", "clamp", "maximum", "minimum", "arange"});
    return isSound ? Status() : fail(ErrorCode::Unsupported, "computes with the size of the batch");
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
    if (constant.value.isTensor() && !arguments.empty() && arguments[0].isConstant()) {
        constant.path = arguments[0].path();
        constant.isBuffer = std::get<AtenConstant>(arguments[0].value).isBuffer;
    }
    return AtenValue{std::move(constant)};
}

ConstantFolding::ConstantFolding(double modelBytes, std::int64_t fixedBatch)
    : m_elementsLeft(4.0 * mostElements + 2.0 * modelBytes)
    , m_fixedBatch(fixedBatch)
{
}

Result<std::vector<c10::IValue>> ConstantFolding::admit(const std::string& called,
                                                        const std::vector<AtenValue>& arguments)
{
    const auto name = withoutInPlace(called);
    if (!known().contains(name))
        return fail(ErrorCode::Unsupported, "on constants is not supported");
    // What is set stays set when the model runs again; anything else would change it each time.
    if (name != called && !isOneOf(name, {"fill", "zero", "copy"}) && !arguments.empty()
        && isPartOfTheModel(std::get<AtenConstant>(arguments[0].value)))
        return fail(ErrorCode::Unsupported, "changes a parameter of the model");
    std::vector<c10::IValue> values;
    for (const auto& argument : arguments)
        values.push_back(argument.constant());
    if (dividesBadly(name, values))
        return fail(ErrorCode::Unsupported, "divides by zero");
    if (auto ok = checkBatchArithmetic(name, values); !ok)
        return fail(ok.error());
    if (isOneOf(name, {"expand", "repeat", "full", "zeros", "ones"})) {
        for (auto& value : values) {
            if (!value.isIntList())
                continue;
            auto extents = value.toIntVector();
            for (std::size_t i = 0; i < extents.size(); ++i) {
                if (extents[i] == batchMarker
                    || (i == 0 && m_fixedBatch > 0 && extents[i] == m_fixedBatch))
                    extents[i] = 1;
            }
            value = extents;
        }
    }
    if (name == "expand" && values.size() > 1 && values[0].isTensor() && values[1].isIntList()) {
        auto extents = values[1].toIntVector(); // of 1 where the constant has more: its own
        const auto& sizes = values[0].toTensor().sizes();
        for (std::size_t i = extents.size(), k = sizes.size(); i-- > 0 && k-- > 0;)
            extents[i] = extents[i] == 1 ? sizes[k] : extents[i];
        values[1] = extents;
    }
    const double made = sizeBound(name, values);
    if (!(made <= mostElements) || itemBound(name, values) > mostItems
        || pieceBound(name, values) > mostPieces || (!isView(name) && made > m_elementsLeft))
        return fail(ErrorCode::Unsupported, "makes a constant that is too large");
    if (!isView(name))
        m_elementsLeft -= made;
    return values;
}

} // namespace espalier
