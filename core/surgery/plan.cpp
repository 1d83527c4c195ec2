#include "surgery/plan.h"

#include <algorithm>
#include <set>

#include "base/core_text.h"
#include "base/overloaded.h"
#include "network/shapes.h"
#include "structures/channels.h"

namespace espalier {

namespace {

using Kept = std::vector<std::vector<std::int64_t>>; // by dimension

bool isIdempotent(const Activation& activation)
{
    return activation.kind == ActivationKind::Relu || activation.kind == ActivationKind::Clamp;
}

Shape extents(const Kept& kept)
{
    Shape shape;
    for (const auto& positions : kept)
        shape.push_back(static_cast<std::int64_t>(positions.size()));
    return shape;
}

/// How many of the positions lie in [begin, end).
std::int64_t countBetween(const std::vector<std::int64_t>& positions, std::int64_t begin,
                          std::int64_t end)
{
    return std::ranges::count_if(
        positions, [&](auto position) { return position >= begin && position < end; });
}

/// Each part of the split that loses positions shrinks to those that are left.
Rearrange adaptedRearrange(const Rearrange& whole, const Shape& in, const Kept& kept)
{
    const auto owners = partition(whole.split, in);
    Rearrange result = whole;
    for (std::size_t part = 0; part < owners.size(); ++part) {
        std::int64_t inner = 1; // positions of the dimension for one step of this part
        for (auto next = part + 1; next < owners.size() && owners[next] == owners[part]; ++next)
            inner *= whole.split[next];
        std::set<std::int64_t> left;
        for (const auto position : kept[owners[part]])
            left.insert(position / inner % whole.split[part]);
        result.split[part] = static_cast<std::int64_t>(left.size());
    }
    Shape permuted;
    for (const auto part : whole.order)
        permuted.push_back(whole.split[static_cast<std::size_t>(part)]);
    const auto merged = partition(permuted, whole.merged);
    result.merged.assign(whole.merged.size(), 1);
    for (std::size_t i = 0; i < permuted.size(); ++i)
        result.merged[merged[i]] *= result.split[static_cast<std::size_t>(whole.order[i])];
    return result;
}

class Planner {
public:
    Planner(const Graph& graph, const Structures& structures, const std::set<UnitId>& removed)
        : m_graph(graph)
        , m_standIn(graph.nodes().size())
        , m_kept(graph.nodes().size())
    {
        for (const auto& node : graph.nodes()) {
            m_standIn[node.id.index()] = node.id;
            m_kept[node.id.index()] =
                keptPositions(node, structures.channels[node.id.index()], removed);
        }
    }

    void bypass(const Layer& layer) { m_standIn[layer.exit.index()] = layer.entry; }

    /// A ReLU behind a bypassed Add repeats the one before it.
    void dropRepeatedActivations()
    {
        for (const auto& node : m_graph.nodes()) {
            const auto* activation = std::get_if<Activation>(&node.operation);
            if (!activation || !isIdempotent(*activation))
                continue;
            const auto before = resolve(node.inputs[0]);
            if (before != node.inputs[0] && m_graph.node(before).operation == node.operation)
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
            if (std::ranges::any_of(kept(node.id), &std::vector<std::int64_t>::empty))
                return fail(
                    ErrorCode::InvalidArgument,
                    CoreText::tr(
                        "Removing every channel of '{1}' would leave nothing; keep at least one.",
                        node.name));
            newIds[node.id.index()] = NodeId(static_cast<std::int64_t>(specs.size()));
            NodeSpec spec{node.name, adapted(node), {}};
            for (const auto input : node.inputs) {
                if (kept(resolve(input)) != kept(input))
                    return fail(
                        ErrorCode::InvalidArgument,
                        CoreText::tr("'{1}' cannot lose a layer before it and channels around that "
                                     "layer at once; remove one after the other.",
                                     node.name));
                spec.inputs.push_back(newIds[resolve(input).index()]);
            }
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

    const Kept& kept(NodeId id) const { return m_kept[id.index()]; }

    Operation adapted(const Node& node) const
    {
        const auto out = extents(kept(node.id));
        const auto in = [&] { return extents(kept(node.inputs[0])); };
        return std::visit(
            Overloaded{
                [&](Conv2d conv) -> Operation {
                    conv.inChannels = in().front();
                    if (isDepthwise(node.operation))
                        conv.groups = conv.inChannels;
                    conv.outChannels = out.front();
                    return conv;
                },
                [&](BatchNorm2d norm) -> Operation {
                    norm.channels = out.front();
                    return norm;
                },
                [&](GroupNorm norm) -> Operation {
                    if (norm.groups == norm.channels)
                        norm.groups = out.front();
                    norm.channels = out.front();
                    return norm;
                },
                [&](LayerNorm norm) -> Operation {
                    norm.normalized.assign(
                        out.end() - static_cast<std::ptrdiff_t>(norm.normalized.size()), out.end());
                    return norm;
                },
                [&](Parameter parameter) -> Operation {
                    parameter.shape = out;
                    return parameter;
                },
                [&](Linear linear) -> Operation {
                    linear.inFeatures = in().back();
                    linear.outFeatures = out.back();
                    return linear;
                },
                [&](Pad pad) -> Operation {
                    for (std::size_t i = 0; i < out.size(); ++i) {
                        const auto& positions = kept(node.id)[i];
                        const auto total = node.shape[i];
                        const auto behind = total - pad.after[i];
                        pad.before[i] = countBetween(positions, 0, pad.before[i]);
                        pad.after[i] = countBetween(positions, behind, total);
                    }
                    return pad;
                },
                [&](Slice slice) -> Operation {
                    const auto& positions =
                        kept(node.inputs[0])[static_cast<std::size_t>(slice.dimension)];
                    if (slice.step == 1) {
                        const auto start = countBetween(positions, 0, slice.start);
                        slice.stop = start + countBetween(positions, slice.start, slice.stop);
                        slice.start = start;
                    }
                    return slice;
                },
                [&](const Rearrange& rearrange) -> Operation {
                    return adaptedRearrange(rearrange, m_graph.node(node.inputs[0]).shape,
                                            kept(node.inputs[0]));
                },
                [](const auto& other) -> Operation { return other; },
            },
            node.operation);
    }

    const Graph& m_graph;
    std::vector<NodeId> m_standIn;
    std::vector<Kept> m_kept;
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
    planner.dropRepeatedActivations();
    return std::move(planner).plan();
}

} // namespace espalier
