#include "formats/constant_folding_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr double mostElements = 1 << 26; ///< of one constant; tables of positions have thousands
constexpr double mostItems = 1e6; ///< of a list, or letters of a text
constexpr double mostPieces = 1e5; ///< that a tensor is split into
constexpr double mostProducts = 3e10; ///< multiplications of all matrix products
constexpr std::size_t mostPrinted = 1000; ///< items of a list that becomes a text
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
        "slice_scatter", "index_select", "stack", "cat", "chunk", "split", "split_with_sizes",
        "unbind", "roll", "repeat", "contiguous", "clone", "detach", "alias", "to", "_to_copy",
        "type_as", "lift_fresh", "lift_fresh_copy",
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

std::int64_t wrapped(std::int64_t dimension, std::int64_t rank)
{
    return std::clamp<std::int64_t>(dimension < 0 ? dimension + rank : dimension, 0, rank - 1);
}

/// tensor[indices]: dimensions that have an index are replaced by what the indices broadcast to.
double indexedElements(const std::vector<c10::IValue>& values)
{
    if (!values[0].isTensor() || !values[0].toTensor().defined())
        return 0.0;
    const auto& from = values[0].toTensor();
    double rest = elements(from);
    std::vector<at::Tensor> indices;
    std::int64_t dimension = 0;
    for (const c10::IValue& index : values[1].toListRef()) {
        const bool isGiven = index.isTensor() && index.toTensor().defined();
        const bool isMask = isGiven && index.toTensor().scalar_type() == at::kBool;
        if (isGiven) {
            indices.push_back(index.toTensor());
            if (dimension < from.dim() && !isMask) // a mask takes no more than is there
                rest /= std::max(1.0, static_cast<double>(from.size(dimension)));
        }
        ++dimension;
    }
    return rest * broadcastElements(indices);
}

/// The extent that a matrix product sums over.
double innerOf(const std::vector<at::Tensor>& tensors)
{
    return tensors[0].dim() == 0 ? 1.0 : std::max(1.0, static_cast<double>(tensors[0].size(-1)));
}

/// Multiplications of a matrix product. Nothing times much is much: a result of zeros.
double productsOf(const std::vector<at::Tensor>& tensors)
{
    if (tensors[0].numel() == 0 || tensors[1].numel() == 0)
        return unbounded;
    return elements(tensors[0]) * elements(tensors[1]) / innerOf(tensors);
}

/// The extents that expand() keeps (-1), multiplied.
double keptByExpand(const std::vector<c10::IValue>& values)
{
    if (!values[0].isTensor())
        return 1.0;
    const auto sizes = values[1].toIntVector();
    const auto& own = values[0].toTensor().sizes();
    double kept = 1.0;
    for (std::size_t i = sizes.size(), k = own.size(); i-- > 0 && k-- > 0;)
        kept *= sizes[i] == -1 ? std::max(1.0, static_cast<double>(own[k])) : 1.0;
    return kept;
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
    if (name == "index" && values.size() > 1 && values[1].isList())
        return indexedElements(values);
    if (name == "index_select" && tensors.size() > 1 && values[1].isInt() && tensors[0].dim() > 0)
        return elements(tensors[0]) * elements(tensors[1])
            / std::max(1.0,
                       static_cast<double>(
                           tensors[0].size(wrapped(values[1].toInt(), tensors[0].dim()))));
    if (isOneOf(name, {"matmul", "linear"}) && tensors.size() > 1)
        return productsOf(tensors) / innerOf(tensors);
    if (name == "expand" && values.size() > 1 && values[1].isIntList())
        return product(values[1].toIntVector()) * (tensors.empty() ? 1.0 : keptByExpand(values));
    double bound = broadcastElements(tensors);
    if (isOneOf(name, {"repeat", "full", "zeros", "ones"})) {
        for (const auto& value : values)
            bound *= value.isIntList() ? product(value.toIntVector()) : 1.0;
    }
    return bound;
}

double printedLetters(const c10::IValue& list)
{
    if (list.toListRef().size() > mostPrinted)
        return unbounded;
    double letters = 0.0;
    for (const c10::IValue& item : list.toListRef())
        letters += item.isString() ? static_cast<double>(item.toStringRef().size())
            : item.isInt() || item.isDouble() || item.isBool() ? 30.0
                                                               : unbounded;
    return letters;
}

/// Items of the lists and letters of the texts that an operator may give.
double itemBound(const std::string& name, const std::vector<c10::IValue>& values)
{
    double items = 0.0;
    double factor = 1.0;
    for (const auto& value : values) {
        if (name == "format" && value.isList())
            items += printedLetters(value);
        else if (value.isList())
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

/// Integers that trap, before LibTorch divides by them.
bool dividesBadly(const std::string& name, const std::vector<c10::IValue>& values)
{
    if (!isOneOf(name, {"remainder", "floordiv", "floor_divide", "div"}) || values.size() < 2)
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
    return isSound
        ? Status()
        : fail(ErrorCode::Unsupported, CoreText::tr("computes with the size of the batch"));
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
    if (dividesBadly(name, values))
        return fail(ErrorCode::Unsupported, CoreText::tr("divides by zero"));
    if (auto ok = checkBatchArithmetic(name, values); !ok)
        return fail(ok.error());
    if (isOneOf(name, {"expand", "repeat", "full", "zeros", "ones"})) {
        for (auto& value : values) {
            if (!value.isIntList())
                continue;
            auto extents = value.toIntVector();
            for (std::size_t i = 0; i < extents.size(); ++i) {
                const bool isFixedBatch = name == "expand" && i == 0 && m_fixedBatch > 0
                    && extents[i] == m_fixedBatch && values[0].isTensor()
                    && (static_cast<std::int64_t>(extents.size()) > values[0].toTensor().dim()
                        || values[0].toTensor().size(0) == 1);
                if (extents[i] == batchMarker || isFixedBatch)
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
    const auto tensors = tensorsIn(values);
    if (isOneOf(name, {"matmul", "linear"}) && tensors.size() > 1)
        m_productsLeft -= productsOf(tensors);
    const double made = sizeBound(name, values);
    if (!(made <= mostElements) || m_productsLeft < 0.0 || itemBound(name, values) > mostItems
        || pieceBound(name, values) > mostPieces || (!isView(name) && made > m_elementsLeft))
        return fail(ErrorCode::Unsupported, CoreText::tr("makes a constant that is too large"));
    if (!isView(name))
        m_elementsLeft -= made;
    return values;
}

} // namespace espalier
