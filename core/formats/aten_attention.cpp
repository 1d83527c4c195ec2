#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "formats/aten_handlers_p.h"

namespace espalier {

namespace {

/// Both ordered, with the same dimensions of their samples before the last two.
Result<AtenValue> product(const AtenArguments& arguments, const AtenTensor& a, const AtenTensor& b)
{
    if (a.view.canonical().dimensionOf != b.view.canonical().dimensionOf)
        return arguments.unsupported(
            CoreText::tr("multiplies matrices with the batch in different places"));
    const auto isMatrix = [](const std::vector<std::int64_t>& sizes) {
        return sizes.size() > 2 && std::none_of(sizes.end() - 2, sizes.end(), [](auto size) {
                   return size % batchMarker == 0;
               });
    };
    if (!isMatrix(a.view.sizes()) || !isMatrix(b.view.sizes()))
        return arguments.unsupported(CoreText::tr("works across the batch"));
    const auto id = arguments.mapper.addNode(arguments.call, MatMul{}, {a.node, b.node});
    if (!id)
        return fail(id.error());
    return AtenValue{AtenTensor{*id, a.view.over(arguments.mapper.shape(*id))}};
}

/// The i-th argument as an ordered value of the network; a constant (a learned query) becomes one,
/// of the dimensions of the argument that it is multiplied with.
Result<AtenValue> valueBeside(const AtenArguments& arguments, std::size_t i, std::size_t other)
{
    if (arguments.isNode(i))
        return arguments.ordered(i).map([](auto tensor) { return AtenValue{std::move(tensor)}; });
    if (!arguments.isTensor(i) || !arguments.isNode(other) || arguments.weight(i).dim() < 2)
        return arguments.unexpectedForm();
    const auto beside = arguments.ordered(other);
    if (!beside)
        return fail(beside.error());
    const auto& constant = std::get<AtenConstant>(arguments.call.arguments[i].value);
    const auto parameter = arguments.addParameter(constant, *beside);
    if (!parameter)
        return fail(parameter.error());
    return AtenValue{AtenTensor{*parameter, beside->view.over(arguments.mapper.shape(*parameter))}};
}

/// Whether one matrix of b serves all of a's heads, as in multi-query attention.
bool isShared(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b)
{
    const auto isOne = [](auto extent) { return extent == 1; };
    return a.size() == b.size() && a.size() > 3 && a[0] == batchMarker && b[0] == batchMarker
        && std::all_of(b.begin() + 1, b.end() - 2, isOne)
        && !std::all_of(a.begin() + 1, a.end() - 2, isOne);
}

/// a's heads as more rows of one matrix: batch x heads x rows x inner -> batch x 1 x all x inner.
Result<AtenValue> sharedProduct(const AtenArguments& arguments, const AtenTensor& a,
                                const AtenTensor& b)
{
    auto sizes = a.view.sizes();
    auto merged = sizes;
    for (std::size_t i = 1; i + 2 < sizes.size(); ++i)
        merged[merged.size() - 2] *= std::exchange(merged[i], 1);
    const auto rows = arguments.also("reshape", {AtenValue{a}, AtenValue::of(merged)});
    if (!rows)
        return rows;
    const auto result = arguments.also("matmul", {*rows, AtenValue{b}});
    if (!result)
        return result;
    sizes.back() = b.view.sizes().back();
    return arguments.also("reshape", {*result, AtenValue::of(sizes)});
}

/// a, b; b may be a matrix of weights
Result<AtenValue> matmul(const AtenArguments& arguments)
{
    if (arguments.isNode(0) && arguments.isTensor(1) && arguments.weight(1).dim() == 2)
        return arguments.also("linear",
                              {arguments.call.arguments[0],
                               {AtenConstant{arguments.weight(1).t(), arguments.path(1)}},
                               AtenValue::of({})});
    const auto first = valueBeside(arguments, 0, 1);
    const auto second = valueBeside(arguments, 1, 0);
    if (!first || !second)
        return first ? second : first;
    const auto& a = first->tensor();
    const auto& b = second->tensor();
    return isShared(a.view.sizes(), b.view.sizes()) ? sharedProduct(arguments, a, b)
                                                    : product(arguments, a, b);
}

/// input, dim, dtype
Result<AtenValue> softmaxOf(const AtenArguments& arguments, bool logarithm)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    const auto dimension = arguments.sampleDimension(*in, arguments.dimension(1, in->view.rank()));
    if (!dimension)
        return fail(dimension.error());
    return arguments.addOver(Softmax{.dimension = *dimension, .logarithm = logarithm}, *in);
}

Result<AtenValue> softmax(const AtenArguments& arguments)
{
    return softmaxOf(arguments, false);
}

Result<AtenValue> logSoftmax(const AtenArguments& arguments)
{
    return softmaxOf(arguments, true);
}

/// input, over dims (all when empty), keepdim
Result<AtenValue> reduced(const AtenArguments& arguments, ReduceKind kind, std::size_t dimsAt,
                          bool keep)
{
    const auto in = arguments.ordered(0);
    if (!in)
        return fail(in.error());
    auto dimensions = arguments.integers(dimsAt);
    Reduce reduce{.kind = kind, .dimensions = {}, .keep = true};
    for (auto& dimension : dimensions) {
        dimension = arguments.checkedDimension(dimension, in->view.rank());
        const auto of = arguments.sampleDimension(*in, dimension);
        if (!of)
            return fail(of.error());
        reduce.dimensions.push_back(*of);
    }
    std::ranges::sort(reduce.dimensions);
    std::ranges::sort(dimensions);
    const auto& sample = arguments.mapper.shape(in->node);
    const bool isGlobalPooling = kind == ReduceKind::Mean && in->view.isBatchFirst()
        && sample.size() == 3 && reduce.dimensions == std::vector<std::int64_t>{1, 2};
    auto result = isGlobalPooling ? arguments.addOver(AdaptiveAvgPool2d{}, *in)
                                  : arguments.addOver(std::move(reduce), *in);
    if (!result || keep)
        return result;
    auto view = result->tensor().view;
    for (auto i = dimensions.rbegin(); i != dimensions.rend(); ++i)
        view = view.squeezed(*i);
    return AtenValue{AtenTensor{result->tensor().node, std::move(view)}};
}

/// input, dims, keepdim, dtype
Result<AtenValue> mean(const AtenArguments& arguments)
{
    return reduced(arguments, ReduceKind::Mean, 1, arguments.boolean(2));
}

Result<AtenValue> sum(const AtenArguments& arguments)
{
    return reduced(arguments, ReduceKind::Sum, 1, arguments.boolean(2));
}

/// input, p, dims, keepdim
Result<AtenValue> norm(const AtenArguments& arguments)
{
    if (arguments.number(1, 2.0) != 2.0)
        return arguments.unsupported(CoreText::tr("is a norm other than the Euclidean"));
    return reduced(arguments, ReduceKind::L2Norm, 2, arguments.boolean(3));
}

/// query, key, value, mask, dropout, is_causal, scale
Result<AtenValue> scaledDotProductAttention(const AtenArguments& arguments)
{
    const auto& key = arguments.tensor(1);
    if (!arguments.ok())
        return arguments.unexpectedForm();
    const auto query = valueBeside(arguments, 0, 1);
    if (!query)
        return query;
    if (arguments.boolean(5))
        return arguments.unsupported(CoreText::tr("is causal, which image models are not"));
    const auto width = query->tensor().view.sizes().back();
    const double scale =
        arguments.number(6, 1.0 / std::sqrt(static_cast<double>(std::max<std::int64_t>(width, 1))));
    const auto rank = static_cast<std::int64_t>(key.view.rank());
    const auto transposed = arguments.also(
        "transpose",
        {arguments.call.arguments[1], AtenValue::of(rank - 2), AtenValue::of(rank - 1)});
    if (!transposed)
        return transposed;
    const auto scaled = arguments.also("mul", {*query, AtenValue::of(scale)});
    if (!scaled)
        return scaled;
    auto scores = arguments.also("matmul", {*scaled, *transposed});
    if (scores && arguments.has(3)) {
        if (const auto& mask = arguments.call.arguments[3]; mask.isConstant()
            && mask.constant().isTensor() && mask.constant().toTensor().scalar_type() == at::kBool)
            return arguments.unsupported(CoreText::tr("has a mask of truth values"));
        scores = arguments.also("add", {*scores, arguments.call.arguments[3]});
    }
    if (!scores)
        return scores;
    const auto weights =
        arguments.also("softmax", {*scores, AtenValue::of(std::int64_t{-1}), AtenValue::of({})});
    if (!weights)
        return weights;
    return arguments.also("matmul", {*weights, arguments.call.arguments[2]});
}

/// What nn.MultiheadAttention becomes when traced in eval mode: query, key, value, embed_dim,
/// num_heads, qkv_weight, qkv_bias, proj_weight, proj_bias, mask, need_weights, ...
Result<AtenValue> nativeMultiHeadAttention(const AtenArguments& arguments)
{
    const auto& in = arguments.tensor(0);
    const auto sizes = in.view.sizes();
    const auto width = arguments.integer(3);
    const auto heads = arguments.integer(4);
    if (!arguments.ok() || sizes.size() != 3 || arguments.has(9) || heads < 1
        || in.node != arguments.tensor(1).node || in.node != arguments.tensor(2).node)
        return arguments.unexpectedForm();
    // The packed parameters have no module of their own: these names tell them apart.
    const auto named = [&](std::size_t i, const std::string& module) {
        const auto& value = arguments.call.arguments[i];
        return value.isNone() ? value
                              : AtenValue{AtenConstant{
                                  value.constant(),
                                  (arguments.call.place.empty() ? "" : arguments.call.place + ".")
                                      + module + ".weight"}};
    };
    const auto packed = arguments.also(
        "linear", {arguments.call.arguments[0], named(5, "in_proj"), arguments.call.arguments[6]});
    if (!packed)
        return packed;
    const auto parts = arguments.also(
        "chunk", {*packed, AtenValue::of(std::int64_t{3}), AtenValue::of(std::int64_t{-1})});
    if (!parts)
        return parts;
    std::vector<AtenValue> split; // batch x heads x tokens x features
    for (const auto& part : parts->list()) {
        const auto divided = arguments.also("view",
                                            {part,
                                             AtenValue::of(c10::IValue(std::vector<std::int64_t>{
                                                 sizes[0], sizes[1], heads, width / heads}))});
        if (!divided)
            return divided;
        const auto moved = arguments.also(
            "transpose",
            {*divided, AtenValue::of(std::int64_t{1}), AtenValue::of(std::int64_t{2})});
        if (!moved)
            return moved;
        split.push_back(*moved);
    }
    const auto attended = arguments.also("scaled_dot_product_attention", std::move(split));
    if (!attended)
        return attended;
    const auto back = arguments.also(
        "transpose", {*attended, AtenValue::of(std::int64_t{1}), AtenValue::of(std::int64_t{2})});
    if (!back)
        return back;
    const auto joined = arguments.also("view", {*back, AtenValue::of(c10::IValue(sizes))});
    if (!joined)
        return joined;
    const auto result =
        arguments.also("linear", {*joined, named(7, "out_proj"), arguments.call.arguments[8]});
    if (!result)
        return result;
    return AtenValue{AtenList{*result, AtenValue::of({})}};
}

/// equation, operands: two tensors whose shared letters are leading or contracted
Result<AtenValue> einsum(const AtenArguments& arguments)
{
    auto equation = arguments.text(0, "");
    std::erase(equation, ' ');
    const auto& operands = arguments.list(1);
    const auto comma = equation.find(',');
    const auto arrow = equation.find("->");
    if (!arguments.ok() || operands.size() != 2 || comma == std::string::npos
        || arrow == std::string::npos || !operands[0].isNode() || !operands[1].isNode()
        || equation.find("..") != std::string::npos)
        return arguments.unexpectedForm();
    const auto a = equation.substr(0, comma);
    const auto b = equation.substr(comma + 1, arrow - comma - 1);
    const auto out = equation.substr(arrow + 2);
    if (a.size() != operands[0].tensor().view.rank()
        || b.size() != operands[1].tensor().view.rank())
        return arguments.unexpectedForm();

    std::string leading;
    std::string rows;
    std::string columns;
    std::string contracted;
    for (const char letter : a) {
        const bool inB = b.find(letter) != std::string::npos;
        const bool inOut = out.find(letter) != std::string::npos;
        (inB ? (inOut ? leading : contracted) : rows) += letter;
    }
    for (const char letter : b) {
        if (a.find(letter) == std::string::npos)
            columns += letter;
    }
    if (rows.size() != 1 || columns.size() != 1 || contracted.size() != 1
        || out.size() != leading.size() + 2)
        return arguments.unexpectedForm();
    const auto permuted = [&](const AtenValue& value, const std::string& from,
                              const std::string& to) {
        std::vector<std::int64_t> order;
        for (const char letter : to)
            order.push_back(static_cast<std::int64_t>(from.find(letter)));
        return arguments.also("permute", {value, AtenValue::of(c10::IValue(order))});
    };
    const auto first = permuted(operands[0], a, leading + rows + contracted);
    const auto second = permuted(operands[1], b, leading + contracted + columns);
    if (!first || !second)
        return first ? second : first;
    const auto multiplied = arguments.also("matmul", {*first, *second});
    if (!multiplied)
        return multiplied;
    return permuted(*multiplied, leading + rows + columns, out);
}

} // namespace

void addAttentionHandlers(AtenHandlers& handlers)
{
    handlers.insert({
        {"matmul", matmul},
        {"bmm", matmul},
        {"mm", matmul},
        {"softmax", softmax},
        {"_softmax", softmax},
        {"log_softmax", logSoftmax},
        {"_log_softmax", logSoftmax},
        {"mean", mean},
        {"sum", sum},
        {"norm", norm},
        {"linalg_vector_norm", norm},
        {"scaled_dot_product_attention", scaledDotProductAttention},
        {"_native_multi_head_attention", nativeMultiHeadAttention},
        {"einsum", einsum},
    });
}

} // namespace espalier
