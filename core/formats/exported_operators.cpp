#include "formats/exported_operators_p.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/jit/frontend/function_schema_parser.h>

#include "base/core_text.h"

namespace espalier {

namespace {

/// Operators that exporters write and LibTorch 1.13 does not have.
const std::map<std::string, c10::FunctionSchema>& newerSchemas()
{
    static const auto table = [] {
        constexpr const char* texts[] = {
            "scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, "
            "Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, "
            "float? scale=None, bool enable_gqa=False) -> Tensor",
            "_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, "
            "Tensor running_mean, Tensor running_var, bool training, float momentum, float eps) "
            "-> (Tensor, Tensor, Tensor)",
            "_native_batch_norm_legit_functional(Tensor input, Tensor? weight, Tensor? bias, "
            "Tensor running_mean, Tensor running_var, bool training, float momentum, float eps) "
            "-> (Tensor, Tensor, Tensor, Tensor, Tensor)",
            "_native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, "
            "Tensor running_mean, Tensor running_var, float momentum, float eps) "
            "-> (Tensor, Tensor, Tensor)",
            "_batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, "
            "Tensor running_mean, Tensor running_var, float momentum, float eps) "
            "-> (Tensor, Tensor, Tensor, Tensor)",
            "_batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, "
            "Tensor? running_mean, Tensor? running_var, float momentum, float eps) "
            "-> (Tensor, Tensor, Tensor, Tensor)",
            "sym_size(Tensor self, int dim) -> int",
        };
        std::map<std::string, c10::FunctionSchema> schemas;
        for (const auto* text : texts) {
            auto schema = torch::jit::parseSchema("aten::" + std::string(text));
            schemas.emplace(schema.name(), std::move(schema));
        }
        return schemas;
    }();
    return table;
}

AtenValue constant(c10::IValue value)
{
    return AtenValue::of(std::move(value));
}

/// Puts the arguments at `places`, in that order, in place of all; a negative place is `filler`.
void reorder(AtenCall& call, std::initializer_list<int> places, const c10::IValue& filler = {})
{
    std::vector<AtenValue> arguments;
    for (const auto place : places) {
        const bool given = place >= 0 && static_cast<std::size_t>(place) < call.arguments.size();
        arguments.push_back(given ? call.arguments[static_cast<std::size_t>(place)]
                                  : constant(filler));
    }
    call.arguments = std::move(arguments);
}

void batchNormForm(AtenCall& call, bool training)
{
    call.name = "batch_norm";
    call.arguments.resize(7, constant({}));
    call.arguments.insert(call.arguments.begin() + 5, constant(training));
    call.arguments.push_back(constant(false)); // cudnn_enabled
}

/// run_decompositions() makes roll(x, shift, dim) to index_select(x, dim, [k, k+1... 0, 1... k-1]).
void rollForm(AtenCall& call)
{
    const auto& arguments = call.arguments;
    if (arguments.size() != 3 || !arguments[0].isNode() || !arguments[1].isConstant()
        || !arguments[1].constant().isInt() || !arguments[2].isConstant()
        || !arguments[2].constant().isTensor())
        return;
    const auto sizes = arguments[0].tensor().view.sizes();
    const auto rank = static_cast<std::int64_t>(sizes.size());
    const auto dimension = arguments[1].constant().toInt();
    const auto& indices = arguments[2].constant().toTensor();
    if (dimension < -rank || dimension >= rank || !indices.defined() || indices.dim() != 1
        || indices.scalar_type() != at::kLong)
        return;
    constexpr std::int64_t longest = 65536; // no feature map is wider
    const auto extent = indices.size(0);
    const auto from = extent == 0 ? 0 : indices[0].item<std::int64_t>();
    if (extent > longest
        || extent != sizes[static_cast<std::size_t>(dimension < 0 ? dimension + rank : dimension)]
        || from < 0 || from >= extent
        || !indices.equal(at::arange(from, from + extent, at::kLong).remainder(extent)))
        return;
    call.name = "roll";
    call.arguments = {arguments[0], constant(std::vector<std::int64_t>{-from}),
                      constant(std::vector<std::int64_t>{dimension})};
}

tl::unexpected<Error> notOnConstants(const std::string& name)
{
    return fail(ErrorCode::Unsupported, CoreText::tr("on constants is not supported ({1})", name));
}

Result<c10::IValue> integerArithmetic(const std::string& name, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    const bool overflow = name == "add" ? __builtin_add_overflow(a, b, &result)
        : name == "sub"                 ? __builtin_sub_overflow(a, b, &result)
                                        : __builtin_mul_overflow(a, b, &result);
    if (overflow)
        return fail(ErrorCode::Unsupported, CoreText::tr("makes a number that is too large"));
    return c10::IValue(result);
}

/// Python's: rounds down, and the remainder has the divisor's sign.
Result<c10::IValue> integerDivision(const std::string& name, std::int64_t a, std::int64_t b)
{
    if (b == 0 || (b == -1 && a == INT64_MIN))
        return fail(ErrorCode::Unsupported, CoreText::tr("divides by nothing"));
    const auto remainder = a % b;
    const bool down = remainder != 0 && (remainder < 0) != (b < 0);
    if (name == "mod")
        return c10::IValue(down ? remainder + b : remainder);
    return c10::IValue(a / b - (down ? 1 : 0));
}

Result<c10::IValue> ofTwo(const std::string& name, const c10::IValue& a, const c10::IValue& b)
{
    const auto number = [](const c10::IValue& value) {
        return value.isInt() ? static_cast<double>(value.toInt()) : value.toDouble();
    };
    if (auto ok = checkBatchArithmetic(name, {a, b}); !ok)
        return fail(ok.error());
    const bool integers = a.isInt() && b.isInt();
    if (integers && (name == "add" || name == "sub" || name == "mul"))
        return integerArithmetic(name, a.toInt(), b.toInt());
    if (integers && (name == "floordiv" || name == "mod"))
        return integerDivision(name, a.toInt(), b.toInt());
    if ((!a.isInt() && !a.isDouble()) || (!b.isInt() && !b.isDouble()))
        return notOnConstants(name);
    const auto x = number(a);
    const auto y = number(b);
    const std::map<std::string, c10::IValue> results{
        {"add", x + y}, {"sub", x - y}, {"mul", x * y},         {"truediv", x / y},
        {"eq", x == y}, {"ne", x != y}, {"lt", x < y},          {"le", x <= y},
        {"gt", x > y},  {"ge", x >= y}, {"max", x > y ? a : b}, {"min", x < y ? a : b},
    };
    const auto found = results.find(name);
    return found == results.end() ? Result<c10::IValue>(notOnConstants(name)) : found->second;
}

Result<c10::IValue> ofOne(const std::string& name, const c10::IValue& value)
{
    if (name == "pos"
        || (value.isInt()
            && (name == "ceil" || name == "floor" || name == "trunc" || name == "int")))
        return value;
    if (value.isInt() && name == "neg")
        return integerArithmetic("sub", 0, value.toInt());
    if (value.isInt() && name == "float")
        return c10::IValue(static_cast<double>(value.toInt()));
    if (value.isBool() && name == "not")
        return c10::IValue(!value.toBool());
    if (value.isDouble() && std::abs(value.toDouble()) < 9e15) {
        const auto x = value.toDouble();
        if (name == "ceil")
            return c10::IValue(static_cast<std::int64_t>(std::ceil(x)));
        if (name == "floor")
            return c10::IValue(static_cast<std::int64_t>(std::floor(x)));
        if (name == "trunc" || name == "int")
            return c10::IValue(static_cast<std::int64_t>(x));
    }
    return notOnConstants(name);
}

} // namespace

std::optional<AtenTarget> atenTarget(const std::string& target)
{
    for (const std::string prefix : {"torch.ops.aten.", "torch._ops.aten.", "aten."}) {
        if (!target.starts_with(prefix))
            continue;
        const auto rest = target.substr(prefix.size());
        const auto dot = rest.find('.');
        const auto overload = dot == std::string::npos ? "default" : rest.substr(dot + 1);
        return AtenTarget{rest.substr(0, dot), overload == "default" ? "" : overload};
    }
    return std::nullopt;
}

const c10::FunctionSchema* schemaOf(const AtenTarget& target)
{
    const auto name = "aten::" + target.name;
    const auto found = c10::Dispatcher::singleton().findSchema({name, target.overload});
    if (found)
        return &found->schema();
    const auto newer = newerSchemas().find(name);
    return newer == newerSchemas().end() ? nullptr : &newer->second;
}

Result<std::vector<AtenValue>>
inSchemaOrder(const c10::FunctionSchema* schema,
              std::vector<std::pair<std::string, AtenValue>> arguments)
{
    std::vector<AtenValue> ordered;
    if (!schema) {
        for (auto& [name, value] : arguments)
            ordered.push_back(std::move(value));
        return ordered;
    }
    for (const auto& parameter : schema->arguments()) {
        const auto given = std::ranges::find(arguments, parameter.name(),
                                             &std::pair<std::string, AtenValue>::first);
        if (given != arguments.end()) {
            ordered.push_back(std::move(given->second));
            arguments.erase(given);
        } else if (const auto& fallback = parameter.default_value()) {
            ordered.push_back(constant(*fallback));
        } else {
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("lacks its argument '{1}'", parameter.name()));
        }
    }
    for (const auto& [name, value] : arguments) {
        if (!value.isNone())
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("has the argument '{1}', which is not known", name));
    }
    return ordered;
}

void useEagerForm(AtenCall& call)
{
    const auto name = call.name;
    if (name == "_native_batch_norm_legit_no_training" || name == "_batch_norm_no_update") {
        batchNormForm(call, /*training=*/false);
    } else if (name == "_batch_norm_with_update") {
        batchNormForm(call, /*training=*/true);
    } else if (name == "native_batch_norm" || name.starts_with("_native_batch_norm_legit")) {
        call.name = "batch_norm";
        call.arguments.push_back(constant(false)); // cudnn_enabled
    } else if (name == "cudnn_batch_norm" || name == "miopen_batch_norm") {
        call.name = "batch_norm";
        call.arguments.push_back(constant(false));
    } else if (name == "native_layer_norm") {
        call.name = "layer_norm";
        call.arguments.push_back(constant(false));
    } else if (name == "native_group_norm") { // input, weight, bias, N, C, HxW, groups, eps
        call.name = "group_norm";
        reorder(call, {0, 6, 1, 2, 7, -1}, false);
    } else if (name == "max_pool2d_with_indices") {
        call.name = "max_pool2d";
    } else if (name == "_adaptive_avg_pool2d") {
        call.name = "adaptive_avg_pool2d";
    } else if (name == "_softmax" || name == "_log_softmax" || name == "_safe_softmax") {
        call.name = name == "_log_softmax" ? "log_softmax" : "softmax";
        reorder(call, {0, 1, -1});
    } else if (name == "native_dropout") {
        call.name = "dropout";
    } else if (name == "_unsafe_view") {
        call.name = "view";
    } else if (name == "index_select") {
        rollForm(call);
    }
}

std::optional<Result<c10::IValue>> foldPython(const std::string& target,
                                              const std::vector<AtenValue>& arguments)
{
    std::string name;
    for (const std::string prefix : {"_operator.", "math.", "torch.sym_", "builtins."}) {
        if (target.starts_with(prefix))
            name = target.substr(prefix.size());
    }
    if (name.empty())
        return std::nullopt;
    if (!std::ranges::all_of(arguments, [](const auto& each) { return each.isConstant(); }))
        return fail(ErrorCode::Unsupported, CoreText::tr("depends on the data"));
    if (arguments.size() == 1)
        return ofOne(name, arguments[0].constant());
    if (arguments.size() == 2)
        return ofTwo(name, arguments[0].constant(), arguments[1].constant());
    return notOnConstants(name);
}

} // namespace espalier
