#include <algorithm>

#include "formats/onnx_operators_p.h"

namespace espalier {

namespace {

/// 0 takes over the extent of the batch.
std::vector<std::int64_t> batchOf(const Shape& sample)
{
    std::vector<std::int64_t> sizes{0};
    sizes.insert(sizes.end(), sample.begin(), sample.end());
    return sizes;
}

/// A pool's window and amounts in ONNX's order. PyTorch leaves out a last window that would start
/// beyond the padding and ONNX's runtimes differ there, so rounding up is written as more padding
/// at the end.
struct WindowAttributes {
    std::array<std::int64_t, 2> after{}; ///< padding at the end
    bool isExtended = false; ///< beyond the pool's own padding

    WindowAttributes(const Shape& in, const Shape& out, const Size2& kernel, const Size2& stride,
                     const Size2& padding, const Size2& dilation, bool ceilMode)
        : after(padding)
    {
        for (std::size_t i = 0; ceilMode && i < 2; ++i) {
            const auto reach = dilation[i] * (kernel[i] - 1) + 1;
            const auto needed = (out[i + 1] - 1) * stride[i] + reach - in[i + 1] - padding[i];
            isExtended = isExtended || needed > padding[i];
            after[i] = std::max(padding[i], needed);
        }
    }
};

std::vector<std::int64_t> listOf(const Size2& pair)
{
    return {pair[0], pair[1]};
}

} // namespace

std::string writeLayout(OnnxWriter& writer, const Rearrange& rearrange,
                        const OnnxOperands& operands)
{
    auto value = operands.values[0];
    if (rearrange.split != operands.shape(0))
        value = writer.call("Reshape", {value, writer.constant(batchOf(rearrange.split))});
    Shape permuted;
    std::vector<std::int64_t> order{0};
    for (const auto dimension : rearrange.order) {
        order.push_back(dimension + 1);
        permuted.push_back(rearrange.split[static_cast<std::size_t>(dimension)]);
    }
    if (!std::ranges::is_sorted(order))
        value = writer.call("Transpose", {value}, {{"perm", order}});
    if (rearrange.merged != permuted)
        value = writer.call("Reshape", {value, writer.constant(batchOf(rearrange.merged))});
    return value;
}

std::string writeLayout(OnnxWriter& writer, const Concat& concat, const OnnxOperands& operands)
{
    auto parts = operands.values;
    const auto full = std::ranges::find(operands.perImage, true);
    std::string batch;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (operands.perImage[i] || full == operands.perImage.end())
            continue;
        // The same for every image: repeated for each of the batch.
        if (batch.empty()) {
            const auto beside = static_cast<std::size_t>(full - operands.perImage.begin());
            batch = writer.call("Shape", {operands.values[beside]},
                                {{"start", std::int64_t{0}}, {"end", std::int64_t{1}}});
        }
        const auto sizes = writer.call("Concat", {batch, writer.constant(operands.shape(i))},
                                       {{"axis", std::int64_t{0}}});
        parts[i] = writer.call("Expand", {parts[i], sizes});
    }
    return writer.call("Concat", parts, {{"axis", concat.dimension + 1}});
}

std::string writePool(OnnxWriter& writer, const MaxPool2d& pool, const OnnxOperands& operands)
{
    const WindowAttributes window(operands.shape(0), operands.node.shape, pool.kernel, pool.stride,
                                  pool.padding, pool.dilation, pool.ceilMode);
    return writer.call(
        "MaxPool", {operands.values[0]},
        {{"kernel_shape", listOf(pool.kernel)},
         {"strides", listOf(pool.stride)},
         {"dilations", listOf(pool.dilation)},
         {"pads",
          std::vector{pool.padding[0], pool.padding[1], window.after[0], window.after[1]}}});
}

std::string writePool(OnnxWriter& writer, const AvgPool2d& pool, const OnnxOperands& operands)
{
    const WindowAttributes window(operands.shape(0), operands.node.shape, pool.kernel, pool.stride,
                                  pool.padding, {1, 1}, pool.ceilMode);
    auto value = operands.values[0];
    auto before = pool.padding;
    auto after = window.after;
    bool countsPad = pool.countIncludePad && pool.padding != Size2{0, 0};
    if (countsPad && window.isExtended) { // the padding counts, what is beyond it does not
        value = writer.call(
            "Pad",
            {value, writer.constant({0, 0, before[0], before[1], 0, 0, before[0], before[1]})});
        after = {after[0] - before[0], after[1] - before[1]};
        before = {0, 0};
        countsPad = false;
    }
    return writer.call("AveragePool", {value},
                       {{"kernel_shape", listOf(pool.kernel)},
                        {"strides", listOf(pool.stride)},
                        {"pads", std::vector{before[0], before[1], after[0], after[1]}},
                        {"count_include_pad", std::int64_t{countsPad ? 1 : 0}}});
}

} // namespace espalier
