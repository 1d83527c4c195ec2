#pragma once

#include <cstdint>
#include <vector>

#include "network/graph.h"

namespace espalier {

/// Union-find with path halving.
class DisjointSets {
public:
    std::int64_t make();
    std::int64_t root(std::int64_t element);
    void join(std::int64_t a, std::int64_t b);
    std::size_t size() const { return m_parent.size(); }

private:
    std::vector<std::int64_t> m_parent;
};

/// One element per channel while sets are still being joined; row-major over several dimensions.
using Elements = std::vector<std::int64_t>;

/// The channels of a value: where ChannelLayout has units, this has elements.
struct ElementLayout {
    std::vector<std::int64_t> dimensions; ///< ascending
    Elements elements;

    bool has(std::int64_t dimension) const;
};

/// Row-major positions within the extents of some dimensions of a shape.
class Positions {
public:
    Positions(const Shape& shape, const std::vector<std::int64_t>& dimensions);

    std::int64_t count() const { return m_count; }
    /// Coordinates of a position, one per dimension.
    std::vector<std::int64_t> at(std::int64_t position) const;
    std::int64_t indexOf(const std::vector<std::int64_t>& coordinates) const;

private:
    std::vector<std::int64_t> m_extents;
    std::int64_t m_count = 1;
};

/// Where the channels of a value lie after a Rearrange of it, and as what grid they were split.
struct RearrangedChannels {
    ElementLayout layout;
    std::vector<std::int64_t> grid; ///< extents of the parts the channels were split into
};

RearrangedChannels rearranged(const ElementLayout& layout, const Shape& in,
                              const Rearrange& rearrange);

} // namespace espalier
