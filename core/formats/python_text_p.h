#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace espalier::python {

constexpr std::size_t lineWidth = 100;

/// A name that Python takes: other characters become '_', keywords and what nn.Module calls its own
/// get one behind. "0" stays: nn.Sequential calls its children so.
std::string memberName(std::string_view name);

/// As memberName(), but for variables and arguments: no digits first, none of the names that the
/// source uses itself.
std::string variableName(std::string_view name);

bool isIdentifier(std::string_view name);

/// "encoder_layer" -> "EncoderLayer".
std::string className(std::string_view name);

/// `name`, or it with the first number behind that makes it new; adds it to `taken`.
std::string uniqueIn(std::set<std::string>& taken, const std::string& name);

/// In quotes, printable ASCII only, so that no text of a model can end the literal.
std::string literal(std::string_view text);
std::string literal(double value);
std::string literal(std::int64_t value);
std::string literal(bool value);
/// "(1, 2)", "(1,)"; one number for several that are equal where `joinEqual`.
std::string literal(const std::vector<std::int64_t>& values, bool joinEqual = false);

/// A number of the network in the source of a class; the blocks that share the class may have each
/// their own.
struct Hole {
    std::string role; ///< "in_channels", "stride": what an argument for it is called
    std::string value;
    bool isExtent = false; ///< extents that agree in every block share an argument
    bool isEntry = false; ///< an extent of the class's input
    std::string usual; ///< what an argument for it is by default; may be empty
    std::string member; ///< whose number it is; may be empty
    std::size_t index = 0; ///< in the order of the source
};

/// A piece of Python: `before`, `text` and, in brackets, `arguments`.
struct Expression {
    std::string keyword; ///< printed as "keyword=" before it
    std::string omittedAs; ///< a keyword argument of this text is the default and left out
    std::vector<Expression> before;
    std::string text;
    std::string open; ///< empty where there are no brackets
    std::string close;
    std::vector<Expression> arguments;
    std::optional<Hole> hole; ///< instead of all others
    bool apart = false; ///< each argument has a line of its own
};

Expression text(std::string text);
Expression hole(Hole hole);
Expression call(std::string text, std::vector<Expression> arguments);
/// `before` and then ".name(arguments)".
Expression method(Expression object, const std::string& name, std::vector<Expression> arguments);
Expression keyword(std::string name, Expression value, std::string omittedAs = {});

/// What stands for a hole.
using Resolve = std::function<std::string(const Hole&)>;

std::string flat(const Expression& expression, const Resolve& resolve);
/// As lines of at most lineWidth where that can be: `column` characters stand before the first, and
/// `indent` is the depth of the statement.
std::string render(const Expression& expression, const Resolve& resolve, std::size_t column,
                   std::size_t indent);

void forEachHole(Expression& expression, const std::function<void(Hole&)>& function);

} // namespace espalier::python
