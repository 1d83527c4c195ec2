#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/id.h"
#include "base/result.h"
#include "session/enum_names_p.h"

namespace espalier {

// Values as JSON: `template <class Fields, ValueOf<T> Value> void describe(Fields&, Value&)` names
// the fields of a struct once, JsonWriter and JsonReader visit them. Reading is strict (every field
// there, no other, types exact), because what it reads may be damaged or hostile.

using Json = nlohmann::json;

template <class T, class Value>
concept ValueOf = std::same_as<std::remove_const_t<T>, Value>;

class JsonWriter;
class JsonReader;

template <class T>
concept Described = requires(JsonReader& reader, T& value)
{
    describe(reader, value);
};

// --- Writing
// --------------------------------------------------------------------------------------

Json toJson(bool value);
Json toJson(std::int64_t value);
Json toJson(double value); ///< "inf", "-inf" and "nan" as text: JSON has no such numbers
Json toJson(const std::string& value); ///< bytes that are not UTF-8 as a list of numbers
template <class T> Json toJson(const std::vector<T>& values);
template <class T, std::size_t size> Json toJson(const std::array<T, size>& values);
template <class T> Json toJson(const std::optional<T>& value);
template <class T> Json toJson(const std::map<std::string, T>& values);
template <class Tag> Json toJson(Id<Tag> id)
{
    return id.value();
}
template <NamedEnum E> Json toJson(E value)
{
    return enumName(value);
}
template <Described T> Json toJson(const T& value);

class JsonWriter {
public:
    template <class T> void operator()(const char* key, const T& value)
    {
        m_object[key] = toJson(value);
    }
    /// A field that older files lack: not written without a value.
    template <class T> void optional(const char* key, const std::optional<T>& value)
    {
        if (value)
            m_object[key] = toJson(*value);
    }
    Json take() { return std::move(m_object); }

private:
    Json m_object = Json::object();
};

template <class T> Json toJson(const std::vector<T>& values)
{
    auto list = Json::array();
    for (const auto& value : values)
        list.push_back(toJson(value));
    return list;
}
template <class T, std::size_t size> Json toJson(const std::array<T, size>& values)
{
    auto list = Json::array();
    for (const auto& value : values)
        list.push_back(toJson(value));
    return list;
}
template <class T> Json toJson(const std::optional<T>& value)
{
    return value ? toJson(*value) : Json();
}
/// A list of pairs: a name need not be UTF-8, as a JSON key must.
template <class T> Json toJson(const std::map<std::string, T>& values)
{
    auto list = Json::array();
    for (const auto& [key, value] : values)
        list.push_back(Json::array({toJson(key), toJson(value)}));
    return list;
}
template <Described T> Json toJson(const T& value)
{
    JsonWriter writer;
    describe(writer, value);
    return writer.take();
}

// --- Reading: false when the value is not of the type
// -----------------------------------------------

bool fromJson(const Json& json, bool& value);
bool fromJson(const Json& json, std::int64_t& value);
bool fromJson(const Json& json, double& value);
bool fromJson(const Json& json, std::string& value);
template <class T> bool fromJson(const Json& json, std::vector<T>& values);
template <class T, std::size_t size> bool fromJson(const Json& json, std::array<T, size>& values);
template <class T> bool fromJson(const Json& json, std::optional<T>& value);
template <class T> bool fromJson(const Json& json, std::map<std::string, T>& values);
template <class Tag> bool fromJson(const Json& json, Id<Tag>& id)
{
    std::int64_t value = 0;
    const bool ok = fromJson(json, value);
    id = Id<Tag>(value);
    return ok;
}
template <NamedEnum E> bool fromJson(const Json& json, E& value)
{
    std::string name;
    const auto known = fromJson(json, name) ? enumFromName<E>(name) : std::nullopt;
    value = known.value_or(value);
    return known.has_value();
}
template <Described T> bool fromJson(const Json& json, T& value);

/// Reads the fields of one object. The first that is missing or of the wrong type is kept.
class JsonReader {
public:
    explicit JsonReader(const Json& object)
        : m_object(object)
    {
    }

    template <class T> void operator()(const char* key, T& value)
    {
        ++m_fields;
        const auto found = m_object.find(key);
        if ((found == m_object.end() || !fromJson(*found, value)) && m_problem.empty())
            m_problem = key;
    }
    template <class T> void optional(const char* key, std::optional<T>& value)
    {
        value.reset();
        if (m_object.contains(key))
            (*this)(key, value.emplace());
    }
    bool ok() const
    {
        return m_object.is_object() && m_problem.empty() && m_fields == m_object.size();
    }

private:
    const Json& m_object;
    std::size_t m_fields = 0;
    std::string m_problem;
};

template <class T> bool fromJson(const Json& json, std::vector<T>& values)
{
    values.clear();
    if (!json.is_array())
        return false;
    values.reserve(json.size());
    for (const auto& item : json) {
        if (!fromJson(item, values.emplace_back()))
            return false;
    }
    return true;
}
template <class T, std::size_t size> bool fromJson(const Json& json, std::array<T, size>& values)
{
    if (!json.is_array() || json.size() != size)
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        if (!fromJson(json[i], values[i]))
            return false;
    }
    return true;
}
template <class T> bool fromJson(const Json& json, std::optional<T>& value)
{
    value.reset();
    return json.is_null() || fromJson(json, value.emplace());
}
template <class T> bool fromJson(const Json& json, std::map<std::string, T>& values)
{
    values.clear();
    if (!json.is_array())
        return false;
    for (const auto& item : json) {
        std::string key;
        if (!item.is_array() || item.size() != 2 || !fromJson(item[0], key)
            || !fromJson(item[1], values[key]))
            return false;
    }
    return values.size() == json.size();
}
template <Described T> bool fromJson(const Json& json, T& value)
{
    if (!json.is_object())
        return false;
    JsonReader reader(json);
    describe(reader, value);
    return reader.ok();
}

/// Whether YAML and JSON can hold `text` as it is.
bool isUtf8(const std::string& text);

/// The text of a JSON document, for the session file.
std::string jsonText(const Json& json);
/// Nothing when `text` is not JSON.
std::optional<Json> parseJson(const std::string& text);

} // namespace espalier
