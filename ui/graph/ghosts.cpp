#include "graph/ghosts.h"

#include <algorithm>

namespace espalier::ui {

namespace {

/// Follows channels through the cuts: removals name them by their numbers in the network they were
/// cut from.
class GhostFinder {
public:
    explicit GhostFinder(Ghosts& ghosts)
        : m_ghosts(ghosts)
        , m_graph(*ghosts.ancestor.graph)
        , m_structures(*ghosts.ancestor.structures)
    {
    }

    void take(const Removal& removal, IterationId iteration)
    {
        for (const auto& name : removal.layers) {
            if (const auto* layer = m_structures.layer(name)) {
                for (const auto node : layer->nodes)
                    m_ghosts.nodes.try_emplace(node, iteration);
            }
        }
        std::vector<UnitId> gone;
        for (const auto& [name, channels] : removal.filters) {
            const auto units = remaining(name);
            for (const auto channel : channels) {
                if (channel >= 0 && static_cast<std::size_t>(channel) < units.size())
                    gone.push_back(units[static_cast<std::size_t>(channel)]);
            }
        }
        for (const auto unit : gone)
            m_ghosts.units.try_emplace(unit, iteration);
    }

private:
    /// The units of the channels that the group's first convolution still has.
    std::vector<UnitId> remaining(const std::string& group) const
    {
        // of two groups that share their first convolution the second is "name[12...]"
        const auto node = m_graph.find(group.substr(0, group.find('[')));
        if (!node)
            return {};
        auto units = m_structures.channels[node->index()].units;
        std::erase_if(units, [&](UnitId unit) { return m_ghosts.units.contains(unit); });
        return units;
    }

    Ghosts& m_ghosts;
    const Graph& m_graph;
    const Structures& m_structures;
};

} // namespace

std::vector<bool> Ghosts::present(NodeId ancestorNode) const
{
    const auto now = shown[ancestorNode.index()];
    std::vector<bool> present;
    for (const auto unit : cells.of(ancestorNode))
        present.push_back(now.isValid() && !units.contains(unit));
    return present;
}

std::vector<const Iteration*> lineOf(std::span<const Iteration> history, IterationId id)
{
    std::vector<const Iteration*> line;
    for (std::optional<IterationId> next = id; next && line.size() <= history.size();) {
        const auto found = std::ranges::find(history, *next, &Iteration::id);
        if (found == history.end())
            return {};
        line.push_back(&*found);
        next = found->parent;
    }
    std::ranges::reverse(line);
    return line;
}

std::shared_ptr<const Ghosts> ghostsBetween(const GraphOnBench& ancestor,
                                            std::span<const Iteration* const> steps,
                                            const GraphOnBench& now)
{
    auto ghosts = std::make_shared<Ghosts>();
    ghosts->ancestor = ancestor;
    ghosts->cells = CellMap(*ancestor.graph, *ancestor.structures);
    ghosts->shown.resize(ancestor.graph->nodes().size());
    for (const auto& node : now.graph->nodes()) {
        const auto before = ancestor.graph->find(node.name);
        if (!before)
            return nullptr;
        ghosts->shown[before->index()] = node.id;
    }
    GhostFinder finder(*ghosts);
    for (const auto* step : steps) {
        if (const auto* chosen = step->chosen())
            finder.take(chosen->removal, step->id);
    }
    return ghosts;
}

} // namespace espalier::ui
