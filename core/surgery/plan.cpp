#include "surgery/plan.h"

#include <algorithm>

#include "base/overloaded.h"
#include "structures/channels.h"

namespace espalier {

namespace {

class Planner {
public:
    Planner(const Graph& graph, const Structures& structures, const std::set<UnitId>& removed)
        : m_graph(graph)
        , m_standIn(graph.nodes().size())
        , m_kept(graph.nodes().size())
    {
        for (const auto& node : graph.nodes()) {
            m_standIn[node.id.index()] = node.id;
            const auto& units = structures.channelUnits[node.id.index()];
            for (std::size_t i = 0; i < units.size(); ++i) {
                if (!removed.contains(units[i]))
                    m_kept[node.id.index()].push_back(static_cast<std::int64_t>(i));
            }
        }
    }

    void bypass(const Layer& layer) { m_standIn[layer.add.index()] = layer.entry; }

    /// A ReLU behind a bypassed Add repeats the one before it.
    void dropRepeatedRelus()
    {
        for (const auto& node : m_graph.nodes()) {
            if (!std::holds_alternative<Relu>(node.operation))
                continue;
            const auto before = resolve(node.inputs[0]);
            if (before != node.inputs[0]
                && std::holds_alternative<Relu>(m_graph.node(before).operation))
                m_standIn[node.id.index()] = before;
        }
    }

    Result<SurgeryPlan> plan() &&
    {
        const auto live = liveNodes();
        std::vector<NodeId> newIds(m_graph.nodes().size());
        std::vector<NodeSpec> specs;
        std::vector<NodeId> source;
        for (const auto& node : m_graph.nodes()) {
            if (!live[node.id.index()])
                continue;
            if (kept(node.id).empty())
                return fail(ErrorCode::InvalidArgument,
                            "Removing every channel of '" + node.name
                                + "' would leave nothing; keep at least one.");
            newIds[node.id.index()] = NodeId(static_cast<std::int64_t>(specs.size()));
            NodeSpec spec{node.name, adapted(node), {}};
            for (const auto input : node.inputs)
                spec.inputs.push_back(newIds[resolve(input).index()]);
            specs.push_back(std::move(spec));
            source.push_back(node.id);
        }
        auto graph = Graph::build(std::move(specs), m_graph.inputShape());
        if (!graph)
            return fail(graph.error());
        return SurgeryPlan{std::move(*graph), std::move(source), std::move(m_kept)};
    }

private:
    /// The node whose value stands for `id`'s after the bypasses.
    NodeId resolve(NodeId id) const
    {
        while (m_standIn[id.index()] != id)
            id = m_standIn[id.index()];
        return id;
    }

    std::vector<bool> liveNodes() const
    {
        std::vector<bool> live(m_graph.nodes().size(), false);
        live[0] = true;
        live[resolve(m_graph.output()).index()] = true;
        for (std::size_t i = live.size(); i-- > 0;) {
            if (!live[i])
                continue;
            for (const auto input : m_graph.nodes()[i].inputs)
                live[resolve(input).index()] = true;
        }
        return live;
    }

    const std::vector<std::int64_t>& kept(NodeId id) const { return m_kept[id.index()]; }

    std::int64_t keptCount(NodeId id) const { return static_cast<std::int64_t>(kept(id).size()); }

    /// How many of the input's kept channels lie in [begin, end).
    std::int64_t keptBetween(NodeId id, std::int64_t begin, std::int64_t end) const
    {
        return std::ranges::count_if(
            kept(id), [&](auto channel) { return channel >= begin && channel < end; });
    }

    Operation adapted(const Node& node) const
    {
        return std::visit(
            Overloaded{
                [&](Conv2d conv) -> Operation {
                    const auto in = keptCount(node.inputs[0]);
                    if (isDepthwise(conv))
                        conv.groups = in;
                    conv.inChannels = in;
                    conv.outChannels = keptCount(node.id);
                    return conv;
                },
                [&](BatchNorm2d norm) -> Operation {
                    norm.channels = keptCount(node.id);
                    return norm;
                },
                [&](Linear linear) -> Operation {
                    linear.inFeatures = keptCount(node.inputs[0]);
                    linear.outFeatures = keptCount(node.id);
                    return linear;
                },
                [&](Pad pad) -> Operation {
                    const auto total = node.shape[0];
                    const auto behind = total - pad.after[0];
                    pad.before[0] = keptBetween(node.id, 0, pad.before[0]);
                    pad.after[0] = keptBetween(node.id, behind, total);
                    return pad;
                },
                [&](Slice slice) -> Operation {
                    if (slice.dimension == 0 && slice.step == 1) {
                        const auto start = keptBetween(node.inputs[0], 0, slice.start);
                        slice.stop = start + keptBetween(node.inputs[0], slice.start, slice.stop);
                        slice.start = start;
                    }
                    return slice;
                },
                [](const auto& other) -> Operation { return other; },
            },
            node.operation);
    }

    const Graph& m_graph;
    std::vector<NodeId> m_standIn;
    std::vector<std::vector<std::int64_t>> m_kept;
};

} // namespace

Result<SurgeryPlan> planSurgery(const Graph& graph, const Structures& structures,
                                const Removal& removal)
{
    const auto units = removedUnits(structures, removal);
    if (!units)
        return fail(units.error());
    const auto layers = removedLayers(structures, removal);
    if (!layers)
        return fail(layers.error());
    Planner planner(graph, structures, *units);
    for (const auto* layer : *layers)
        planner.bypass(*layer);
    planner.dropRepeatedRelus();
    return std::move(planner).plan();
}

} // namespace espalier
