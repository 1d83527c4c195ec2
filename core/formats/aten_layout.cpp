#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "formats/aten_handlers_p.h"

namespace espalier {

namespace {

/// Cutting into more is no network's work, and takes more memory than there is.
constexpr std::int64_t mostParts = 65536;

Result<AtenValue> viewed(const AtenArguments& arguments, TensorView view)
{
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return AtenValue{AtenTensor{arguments.tensor(0).node, std::move(view)}};
}

std::string sizesText(const std::vector<std::int64_t>& sizes)
{
    std::string text;
    for (const auto size : sizes) {
        text += text.empty() ? "" : "x";
        if (size % batchMarker != 0 || size == 0)
            text += std::to_string(size);
        else
            text += size == batchMarker ? "N" : std::to_string(size / batchMarker) + "N";
    }
    return text;
}

/// Extents that both divide: 8 7 8 7 and 7 8 7 8 become 56 56. Nothing where they hold other
/// numbers of values.
std::optional<std::vector<std::int64_t>> commonSizes(const std::vector<std::int64_t>& a,
                                                     std::vector<std::int64_t> b)
{
    const auto product = [](const std::vector<std::int64_t>& sizes) {
        double result = 1.0;
        for (const auto size : sizes)
            result *= static_cast<double>(std::abs(size));
        return result;
    };
    if (!(product(a) < 9e15) || !(product(b) < 9e15) || product(b) == 0.0)
        return std::nullopt;
    for (auto& size : b) {
        if (size == -1)
            size = static_cast<std::int64_t>(product(a) / product(b));
    }
    if (product(a) != product(b) || std::ranges::any_of(b, [](auto size) { return size < 1; }))
        return std::nullopt;
    std::vector<std::int64_t> common;
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        auto left = a[i++];
        auto right = b[k++];
        while (left != right) {
            if (left < right ? i == a.size() : k == b.size())
                return std::nullopt;
            (left < right ? left : right) *= left < right ? a[i++] : b[k++];
        }
        common.push_back(left);
    }
    return common;
}

Result<AtenValue> reshapedTo(const AtenArguments& arguments, const AtenTensor& in,
                             const std::vector<std::int64_t>& sizes)
{
    if (auto view = in.view.reshaped(sizes))
        return AtenValue{AtenTensor{in.node, std::move(*view)}};
    // Where the parts of earlier views do not fit, those of the values in this order may.
    const auto ordered = arguments.mapper.ordered(arguments.call, in);
    if (!ordered)
        return fail(ordered.error());
    auto view = ordered->view.reshaped(sizes);
    if (!view) {
        if (const auto common = commonSizes(ordered->view.sizes(), sizes);
            common && *common != ordered->view.sizes() && *common != sizes) {
            const auto joined = reshapedTo(arguments, *ordered, *common);
            const auto whole =
                joined ? arguments.mapper.ordered(arguments.call, joined->tensor()) : *ordered;
            if (joined && whole)
                return reshapedTo(arguments, *whole, sizes);
        }
        return arguments.unsupported(
            CoreText::tr("reshapes {1} to {2} in a way that is not supported, or the input size is "
                         "not the one the model was made for",
                         sizesText(in.view.sizes()), sizesText(sizes)));
    }
    return AtenValue{AtenTensor{ordered->node, std::move(*view)}};
}

/// input, sizes
Result<AtenValue> reshape(const AtenArguments& arguments)
{
    const auto sizes = arguments.integers(1);
    const auto& in = arguments.tensor(0);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return reshapedTo(arguments, in, sizes);
}

/// input, other
Result<AtenValue> reshapeAs(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto sizes = arguments.tensor(1).view.sizes();
    return arguments.ok() ? reshapedTo(arguments, in, sizes) : arguments.unexpectedForm();
}

/// input, sizes, strides, offset: where that is a reshape of batch x features, as a mean over
/// images is decomposed to
Result<AtenValue> asStrided(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto sizes = arguments.integers(1);
    const auto strides = arguments.integers(2);
    const auto own = in.view.sizes();
    if (!arguments.ok() || arguments.integer(3, 0) != 0 || sizes.size() < 2
        || sizes.size() != strides.size() || own.size() < 2
        || std::count(own.begin() + 2, own.end(), 1) != static_cast<std::ptrdiff_t>(own.size() - 2)
        || std::count(sizes.begin() + 2, sizes.end(), 1)
            != static_cast<std::ptrdiff_t>(sizes.size() - 2)
        || own[0] % batchMarker != 0 || own[0] != sizes[0] || own[1] != sizes[1]
        || strides[0] != sizes[1] || strides[1] != 1)
        return arguments.unexpectedForm();
    return reshapedTo(arguments, in, sizes);
}

/// input, start_dim, end_dim
Result<AtenValue> flatten(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto rank = in.view.rank();
    const auto start = arguments.checkedDimension(arguments.integer(1, 0), rank);
    const auto end = arguments.checkedDimension(arguments.integer(2, -1), rank);
    if (!arguments.ok() || start > end)
        return arguments.unexpectedForm();
    auto sizes = in.view.sizes();
    std::int64_t joined = 1;
    for (auto i = start; i <= end; ++i)
        joined *= sizes[static_cast<std::size_t>(i)];
    sizes.erase(sizes.begin() + start + 1, sizes.begin() + end + 1);
    sizes[static_cast<std::size_t>(start)] = joined;
    return reshapedTo(arguments, in, sizes);
}

/// input, dim, sizes
Result<AtenValue> unflatten(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto dimension = arguments.dimension(1, in.view.rank());
    auto parts = arguments.integers(2);
    const auto isSize = [](auto part) { return part == -1 || part >= 1; };
    if (!arguments.ok() || !std::ranges::all_of(parts, isSize) || std::ranges::count(parts, -1) > 1)
        return arguments.unexpectedForm();
    auto sizes = in.view.sizes();
    const auto at = sizes.begin() + dimension;
    if (const auto open = std::ranges::find(parts, -1); open != parts.end()) {
        auto rest = *at;
        for (const auto part : parts)
            rest /= part == -1 ? 1 : part;
        *open = rest;
    }
    const auto next = sizes.erase(at);
    sizes.insert(next, parts.begin(), parts.end());
    return reshapedTo(arguments, in, sizes);
}

/// input, dims
Result<AtenValue> permute(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    auto order = arguments.integers(1);
    for (auto& dimension : order)
        dimension = arguments.checkedDimension(dimension, in.view.rank());
    auto sorted = order;
    std::ranges::sort(sorted);
    if (!arguments.ok() || sorted.size() != in.view.rank()
        || std::ranges::adjacent_find(sorted) != sorted.end())
        return arguments.unexpectedForm();
    return viewed(arguments, in.view.permuted(order));
}

/// input, dim0, dim1
Result<AtenValue> transpose(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    std::vector<std::int64_t> order(in.view.rank());
    std::iota(order.begin(), order.end(), 0);
    const auto a = arguments.dimension(1, order.size());
    const auto b = arguments.dimension(2, order.size());
    std::swap(order[static_cast<std::size_t>(a)], order[static_cast<std::size_t>(b)]);
    return viewed(arguments, in.view.permuted(order));
}

/// input, dim
Result<AtenValue> unsqueeze(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    return viewed(arguments, in.view.unsqueezed(arguments.dimension(1, in.view.rank() + 1)));
}

/// input, dim or dims; without: all of size 1
Result<AtenValue> squeeze(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto sizes = in.view.sizes();
    std::vector<std::int64_t> dimensions(sizes.size());
    std::iota(dimensions.begin(), dimensions.end(), 0);
    if (arguments.has(1)) {
        dimensions = arguments.integers(1);
        for (auto& dimension : dimensions)
            dimension = arguments.checkedDimension(dimension, sizes.size());
        std::ranges::sort(dimensions);
        if (std::ranges::adjacent_find(dimensions) != dimensions.end())
            return arguments.unexpectedForm();
    }
    auto view = in.view;
    for (auto i = dimensions.rbegin(); i != dimensions.rend(); ++i) {
        if (sizes[static_cast<std::size_t>(*i)] == 1)
            view = view.squeezed(*i);
    }
    return viewed(arguments, std::move(view));
}

/// input, sizes: broadcast, which what follows does by itself
Result<AtenValue> expand(const AtenArguments& arguments)
{
    if (arguments.isNode(0) && arguments.count() > 1 && arguments.isNode(1)) { // expand_as
        auto expanded = arguments.tensor(0);
        if (const auto to = arguments.tensor(1).view.sizes(); to != expanded.view.sizes())
            expanded.expandedTo = to;
        return AtenValue{std::move(expanded)};
    }
    auto expanded = arguments.tensor(0);
    auto sizes = arguments.integers(1);
    const auto own = expanded.view.sizes();
    if (!arguments.ok() || sizes.size() != own.size())
        return arguments.unexpectedForm();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        sizes[i] = sizes[i] == -1 ? own[i] : sizes[i];
        if (sizes[i] != own[i] && own[i] != 1)
            return arguments.unexpectedForm();
    }
    if (sizes != own)
        expanded.expandedTo = std::move(sizes);
    return AtenValue{std::move(expanded)};
}

Result<AtenValue> slicedAt(const AtenArguments& arguments, const AtenTensor& in,
                           std::int64_t dimension, std::int64_t start, std::int64_t stop,
                           std::int64_t step = 1)
{
    const auto of = arguments.sampleDimension(in, dimension);
    if (!of)
        return fail(of.error());
    return arguments.addOver(Slice{.dimension = *of, .start = start, .stop = stop, .step = step},
                             in);
}

/// input, dim, start, end, step
Result<AtenValue> slice(const AtenArguments& arguments)
{
    const auto& given = arguments.tensor(0);
    const auto dimension = arguments.checkedDimension(arguments.integer(1, 0), given.view.rank());
    const auto extent = given.view.sizes()[static_cast<std::size_t>(dimension)];
    const auto bound = [&](std::size_t i, std::int64_t fallback) {
        auto value = arguments.integer(i, fallback);
        value += value < 0 ? extent : 0;
        return std::clamp<std::int64_t>(value, 0, extent);
    };
    const auto start = bound(2, 0);
    const auto stop = bound(3, extent);
    const auto step = arguments.integer(4, 1);
    if (start == 0 && stop == extent && step == 1)
        return AtenValue{given};
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    return slicedAt(arguments, *in, dimension, start, stop, step);
}

Result<AtenValue> selected(const AtenArguments& arguments, const AtenTensor& in,
                           std::int64_t dimension, std::int64_t index)
{
    auto part = slicedAt(arguments, in, dimension, index, index + 1);
    if (!part)
        return part;
    const auto& tensor = part->tensor();
    return AtenValue{AtenTensor{tensor.node, tensor.view.squeezed(dimension)}};
}

/// input, dim, index
Result<AtenValue> select(const AtenArguments& arguments)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    const auto dimension = arguments.dimension(1, in->view.rank());
    const auto extent = in->view.sizes()[static_cast<std::size_t>(dimension)];
    const auto index =
        arguments.checkedDimension(arguments.integer(2), static_cast<std::size_t>(extent));
    if (!arguments.ok())
        return arguments.unexpectedForm();
    return selected(arguments, *in, dimension, index);
}

/// Parts of these sizes along the dimension, as a list.
Result<AtenValue> parts(const AtenArguments& arguments, std::int64_t dimension,
                        const std::vector<std::int64_t>& lengths)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    if (lengths.empty())
        return arguments.unsupported(CoreText::tr("cuts its input into no parts, or too many"));
    const auto extent = in->view.sizes()[static_cast<std::size_t>(dimension)];
    AtenList list;
    std::int64_t start = 0;
    for (const auto length : lengths) {
        if (length < 1 || length > extent - start)
            return arguments.unsupported(CoreText::tr("cuts parts that its input does not have"));
        auto part = slicedAt(arguments, *in, dimension, start, start + length);
        if (!part)
            return part;
        list.push_back(std::move(*part));
        start += length;
    }
    return AtenValue{std::move(list)};
}

/// Nothing for more parts than any network has.
std::vector<std::int64_t> equalParts(std::int64_t extent, std::int64_t length)
{
    std::vector<std::int64_t> lengths;
    if ((extent - 1) / length >= mostParts)
        return lengths;
    for (std::int64_t start = 0; start < extent; start += length)
        lengths.push_back(std::min(length, extent - start));
    return lengths;
}

/// input, chunks, dim
Result<AtenValue> chunk(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto dimension = arguments.checkedDimension(arguments.integer(2, 0), in.view.rank());
    const auto extent = in.view.sizes()[static_cast<std::size_t>(dimension)];
    const auto chunks = std::min(arguments.integer(1), extent);
    if (!arguments.ok() || chunks < 1)
        return arguments.unexpectedForm();
    return parts(arguments, dimension, equalParts(extent, (extent + chunks - 1) / chunks));
}

/// input, size or sizes, dim
Result<AtenValue> split(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto dimension = arguments.checkedDimension(arguments.integer(2, 0), in.view.rank());
    const auto extent = in.view.sizes()[static_cast<std::size_t>(dimension)];
    const auto* size = arguments.constant(1);
    if (!arguments.ok() || (size->isInt() && size->toInt() < 1))
        return arguments.unexpectedForm();
    return parts(arguments, dimension,
                 size->isInt() ? equalParts(extent, size->toInt()) : arguments.integers(1));
}

/// input, dim
Result<AtenValue> unbind(const AtenArguments& arguments)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    const auto dimension = arguments.checkedDimension(arguments.integer(1, 0), in->view.rank());
    const auto extent = in->view.sizes()[static_cast<std::size_t>(dimension)];
    if (!arguments.ok() || extent % batchMarker == 0 || extent > mostParts)
        return arguments.unexpectedForm();
    AtenList list;
    for (std::int64_t i = 0; i < extent; ++i) {
        auto part = selected(arguments, *in, dimension, i);
        if (!part)
            return part;
        list.push_back(std::move(*part));
    }
    return AtenValue{std::move(list)};
}

/// The batch is where it is in the first tensor; constants are the same for every image.
Result<AtenValue> joined(const AtenArguments& arguments, const AtenList& tensors,
                         std::int64_t dimension)
{
    const auto first = std::ranges::find_if(tensors, &AtenValue::isNode);
    if (first == tensors.end())
        return arguments.unexpectedForm();
    const auto like = arguments.mapper.ordered(arguments.call, first->tensor());
    if (!like)
        return fail(like.error());
    const auto along = arguments.sampleDimension(*like, dimension);
    if (!along)
        return fail(along.error());
    std::vector<NodeId> inputs;
    for (const auto& value : tensors) {
        if (value.isConstant() && value.constant().isTensor()) {
            const auto parameter =
                arguments.addParameter(std::get<AtenConstant>(value.value), *like);
            if (!parameter)
                return fail(parameter.error());
            inputs.push_back(*parameter);
            continue;
        }
        if (!value.isNode() || !value.tensor().expandedTo.empty())
            return arguments.unexpectedForm();
        const auto tensor = arguments.mapper.ordered(arguments.call, value.tensor());
        if (!tensor)
            return fail(tensor.error());
        if (tensor->view.canonical().dimensionOf != like->view.canonical().dimensionOf)
            return arguments.unsupported(
                CoreText::tr("joins tensors with the batch in different places"));
        inputs.push_back(tensor->node);
    }
    const auto id = arguments.mapper.addNode(arguments.call, Concat{*along}, std::move(inputs));
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, like->view.over(arguments.mapper.shape(*id))}};
}

/// tensors, dim
Result<AtenValue> concatenate(const AtenArguments& arguments)
{
    const auto& tensors = arguments.list(0);
    const auto first = std::ranges::find_if(tensors, &AtenValue::isNode);
    if (!arguments.ok() || first == tensors.end())
        return arguments.unexpectedForm();
    const auto dimension =
        arguments.checkedDimension(arguments.integer(1, 0), first->tensor().view.rank());
    if (tensors.size() == 1)
        return tensors.front();
    return joined(arguments, tensors, dimension);
}

/// tensors, dim
Result<AtenValue> stack(const AtenArguments& arguments)
{
    auto tensors = arguments.list(0);
    const auto first = std::ranges::find_if(tensors, &AtenValue::isNode);
    if (!arguments.ok() || first == tensors.end())
        return arguments.unexpectedForm();
    const auto dimension =
        arguments.checkedDimension(arguments.integer(1, 0), first->tensor().view.rank() + 1);
    for (auto& value : tensors) {
        if (!value.isNode())
            return arguments.unexpectedForm();
        auto& tensor = std::get<AtenTensor>(value.value);
        tensor.view = tensor.view.unsqueezed(dimension);
    }
    return joined(arguments, tensors, dimension);
}

/// input, shifts, dims: the end comes to the front
Result<AtenValue> roll(const AtenArguments& arguments)
{
    auto value = arguments.ordered(0);
    if (!value)
        return fail(value.error());
    const auto shifts = arguments.integers(1);
    const auto dimensions = arguments.integers(2);
    if (!arguments.ok() || shifts.size() != dimensions.size())
        return arguments.unexpectedForm();
    for (std::size_t i = 0; i < shifts.size(); ++i) {
        const auto dimension = arguments.checkedDimension(dimensions[i], value->view.rank());
        const auto extent = value->view.sizes()[static_cast<std::size_t>(dimension)];
        if (!arguments.ok() || extent % batchMarker == 0)
            return arguments.unexpectedForm();
        const auto cut = extent - (shifts[i] % extent + extent) % extent;
        if (cut == extent)
            continue;
        auto back = slicedAt(arguments, *value, dimension, cut, extent);
        auto front = slicedAt(arguments, *value, dimension, 0, cut);
        if (!back || !front)
            return back ? front : back;
        auto rolled = joined(arguments, {std::move(*back), std::move(*front)}, dimension);
        if (!rolled)
            return rolled;
        value = rolled->tensor();
    }
    return AtenValue{*value};
}

/// Amounts come as PyTorch writes them: last dimension first, before and after.
Result<AtenValue> padBy(const AtenArguments& arguments, const std::vector<std::int64_t>& amounts,
                        double number)
{
    const auto in = arguments.batchFirst(0);
    if (!in)
        return fail(in.error());
    if (!arguments.ok() || arguments.mapper.shape(*in).size() != 3 || amounts.size() % 2 != 0
        || amounts.size() > 8)
        return arguments.unexpectedForm();
    Pad pad{.value = number};
    for (std::size_t i = 0; i < amounts.size() / 2; ++i) {
        if (i == 3) { // the batch
            if (amounts[6] != 0 || amounts[7] != 0)
                return arguments.unsupported(CoreText::tr("pads the batch"));
            continue;
        }
        pad.before[2 - i] = amounts[2 * i];
        pad.after[2 - i] = amounts[2 * i + 1];
    }
    if (pad.before == decltype(pad.before){} && pad.after == decltype(pad.after){})
        return arguments.call.arguments[0];
    return arguments.add(pad, *in);
}

/// input, amounts, mode, value
Result<AtenValue> pad(const AtenArguments& arguments)
{
    if (arguments.text(2, "constant") != "constant")
        return arguments.unsupported(CoreText::tr("pads by other than a constant"));
    return padBy(arguments, arguments.integers(1), arguments.number(3, 0.0));
}

/// input, amounts, value
Result<AtenValue> constantPad(const AtenArguments& arguments)
{
    return padBy(arguments, arguments.integers(1), arguments.number(2, 0.0));
}

} // namespace

void addLayoutHandlers(AtenHandlers& handlers)
{
    handlers.insert({
        {"view", reshape},
        {"_unsafe_view", reshape},
        {"reshape", reshape},
        {"reshape_as", reshapeAs},
        {"view_as", reshapeAs},
        {"as_strided", asStrided},
        {"flatten", flatten},
        {"unflatten", unflatten},
        {"permute", permute},
        {"transpose", transpose},
        {"swapaxes", transpose},
        {"swapdims", transpose},
        {"unsqueeze", unsqueeze},
        {"squeeze", squeeze},
        {"expand", expand},
        {"expand_as", expand},
        {"slice", slice},
        {"select", select},
        {"chunk", chunk},
        {"split", split},
        {"split_with_sizes", split},
        {"unbind", unbind},
        {"cat", concatenate},
        {"concat", concatenate},
        {"stack", stack},
        {"roll", roll},
        {"pad", pad},
        {"constant_pad_nd", constantPad},
    });
}

} // namespace espalier
