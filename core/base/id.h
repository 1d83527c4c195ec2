#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace espalier {

/// A strong integer: ids of different tags do not mix. Default-constructed ids are invalid (-1).
template <class Tag> class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value)
        : m_value(value)
    {
    }

    constexpr std::int64_t value() const { return m_value; }
    constexpr std::size_t index() const { return static_cast<std::size_t>(m_value); }
    constexpr bool isValid() const { return m_value >= 0; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    std::int64_t m_value = -1;
};

using NodeId = Id<struct NodeTag>; ///< position of a node in its Graph's topological order
using UnitId = Id<struct UnitTag>; ///< a set of coupled channels, see structures/structures.h
using IterationId = Id<struct IterationTag>; ///< row of the session's tree; 0 is the dense network
using RunId = Id<struct RunTag>; ///< one command given to the engine

} // namespace espalier

template <class Tag> struct std::hash<espalier::Id<Tag>> {
    std::size_t operator()(espalier::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value());
    }
};
