#pragma once

#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

namespace espalier {

/// The whole number that `value` is. Throws json::type_error for anything else, also for 1.5 and
/// 1e30, of which get() would make some whole number.
inline std::int64_t integerOf(const nlohmann::json& value)
{
    return value.get_ref<const nlohmann::json::number_integer_t&>();
}

/// A list of them. Throws as integerOf() does.
inline std::vector<std::int64_t> integersOf(const nlohmann::json& list)
{
    std::vector<std::int64_t> integers;
    for (const auto& each : list.get_ref<const nlohmann::json::array_t&>())
        integers.push_back(integerOf(each));
    return integers;
}

} // namespace espalier
