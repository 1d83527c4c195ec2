#include "pruning/filter_budget_p.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/core_text.h"
#include "criteria/random_p.h"
#include "pruning/contest.h"
#include "pruning/filter_pool_p.h"
#include "surgery/surgery.h"

namespace espalier {

namespace {

constexpr auto anyCount = std::numeric_limits<std::int64_t>::max();

std::int64_t total(const Graph& graph, Budget unit)
{
    switch (unit) {
    case Budget::Filters:
        return filterCount(graph);
    case Budget::Macs:
        return graph.macs();
    case Budget::Params:
        return graph.params();
    }
    return 0;
}

/// Halves go to the even number, as Python rounds in the authors' code.
std::int64_t rounded(double value)
{
    return static_cast<std::int64_t>(std::nearbyint(value));
}

void takeShareOfEach(FilterPool& pool, double fraction, std::int64_t atMost)
{
    for (std::size_t group = 0; group < pool.groupCount(); ++group) {
        auto units = rounded(fraction * static_cast<double>(pool.unitCount(group)));
        for (; units > 0; --units) {
            const auto* unit = pool.next(group, atMost - pool.filtersTaken());
            if (!unit)
                break;
            pool.take(*unit);
        }
    }
}

void takeSinglesAtRandom(FilterPool& pool, std::int64_t atMost, std::uint64_t seed)
{
    SeededDraws draws(seed);
    while (pool.filtersTaken() < atMost) {
        std::vector<const FilterUnit*> possible;
        for (std::size_t group = 0; group < pool.groupCount(); ++group) {
            if (const auto* unit = pool.next(group, atMost - pool.filtersTaken()))
                possible.push_back(unit);
        }
        if (possible.empty())
            return;
        pool.take(*possible[draws.below(possible.size())]);
    }
}

/// The first `count` units of a ranking that the floors allow, taken from an untouched pool.
Removal firstOfRanking(FilterPool pool, std::size_t count)
{
    for (const auto* unit : pool.ranked()) {
        if (count == 0)
            break;
        if (pool.canTake(*unit)) {
            pool.take(*unit);
            --count;
        }
    }
    return pool.removal();
}

/// The shortest prefix of the ranking that saves the budget; all that can go when none does.
Result<Removal> lowestThatSave(const Graph& graph, const Structures& structures,
                               const FilterPool& pool, const FilterBudget& budget)
{
    std::size_t low = 0;
    std::size_t high = pool.ranked().size();
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto removal = firstOfRanking(pool, middle);
        const auto pruned = prunedGraph(graph, structures, removal);
        if (!pruned)
            return fail(pruned.error());
        if (budget.whole - total(*pruned, budget.unit) >= budget.amount)
            high = middle;
        else
            low = middle + 1;
    }
    return firstOfRanking(pool, low);
}

} // namespace

FilterBudget FilterBudget::savedBy(const Graph& graph, const Graph& target, Budget unit)
{
    const auto whole = total(graph, unit);
    return {.unit = unit, .amount = whole - total(target, unit), .whole = whole};
}

FilterBudget FilterBudget::share(const Graph& graph, double fraction, Budget unit)
{
    const auto whole = total(graph, unit);
    const auto amount = rounded(fraction * static_cast<double>(whole));
    return {.unit = unit, .amount = std::max<std::int64_t>(amount, 1), .whole = whole};
}

Result<Removal> chooseFiltersWithin(const Graph& graph, const Structures& structures,
                                    const std::vector<std::string>& groups, const Scores& scores,
                                    std::int64_t minFilters, const FilterBudget& budget,
                                    std::uint64_t seed)
{
    for (const auto& name : groups) {
        if (!structures.filterGroup(name))
            return fail(ErrorCode::NotFound,
                        CoreText::tr("There is no group of filters '{1}'.", name));
        if (!scores.filters.contains(name))
            return fail(ErrorCode::NotFound,
                        CoreText::tr("The filters of '{1}' have no scores.", name));
    }
    FilterPool pool(graph, structures, groups, scores, minFilters);
    if (budget.unit != Budget::Filters)
        return lowestThatSave(graph, structures, pool, budget);
    const double fraction = static_cast<double>(budget.amount) / static_cast<double>(budget.whole);
    takeShareOfEach(pool, fraction, budget.amount);
    takeSinglesAtRandom(pool, budget.amount, seed);
    return pool.removal();
}

Removal lowestOfEach(const Graph& graph, const Structures& structures,
                     const std::vector<std::string>& groups, const Scores& scores, double fraction,
                     std::int64_t minFilters)
{
    FilterPool pool(graph, structures, groups, scores, minFilters);
    takeShareOfEach(pool, fraction, anyCount);
    return pool.removal();
}

Result<Removal> chooseFilters(const Graph& graph, const Structures& structures,
                              const std::vector<std::string>& groups, const Scores& scores,
                              const PruningSettings& settings, const Graph& target,
                              std::uint64_t seed)
{
    const auto budget = FilterBudget::savedBy(graph, target, settings.budget);
    return chooseFiltersWithin(graph, structures, groups, scores, settings.minFilters, budget,
                               seed);
}

} // namespace espalier
