#include "formats/tensor_view_p.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace espalier {

namespace {

constexpr std::size_t mostDimensions = 64; // LibTorch's own limit

std::int64_t product(std::span<const std::int64_t> extents)
{
    return std::accumulate(extents.begin(), extents.end(), std::int64_t{1}, std::multiplies<>{});
}

bool holdsBatch(std::int64_t size)
{
    return size != 0 && size % batchMarker == 0;
}

} // namespace

TensorView TensorView::whole(const Shape& sample)
{
    TensorView view;
    view.m_dimensions.push_back({batch});
    for (const auto extent : sample) {
        auto& dimension = view.m_dimensions.emplace_back();
        if (extent == 1)
            continue;
        dimension.push_back(static_cast<std::int64_t>(view.m_atoms.size()));
        view.m_atoms.push_back(extent);
    }
    return view;
}

std::vector<std::int64_t> TensorView::sizes() const
{
    std::vector<std::int64_t> sizes;
    for (const auto& dimension : m_dimensions) {
        std::int64_t size = 1;
        for (const auto atom : dimension)
            size *= atom == batch ? batchMarker : m_atoms[static_cast<std::size_t>(atom)];
        sizes.push_back(size);
    }
    return sizes;
}

std::optional<TensorView> TensorView::reshaped(std::vector<std::int64_t> sizes) const
{
    if (sizes.size() > mostDimensions)
        return std::nullopt;
    const auto values = product(m_atoms);
    const auto open = std::ranges::find(sizes, -1);
    const bool isOpen = open != sizes.end();
    std::int64_t given = 1;
    bool named = false;
    for (const auto size : sizes) {
        if (size == -1)
            continue;
        if (size < 1)
            return std::nullopt;
        named = named || holdsBatch(size);
        const auto extent = holdsBatch(size) ? size / batchMarker : size;
        if (extent > values * batchMarker / given)
            return std::nullopt;
        given *= extent;
    }
    const auto attempt = [&](std::int64_t batchSize) -> std::optional<TensorView> {
        auto target = sizes;
        if (isOpen) {
            const auto rest = named ? values : values * batchSize;
            if (rest % given != 0)
                return std::nullopt;
            target[static_cast<std::size_t>(open - sizes.begin())] = rest / given;
        }
        return aligned(target, batchSize);
    };
    if (named)
        return attempt(batchMarker);
    // The batch is not named: it is in the open size, or a number of the example's.
    if (isOpen && open == sizes.begin())
        return attempt(batchMarker);
    const auto example = isOpen || given % values != 0 ? 1 : given / values;
    if (auto view = attempt(example))
        return view;
    return isOpen ? attempt(batchMarker) : std::nullopt;
}

std::optional<TensorView> TensorView::aligned(const std::vector<std::int64_t>& sizes,
                                              std::int64_t batchSize) const
{
    TensorView view;
    view.m_atoms = m_atoms;
    Atoms sequence; // of atoms still to be placed
    for (const auto& dimension : m_dimensions)
        sequence.insert(sequence.end(), dimension.begin(), dimension.end());
    std::size_t next = 0;
    const auto extentOf = [&](std::int64_t atom) {
        return atom == batch ? batchSize : view.m_atoms[static_cast<std::size_t>(atom)];
    };
    for (const auto size : sizes) {
        Atoms dimension;
        std::int64_t reached = 1;
        const auto isLoneBatch = [&] {
            return next < sequence.size() && sequence[next] == batch && extentOf(batch) == 1;
        };
        if (size == 1 && isLoneBatch())
            dimension.push_back(sequence[next++]);
        while (reached < size && next < sequence.size()) {
            const auto atom = sequence[next];
            const auto extent = extentOf(atom);
            const auto rest = size / reached;
            if (size % reached != 0)
                return std::nullopt;
            if (extent > rest) { // the first part of the atom
                if (atom == batch || extent % rest != 0)
                    return std::nullopt;
                view.m_atoms[static_cast<std::size_t>(atom)] = rest;
                view.m_atoms.insert(view.m_atoms.begin() + atom + 1, extent / rest);
                const auto shift = [&](Atoms& atoms) {
                    for (auto& other : atoms)
                        other += other > atom ? 1 : 0;
                };
                shift(sequence);
                shift(dimension);
                for (auto& placed : view.m_dimensions)
                    shift(placed);
                sequence.insert(sequence.begin() + static_cast<std::ptrdiff_t>(next) + 1, atom + 1);
            }
            dimension.push_back(atom);
            reached *= extentOf(atom);
            ++next;
        }
        const auto batchAt = std::ranges::find(dimension, batch);
        const bool inMiddle = batchAt != dimension.end() && batchAt != dimension.begin()
            && batchAt + 1 != dimension.end();
        if (reached != size || inMiddle)
            return std::nullopt;
        view.m_dimensions.push_back(std::move(dimension));
    }
    if (next < sequence.size() && sequence[next] == batch && batchSize == 1
        && !view.m_dimensions.empty())
        view.m_dimensions.back().push_back(sequence[next++]);
    if (next != sequence.size())
        return std::nullopt;
    return view;
}

TensorView TensorView::permuted(std::span<const std::int64_t> order) const
{
    TensorView view;
    view.m_atoms = m_atoms;
    for (const auto dimension : order)
        view.m_dimensions.push_back(m_dimensions[static_cast<std::size_t>(dimension)]);
    return view;
}

TensorView TensorView::unsqueezed(std::int64_t dimension) const
{
    auto view = *this;
    view.m_dimensions.insert(view.m_dimensions.begin() + dimension, Atoms{});
    return view;
}

TensorView TensorView::squeezed(std::int64_t dimension) const
{
    auto view = *this;
    view.m_dimensions.erase(view.m_dimensions.begin() + dimension);
    return view;
}

TensorView::Canonical TensorView::canonical() const
{
    Canonical result;
    auto& [split, order, sample] = result.rearrange;
    split = m_atoms;
    for (const auto& dimension : m_dimensions) {
        std::int64_t extent = 1;
        for (const auto atom : dimension) {
            if (atom == batch)
                continue;
            order.push_back(atom);
            extent *= m_atoms[static_cast<std::size_t>(atom)];
        }
        const bool isBatchAlone = dimension == Atoms{batch};
        result.dimensionOf.push_back(isBatchAlone ? -1 : static_cast<std::int64_t>(sample.size()));
        if (!isBatchAlone)
            sample.push_back(extent);
    }
    if (sample.empty())
        sample.push_back(1);
    result.inOrder = std::ranges::is_sorted(order);
    return result;
}

TensorView TensorView::over(const Shape& sample) const
{
    TensorView view;
    std::vector<std::int64_t> atomOf;
    for (const auto extent : sample) {
        atomOf.push_back(static_cast<std::int64_t>(view.m_atoms.size()));
        if (extent != 1)
            view.m_atoms.push_back(extent);
    }
    const auto dimensionOf = canonical().dimensionOf;
    for (std::size_t i = 0; i < m_dimensions.size(); ++i) {
        auto& dimension = view.m_dimensions.emplace_back();
        const bool withBatch = std::ranges::find(m_dimensions[i], batch) != m_dimensions[i].end();
        const bool batchLast = withBatch && m_dimensions[i].back() == batch;
        if (withBatch && !batchLast)
            dimension.push_back(batch);
        if (dimensionOf[i] >= 0) {
            const auto own = static_cast<std::size_t>(dimensionOf[i]);
            if (sample[own] != 1)
                dimension.push_back(atomOf[own]);
        }
        if (batchLast)
            dimension.push_back(batch);
    }
    return view;
}

bool TensorView::isBatchFirst() const
{
    if (m_dimensions.empty() || m_dimensions.front() != Atoms{batch})
        return false;
    return std::none_of(m_dimensions.begin() + 1, m_dimensions.end(), [](const Atoms& dimension) {
        return std::ranges::find(dimension, batch) != dimension.end();
    });
}

} // namespace espalier
