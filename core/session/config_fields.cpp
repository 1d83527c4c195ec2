#include "session/config_fields_p.h"

#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/core_text.h"

namespace espalier {

namespace {

template <class T> std::string shortest(T value)
{
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), result.ptr);
}

template <class T> bool parseNumber(std::string_view text, T& value)
{
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    return result.ec == std::errc{} && result.ptr == end;
}

template <class T> bool parseNumber(const ConfigNode& node, T& value)
{
    return node.kind == ConfigNode::Kind::Scalar && !node.quoted && parseNumber(node.text, value);
}

constexpr std::string_view orFewerWords = "at most ";

std::string described(const ConfigNode& node)
{
    switch (node.kind) {
    case ConfigNode::Kind::Null:
        return CoreText::tr("empty");
    case ConfigNode::Kind::Scalar:
        return node.quoted ? CoreText::tr("the text \"{1}\"", node.text) : "'" + node.text + "'";
    case ConfigNode::Kind::List:
        return CoreText::tr("this list");
    case ConfigNode::Kind::Map:
        return CoreText::tr("a section");
    }
    return {};
}

/// Levenshtein's.
std::size_t editDistance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// About the key `word` at `path`, which is none of `known`.
std::string unknownKey(const std::string& path, const std::string& word,
                       const std::set<std::string>& known)
{
    // A word without a likeness (a key of another section, say) is better served by the whole list.
    const auto closest = std::ranges::min_element(
        known, {}, [&](const std::string& candidate) { return editDistance(word, candidate); });
    if (closest != known.end()
        && editDistance(word, *closest) <= std::max<std::size_t>(2, word.size() / 2))
        return CoreText::tr("'{1}' is not a setting; did you mean '{2}'?", path, *closest);
    std::string list;
    for (const auto& key : known)
        list += (list.empty() ? "" : ", ") + key;
    return closest == known.end()
        ? CoreText::tr("'{1}' is not a setting; known are: {2}.", path, list)
        : CoreText::tr("'{1}' is not a setting; the nearest is '{2}', known are: {3}.", path,
                       *closest, list);
}

} // namespace

bool Range::holds(double value) const
{
    return std::isfinite(value) && value <= max && (aboveMin ? value > min : value >= min);
}

std::string Range::problem(const std::string& path, const std::string& value) const
{
    if (std::isinf(min) && std::isinf(max))
        return CoreText::tr("'{1}' must be a finite number, not {2}.", path, value);
    if (std::isinf(max) && aboveMin)
        return CoreText::tr("'{1}' must be greater than {2}, not {3}.", path, shortest(min), value);
    if (std::isinf(max))
        return CoreText::tr("'{1}' must be at least {2}, not {3}.", path, shortest(min), value);
    return CoreText::tr("'{1}' must be from {2} to {3}, not {4}.", path, shortest(min),
                        shortest(max), value);
}

std::string settingProblem(const std::string& path, const std::string& problem)
{
    return CoreText::tr("'{1}': {2}", path, problem);
}

std::string typeWords(ConfigType type)
{
    switch (type) {
    case ConfigType::Switch:
        return CoreText::tr("true or false");
    case ConfigType::Count:
        return CoreText::tr("a whole number of at least 0");
    case ConfigType::Whole:
        return CoreText::tr("a whole number");
    case ConfigType::Number:
        return CoreText::tr("a number");
    case ConfigType::Text:
        return CoreText::tr("text");
    case ConfigType::SplitSize:
        return CoreText::tr("a whole number, or 'at most' and one");
    case ConfigType::Section:
        return CoreText::tr("a section with keys of its own");
    }
    return {};
}
std::string oneOf(const std::string& words)
{
    return CoreText::tr("one of: {1}", words);
}
std::string listOf(const std::string& entry)
{
    return CoreText::tr("a list '[...]', each entry {1}", entry);
}
std::string orNull(const std::string& type)
{
    return CoreText::tr("{1} or null", type);
}

std::string configText(std::int64_t value)
{
    return std::to_string(value);
}
std::string configText(std::uint64_t value)
{
    return std::to_string(value);
}
std::string configText(int value)
{
    return std::to_string(value);
}
std::string configText(double value)
{
    return shortest(value);
}
std::string configText(bool value)
{
    return value ? "true" : "false";
}

std::string configText(const SplitSize& value)
{
    return (value.orFewer ? std::string(orFewerWords) : "") + configText(value.images);
}

std::string configText(const std::string& value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            text += {'\\', c};
        else if (byte < 0x20 || byte == 0x7f)
            text += {'\\', 'x', digits[byte >> 4U], digits[byte & 0xfU]};
        else
            text += c;
    }
    return text + '"';
}

ConfigReader::ConfigReader(const ConfigNode& map, std::string origin)
    : m_map(map)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->origin = std::move(origin);
}

ConfigReader::ConfigReader(const ConfigNode& map, std::shared_ptr<Shared> shared,
                           std::string prefix)
    : m_map(map)
    , m_shared(std::move(shared))
    , m_prefix(std::move(prefix))
{
}

const ConfigNode* ConfigReader::take(const std::string& key)
{
    m_known.insert(key);
    const auto found = std::ranges::find(m_map.entries, key, &ConfigNode::Entry::key);
    if (found == m_map.entries.end())
        return nullptr;
    m_shared->lines[m_prefix + key] = found->line;
    return &found->value;
}

void ConfigReader::report(ErrorCode code, int line, const std::string& text)
{
    if (m_shared->problem && m_shared->problemLine <= line)
        return;
    m_shared->problem = Error{code, configProblem(m_shared->origin, line, text)};
    m_shared->problemLine = line;
}

void ConfigReader::reportType(const std::string& key, const ConfigNode& node,
                              const std::string& expected)
{
    report(ErrorCode::BadFormat, node.line,
           CoreText::tr("'{1}' must be {2}, not {3}.", pathOf(key), expected, described(node)));
}

void ConfigReader::reportUnknownKeys()
{
    for (const auto& entry : m_map.entries) {
        if (!m_known.contains(entry.key))
            report(ErrorCode::BadFormat, entry.line,
                   unknownKey(pathOf(entry.key), entry.key, m_known));
    }
}

Status ConfigReader::finish()
{
    reportUnknownKeys();
    if (m_shared->problem)
        return fail(*m_shared->problem);
    return {};
}

std::optional<int> ConfigReader::lineOf(const std::string& path) const
{
    const auto found = m_shared->lines.find(path);
    return found == m_shared->lines.end() ? std::nullopt : std::optional(found->second);
}

bool ConfigReader::read(const ConfigNode& node, std::int64_t& value)
{
    return parseNumber(node, value);
}
bool ConfigReader::read(const ConfigNode& node, std::uint64_t& value)
{
    return parseNumber(node, value);
}
bool ConfigReader::read(const ConfigNode& node, int& value)
{
    return parseNumber(node, value);
}
bool ConfigReader::read(const ConfigNode& node, double& value)
{
    return parseNumber(node, value);
}

bool ConfigReader::read(const ConfigNode& node, bool& value)
{
    if (node.kind != ConfigNode::Kind::Scalar || node.quoted)
        return false;
    value = node.text == "true";
    return value || node.text == "false";
}

bool ConfigReader::read(const ConfigNode& node, SplitSize& value)
{
    value.orFewer = node.text.starts_with(orFewerWords);
    const auto number = std::string_view(node.text).substr(value.orFewer ? orFewerWords.size() : 0);
    return node.kind == ConfigNode::Kind::Scalar && !node.quoted
        && parseNumber(number, value.images);
}

bool ConfigReader::read(const ConfigNode& node, std::string& value)
{
    value = node.text;
    return node.kind == ConfigNode::Kind::Scalar;
}

} // namespace espalier
