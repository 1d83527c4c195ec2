#include "formats/python_text_p.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace espalier::python {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const std::set<std::string, std::less<>>& keywords()
{
    static const std::set<std::string, std::less<>> names{
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
    return names;
}

/// What nn.Module has already: a child of that name would hide it or be hidden.
const std::set<std::string, std::less<>>& moduleNames()
{
    static const std::set<std::string, std::less<>> names{
        "T_destination",
        "add_module",
        "append",
        "apply",
        "bfloat16",
        "buffers",
        "call_super_init",
        "children",
        "clear",
        "compile",
        "cpu",
        "cuda",
        "double",
        "dump_patches",
        "eval",
        "extend",
        "extra_repr",
        "float",
        "forward",
        "get_buffer",
        "get_extra_state",
        "get_parameter",
        "get_submodule",
        "half",
        "insert",
        "ipu",
        "items",
        "keys",
        "load_state_dict",
        "modules",
        "mtia",
        "named_buffers",
        "named_children",
        "named_modules",
        "named_parameters",
        "parameters",
        "pop",
        "register_backward_hook",
        "register_buffer",
        "register_forward_hook",
        "register_forward_pre_hook",
        "register_full_backward_hook",
        "register_full_backward_pre_hook",
        "register_load_state_dict_post_hook",
        "register_load_state_dict_pre_hook",
        "register_module",
        "register_parameter",
        "register_state_dict_post_hook",
        "register_state_dict_pre_hook",
        "requires_grad_",
        "set_extra_state",
        "set_submodule",
        "share_memory",
        "state_dict",
        "to",
        "to_empty",
        "train",
        "training",
        "type",
        "update",
        "values",
        "xpu",
        "zero_grad",
        "_apply",
        "_backward_hooks",
        "_backward_pre_hooks",
        "_buffers",
        "_call_impl",
        "_compiled_call_impl",
        "_forward_hooks",
        "_forward_pre_hooks",
        "_get_backward_hooks",
        "_get_backward_pre_hooks",
        "_get_name",
        "_is_full_backward_hook",
        "_load_from_state_dict",
        "_load_state_dict_post_hooks",
        "_load_state_dict_pre_hooks",
        "_maybe_warn_non_full_backward_hook",
        "_modules",
        "_named_members",
        "_non_persistent_buffers_set",
        "_parameters",
        "_register_load_state_dict_pre_hook",
        "_register_state_dict_hook",
        "_replicate_for_data_parallel",
        "_save_to_state_dict",
        "_slow_forward",
        "_state_dict_hooks",
        "_state_dict_pre_hooks",
        "_version",
        "_wrapped_call_impl",
    };
    return names;
}

/// Names that the source uses, and the builtins that it would be unkind to hide.
const std::set<std::string, std::less<>>& usedNames()
{
    static const std::set<std::string, std::less<>> names{
        "self", "super", "torch", "nn",  "F",     "print", "tuple", "input",  "max", "min",
        "sum",  "abs",   "len",   "map", "range", "slice", "type",  "filter", "all", "any"};
    return names;
}

std::string cleaned(std::string_view name)
{
    std::string result;
    for (const char c : name)
        result += isLetter(c) || isDigit(c) ? c : '_';
    return result.empty() ? "_" : result;
}

/// The code point that starts at `position`, which moves behind it; U+FFFD for what is no UTF-8.
char32_t nextCodePoint(std::string_view text, std::size_t& position)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const auto first = byte(position);
    const std::size_t length = first < 0x80 ? 1
        : first >= 0xf0 && first < 0xf8     ? 4
        : first >= 0xe0                     ? 3
        : first >= 0xc0                     ? 2
                                            : 0;
    if (length == 0 || first >= 0xf8) {
        ++position;
        return 0xfffd;
    }
    char32_t value = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(position + i) & 0xc0u) != 0x80u) {
            ++position;
            return 0xfffd;
        }
        value = (value << 6) | (byte(position + i) & 0x3fu);
    }
    position += length;
    return value <= 0x10ffff ? value : 0xfffd;
}

std::string escaped(char32_t value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const int count = value < 0x100 ? 2 : value < 0x10000 ? 4 : 8;
    std::string result = count == 2 ? "\\x" : count == 4 ? "\\u" : "\\U";
    for (int i = count - 1; i >= 0; --i)
        result += digits[(value >> (4 * i)) & 0xf];
    return result;
}

bool isOmitted(const Expression& argument, const Resolve& resolve)
{
    if (argument.omittedAs.empty())
        return false;
    auto value = argument;
    value.keyword.clear();
    value.omittedAs.clear();
    return flat(value, resolve) == argument.omittedAs;
}

bool wantsLines(const Expression& expression)
{
    return expression.apart || std::ranges::any_of(expression.arguments, wantsLines)
        || std::ranges::any_of(expression.before, wantsLines);
}

} // namespace

bool isIdentifier(std::string_view name)
{
    return !name.empty() && !isDigit(name.front()) && !keywords().contains(name)
        && std::ranges::all_of(name, [](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
}

std::string memberName(std::string_view name)
{
    auto result = cleaned(name);
    if (isDigit(result.front()) && !std::ranges::all_of(result, isDigit))
        result.insert(0, "_");
    // Names with two underscores in front are changed by Python or mean something to it.
    while (result.starts_with("__"))
        result.erase(0, 1);
    if (keywords().contains(result) || moduleNames().contains(result))
        result += '_';
    return result;
}

std::string variableName(std::string_view name)
{
    auto result = cleaned(name);
    if (isDigit(result.front()))
        result.insert(0, "x");
    while (result.size() > 1 && result.front() == '_')
        result.erase(0, 1);
    std::ranges::transform(result, result.begin(), [](char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    if (isDigit(result.front()) || result == "_")
        result.insert(0, "x");
    if (keywords().contains(result) || usedNames().contains(result))
        result += '_';
    return result;
}

std::string className(std::string_view name)
{
    std::string result;
    bool upper = true;
    for (const char c : name) {
        if (!isLetter(c) && !isDigit(c)) {
            upper = true;
            continue;
        }
        result += static_cast<char>(upper && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        upper = isDigit(c);
    }
    if (result.empty() || isDigit(result.front()))
        result.insert(0, "Net");
    return keywords().contains(result) ? result + "Net" : result;
}

std::string uniqueIn(std::set<std::string>& taken, const std::string& name)
{
    if (taken.insert(name).second)
        return name;
    // "conv1" and a number would read as another number.
    const auto stem = isDigit(name.back()) ? name + "_" : name;
    for (int i = 2;; ++i) {
        if (auto numbered = stem + std::to_string(i); taken.insert(numbered).second)
            return numbered;
    }
}

std::string literal(std::string_view text)
{
    std::string result = "\"";
    for (std::size_t position = 0; position < text.size();) {
        const auto value = nextCodePoint(text, position);
        if (value == '"' || value == '\\')
            result += {'\\', static_cast<char>(value)};
        else if (value >= 0x20 && value < 0x7f)
            result += static_cast<char>(value);
        else
            result += escaped(value);
    }
    return result + '"';
}

std::string literal(double value)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? "float(\"nan\")"
            : value > 0          ? "float(\"inf\")"
                                 : "float(\"-inf\")";
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    std::string result(buffer.data(), end);
    if (result.find_first_of(".e") == std::string::npos)
        result += ".0";
    return result;
}

std::string literal(std::int64_t value)
{
    return std::to_string(value);
}

std::string literal(bool value)
{
    return value ? "True" : "False";
}

std::string literal(const std::vector<std::int64_t>& values, bool joinEqual)
{
    if (joinEqual && !values.empty()
        && std::ranges::all_of(values, [&](auto value) { return value == values.front(); }))
        return literal(values.front());
    std::string result = "(";
    for (std::size_t i = 0; i < values.size(); ++i)
        result += (i > 0 ? ", " : "") + literal(values[i]);
    return result + (values.size() == 1 ? ",)" : ")");
}

Expression text(std::string text)
{
    Expression expression;
    expression.text = std::move(text);
    return expression;
}

Expression hole(Hole hole)
{
    Expression expression;
    expression.hole = std::move(hole);
    return expression;
}

Expression call(std::string text, std::vector<Expression> arguments)
{
    Expression expression;
    expression.text = std::move(text);
    expression.open = "(";
    expression.close = ")";
    expression.arguments = std::move(arguments);
    return expression;
}

Expression method(Expression object, const std::string& name, std::vector<Expression> arguments)
{
    auto expression = call("." + name, std::move(arguments));
    expression.before.push_back(std::move(object));
    return expression;
}

Expression keyword(std::string name, Expression value, std::string omittedAs)
{
    value.keyword = std::move(name);
    value.omittedAs = std::move(omittedAs);
    return value;
}

std::string flat(const Expression& expression, const Resolve& resolve)
{
    std::string result = expression.keyword.empty() ? "" : expression.keyword + "=";
    if (expression.hole)
        return result + resolve(*expression.hole);
    for (const auto& piece : expression.before)
        result += flat(piece, resolve);
    result += expression.text + expression.open;
    bool first = true;
    for (const auto& argument : expression.arguments) {
        if (isOmitted(argument, resolve))
            continue;
        result += (first ? "" : ", ") + flat(argument, resolve);
        first = false;
    }
    return result + expression.close;
}

std::string render(const Expression& expression, const Resolve& resolve, std::size_t column,
                   std::size_t indent)
{
    auto line = flat(expression, resolve);
    if (expression.open.empty() || expression.arguments.empty()
        || (!wantsLines(expression) && column + line.size() < lineWidth))
        return line;
    std::string result = expression.keyword.empty() ? "" : expression.keyword + "=";
    for (const auto& piece : expression.before)
        result += flat(piece, resolve);
    result += expression.text + expression.open;
    const auto& only = expression.arguments.front();
    if (expression.arguments.size() == 1 && !only.open.empty() && only.before.empty()
        && only.keyword.empty())
        return result + render(only, resolve, column + result.size(), indent) + expression.close;
    const std::string margin(indent + 4, ' ');
    for (const auto& argument : expression.arguments) {
        if (!isOmitted(argument, resolve))
            result += "\n" + margin + render(argument, resolve, indent + 4, indent + 4) + ",";
    }
    return result + "\n" + std::string(indent, ' ') + expression.close;
}

void forEachHole(Expression& expression, const std::function<void(Hole&)>& function)
{
    if (expression.hole)
        function(*expression.hole);
    for (auto& piece : expression.before)
        forEachHole(piece, function);
    for (auto& argument : expression.arguments)
        forEachHole(argument, function);
}

} // namespace espalier::python
