#pragma once

#include <string>
#include <vector>

#include "criteria/criterion.h"
#include "pruning/filter_budget_p.h"

namespace espalier::test {

/// The filters, heads and neurons of lowest L1 that come to `share` (0..1) of the network's MACs.
inline Result<Removal> cheapestUnits(const Network& network, const Structures& structures,
                                     double share)
{
    std::vector<std::string> groups;
    for (const auto& group : structures.filters)
        groups.push_back(group.name);
    const auto scores =
        scoreParts(network, structures, {.criterion = Criterion::L1, .filterGroups = groups}, {});
    if (!scores)
        return fail(scores.error());
    return chooseFiltersWithin(network.graph(), structures, groups, *scores, /*minFilters=*/1,
                               FilterBudget::share(network.graph(), share, Budget::Macs), 0);
}

} // namespace espalier::test
