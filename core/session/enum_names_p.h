#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace espalier {

/// The words of an enumeration in files: specialise with
/// `static constexpr std::pair<E, std::string_view> names[] = {...}`, one entry per enumerator.
template <class E> struct EnumNames;

template <class E>
concept NamedEnum = requires
{
    EnumNames<E>::names;
};

template <NamedEnum E> std::string enumName(E value)
{
    const auto& names = EnumNames<E>::names;
    const auto* found =
        std::ranges::find(names, value, [](const auto& entry) { return entry.first; });
    return found == std::end(names) ? std::string() : std::string(found->second);
}

template <NamedEnum E> std::optional<E> enumFromName(std::string_view name)
{
    const auto& names = EnumNames<E>::names;
    const auto* found =
        std::ranges::find(names, name, [](const auto& entry) { return entry.second; });
    return found == std::end(names) ? std::nullopt : std::optional<E>(found->first);
}

/// "steps, cosine": for messages.
template <NamedEnum E> std::string enumWords()
{
    std::string words;
    for (const auto& [value, name] : EnumNames<E>::names) {
        words += words.empty() ? "" : ", ";
        words += name;
    }
    return words;
}

} // namespace espalier
