#include "data/class_map.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <numeric>
#include <optional>

#include "base/core_text.h"
#include "base/overloaded.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

using Outputs = std::vector<std::int64_t>;
using ByName = std::map<std::string, std::int64_t>;

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [next, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && next == end ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> pieces(std::string_view text)
{
    std::vector<std::string_view> result;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        result.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return result;
}

std::optional<Outputs> asList(const std::vector<std::string_view>& parts)
{
    Outputs outputs;
    for (const auto part : parts) {
        const auto output = wholeNumber(part);
        if (!output)
            return std::nullopt;
        outputs.push_back(*output);
    }
    return outputs;
}

std::optional<ByName> asNames(const std::vector<std::string_view>& parts)
{
    ByName byName;
    for (const auto part : parts) {
        const auto equals = part.rfind('=');
        if (equals == std::string_view::npos || equals == 0)
            return std::nullopt;
        const auto output = wholeNumber(part.substr(equals + 1));
        if (!output)
            return std::nullopt;
        byName[std::string(part.substr(0, equals))] = *output;
    }
    return byName;
}

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    const auto begin = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

Result<std::vector<std::string>> linesOf(const fs::path& file)
{
    constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 24U;
    std::error_code error;
    const auto status = fs::status(file, error);
    if (!fs::exists(status))
        return fail(ErrorCode::NotFound,
                    CoreText::tr("There is no file '{1}'; classes are a list of outputs, names "
                                 "with outputs, or a text file.",
                                 file.string()));
    if (!fs::is_regular_file(status) || fs::file_size(file, error) > mostBytes)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is no text file of class names.", file.string()));
    std::ifstream stream(file, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.emplace_back(trimmed(line));
    if (stream.bad())
        return fail(ErrorCode::Io, CoreText::tr("'{1}' cannot be read.", file.string()));
    while (!lines.empty() && lines.back().empty())
        lines.pop_back();
    return lines;
}

/// "NAME OUTPUT" on every line; nothing when it is a file of another form.
std::optional<ByName> numberedLines(const std::vector<std::string>& lines)
{
    ByName byName;
    for (const std::string_view line : lines) {
        const auto blank = line.find_last_of(blanks);
        const auto output =
            blank == std::string_view::npos ? std::nullopt : wholeNumber(line.substr(blank + 1));
        if (!output)
            return std::nullopt;
        byName[std::string(trimmed(line.substr(0, blank)))] = *output;
    }
    return byName;
}

/// A line for each output: its first word and the whole of it are names.
ByName namesInTurn(const std::vector<std::string>& lines)
{
    ByName byName;
    std::int64_t output = 0;
    for (const auto& line : lines) {
        byName.emplace(line.substr(0, line.find_first_of(blanks)), output);
        byName.emplace(line, output++);
    }
    return byName;
}

/// `file` is where they stand; empty when they were given one by one.
Result<Outputs> fromNames(const ByName& byName, const std::vector<std::string>& classes,
                          const fs::path& file)
{
    Outputs outputs;
    for (const auto& name : classes) {
        const auto found = byName.find(name);
        if (found == byName.end())
            return fail(ErrorCode::InvalidArgument,
                        file.empty()
                            ? CoreText::tr(
                                "The class map gives no output for the class '{1}'; add it.", name)
                            : CoreText::tr("'{1}' gives no output for the class '{2}'; add it.",
                                           file.string(), name));
        outputs.push_back(found->second);
    }
    return outputs;
}

Result<Outputs> fromList(const Outputs& list, const std::vector<std::string>& classes)
{
    if (list.size() != classes.size())
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The class map lists {1} outputs, but the data has {2} classes; "
                                 "give one each, in the order of the classes' names.",
                                 list.size(), classes.size()));
    return list;
}

Result<Outputs> fromFile(const fs::path& file, const std::vector<std::string>& classes)
{
    const auto lines = linesOf(file);
    if (!lines)
        return fail(lines.error());
    return fromNames(numberedLines(*lines).value_or(namesInTurn(*lines)), classes, file);
}

Result<Outputs> checkedNames(const ByName& byName, const std::vector<std::string>& classes)
{
    for (const auto& [name, output] : byName)
        if (std::ranges::find(classes, name) == classes.end())
            return fail(ErrorCode::InvalidArgument,
                        CoreText::tr("The class map names '{1}', which is no class of the data; "
                                     "correct or remove it.",
                                     name));
    return fromNames(byName, classes, {});
}

} // namespace

Result<ClassMap> parseClassMap(std::string_view text)
{
    if (text.empty())
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("Classes are outputs such as 0,217,482, names with outputs such "
                                 "as cat=3,dog=5, or a text file."));
    const auto parts = pieces(text);
    if (auto list = asList(parts))
        return *std::move(list);
    if (auto byName = asNames(parts))
        return *std::move(byName);
    return fs::path(text);
}

std::string classMapText(const ClassMap& map)
{
    const auto joined = [](const auto& items, const auto& text) {
        std::string all;
        for (const auto& item : items)
            all += (all.empty() ? "" : ",") + text(item);
        return all;
    };
    return std::visit(Overloaded{
                          [](std::monostate) { return std::string(); },
                          [&](const Outputs& list) {
                              return joined(
                                  list, [](std::int64_t output) { return std::to_string(output); });
                          },
                          [&](const ByName& byName) {
                              return joined(byName, [](const auto& entry) {
                                  return entry.first + "=" + std::to_string(entry.second);
                              });
                          },
                          [](const fs::path& file) { return file.string(); },
                      },
                      map);
}

Result<std::vector<std::int64_t>> classOutputs(const ClassMap& map,
                                               const std::vector<std::string>& classes)
{
    auto outputs =
        std::visit(Overloaded{
                       [&](std::monostate) -> Result<Outputs> {
                           Outputs same(classes.size());
                           std::iota(same.begin(), same.end(), std::int64_t{0});
                           return same;
                       },
                       [&](const Outputs& list) { return fromList(list, classes); },
                       [&](const ByName& byName) { return checkedNames(byName, classes); },
                       [&](const fs::path& file) { return fromFile(file, classes); },
                   },
                   map);
    if (outputs && std::ranges::any_of(*outputs, [](std::int64_t output) { return output < 0; }))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The class map holds a negative output; outputs count from 0."));
    return outputs;
}

} // namespace espalier
