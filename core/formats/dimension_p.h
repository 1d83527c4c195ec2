#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace espalier {

/// Which of `rank` dimensions is meant, from the front: a negative one counts from the back.
/// Nothing when there is no such dimension.
inline std::optional<std::int64_t> fromFront(std::int64_t dimension, std::size_t rank)
{
    const auto count = static_cast<std::int64_t>(rank);
    dimension += dimension < 0 ? count : 0;
    return dimension >= 0 && dimension < count ? std::optional(dimension) : std::nullopt;
}

} // namespace espalier
