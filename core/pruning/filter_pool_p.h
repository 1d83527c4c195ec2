#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "criteria/criterion.h"
#include "structures/removal.h"

namespace espalier {

using UnitChannels = std::map<NodeId, std::int64_t>; // node -> how many of its channels

/// One unit of a group, and what it takes.
struct FilterUnit {
    std::size_t group = 0; ///< index into the pool's groups
    std::int64_t channel = 0; ///< of the group's first convolution
    double score = 0.0;
    UnitChannels filters; ///< of producers
    UnitChannels others; ///< of members that only pass them on
    std::int64_t filterCount() const;
};

/// The filters of some groups, taken one unit at a time, lowest scores first within a group, while
/// every convolution and linear layer keeps its floor, and every slice of one a channel.
class FilterPool {
public:
    /// `scores` may be empty: then units stand in the order of their channels. Groups whose names
    /// the structures lack are left out.
    FilterPool(const Graph& graph, const Structures& structures,
               const std::vector<std::string>& groups, const Scores& scores,
               std::int64_t minFilters);

    std::size_t groupCount() const { return m_units.size(); }
    std::int64_t unitCount(std::size_t group) const;
    /// The group's lowest-scored unit that is left and whose removal the floors allow; null when
    /// there is none. `atMost`: it takes no more filters than that.
    const FilterUnit* next(std::size_t group, std::int64_t atMost) const;
    void take(const FilterUnit& unit);
    std::int64_t filtersTaken() const { return m_taken; }
    const Removal& removal() const { return m_removal; }

    /// Every unit of every group, lowest scores first; equal scores in topological order.
    std::vector<const FilterUnit*> ranked() const;
    bool canTake(const FilterUnit& unit) const;

private:
    bool isTaken(const FilterUnit& unit) const;

    std::vector<std::string> m_names;
    std::vector<std::vector<FilterUnit>> m_units; ///< per group, lowest scores first
    std::map<NodeId, std::int64_t> m_left; ///< channels of each member
    std::int64_t m_minFilters;
    std::int64_t m_taken = 0;
    Removal m_removal;
};

/// Output channels of all convolutions, which the paper counts as the filters of a network, and of
/// all linear layers but the classifier.
std::int64_t filterCount(const Graph& graph);

} // namespace espalier
