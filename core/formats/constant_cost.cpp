#include "formats/constant_cost_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <ATen/Functions.h>

namespace espalier {

namespace {

constexpr std::size_t mostPrinted = 1000; ///< items of a list that becomes a text
constexpr double unbounded = std::numeric_limits<double>::infinity();

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

double sumOfElements(const std::vector<at::Tensor>& tensors)
{
    double total = 0.0;
    for (const auto& tensor : tensors)
        total += elements(tensor);
    return total;
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

/// Elements of arange: end; start, end; start, end, step; with four options after them.
double arangeElements(const std::vector<c10::IValue>& values)
{
    constexpr std::size_t options = 4;
    if (values.size() <= options)
        return unbounded;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, values.size() - options); ++i)
        numbers.push_back(numberIn(values[i]).value_or(unbounded));
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

bool isConvolution(const std::string& name)
{
    return isOneOf(name, {"conv2d", "_convolution"});
}

/// A convolution that is a matrix product: over single pixels, as encodings of positions have it.
bool isPointwise(const std::string& name, const std::vector<c10::IValue>& values)
{
    const auto all = [&](std::size_t i, std::int64_t number) {
        return values[i].isIntList()
            && std::ranges::all_of(values[i].toIntVector(),
                                   [=](auto each) { return each == number; });
    };
    const auto tensors = tensorsIn(values);
    const std::size_t groups = name == "conv2d" ? 6 : 8;
    return values.size() > groups && tensors.size() > 1 && values[0].isTensor()
        && values[1].isTensor() && tensors[0].dim() == 4 && tensors[1].dim() == 4
        && tensors[1].size(2) == 1 && tensors[1].size(3) == 1 && all(3, 1) && all(4, 0) && all(5, 1)
        && values[groups].isInt() && values[groups].toInt() == 1
        && (name == "conv2d" || (values[6].isBool() && !values[6].toBool()));
}

/// The two that a matrix product multiplies; none for other operators.
std::vector<at::Tensor> factors(const std::string& name, const std::vector<at::Tensor>& tensors)
{
    if (isConvolution(name)) // channels last: pixels x channels
        return {tensors[0].movedim(1, -1), tensors[1]};
    const std::size_t first = name == "addmm" ? 1 : 0; // after what is added
    if (!isOneOf(name, {"matmul", "linear", "mm", "addmm"}) || tensors.size() < first + 2)
        return {};
    return {tensors[first], tensors[first + 1]};
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

/// Of matrices per leading index LibTorch makes as many copies as the leading indices broadcast to.
double copiedByMatMul(const std::vector<at::Tensor>& pair)
{
    if (pair[0].dim() < 3 && pair[1].dim() < 3)
        return 0.0;
    std::vector<at::Tensor> leading;
    double matrices = 0.0;
    for (const auto& tensor : pair) {
        if (tensor.dim() < 2)
            return unbounded;
        leading.push_back(tensor.select(-1, 0).select(-1, 0));
        matrices += static_cast<double>(tensor.size(-1)) * static_cast<double>(tensor.size(-2));
    }
    return matrices * broadcastElements(leading);
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
    if (name == "arange")
        return arangeElements(values);
    if (isOneOf(name, {"cat", "stack"}))
        return sumOfElements(tensors);
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
    if (isOneOf(name, {"reshape_as", "view_as"}) && !tensors.empty())
        return elements(tensors[0]);
    if (const auto pair = factors(name, tensors); !pair.empty()) {
        const double made = productsOf(pair) / innerOf(pair);
        return made < unbounded && name == "matmul" ? made + copiedByMatMul(pair) : made;
    }
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
                   {"t", "transpose", "permute", "view", "_unsafe_view", "view_as", "expand",
                    "expand_as", "detach", "alias", "slice", "select", "unsqueeze", "squeeze",
                    "chunk", "split", "unbind", "split_with_sizes"});
}

} // namespace

bool isOneOf(const std::string& name, std::initializer_list<const char*> names)
{
    return std::ranges::find(names, name) != names.end();
}

std::optional<double> numberIn(const c10::IValue& value)
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

std::optional<ConstantCost> constantCost(const std::string& name,
                                         const std::vector<c10::IValue>& values)
{
    if (isConvolution(name) && !isPointwise(name, values))
        return std::nullopt;
    const auto tensors = tensorsIn(values);
    const auto multiplied = factors(name, tensors);
    return ConstantCost{.elements = sizeBound(name, values),
                        .given = sumOfElements(tensors),
                        .products = multiplied.empty() ? 0.0 : productsOf(multiplied),
                        .items = itemBound(name, values),
                        .pieces = pieceBound(name, values),
                        .isView = isView(name)};
}

} // namespace espalier
