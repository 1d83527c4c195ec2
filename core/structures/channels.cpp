#include "structures/channels.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/overloaded.h"
#include "structures/channel_layout_p.h"

namespace espalier {

namespace {

std::int64_t rankOf(const Node& node)
{
    return static_cast<std::int64_t>(node.shape.size());
}

std::vector<std::int64_t> without(std::vector<std::int64_t> dimensions,
                                  const std::vector<std::int64_t>& removed)
{
    std::erase_if(dimensions, [&](auto dimension) {
        return std::ranges::find(removed, dimension) != removed.end();
    });
    return dimensions;
}

/// Walks the graph once and says for every channel which set it is in.
class ChannelWalk {
public:
    explicit ChannelWalk(const Graph& graph)
        : m_graph(graph)
        , m_layouts(graph.nodes().size())
    {
        for (const auto& node : graph.nodes())
            m_layouts[node.id.index()] = visit(node);
        freeze(m_layouts[graph.input().index()], Frozen::Input);
        freeze(m_layouts[graph.output().index()], Frozen::Output);
        for (const auto& node : graph.nodes()) {
            const auto& layout = m_layouts[node.id.index()];
            if (layout.dimensions.size() > 1)
                m_grids.push_back({extentsOf(node.shape, layout.dimensions), layout.elements});
        }
        keepGridsRectangular();
    }

    ChannelUnits result()
    {
        ChannelUnits units;
        units.frozen.resize(m_sets.size(), Frozen::No);
        for (const auto& layout : m_layouts) {
            auto& row = units.ofNode.emplace_back();
            row.dimensions = layout.dimensions;
            for (const auto element : layout.elements)
                row.units.push_back(UnitId(m_sets.root(element)));
        }
        for (std::size_t i = 0; i < m_frozen.size(); ++i) {
            auto& mark =
                units.frozen[static_cast<std::size_t>(m_sets.root(static_cast<std::int64_t>(i)))];
            mark = std::max(mark, m_frozen[i]);
        }
        return units;
    }

private:
    /// Channels seen as a grid of several dimensions: only whole rows of it can go.
    struct Grid {
        std::vector<std::int64_t> extents;
        Elements elements;
    };

    static std::vector<std::int64_t> extentsOf(const Shape& shape,
                                               const std::vector<std::int64_t>& dimensions)
    {
        std::vector<std::int64_t> extents;
        for (const auto dimension : dimensions)
            extents.push_back(shape[static_cast<std::size_t>(dimension)]);
        return extents;
    }

    std::int64_t make(Frozen frozen = Frozen::No)
    {
        m_frozen.push_back(frozen);
        return m_sets.make();
    }

    ElementLayout fresh(const Shape& shape, const std::vector<std::int64_t>& dimensions,
                        Frozen frozen = Frozen::No)
    {
        ElementLayout layout{dimensions, {}};
        const auto count = Positions(shape, dimensions).count();
        for (std::int64_t i = 0; i < count; ++i)
            layout.elements.push_back(make(frozen));
        return layout;
    }

    void freeze(const ElementLayout& layout, Frozen why)
    {
        for (const auto element : layout.elements) {
            auto& mark = m_frozen[static_cast<std::size_t>(element)];
            mark = std::max(mark, why);
        }
    }

    const ElementLayout& inputOf(const Node& node, std::size_t i = 0) const
    {
        return m_layouts[node.inputs[i].index()];
    }

    const Node& inputNode(const Node& node, std::size_t i = 0) const
    {
        return m_graph.node(node.inputs[i]);
    }

    bool isParameter(const Node& node, std::size_t i) const
    {
        return std::holds_alternative<Parameter>(inputNode(node, i).operation);
    }

    ElementLayout visit(const Node& node)
    {
        return std::visit(
            Overloaded{
                [&](const Input&) { return fresh(node.shape, {0}); },
                [&](const Parameter&) { return ElementLayout{}; }, // where it is used
                [&](const Conv2d& conv) { return convolution(node, conv); },
                [&](const Linear&) { return linear(node); },
                [&](const LayerNorm& norm) {
                    std::vector<std::int64_t> dimensions(norm.normalized.size());
                    std::iota(dimensions.begin(), dimensions.end(),
                              rankOf(node) - static_cast<std::int64_t>(dimensions.size()));
                    along(node, dimensions, Frozen::Normalised);
                    return inputOf(node);
                },
                [&](const GroupNorm& norm) {
                    const auto& in = inputOf(node);
                    const bool perChannel = norm.groups == norm.channels
                        && in.dimensions == std::vector<std::int64_t>{0};
                    if (!perChannel)
                        freeze(in, Frozen::Normalised);
                    return in;
                },
                [&](const Softmax& softmax) {
                    along(node, {softmax.dimension}, Frozen::Normalised);
                    return inputOf(node);
                },
                [&](const Add&) { return elementWise(node); },
                [&](const Multiply&) { return elementWise(node); },
                [&](const Divide&) { return elementWise(node); },
                [&](const MatMul&) { return product(node); },
                [&](const Concat& concat) { return joined(node, concat.dimension); },
                [&](const Rearrange& rearrange) { return rearrangedInput(node, rearrange); },
                [&](const Flatten&) {
                    const auto& shape = inputNode(node).shape;
                    std::vector<std::int64_t> order(shape.size());
                    std::iota(order.begin(), order.end(), 0);
                    return rearrangedInput(node, {shape, order, node.shape});
                },
                [&](const Reduce& reduce) { return reduced(node, reduce); },
                [&](const Pad& pad) { return padded(node, pad); },
                [&](const Slice& slice) { return sliced(node, slice); },
                [&](const MaxPool2d&) { return pooled(node); },
                [&](const AvgPool2d&) { return pooled(node); },
                [&](const AdaptiveAvgPool2d&) { return pooled(node); },
                [&](const BatchNorm2d&) { return inputOf(node); },
                [&](const Activation&) { return inputOf(node); },
                [&](const Affine&) { return inputOf(node); },
                [&](const Dropout&) { return inputOf(node); },
            },
            node.operation);
    }

    /// Joins the channels that agree in all but `dimensions`; where nothing else tells them apart,
    /// they must all stay.
    void along(const Node& node, const std::vector<std::int64_t>& dimensions, Frozen why)
    {
        const auto& layout = inputOf(node);
        const auto rest = without(layout.dimensions, dimensions);
        if (rest.size() == layout.dimensions.size())
            return;
        if (rest.empty())
            freeze(layout, why);
        else
            projected(layout, inputNode(node).shape, rest);
    }

    /// For each position of the layout, its index among the positions of `dimensions` alone.
    static std::vector<std::size_t> projectedIndices(const ElementLayout& layout,
                                                     const Shape& shape,
                                                     const std::vector<std::int64_t>& dimensions)
    {
        const Positions all(shape, layout.dimensions);
        const Positions few(shape, dimensions);
        std::vector<std::size_t> indices;
        for (std::int64_t i = 0; i < all.count(); ++i) {
            const auto at = all.at(i);
            std::vector<std::int64_t> kept;
            for (std::size_t k = 0; k < layout.dimensions.size(); ++k) {
                if (std::ranges::find(dimensions, layout.dimensions[k]) != dimensions.end())
                    kept.push_back(at[k]);
            }
            indices.push_back(static_cast<std::size_t>(few.indexOf(kept)));
        }
        return indices;
    }

    /// One element for each position in `rest`, the others that agree there joined to it.
    ElementLayout projected(const ElementLayout& layout, const Shape& shape,
                            const std::vector<std::int64_t>& rest)
    {
        constexpr std::int64_t none = -1;
        ElementLayout result{
            rest, Elements(static_cast<std::size_t>(Positions(shape, rest).count()), none)};
        const auto indices = projectedIndices(layout, shape, rest);
        for (std::size_t i = 0; i < indices.size(); ++i) {
            auto& first = result.elements[indices[i]];
            if (first == none)
                first = layout.elements[i];
            m_sets.join(first, layout.elements[i]);
        }
        return result;
    }

    /// The input's channels as lying in `dimensions`; if they lie elsewhere, none of them can go.
    ElementLayout asLayout(const ElementLayout& layout, const Shape& shape,
                           const std::vector<std::int64_t>& dimensions)
    {
        if (layout.dimensions == dimensions)
            return layout;
        freeze(layout, Frozen::Mixed);
        return fresh(shape, dimensions, Frozen::Mixed);
    }

    ElementLayout convolution(const Node& node, const Conv2d& conv)
    {
        auto in = inputOf(node);
        if (conv.groups > 1 || !in.dimensions.empty())
            in = asLayout(in, inputNode(node).shape, {0});
        auto out = fresh(node.shape, {0});
        if (conv.groups == 1)
            return out;
        const auto inPerGroup = static_cast<std::size_t>(conv.inChannels / conv.groups);
        const auto outPerGroup = static_cast<std::size_t>(conv.outChannels / conv.groups);
        auto& filters = out.elements;
        if (isDepthwise(conv)) {
            for (std::size_t i = 0; i < filters.size(); ++i)
                m_sets.join(filters[i], in.elements[i / outPerGroup]);
            return out;
        }
        // Groups stay equally large when the same position goes from each.
        for (std::size_t i = outPerGroup; i < filters.size(); ++i)
            m_sets.join(filters[i], filters[i % outPerGroup]);
        for (std::size_t i = inPerGroup; i < in.elements.size(); ++i)
            m_sets.join(in.elements[i], in.elements[i % inPerGroup]);
        return out;
    }

    ElementLayout linear(const Node& node)
    {
        const std::vector<std::int64_t> last{rankOf(node) - 1};
        const auto& in = inputOf(node);
        if (!in.dimensions.empty() && in.dimensions != last)
            freeze(in, Frozen::Mixed);
        return fresh(node.shape, last);
    }

    ElementLayout pooled(const Node& node)
    {
        const auto& in = inputOf(node);
        if (in.dimensions == std::vector<std::int64_t>{0})
            return in;
        freeze(in, Frozen::Mixed);
        return {};
    }

    /// A Parameter has the channels of what it is combined with, where it varies along them.
    ElementLayout parameterBeside(const Node& parameter, const ElementLayout& other,
                                  const Shape& otherShape)
    {
        std::vector<std::int64_t> dimensions;
        for (const auto dimension : other.dimensions) {
            if (parameter.shape[static_cast<std::size_t>(dimension)] > 1)
                dimensions.push_back(dimension);
        }
        if (dimensions.empty())
            return {};
        for (const auto dimension : dimensions) {
            const auto i = static_cast<std::size_t>(dimension);
            if (parameter.shape[i] != otherShape[i]) {
                freeze(other, Frozen::Mixed);
                return {};
            }
        }
        return dimensions == other.dimensions ? other : projected(other, otherShape, dimensions);
    }

    ElementLayout elementWise(const Node& node)
    {
        for (std::size_t i = 0; i < 2; ++i) {
            if (isParameter(node, i) && !isParameter(node, 1 - i)) {
                const auto& other = inputOf(node, 1 - i);
                m_layouts[node.inputs[i].index()] =
                    parameterBeside(inputNode(node, i), other, inputNode(node, 1 - i).shape);
                return grown(other, inputNode(node, 1 - i).shape, node.shape);
            }
        }
        const auto& a = inputOf(node, 0);
        const auto& b = inputOf(node, 1);
        return a.dimensions.size() >= b.dimensions.size()
            ? combined(node, a, inputNode(node, 0).shape, b, inputNode(node, 1).shape)
            : combined(node, b, inputNode(node, 1).shape, a, inputNode(node, 0).shape);
    }

    /// `layout` where a channel dimension of extent 1 was repeated: one channel feeds them all.
    ElementLayout grown(const ElementLayout& layout, const Shape& from, const Shape& to)
    {
        if (extentsOf(from, layout.dimensions) == extentsOf(to, layout.dimensions))
            return layout;
        freeze(layout, Frozen::Mixed);
        return {};
    }

    /// `large` has at least as many channel dimensions as `small`.
    ElementLayout combined(const Node& node, const ElementLayout& large, const Shape& largeShape,
                           const ElementLayout& small, const Shape& smallShape)
    {
        const auto extent = [](const Shape& shape, std::int64_t dimension) {
            return shape[static_cast<std::size_t>(dimension)];
        };
        bool fits = true;
        bool repeated = false;
        for (const auto dimension : small.dimensions) {
            fits = fits && large.has(dimension);
            repeated = repeated || extent(smallShape, dimension) != extent(largeShape, dimension);
        }
        for (const auto dimension : large.dimensions) {
            if (!small.has(dimension))
                fits = fits && extent(smallShape, dimension) == 1;
        }
        if (!fits) {
            freeze(large, Frozen::Mixed);
            freeze(small, Frozen::Mixed);
            return {};
        }
        if (repeated) { // the single channel of one side stays, the other's pass
            const bool smallIsOne = Positions(smallShape, small.dimensions).count() == 1;
            const bool largeIsOne = Positions(largeShape, large.dimensions).count() == 1;
            if (smallIsOne)
                return grown(large, largeShape, node.shape);
            if (largeIsOne && small.dimensions == large.dimensions)
                return grown(small, smallShape, node.shape);
            freeze(large, Frozen::Mixed);
            freeze(small, Frozen::Mixed);
            return {};
        }
        if (!small.dimensions.empty()) {
            const auto matching = projectedIndices(large, largeShape, small.dimensions);
            for (std::size_t i = 0; i < large.elements.size(); ++i)
                m_sets.join(large.elements[i], small.elements[matching[i]]);
        }
        return grown(large, largeShape, node.shape);
    }

    /// Queries times keys, attention times values: whatever multiplies matrices per leading index.
    /// A leading index with channels (a head) goes as a whole.
    ElementLayout product(const Node& node)
    {
        const auto& a = inputOf(node, 0);
        const auto& b = inputOf(node, 1);
        const auto& shapeA = inputNode(node, 0).shape;
        const auto& shapeB = inputNode(node, 1).shape;
        const auto rows = rankOf(node) - 2;
        const auto columns = rankOf(node) - 1;
        const auto leading = without(a.dimensions, {rows, columns});
        const bool contracted = a.has(columns) && b.has(rows);
        const bool sameContraction = a.has(columns) == b.has(rows);
        const bool twoSided = a.has(rows) && b.has(columns);
        if (leading != without(b.dimensions, {rows, columns}) || !sameContraction || twoSided
            || (contracted && (a.has(rows) || b.has(columns)))) {
            freeze(a, Frozen::Mixed);
            freeze(b, Frozen::Mixed);
            return {};
        }
        if (leading.empty()) {
            for (std::size_t i = 0; contracted && i < a.elements.size(); ++i)
                m_sets.join(a.elements[i], b.elements[i]);
            if (b.has(columns))
                return b;
            return a.has(rows) ? a : ElementLayout{};
        }
        const auto headsA = projected(a, shapeA, leading);
        const auto headsB = projected(b, shapeB, leading);
        for (std::size_t i = 0; i < headsA.elements.size(); ++i)
            m_sets.join(headsA.elements[i], headsB.elements[i]);
        if (b.has(columns))
            return b;
        return a.has(rows) ? a : headsA;
    }

    ElementLayout joined(const Node& node, std::int64_t dimension)
    {
        std::vector<std::int64_t> dimensions;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            if (inputOf(node, i).dimensions.size() > dimensions.size())
                dimensions = inputOf(node, i).dimensions;
        }
        if (dimensions.empty())
            return {};
        const bool alongChannels = std::ranges::find(dimensions, dimension) != dimensions.end();
        if (alongChannels && dimensions.size() > 1) {
            for (std::size_t i = 0; i < node.inputs.size(); ++i)
                freeze(inputOf(node, i), Frozen::Mixed);
            return {};
        }
        ElementLayout result{dimensions, {}};
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            auto& own = m_layouts[node.inputs[i].index()];
            const auto& shape = inputNode(node, i).shape;
            const auto layout = isParameter(node, i) && own.dimensions.empty()
                ? own = fresh(shape, dimensions)
                : asLayout(own, shape, dimensions);
            if (alongChannels || result.elements.empty()) {
                result.elements.insert(result.elements.end(), layout.elements.begin(),
                                       layout.elements.end());
                continue;
            }
            for (std::size_t k = 0; k < result.elements.size(); ++k)
                m_sets.join(result.elements[k], layout.elements[k]);
        }
        return result;
    }

    ElementLayout rearrangedInput(const Node& node, const Rearrange& rearrange)
    {
        const auto& in = inputOf(node);
        if (in.dimensions.empty())
            return {};
        auto result = rearranged(in, inputNode(node).shape, rearrange);
        if (std::ranges::count_if(result.grid, [](auto extent) { return extent > 1; }) > 1)
            m_grids.push_back({result.grid, in.elements});
        return std::move(result.layout);
    }

    ElementLayout reduced(const Node& node, const Reduce& reduce)
    {
        along(node, reduce.dimensions, Frozen::Mixed);
        const auto& in = inputOf(node);
        const auto rest = without(in.dimensions, reduce.dimensions);
        if (rest.empty())
            return {};
        auto result = rest == in.dimensions ? in : projected(in, inputNode(node).shape, rest);
        if (!reduce.keep) {
            for (auto& dimension : result.dimensions)
                dimension -= std::ranges::count_if(
                    reduce.dimensions, [&](auto removed) { return removed < dimension; });
        }
        return result;
    }

    ElementLayout padded(const Node& node, const Pad& pad)
    {
        const auto& in = inputOf(node);
        const bool padsChannels = std::ranges::any_of(in.dimensions, [&](auto dimension) {
            const auto i = static_cast<std::size_t>(dimension);
            return pad.before[i] > 0 || pad.after[i] > 0;
        });
        if (!padsChannels)
            return in;
        if (in.dimensions.size() > 1) {
            freeze(in, Frozen::Mixed);
            return {};
        }
        const auto dimension = static_cast<std::size_t>(in.dimensions.front());
        ElementLayout result{in.dimensions, {}};
        for (std::int64_t i = 0; i < pad.before[dimension]; ++i)
            result.elements.push_back(make());
        result.elements.insert(result.elements.end(), in.elements.begin(), in.elements.end());
        for (std::int64_t i = 0; i < pad.after[dimension]; ++i)
            result.elements.push_back(make());
        return result;
    }

    ElementLayout sliced(const Node& node, const Slice& slice)
    {
        const auto& in = inputOf(node);
        if (!in.has(slice.dimension))
            return in;
        if (slice.step != 1)
            freeze(in, Frozen::Strided);
        const auto axis = static_cast<std::size_t>(std::ranges::find(in.dimensions, slice.dimension)
                                                   - in.dimensions.begin());
        const Positions all(inputNode(node).shape, in.dimensions);
        ElementLayout result{in.dimensions, {}};
        for (std::int64_t i = 0; i < all.count(); ++i) {
            const auto at = all.at(i)[axis];
            if (at >= slice.start && at < slice.stop && (at - slice.start) % slice.step == 0)
                result.elements.push_back(in.elements[static_cast<std::size_t>(i)]);
        }
        return result;
    }

    /// A grid stays a grid when each set in it is made of whole rows along one dimension. Sets that
    /// are not are joined over all dimensions but the last: a channel shuffle loses the same
    /// position of every group.
    void keepGridsRectangular()
    {
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& grid : m_grids) {
                if (isRectangular(grid))
                    continue;
                joinOverAllButLast(grid);
                changed = true;
            }
        }
    }

    bool isRectangular(const Grid& grid)
    {
        std::map<std::int64_t, std::vector<std::int64_t>> positionsOf; // by set
        for (std::size_t i = 0; i < grid.elements.size(); ++i)
            positionsOf[m_sets.root(grid.elements[i])].push_back(static_cast<std::int64_t>(i));
        Shape extents = grid.extents;
        std::vector<std::int64_t> all(extents.size());
        std::iota(all.begin(), all.end(), 0);
        const Positions positions(extents, all);
        return std::ranges::all_of(positionsOf, [&](const auto& set) {
            for (std::size_t axis = 0; axis < extents.size(); ++axis) {
                std::set<std::int64_t> rows;
                for (const auto position : set.second)
                    rows.insert(positions.at(position)[axis]);
                const auto full =
                    static_cast<std::int64_t>(rows.size()) * positions.count() / extents[axis];
                if (full == static_cast<std::int64_t>(set.second.size()))
                    return true;
            }
            return false;
        });
    }

    void joinOverAllButLast(const Grid& grid)
    {
        const auto last = static_cast<std::size_t>(grid.extents.back());
        for (std::size_t i = last; i < grid.elements.size(); ++i)
            m_sets.join(grid.elements[i], grid.elements[i % last]);
    }

    const Graph& m_graph;
    DisjointSets m_sets;
    std::vector<Frozen> m_frozen; ///< by element
    std::vector<ElementLayout> m_layouts;
    std::vector<Grid> m_grids;
};

} // namespace

bool isDepthwise(const Operation& operation)
{
    const auto* conv = std::get_if<Conv2d>(&operation);
    return conv && conv->groups > 1 && conv->groups == conv->inChannels;
}

ChannelUnits findChannelUnits(const Graph& graph)
{
    return ChannelWalk(graph).result();
}

} // namespace espalier
