#include "models/history_lanes.h"

#include <algorithm>
#include <map>
#include <optional>

namespace espalier::ui {

namespace {

/// The iterations of one lane, first to last: each the first that was made of the one before it.
struct Branch {
    std::optional<std::size_t> origin; ///< row it leaves; nothing for the dense network
    std::size_t first = 0;
    std::size_t last = 0;
    int lane = 0;

    std::size_t begin() const { return origin.value_or(first); }
};

using Rows = std::vector<std::optional<std::size_t>>;

/// By row: the row of the parent, which always lies above.
Rows parentRows(const std::vector<Iteration>& history)
{
    std::map<IterationId, std::size_t> rowOf;
    Rows parents;
    for (std::size_t row = 0; row < history.size(); ++row) {
        const auto& parent = history[row].parent;
        const auto found = parent ? rowOf.find(*parent) : rowOf.end();
        parents.push_back(found == rowOf.end() ? std::nullopt : std::optional(found->second));
        rowOf.emplace(history[row].id, row);
    }
    return parents;
}

int freeLane(const std::vector<Branch>& branches, const Branch& wanted)
{
    for (int lane = 0;; ++lane) {
        const bool isFree = std::ranges::none_of(branches, [&](const auto& other) {
            // A branch may begin where another has ended, but not in the same row.
            return other.lane == lane && other.begin() <= wanted.last
                && wanted.begin() <= other.last;
        });
        if (isFree)
            return lane;
    }
}

/// By row: its lane.
std::vector<int> assignLanes(const Rows& parents)
{
    std::vector<Branch> branches;
    std::vector<std::size_t> branchOf(parents.size());
    std::vector<bool> hasChild(parents.size(), false);
    for (std::size_t row = 0; row < parents.size(); ++row) {
        const auto parent = parents[row];
        if (parent && !hasChild[*parent]) {
            branchOf[row] = branchOf[*parent];
            branches[branchOf[row]].last = row;
        } else {
            branchOf[row] = branches.size();
            branches.push_back({.origin = parent, .first = row, .last = row});
        }
        if (parent)
            hasChild[*parent] = true;
    }
    std::vector<Branch> placed;
    for (auto& branch : branches) {
        branch.lane = freeLane(placed, branch);
        placed.push_back(branch);
    }
    std::vector<int> lanes;
    for (const auto branch : branchOf)
        lanes.push_back(branches[branch].lane);
    return lanes;
}

} // namespace

std::vector<LaneRow> lanesOf(const std::vector<Iteration>& history, IterationId current)
{
    const auto parents = parentRows(history);
    const auto lanes = assignLanes(parents);
    std::vector<LaneRow> rows(history.size());
    for (std::size_t row = history.size(); row-- > 0;) {
        rows[row].lane = lanes[row];
        rows[row].leadsToCurrent = rows[row].leadsToCurrent || history[row].id == current;
        if (parents[row] && rows[row].leadsToCurrent)
            rows[*parents[row]].leadsToCurrent = true;
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto parent = parents[row];
        if (!parent)
            continue;
        const int lane = lanes[row];
        const bool leads = rows[row].leadsToCurrent;
        rows[*parent].lines.push_back({lanes[*parent], 0.5, lane, 1.0, leads});
        for (auto between = *parent + 1; between < row; ++between)
            rows[between].lines.push_back({lane, 0.0, lane, 1.0, leads});
        rows[row].lines.push_back({lane, 0.0, lane, 0.5, leads});
    }
    return rows;
}

} // namespace espalier::ui
