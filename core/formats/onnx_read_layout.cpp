#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include <ATen/core/Tensor.h>

#include "base/core_text.h"
#include "formats/onnx_arguments_p.h"

namespace espalier {

namespace {

constexpr std::size_t mostDimensions = 64; // LibTorch's own limit

Result<AtenValue> reshapedTo(const OnnxArguments& arguments, const AtenValue& in,
                             std::vector<std::int64_t> sizes)
{
    return arguments.call("reshape", {in, listOf(std::move(sizes))});
}

Result<AtenValue> reshape(const OnnxArguments& arguments)
{
    auto sizes = arguments.numbers(1);
    const auto own = arguments.sizes(0);
    if (!arguments.ok())
        return arguments.unsupported(CoreText::tr("is given sizes that depend on the data"));
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] != 0 || arguments.integer("allowzero", 0) != 0)
            continue;
        if (i >= own.size())
            return arguments.unexpectedForm();
        sizes[i] = own[i];
    }
    return reshapedTo(arguments, arguments.value(0), std::move(sizes));
}

std::int64_t product(std::span<const std::int64_t> extents)
{
    std::int64_t result = 1;
    for (const auto extent : extents)
        result *= extent;
    return result;
}

Result<AtenValue> flatten(const OnnxArguments& arguments)
{
    const auto own = arguments.sizes(0);
    auto axis = arguments.integer("axis", 1);
    axis += axis < 0 ? static_cast<std::int64_t>(own.size()) : 0;
    if (axis < 1 || axis > static_cast<std::int64_t>(own.size()))
        return arguments.unexpectedForm();
    const std::span<const std::int64_t> extents(own);
    return reshapedTo(arguments, arguments.value(0),
                      {product(extents.first(static_cast<std::size_t>(axis))),
                       product(extents.subspan(static_cast<std::size_t>(axis)))});
}

Result<AtenValue> transpose(const OnnxArguments& arguments)
{
    auto order = arguments.integers("perm");
    if (order.empty()) {
        order.resize(arguments.sizes(0).size());
        std::iota(order.rbegin(), order.rend(), 0);
    }
    return arguments.call("permute", {arguments.value(0), listOf(std::move(order))});
}

Result<AtenValue> unsqueeze(const OnnxArguments& arguments)
{
    auto axes = arguments.listed("axes", 1);
    if (axes.size() > mostDimensions)
        return arguments.unexpectedForm();
    const auto rank = arguments.sizes(0).size() + axes.size();
    for (auto& axis : axes)
        axis = arguments.dimension(axis, rank);
    std::ranges::sort(axes);
    auto value = arguments.value(0);
    for (const auto axis : axes) {
        auto next = arguments.call("unsqueeze", {value, AtenValue::of(axis)});
        if (!next)
            return next;
        value = *std::move(next);
    }
    return value;
}

Result<AtenValue> squeeze(const OnnxArguments& arguments)
{
    auto axes = arguments.listed("axes", 1);
    if (axes.empty())
        return arguments.call("squeeze", {arguments.value(0)});
    return arguments.call("squeeze", {arguments.value(0), listOf(std::move(axes))});
}

/// Starts, ends, axes, steps: attributes until opset 9, inputs since.
Result<AtenValue> slice(const OnnxArguments& arguments)
{
    const auto starts = arguments.listed("starts", 1);
    const auto ends = arguments.listed("ends", 2);
    auto axes = arguments.listed("axes", 3);
    auto steps = arguments.has(4) ? arguments.numbers(4) : std::vector<std::int64_t>();
    steps.resize(starts.size(), 1);
    if (axes.empty()) {
        axes.resize(starts.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    if (!arguments.ok() || ends.size() != starts.size() || axes.size() != starts.size())
        return arguments.unexpectedForm();
    auto value = arguments.value(0);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        auto next = arguments.call("slice",
                                   {value, AtenValue::of(axes[i]), AtenValue::of(starts[i]),
                                    AtenValue::of(ends[i]), AtenValue::of(steps[i])});
        if (!next)
            return next;
        value = *std::move(next);
    }
    return value;
}

/// One index takes that position away; a run of them is a slice; others are put one behind another.
Result<AtenValue> gather(const OnnxArguments& arguments)
{
    if (!arguments.isNode(0) || !arguments.isConstant(1))
        return arguments.unsupported(CoreText::tr("picks values by what the network computes"));
    const auto axis =
        AtenValue::of(arguments.dimension(arguments.integer("axis", 0), arguments.sizes(0).size()));
    const auto indices = arguments.constant(1);
    if (!arguments.ok() || indices.scalar_type() != at::kLong || indices.dim() > 1
        || indices.numel() == 0)
        return arguments.unexpectedForm();
    if (indices.dim() == 0)
        return arguments.call(
            "select", {arguments.value(0), axis, AtenValue::of(indices.item<std::int64_t>())});
    const auto numbers = arguments.numbers(1);
    constexpr std::int64_t largest = std::int64_t{1} << 40;
    if (std::ranges::any_of(numbers, [](auto number) { return number < 0 || number > largest; }))
        return arguments.unexpectedForm();
    AtenList runs;
    for (auto begin = numbers.begin(); begin != numbers.end();) {
        auto end =
            std::adjacent_find(begin, numbers.end(), [](auto a, auto b) { return b != a + 1; });
        end += end == numbers.end() ? 0 : 1;
        auto run =
            arguments.call("slice",
                           {arguments.value(0), axis, AtenValue::of(*begin),
                            AtenValue::of(*begin + (end - begin)), AtenValue::of(std::int64_t{1})});
        if (!run)
            return run;
        runs.push_back(*std::move(run));
        begin = end;
    }
    return runs.size() == 1 ? Result<AtenValue>(runs.front())
                            : arguments.call("cat", {AtenValue{std::move(runs)}, axis});
}

Result<AtenValue> split(const OnnxArguments& arguments)
{
    const auto own = arguments.sizes(0);
    const auto axis = arguments.dimension(arguments.integer("axis", 0), own.size());
    auto lengths = arguments.listed("split", 1);
    const auto parts = std::max(1, arguments.node.output_size());
    if (!arguments.ok())
        return arguments.unexpectedForm();
    if (lengths.empty()) {
        const auto extent = own[static_cast<std::size_t>(axis)];
        return arguments.call(
            "split",
            {arguments.value(0), AtenValue::of((extent + parts - 1) / parts), AtenValue::of(axis)});
    }
    return arguments.call("split",
                          {arguments.value(0), listOf(std::move(lengths)), AtenValue::of(axis)});
}

/// Both extents are broadcast; 1 leaves the value's own.
Result<AtenValue> expand(const OnnxArguments& arguments)
{
    auto sizes = arguments.numbers(1);
    auto own = arguments.sizes(0);
    if (!arguments.ok() || sizes.size() > mostDimensions)
        return arguments.unsupported(CoreText::tr("is given sizes that depend on the data"));
    auto value = arguments.value(0);
    while (own.size() < sizes.size()) {
        auto next = arguments.call("unsqueeze", {value, AtenValue::of(std::int64_t{0})});
        if (!next)
            return next;
        value = *std::move(next);
        own.insert(own.begin(), 1);
    }
    sizes.insert(sizes.begin(), own.size() - sizes.size(), 1);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        sizes[i] = sizes[i] == 1 ? own[i] : sizes[i];
    return arguments.call("expand", {value, listOf(std::move(sizes))});
}

Result<AtenValue> concatenate(const OnnxArguments& arguments)
{
    return arguments.call(
        "cat",
        {AtenValue{AtenList(arguments.inputs)}, AtenValue::of(arguments.integer("axis", 0))});
}

/// Amounts come as all befores, then all afters.
Result<AtenValue> pad(const OnnxArguments& arguments)
{
    const auto amounts = arguments.listed("pads", 1);
    const auto rank = arguments.sizes(0).size();
    auto axes = arguments.has(3) ? arguments.numbers(3) : std::vector<std::int64_t>();
    if (axes.empty()) {
        axes.resize(rank);
        std::iota(axes.begin(), axes.end(), 0);
    }
    const auto number = arguments.has(2) ? arguments.scalar(2) : arguments.number("value", 0.0);
    if (!arguments.ok() || amounts.size() != 2 * axes.size())
        return arguments.unexpectedForm();
    std::vector<std::int64_t> ordered(2 * rank, 0); // last dimension first
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(arguments.dimension(axes[i], rank));
        if (!arguments.ok())
            return arguments.unexpectedForm();
        ordered[2 * (rank - 1 - axis)] = amounts[i];
        ordered[2 * (rank - 1 - axis) + 1] = amounts[i + axes.size()];
    }
    if (std::ranges::all_of(ordered, [](auto amount) { return amount == 0; }))
        return arguments.value(0);
    return arguments.call("pad",
                          {arguments.value(0), listOf(std::move(ordered)),
                           AtenValue::of(arguments.text("mode", "constant")),
                           AtenValue::of(number)});
}

/// Reshape, permute, reshape over N x C x H x W.
Result<AtenValue> rearranged(const OnnxArguments& arguments, std::vector<std::int64_t> split,
                             std::vector<std::int64_t> order, std::vector<std::int64_t> merged)
{
    const auto first = reshapedTo(arguments, arguments.value(0), std::move(split));
    if (!first)
        return first;
    const auto second = arguments.call("permute", {*first, listOf(std::move(order))});
    if (!second)
        return second;
    return reshapedTo(arguments, *second, std::move(merged));
}

Result<AtenValue> depthToSpace(const OnnxArguments& arguments)
{
    const auto sizes = arguments.sizes(0);
    const auto block = arguments.integer("blocksize", 0);
    if (sizes.size() != 4 || block < 1 || block > 1024 || sizes[1] % (block * block) != 0)
        return arguments.unexpectedForm();
    const auto [n, c, h, w] = std::array{sizes[0], sizes[1] / (block * block), sizes[2], sizes[3]};
    const std::vector<std::int64_t> merged{n, c, h * block, w * block};
    if (arguments.text("mode", "DCR") == "CRD")
        return rearranged(arguments, {n, c, block, block, h, w}, {0, 1, 4, 2, 5, 3}, merged);
    return rearranged(arguments, {n, block, block, c, h, w}, {0, 3, 4, 1, 5, 2}, merged);
}

Result<AtenValue> spaceToDepth(const OnnxArguments& arguments)
{
    const auto sizes = arguments.sizes(0);
    const auto block = arguments.integer("blocksize", 0);
    if (sizes.size() != 4 || block < 1 || sizes[2] % block != 0 || sizes[3] % block != 0)
        return arguments.unexpectedForm();
    const auto [n, c, h, w] = std::array{sizes[0], sizes[1], sizes[2] / block, sizes[3] / block};
    return rearranged(arguments, {n, c, h, block, w, block}, {0, 3, 5, 1, 2, 4},
                      {n, c * block * block, h, w});
}

} // namespace

void addOnnxLayoutHandlers(OnnxHandlers& handlers)
{
    handlers.insert({
        {"Reshape", reshape},
        {"Flatten", flatten},
        {"Transpose", transpose},
        {"Unsqueeze", unsqueeze},
        {"Squeeze", squeeze},
        {"Slice", slice},
        {"Gather", gather},
        {"Split", split},
        {"Expand", expand},
        {"Concat", concatenate},
        {"Pad", pad},
        {"DepthToSpace", depthToSpace},
        {"SpaceToDepth", spaceToDepth},
    });
}

} // namespace espalier
