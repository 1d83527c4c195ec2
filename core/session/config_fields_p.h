#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "data/dataset.h"
#include "session/config_tree_p.h"
#include "session/enum_names_p.h"

namespace espalier {

// Settings are described once, by a template that names every field with its range, and visited by
// a ConfigReader (file to settings), a ConfigWriter (settings to file) or a ConfigChecker (ranges
// only).

/// `T` or `const T`: a description serves the reader and the writer.
template <class T, class Settings>
concept SettingsOf = std::same_as<std::remove_const_t<T>, Settings>;

/// The values a number may have.
struct Range {
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    bool aboveMin = false; ///< `min` itself is not allowed

    bool holds(double value) const;
    /// That the setting at `path` must not be `value`: "'epochs' must be at least 1, not 0."
    std::string problem(const std::string& path, const std::string& value) const;
};
constexpr Range atLeast(double min)
{
    return {.min = min};
}
constexpr Range above(double min)
{
    return {.min = min, .aboveMin = true};
}
constexpr Range between(double min, double max)
{
    return {.min = min, .max = max};
}

/// Numbers as YAML: whole, and the shortest decimal that reads back as the same double.
std::string configText(std::int64_t value);
std::string configText(std::uint64_t value);
std::string configText(int value);
std::string configText(double value);
std::string configText(bool value);
/// In double quotes, escaped.
std::string configText(const std::string& value);
/// "2000" or "at most 2000".
std::string configText(const SplitSize& value);
template <NamedEnum E> std::string configText(E value)
{
    return enumName(value);
}
template <class T> std::string configText(const std::vector<T>& values)
{
    std::string text;
    for (const auto& value : values)
        text += (text.empty() ? "" : ", ") + configText(value);
    return "[" + text + "]";
}
template <class T> std::string configText(const std::optional<T>& value)
{
    return value ? configText(*value) : "null";
}

/// `problem` with the setting that has it: "'device': ...".
std::string settingProblem(const std::string& path, const std::string& problem);

/// What a setting must be, in the words that follow "must be".
enum class ConfigType { Switch, Count, Whole, Number, Text, SplitSize, Section };
std::string typeWords(ConfigType type);
std::string oneOf(const std::string& words);
std::string listOf(const std::string& entry);
std::string orNull(const std::string& type);

/// Why the setting at `path` cannot be `value`, in a sentence.
template <class T>
std::optional<std::string> rangeProblem(const std::string& path, const T& value, const Range& range)
{
    if constexpr (std::is_arithmetic_v<T> && !std::same_as<T, bool>) {
        if (!range.holds(static_cast<double>(value)))
            return range.problem(path, configText(value));
    }
    return std::nullopt;
}
inline std::optional<std::string> rangeProblem(const std::string& path, const SplitSize& value,
                                               const Range& range)
{
    return rangeProblem(path, value.images, range);
}
template <class T>
std::optional<std::string> rangeProblem(const std::string& path, const std::optional<T>& value,
                                        const Range& range)
{
    return value ? rangeProblem(path, *value, range) : std::nullopt;
}
template <class T>
std::optional<std::string> rangeProblem(const std::string& path, const std::vector<T>& values,
                                        const Range& range)
{
    for (const auto& value : values) {
        if (auto problem = rangeProblem(path, value, range))
            return problem;
    }
    return std::nullopt;
}

/// Fills settings from a tree. Absent keys leave their fields alone. Of several problems the one
/// that stands first in the file is reported.
class ConfigReader {
public:
    ConfigReader(const ConfigNode& map, std::string origin);

    template <class T> void operator()(const std::string& key, T& value, const Range& range = {})
    {
        const auto* node = take(key);
        if (!node)
            return;
        if (!read(*node, value))
            reportType(key, *node, expected<T>());
        else if (const auto problem = rangeProblem(pathOf(key), value, range))
            report(ErrorCode::InvalidArgument, node->line, *problem);
    }

    /// A value (or std::optional: null is none) with a notation of its own: `parse` turns text into
    /// a Result of it, `text` goes back.
    template <class T, class Parse, class Text>
    void notation(const std::string& key, T& value, const Parse& parse, const Text&)
    {
        const auto* node = take(key);
        if (!node)
            return;
        if constexpr (requires { value.reset(); }) {
            value.reset();
            if (node->kind == ConfigNode::Kind::Null)
                return;
        }
        std::string text;
        if (!read(*node, text)) {
            reportType(key, *node, typeWords(ConfigType::Text));
            return;
        }
        if (auto parsed = parse(text))
            value = std::move(*parsed);
        else
            report(ErrorCode::InvalidArgument, node->line,
                   settingProblem(pathOf(key), parsed.error().message));
    }

    template <class Body> void section(const std::string& key, const Body& body)
    {
        const auto* node = take(key);
        if (!node || node->kind == ConfigNode::Kind::Null)
            return;
        if (node->kind != ConfigNode::Kind::Map) {
            reportType(key, *node, typeWords(ConfigType::Section));
            return;
        }
        ConfigReader inner(*node, m_shared, m_prefix + key + ".");
        body(inner);
        inner.reportUnknownKeys();
    }

    /// The node of a key that the caller reads itself; null when the file does not have it.
    const ConfigNode* take(const std::string& key);
    void report(ErrorCode code, int line, const std::string& text);
    void reportType(const std::string& key, const ConfigNode& node, const std::string& expected);

    /// The first problem, unknown keys included. To be called last, on the outermost reader.
    Status finish();
    /// Where "section.key" stands in the file; nothing when it does not.
    std::optional<int> lineOf(const std::string& path) const;

    static bool read(const ConfigNode& node, std::int64_t& value);
    static bool read(const ConfigNode& node, std::uint64_t& value);
    static bool read(const ConfigNode& node, int& value);
    static bool read(const ConfigNode& node, double& value);
    static bool read(const ConfigNode& node, bool& value);
    static bool read(const ConfigNode& node, std::string& value);
    static bool read(const ConfigNode& node, SplitSize& value);
    template <NamedEnum E> static bool read(const ConfigNode& node, E& value)
    {
        const auto parsed =
            node.kind == ConfigNode::Kind::Scalar ? enumFromName<E>(node.text) : std::nullopt;
        value = parsed.value_or(value);
        return parsed.has_value();
    }
    template <class T> static bool read(const ConfigNode& node, std::optional<T>& value)
    {
        value.reset();
        return node.kind == ConfigNode::Kind::Null || read(node, value.emplace());
    }
    template <class T> static bool read(const ConfigNode& node, std::vector<T>& values)
    {
        values.clear();
        for (const auto& item : node.items) {
            if (!read(item, values.emplace_back()))
                return false;
        }
        return node.kind == ConfigNode::Kind::List;
    }

private:
    struct Shared {
        std::string origin;
        std::map<std::string, int> lines; ///< by full path
        std::optional<Error> problem;
        int problemLine = 0;
    };

    ConfigReader(const ConfigNode& map, std::shared_ptr<Shared> shared, std::string prefix);
    std::string pathOf(const std::string& key) const { return m_prefix + key; }
    void reportUnknownKeys();

    template <class T> static std::string expected();

    const ConfigNode& m_map;
    std::shared_ptr<Shared> m_shared;
    std::string m_prefix; ///< "pruning."
    std::set<std::string> m_known;
};

template <class T> std::string ConfigReader::expected()
{
    if constexpr (NamedEnum<T>)
        return oneOf(enumWords<T>());
    else if constexpr (std::same_as<T, bool>)
        return typeWords(ConfigType::Switch);
    else if constexpr (std::same_as<T, std::uint64_t>)
        return typeWords(ConfigType::Count);
    else if constexpr (std::integral<T>)
        return typeWords(ConfigType::Whole);
    else if constexpr (std::floating_point<T>)
        return typeWords(ConfigType::Number);
    else if constexpr (std::same_as<T, std::string>)
        return typeWords(ConfigType::Text);
    else if constexpr (std::same_as<T, SplitSize>)
        return typeWords(ConfigType::SplitSize);
    else if constexpr (requires(T list) { list.emplace_back(); })
        return listOf(expected<typename T::value_type>());
    else
        return orNull(expected<typename T::value_type>());
}

/// Writes settings as YAML in the order of their description.
class ConfigWriter {
public:
    template <class T> void operator()(const std::string& key, const T& value, const Range& = {})
    {
        line(key, configText(value));
    }
    template <class T, class Parse, class Text>
    void notation(const std::string& key, const T& value, const Parse&, const Text& text)
    {
        if constexpr (requires { value.has_value(); })
            line(key, value ? configText(text(*value)) : "null");
        else
            line(key, configText(text(value)));
    }
    template <class Body> void section(const std::string& key, const Body& body)
    {
        m_text += key + ":\n";
        m_indent = "  ";
        body(*this);
        m_indent.clear();
    }
    void line(const std::string& key, const std::string& value)
    {
        m_text += m_indent + key + ": " + value + "\n";
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
    std::string m_indent;
};

/// Applies the ranges of a description to settings that did not come from a file.
class ConfigChecker {
public:
    template <class T>
    void operator()(const std::string& key, const T& value, const Range& range = {})
    {
        if (const auto problem = rangeProblem(m_prefix + key, value, range))
            report(*problem);
    }
    template <class T, class Parse, class Text>
    void notation(const std::string& key, const T& value, const Parse& parse, const Text& text)
    {
        if constexpr (requires { value.has_value(); }) {
            if (value)
                notation(key, *value, parse, text);
        } else if (const auto parsed = parse(text(value)); !parsed)
            report(settingProblem(m_prefix + key, parsed.error().message));
    }
    template <class Body> void section(const std::string& key, const Body& body)
    {
        m_prefix = key + ".";
        body(*this);
        m_prefix.clear();
    }
    const Status& status() const { return m_status; }

private:
    void report(const std::string& problem)
    {
        if (m_status)
            m_status = fail(ErrorCode::InvalidArgument, problem);
    }

    std::string m_prefix;
    Status m_status;
};

} // namespace espalier
