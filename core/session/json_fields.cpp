#include "session/json_fields_p.h"

#include <algorithm>

namespace espalier {

bool isUtf8(const std::string& text)
{
    // The library's own serialiser is the judge: what it refuses cannot be a JSON string.
    try {
        Json(text).dump();
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

Json toJson(bool value)
{
    return value;
}
Json toJson(std::int64_t value)
{
    return value;
}

Json toJson(double value)
{
    if (std::isfinite(value))
        return value;
    return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

Json toJson(const std::string& value)
{
    if (isUtf8(value))
        return value;
    auto bytes = Json::array();
    for (const char c : value)
        bytes.push_back(static_cast<int>(static_cast<unsigned char>(c)));
    return bytes;
}

bool fromJson(const Json& json, bool& value)
{
    value = json.is_boolean() && json.get<bool>();
    return json.is_boolean();
}

bool fromJson(const Json& json, std::int64_t& value)
{
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!json.is_number_integer()
        || (json.is_number_unsigned() && json.get<std::uint64_t>() > largest))
        return false;
    value = json.get<std::int64_t>();
    return true;
}

bool fromJson(const Json& json, double& value)
{
    using Limits = std::numeric_limits<double>;
    if (json.is_number())
        value = json.get<double>();
    else if (json == "inf" || json == "-inf")
        value = json == "inf" ? Limits::infinity() : -Limits::infinity();
    else if (json == "nan")
        value = Limits::quiet_NaN();
    else
        return false;
    return true;
}

bool fromJson(const Json& json, std::string& value)
{
    value.clear();
    if (json.is_string()) {
        value = json.get<std::string>();
        return true;
    }
    std::vector<std::int64_t> bytes;
    if (!fromJson(json, bytes)
        || !std::ranges::all_of(bytes, [](auto byte) { return byte >= 0 && byte < 256; }))
        return false;
    for (const auto byte : bytes)
        value += static_cast<char>(byte);
    return true;
}

std::string jsonText(const Json& json)
{
    return json.dump();
}

std::optional<Json> parseJson(const std::string& text)
{
    auto json = Json::parse(text, /*cb=*/nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded())
        return std::nullopt;
    return json;
}

} // namespace espalier
