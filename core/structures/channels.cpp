#include "structures/channels.h"

#include <numeric>

#include "base/overloaded.h"

namespace espalier {

namespace {

/// Union-find with path halving.
class DisjointSets {
public:
    std::int64_t make()
    {
        m_parent.push_back(static_cast<std::int64_t>(m_parent.size()));
        return m_parent.back();
    }

    std::int64_t root(std::int64_t element)
    {
        while (parent(element) != element) {
            parent(element) = parent(parent(element));
            element = parent(element);
        }
        return element;
    }

    void join(std::int64_t a, std::int64_t b)
    {
        a = root(a);
        b = root(b);
        parent(std::max(a, b)) = std::min(a, b);
    }

    std::size_t size() const { return m_parent.size(); }

private:
    std::int64_t& parent(std::int64_t element)
    {
        return m_parent[static_cast<std::size_t>(element)];
    }

    std::vector<std::int64_t> m_parent;
};

using Elements = std::vector<std::int64_t>; // one per channel

/// Walks the graph once and says for every channel which set it is in.
class ChannelWalk {
public:
    explicit ChannelWalk(const Graph& graph)
        : m_graph(graph)
        , m_channels(graph.nodes().size())
    {
        for (const auto& node : graph.nodes())
            m_channels[node.id.index()] = visit(node);
    }

    ChannelUnits result()
    {
        ChannelUnits units;
        units.isInput.resize(m_sets.size());
        units.isOutput.resize(m_sets.size());
        units.isStrided.resize(m_sets.size());
        for (const auto& channels : m_channels) {
            auto& row = units.ofNode.emplace_back();
            for (const auto element : channels)
                row.push_back(UnitId(m_sets.root(element)));
        }
        for (const auto unit : units.ofNode[m_graph.input().index()])
            units.isInput[unit.index()] = true;
        for (const auto unit : units.ofNode[m_graph.output().index()])
            units.isOutput[unit.index()] = true;
        for (const auto element : m_strided)
            units.isStrided[static_cast<std::size_t>(m_sets.root(element))] = true;
        return units;
    }

private:
    Elements fresh(std::int64_t count)
    {
        Elements elements;
        for (std::int64_t i = 0; i < count; ++i)
            elements.push_back(m_sets.make());
        return elements;
    }

    const Elements& inputOf(const Node& node, std::size_t i = 0) const
    {
        return m_channels[node.inputs[i].index()];
    }

    Elements visit(const Node& node)
    {
        return std::visit(Overloaded{
                              [&](const Input&) { return fresh(node.shape.front()); },
                              [&](const Conv2d& conv) { return convolution(conv, inputOf(node)); },
                              [&](const Linear& linear) { return fresh(linear.outFeatures); },
                              [&](const Add&) {
                                  const auto& a = inputOf(node, 0);
                                  const auto& b = inputOf(node, 1);
                                  for (std::size_t i = 0; i < a.size(); ++i)
                                      m_sets.join(a[i], b[i]);
                                  return a;
                              },
                              [&](const Pad& pad) {
                                  auto channels = fresh(pad.before[0]);
                                  const auto& in = inputOf(node);
                                  channels.insert(channels.end(), in.begin(), in.end());
                                  const auto after = fresh(pad.after[0]);
                                  channels.insert(channels.end(), after.begin(), after.end());
                                  return channels;
                              },
                              [&](const Slice& slice) { return sliced(slice, inputOf(node)); },
                              [&](const Flatten&) { return flattened(node); },
                              [&](const auto&) { return inputOf(node); },
                          },
                          node.operation);
    }

    Elements convolution(const Conv2d& conv, const Elements& in)
    {
        auto out = fresh(conv.outChannels);
        if (conv.groups == 1)
            return out;
        const auto inPerGroup = static_cast<std::size_t>(conv.inChannels / conv.groups);
        const auto outPerGroup = static_cast<std::size_t>(conv.outChannels / conv.groups);
        if (isDepthwise(conv)) {
            for (std::size_t i = 0; i < out.size(); ++i)
                m_sets.join(out[i], in[i / outPerGroup]);
            return out;
        }
        // Groups stay equally large when the same position goes from each.
        for (std::size_t i = outPerGroup; i < out.size(); ++i)
            m_sets.join(out[i], out[i % outPerGroup]);
        for (std::size_t i = inPerGroup; i < in.size(); ++i)
            m_sets.join(in[i], in[i % inPerGroup]);
        return out;
    }

    Elements sliced(const Slice& slice, const Elements& in)
    {
        if (slice.dimension != 0)
            return in;
        if (slice.step != 1)
            m_strided.insert(m_strided.end(), in.begin(), in.end());
        Elements out;
        for (auto i = slice.start; i < slice.stop; i += slice.step)
            out.push_back(in[static_cast<std::size_t>(i)]);
        return out;
    }

    Elements flattened(const Node& node)
    {
        const auto& shape = m_graph.node(node.inputs[0]).shape;
        const auto positions =
            std::accumulate(shape.begin() + 1, shape.end(), std::int64_t{1}, std::multiplies<>{});
        Elements out;
        for (const auto element : inputOf(node))
            out.insert(out.end(), static_cast<std::size_t>(positions), element);
        return out;
    }

    const Graph& m_graph;
    DisjointSets m_sets;
    std::vector<Elements> m_channels;
    Elements m_strided;
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
