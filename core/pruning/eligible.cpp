#include <algorithm>
#include <limits>

#include "base/core_text.h"
#include "pruning/contest.h"
#include "pruning/filter_pool_p.h"

namespace espalier {

namespace {

class Locks {
public:
    Locks(const Graph& graph, const Structures& structures, const std::vector<std::string>& names)
        : m_graph(graph)
        , m_structures(structures)
        , m_names(names)
    {
    }

    /// A layer stays when it is locked, and when it holds a locked convolution.
    bool holds(const Layer& layer) const { return isLocked(layer.name) || anyLocked(layer.nodes); }

    /// A group stays when it is locked, when one of its producers is, and when one of these lies in
    /// a locked layer.
    bool holds(const FilterGroup& group) const
    {
        if (isLocked(group.name) || anyLocked(group.producers))
            return true;
        return std::ranges::any_of(m_structures.layers, [&](const Layer& layer) {
            return isLocked(layer.name)
                && std::ranges::any_of(group.producers, [&](NodeId producer) {
                       return std::ranges::find(layer.nodes, producer) != layer.nodes.end();
                   });
        });
    }

private:
    bool isLocked(const std::string& name) const
    {
        return std::ranges::find(m_names, name) != m_names.end();
    }

    bool anyLocked(const std::vector<NodeId>& nodes) const
    {
        return std::ranges::any_of(nodes,
                                   [&](NodeId id) { return isLocked(m_graph.node(id).name); });
    }

    const Graph& m_graph;
    const Structures& m_structures;
    const std::vector<std::string>& m_names;
};

bool floorAllows(const Structures& structures, const Layer& layer, const PruningSettings& settings)
{
    if (settings.keepFirstBlockOfStage && layer.blockInStage == 0)
        return false;
    const auto inStage = std::ranges::count(structures.blocks, layer.stage, &Block::stage);
    return inStage - 1 >= settings.minBlocksPerStage;
}

} // namespace

Status checkLocks(const Graph& graph, const Structures& structures, const Removal& removal,
                  const std::vector<std::string>& locked)
{
    const Locks locks(graph, structures, locked);
    const auto refused = [](const std::string& name) {
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("'{1}' is locked, or part of it is; unlock it first.", name));
    };
    for (const auto& name : removal.layers) {
        const auto* layer = structures.layer(name);
        if (!layer)
            return fail(ErrorCode::NotFound,
                        CoreText::tr("The network has no removable layer '{1}'.", name));
        if (locks.holds(*layer))
            return refused(name);
    }
    for (const auto& [name, channels] : removal.filters) {
        const auto* group = structures.filterGroup(name);
        if (!group)
            return fail(ErrorCode::NotFound,
                        CoreText::tr("The network has no filter group '{1}'.", name));
        if (locks.holds(*group))
            return refused(name);
    }
    return {};
}

bool ruleAllows(const Structures& structures, const FilterGroup& group, FilterRule rule)
{
    return rule == FilterRule::All || !structures.isResidual || group.firstOfBlock;
}

Eligible eligibleParts(const Graph& graph, const Structures& structures,
                       const PruningSettings& settings)
{
    const Locks locks(graph, structures, settings.locked);
    Eligible eligible;
    for (const auto& layer : structures.layers) {
        if (floorAllows(structures, layer, settings) && !locks.holds(layer))
            eligible.layers.push_back(layer.name);
    }
    for (const auto& group : structures.filters) {
        if (!ruleAllows(structures, group, settings.filterRule))
            continue;
        const FilterPool pool(graph, structures, {group.name}, {}, settings.minFilters);
        const bool canShrink = pool.next(0, std::numeric_limits<std::int64_t>::max()) != nullptr;
        if (canShrink && !locks.holds(group))
            eligible.filterGroups.push_back(group.name);
    }
    return eligible;
}

} // namespace espalier
