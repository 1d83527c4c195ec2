#include "formats/torchscript_code_p.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/core_text.h"

namespace espalier {

namespace {

// Programs as PyTorch writes them stay far below; LibTorch's stack ends at some thousands.
constexpr std::size_t deepestBrackets = 200;
constexpr std::size_t deepestIndentation = 400; // columns
constexpr std::size_t mostOperators = 1000; // behind one another, in one line
constexpr std::size_t longestChain = 200; // of definitions that need the next
constexpr std::size_t mostAlternatives = 500; // elif, in one file

bool isNameStart(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isNamePart(char c)
{
    return isNameStart(c) || std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// What is left of `code` behind the text literal or comment that it begins with.
std::string_view behindLiteral(std::string_view code)
{
    if (code.front() == '#')
        return code.substr(std::min(code.find('\n'), code.size()));
    const std::string_view triple = code.front() == '"' ? R"(""")" : "'''";
    const auto quote = code.starts_with(triple) ? triple : code.substr(0, 1);
    for (std::size_t at = quote.size(); at < code.size(); ++at) {
        if (code[at] == '\\')
            ++at;
        else if (code.substr(at).starts_with(quote))
            return code.substr(at + quote.size());
        else if (code[at] == '\n' && quote.size() == 1)
            return code.substr(at); // no literal goes on in the next line
    }
    return {};
}

/// The tokens that count here, one after the other: names, and single characters.
class Tokens {
public:
    explicit Tokens(std::string_view code)
        : m_rest(code)
    {
    }
    /// Empty at the end. A line break is a token, with the blanks that begin the next line.
    std::string_view next()
    {
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            if (c == '\n')
                return take(std::min(m_rest.find_first_not_of(" \t", 1), m_rest.size()));
            if (m_rest.starts_with("# type:")) // no comment to LibTorch
                m_rest.remove_prefix(1);
            else if (c == '#' || c == '"' || c == '\'')
                m_rest = behindLiteral(m_rest);
            else if (isNameStart(c))
                return take(static_cast<std::size_t>(std::ranges::find_if_not(m_rest, isNamePart)
                                                     - m_rest.begin()));
            else if (c == '\\') // the line goes on
                m_rest.remove_prefix(std::min<std::size_t>(2, m_rest.size()));
            else if (std::isspace(static_cast<unsigned char>(c)) != 0)
                m_rest.remove_prefix(1);
            else
                return take(1);
        }
        return {};
    }

private:
    std::string_view take(std::size_t count)
    {
        const auto token = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return token;
    }

    std::string_view m_rest;
};

bool isOperator(std::string_view token)
{
    constexpr std::string_view words[] = {"not", "and", "or",  "if",    "else",
                                          "is",  "in",  "for", "lambda"};
    constexpr std::string_view characters = "+-*/%<>=!~&|^@.";
    return (token.size() == 1 && characters.find(token.front()) != std::string_view::npos)
        || std::ranges::find(words, token) != std::end(words);
}

/// Counts what stands within and behind one another, token by token.
class Nesting {
public:
    bool accepts(std::string_view token)
    {
        const auto c = token.front();
        if (c == '\n') {
            if (m_open.size() == 1)
                forget();
            return token.size() <= deepestIndentation;
        }
        if (c == '(' || c == '[' || c == '{') {
            count();
            m_open.push_back(0);
        } else if (c == ')' || c == ']' || c == '}') {
            forget();
            if (m_open.size() > 1)
                m_open.pop_back();
        } else if (c == ',') {
            forget();
        } else if (isOperator(token)) {
            count();
        }
        return m_open.size() <= deepestBrackets && m_operators <= mostOperators;
    }

private:
    void count()
    {
        ++m_open.back();
        ++m_operators;
    }
    void forget()
    {
        m_operators -= m_open.back();
        m_open.back() = 0;
    }

    std::vector<std::size_t> m_open{0}; ///< operators in each bracket that is open
    std::size_t m_operators = 0; ///< in all of them
};

/// A class or function, with every name that stands in it.
struct Definition {
    std::vector<std::string> path; ///< "__torch__", "models", "Net"
    std::set<std::string, std::less<>> names;
};

/// "code/__torch__/models.py" -> "__torch__", "models"
std::vector<std::string> modulePath(std::string_view record)
{
    std::vector<std::string> path{""};
    for (const char c : record.substr(0, record.size() - std::string_view(".py").size())) {
        if (c == '/' || c == '.')
            path.emplace_back();
        else
            path.back() += c;
    }
    path.erase(path.begin()); // "code"
    return path;
}

void addDefinitions(std::string_view code, const std::vector<std::string>& module,
                    std::vector<Definition>& all)
{
    Tokens tokens(code);
    bool atLineStart = true;
    bool isNamed = true;
    for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
        if (atLineStart && (token == "class" || token == "def")) {
            all.push_back({.path = module, .names = {}});
            isNamed = false;
        } else if (!isNamed) {
            all.back().path.emplace_back(token);
            isNamed = true;
        } else if (!all.empty() && isNameStart(token.front())) {
            all.back().names.emplace(token);
        }
        atLineStart = token == "\n";
    }
}

/// The definitions that each may need: all of whose path stands in it.
std::vector<std::vector<std::size_t>> needs(const std::vector<Definition>& all)
{
    std::map<std::string, std::vector<std::size_t>, std::less<>> byName;
    for (std::size_t i = 0; i < all.size(); ++i)
        byName[all[i].path.back()].push_back(i);
    std::vector<std::vector<std::size_t>> result(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const auto& name : all[i].names) {
            const auto found = byName.find(name);
            if (found == byName.end())
                continue;
            for (const auto other : found->second) {
                const auto& path = all[other].path;
                if (other != i && std::ranges::all_of(path, [&](const auto& part) {
                        return all[i].names.contains(part);
                    }))
                    result[i].push_back(other);
            }
        }
    }
    return result;
}

/// Whether definitions need one another in a chain that is too long.
bool chainsTooLong(const std::vector<Definition>& all)
{
    const auto needed = needs(all);
    std::vector<std::size_t> lengths(all.size(), 0); // of the chain behind each; 0: not known yet
    std::vector<bool> isOpen(all.size(), false);
    struct Step {
        std::size_t definition;
        std::size_t next;
    };
    for (std::size_t first = 0; first < all.size(); ++first) {
        std::vector<Step> way;
        if (lengths[first] == 0)
            way.push_back({first, 0});
        while (!way.empty()) {
            auto& [at, next] = way.back();
            isOpen[at] = true;
            if (next == needed[at].size()) {
                ++lengths[at];
                isOpen[at] = false;
                const auto length = lengths[at];
                way.pop_back();
                if (!way.empty())
                    lengths[way.back().definition] =
                        std::max(lengths[way.back().definition], length);
                continue;
            }
            const auto other = needed[at][next++];
            if (isOpen[other]) // a circle; LibTorch reads each once
                continue;
            if (way.size() + lengths[other] >= longestChain)
                return true;
            if (lengths[other] > 0)
                lengths[at] = std::max(lengths[at], lengths[other]);
            else
                way.push_back({other, 0});
        }
    }
    return false;
}

/// What may stand in a class as PyTorch writes it. LibTorch takes any other assignment for a
/// constant, and its type from where none is.
bool isClassStatement(std::string_view first, std::string_view second)
{
    constexpr std::string_view lists[] = {"__parameters__", "__buffers__", "__annotations__",
                                          "__forward_hooks__", "__forward_pre_hooks__"};
    if (first == "def" || first == "pass" || (first == "__annotations__" && second == "["))
        return true;
    return isNameStart(first.front())
        && (second == ":" || (second == "=" && std::ranges::find(lists, first) != std::end(lists)));
}

bool hasForeignClass(std::string_view code)
{
    Tokens tokens(code);
    std::vector<std::string_view> line; // its first tokens
    std::size_t indentation = 0; // of the line
    std::size_t body = 0; // of the class's statements; 0: not in a class, or not in its body yet
    std::size_t depth = 0; // of brackets
    bool inClass = false;
    for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
        const auto c = token.front();
        if (c == '\n' && depth == 0) {
            if (token.find('\t') != std::string_view::npos) // of any width
                return true;
            if (line.size() == 1 && inClass && indentation == body
                && !isClassStatement(line[0], ""))
                return true;
            indentation = token.size() - 1;
            line.clear();
        }
        if (c == '\n')
            continue;
        if (c == '(' || c == '[' || c == '{')
            ++depth;
        else if (c == ')' || c == ']' || c == '}')
            depth -= depth > 0 ? 1 : 0;
        line.push_back(token);
        if (line.size() == 1 && indentation == 0) {
            inClass = token == "class";
            body = 0;
        } else if (line.size() == 1 && inClass && body == 0) {
            body = indentation;
        }
        if (line.size() == 4 && indentation == 0 && inClass)
            inClass = token != "Enum"; // whose members have no types
        if (line.size() == 2 && inClass && body > 0 && indentation == body
            && !isClassStatement(line[0], line[1]))
            return true;
    }
    return false;
}

tl::unexpected<Error> refused(const ZipArchive& archive, const std::string& what)
{
    return fail(ErrorCode::Unsupported,
                CoreText::tr("'{1}': its program {2}; save the model again with "
                             "torch.jit.trace(model, example).save(file).",
                             archive.origin(), what));
}

/// LibTorch takes letters of either case for one another where it looks for a record: one that it
/// finds so would not be the one that was checked.
std::optional<std::string> ambiguousName(const ZipArchive& archive)
{
    const auto isUsed = [](const std::string& plain) {
        return plain.starts_with("code/") || plain == "data.pkl" || plain == "constants.pkl";
    };
    std::set<std::string> names;
    for (const auto& [record, where] : archive.records()) {
        auto plain = record;
        std::ranges::transform(plain, plain.begin(), [](unsigned char letter) {
            return static_cast<char>(std::tolower(letter));
        });
        const bool isCode = record.starts_with("code/");
        const bool isOther = isCode ? plain.ends_with(".py") && !record.ends_with(".py")
                                    : isUsed(plain) && record != plain;
        if (isOther || (!names.insert(plain).second && !isCode))
            return record;
    }
    return std::nullopt;
}

} // namespace

bool nestsTooDeep(std::string_view code)
{
    Tokens tokens(code);
    Nesting nesting;
    std::size_t alternatives = 0;
    for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
        alternatives += token == "elif" ? 1 : 0;
        if (!nesting.accepts(token) || alternatives > mostAlternatives)
            return true;
    }
    return false;
}

Status checkTorchScriptCode(const ZipArchive& archive)
{
    if (const auto record = ambiguousName(archive))
        return refused(
            archive,
            CoreText::tr("has a record of a name that PyTorch does not write ('{1}')", *record));
    std::vector<Definition> definitions;
    for (const auto& [record, where] : archive.records()) {
        if (!record.starts_with("code/") || !record.ends_with(".py"))
            continue;
        const auto code = archive.read(record);
        if (!code)
            return fail(code.error());
        if (nestsTooDeep(*code))
            return refused(archive, CoreText::tr("nests too deeply in '{1}'", record));
        if (hasForeignClass(*code))
            return refused(
                archive, CoreText::tr("has a class in '{1}' that PyTorch does not write", record));
        addDefinitions(*code, modulePath(record), definitions);
    }
    if (std::ranges::any_of(definitions,
                            [](const auto& each) { return each.names.contains("__setstate__"); }))
        return refused(archive,
                       CoreText::tr("runs code of its own while it is loaded (__setstate__, as "
                                    "quantised models have)"));
    if (chainsTooLong(definitions))
        return refused(
            archive,
            CoreText::tr("has too long a chain of modules or functions within one another"));
    return {};
}

} // namespace espalier
