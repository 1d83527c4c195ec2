#pragma once

#include "criteria/criterion.h"
#include "pruning/settings.h"
#include "structures/removal.h"

namespace espalier {

/// What a filter candidate is to take: so many filters, MACs or parameters.
struct FilterBudget {
    Budget unit = Budget::Filters;
    std::int64_t amount = 0; ///< > 0
    std::int64_t whole = 0; ///< the network's total of the same unit, > 0

    /// What `target` saves against `graph`.
    static FilterBudget savedBy(const Graph& graph, const Graph& target, Budget unit);
    /// A share of the network, at least 1.
    static FilterBudget share(const Graph& graph, double fraction, Budget unit);
};

/// chooseFilters() for any budget.
Result<Removal> chooseFiltersWithin(const Graph& graph, const Structures& structures,
                                    const std::vector<std::string>& groups, const Scores& scores,
                                    std::int64_t minFilters, const FilterBudget& budget,
                                    std::uint64_t seed);

/// round(fraction * n) units of each group, lowest scores first, as far as the floors allow.
Removal lowestOfEach(const Graph& graph, const Structures& structures,
                     const std::vector<std::string>& groups, const Scores& scores, double fraction,
                     std::int64_t minFilters);

} // namespace espalier
