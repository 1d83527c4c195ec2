#include "plots/history_path.h"

#include <algorithm>
#include <set>

namespace espalier::ui {

namespace {

const Iteration* find(const std::vector<Iteration>& history, IterationId id)
{
    const auto found = std::ranges::find(history, id, &Iteration::id);
    return found == history.end() ? nullptr : &*found;
}

} // namespace

std::vector<const Iteration*> pathTo(const std::vector<Iteration>& history, IterationId leaf)
{
    std::vector<const Iteration*> path;
    for (const auto* at = find(history, leaf); at && path.size() <= history.size();
         at = at->parent ? find(history, *at->parent) : nullptr)
        path.insert(path.begin(), at);
    return path;
}

std::vector<IterationId> leavesOf(const std::vector<Iteration>& history)
{
    std::set<IterationId> parents;
    for (const auto& iteration : history) {
        if (iteration.parent)
            parents.insert(*iteration.parent);
    }
    std::vector<IterationId> found;
    for (const auto& iteration : history) {
        if (!parents.contains(iteration.id))
            found.push_back(iteration.id);
    }
    return found;
}

} // namespace espalier::ui
