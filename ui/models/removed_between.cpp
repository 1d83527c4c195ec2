#include "models/removed_between.h"

#include <algorithm>
#include <map>

namespace espalier::ui {

namespace {

/// The removals from the ancestor on, in order; nothing when there is no way.
std::vector<const Removal*> removalsBetween(const std::vector<Iteration>& history,
                                            IterationId ancestor, IterationId descendant)
{
    std::vector<const Removal*> removals;
    auto id = descendant;
    while (id != ancestor) {
        const auto found = std::ranges::find(history, id, &Iteration::id);
        if (found == history.end() || !found->parent || !found->chosen())
            return {};
        removals.push_back(&found->chosen()->removal);
        id = *found->parent;
    }
    std::ranges::reverse(removals);
    return removals;
}

/// Channels between two units of a group; 0 where they differ from unit to unit.
std::int64_t unitWidth(const FilterGroup& group)
{
    const auto& channels = group.channels;
    const std::int64_t width = channels.size() > 1 ? channels[1] - channels[0] : 1;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        if (channels[i] != static_cast<std::int64_t>(i) * width)
            return 0;
    }
    return width;
}

} // namespace

Removal removedBetween(const std::vector<Iteration>& history, IterationId ancestor,
                       IterationId descendant, const Structures& structures)
{
    Removal removed;
    std::map<std::string, std::vector<std::int64_t>> survivors; // channels units begin at
    for (const auto* step : removalsBetween(history, ancestor, descendant)) {
        removed.layers.insert(removed.layers.end(), step->layers.begin(), step->layers.end());
        for (const auto& [name, begins] : step->filters) {
            const auto* group = structures.filterGroup(name);
            const auto width = group ? unitWidth(*group) : 0;
            if (width == 0)
                continue; // a group that cannot be followed is not marked
            auto& left = survivors.try_emplace(name, group->channels).first->second;
            // From the last to the first, so that what is left keeps its place meanwhile.
            for (auto begin = begins.rbegin(); begin != begins.rend(); ++begin) {
                const auto unit = *begin / width;
                if (unit >= std::ssize(left))
                    continue;
                removed.filters[name].push_back(left[static_cast<std::size_t>(unit)]);
                left.erase(left.begin() + unit);
            }
        }
    }
    for (auto& filters : removed.filters)
        std::ranges::sort(filters.second);
    return removed;
}

} // namespace espalier::ui
