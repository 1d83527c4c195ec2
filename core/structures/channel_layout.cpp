#include "structures/channel_layout_p.h"

#include <algorithm>

#include "network/shapes.h"

namespace espalier {

std::int64_t DisjointSets::make()
{
    m_parent.push_back(static_cast<std::int64_t>(m_parent.size()));
    return m_parent.back();
}

std::int64_t DisjointSets::root(std::int64_t element)
{
    const auto parent = [&](std::int64_t of) -> std::int64_t& {
        return m_parent[static_cast<std::size_t>(of)];
    };
    while (parent(element) != element) {
        parent(element) = parent(parent(element));
        element = parent(element);
    }
    return element;
}

void DisjointSets::join(std::int64_t a, std::int64_t b)
{
    a = root(a);
    b = root(b);
    m_parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
}

bool ElementLayout::has(std::int64_t dimension) const
{
    return std::ranges::find(dimensions, dimension) != dimensions.end();
}

Positions::Positions(const Shape& shape, const std::vector<std::int64_t>& dimensions)
{
    for (const auto dimension : dimensions) {
        m_extents.push_back(shape[static_cast<std::size_t>(dimension)]);
        m_count *= m_extents.back();
    }
}

std::vector<std::int64_t> Positions::at(std::int64_t position) const
{
    std::vector<std::int64_t> coordinates(m_extents.size());
    for (std::size_t i = m_extents.size(); i-- > 0;) {
        coordinates[i] = position % m_extents[i];
        position /= m_extents[i];
    }
    return coordinates;
}

std::int64_t Positions::indexOf(const std::vector<std::int64_t>& coordinates) const
{
    std::int64_t index = 0;
    for (std::size_t i = 0; i < m_extents.size(); ++i)
        index = index * m_extents[i] + coordinates[i];
    return index;
}

RearrangedChannels rearranged(const ElementLayout& layout, const Shape& in,
                              const Rearrange& rearrange)
{
    const auto dimensionOfPart = partition(rearrange.split, in);
    std::vector<std::int64_t> channelParts;
    for (std::size_t part = 0; part < dimensionOfPart.size(); ++part) {
        if (layout.has(static_cast<std::int64_t>(dimensionOfPart[part])))
            channelParts.push_back(static_cast<std::int64_t>(part));
    }
    const Positions inGrid(rearrange.split, channelParts);

    Shape permuted;
    for (const auto part : rearrange.order)
        permuted.push_back(rearrange.split[static_cast<std::size_t>(part)]);
    const auto mergedOfPart = partition(permuted, rearrange.merged);
    RearrangedChannels result;
    for (const auto part : channelParts)
        result.grid.push_back(rearrange.split[static_cast<std::size_t>(part)]);
    for (std::size_t i = 0; i < permuted.size(); ++i) {
        const auto merged = static_cast<std::int64_t>(mergedOfPart[i]);
        if (std::ranges::binary_search(channelParts, rearrange.order[i])
            && !result.layout.has(merged))
            result.layout.dimensions.push_back(merged);
    }

    // Positions in the merged channel dimensions, each taken apart to find its channel.
    std::vector<std::int64_t> outParts; // positions in `permuted`
    for (std::size_t i = 0; i < permuted.size(); ++i) {
        if (result.layout.has(static_cast<std::int64_t>(mergedOfPart[i])))
            outParts.push_back(static_cast<std::int64_t>(i));
    }
    std::ranges::sort(result.layout.dimensions);
    const Positions outGrid(permuted, outParts);
    std::vector<std::int64_t> coordinates(channelParts.size());
    for (std::int64_t position = 0; position < outGrid.count(); ++position) {
        const auto at = outGrid.at(position);
        for (std::size_t i = 0; i < outParts.size(); ++i) {
            const auto part = rearrange.order[static_cast<std::size_t>(outParts[i])];
            const auto found = std::ranges::lower_bound(channelParts, part);
            if (found != channelParts.end() && *found == part)
                coordinates[static_cast<std::size_t>(found - channelParts.begin())] = at[i];
        }
        result.layout.elements.push_back(
            layout.elements[static_cast<std::size_t>(inGrid.indexOf(coordinates))]);
    }
    return result;
}

} // namespace espalier
