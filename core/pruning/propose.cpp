#include <algorithm>
#include <optional>

#include "pruning/contest.h"
#include "pruning/filter_budget_p.h"
#include "pruning/unit_candidates_p.h"
#include "surgery/surgery.h"

namespace espalier {

namespace {

/// Where no layer can go (any more), there is none whose capacity the filters could equal; a step
/// then takes this share of what the network still has.
constexpr double shareWithoutLayer = 0.05;

struct Proposal {
    const Network& parent;
    const Structures& structures;
    const PruningSettings& settings;
    std::uint64_t seed = 0;

    const Graph& graph() const { return parent.graph(); }
};

Result<Candidate> describe(const Proposal& proposal, Candidate candidate)
{
    const auto pruned = prunedGraph(proposal.graph(), proposal.structures, candidate.removal);
    if (!pruned)
        return fail(pruned.error());
    candidate.macs = pruned->macs();
    candidate.params = pruned->params();
    return candidate;
}

/// The layer with the lowest score; the first of equal ones.
Result<Candidate> layerCandidate(const Proposal& proposal, const std::vector<std::string>& layers,
                                 const Scores& scores)
{
    const auto lowest = std::ranges::min_element(
        layers, {}, [&](const std::string& name) { return scores.layers.at(name); });
    return describe(proposal,
                    {.kind = StructureKind::Layer,
                     .name = *lowest,
                     .removal = {.layers = {*lowest}, .filters = {}},
                     .score = scores.layers.at(*lowest)});
}

Result<FilterBudget> budgetOf(const Proposal& proposal, const std::optional<Candidate>& layer)
{
    const auto unit = proposal.settings.budget;
    if (!layer)
        return FilterBudget::share(proposal.graph(), shareWithoutLayer, unit);
    const auto target = prunedGraph(proposal.graph(), proposal.structures, layer->removal);
    if (!target)
        return fail(target.error());
    return FilterBudget::savedBy(proposal.graph(), *target, unit);
}

Result<std::optional<Candidate>> unitCandidate(const Proposal& proposal, StructureKind kind,
                                               const std::vector<std::string>& groups,
                                               const Scores& scores,
                                               const std::optional<Candidate>& layer)
{
    if (groups.empty())
        return std::nullopt;
    const auto budget = budgetOf(proposal, layer);
    if (!budget)
        return fail(budget.error());
    auto removal = chooseFiltersWithin(proposal.graph(), proposal.structures, groups, scores,
                                       proposal.settings.minFilters, *budget, proposal.seed);
    if (!removal)
        return fail(removal.error());
    if (removal->isEmpty())
        return std::nullopt;
    auto candidate = describe(proposal,
                              {.kind = kind,
                               .name = unitCandidateName(kind, proposal.settings.criterion),
                               .removal = std::move(*removal)});
    if (!candidate)
        return fail(candidate.error());
    return std::optional(std::move(*candidate));
}

/// Filters that compete need the layers' scores too: the layer candidate is their budget.
ScoreRequest requestFor(const PruningSettings& settings, const Eligible& eligible,
                        std::uint64_t seed)
{
    const bool layersOnly = settings.contest == Contest::LayersOnly;
    return {.criterion = settings.criterion,
            .layers = eligible.layers,
            .filterGroups = layersOnly ? std::vector<std::string>() : eligible.filterGroups,
            .seed = seed};
}

} // namespace

Result<std::vector<Candidate>> proposeCandidates(const Network& parent,
                                                 const Structures& structures,
                                                 const PruningSettings& settings,
                                                 const DataView& training, std::uint64_t seed,
                                                 const ProgressSink& progress, std::stop_token stop)
{
    const Proposal proposal{parent, structures, settings, seed};
    const auto eligible = eligibleParts(parent.graph(), structures, settings);
    const auto request = requestFor(settings, eligible, seed);
    if (request.layers.empty() && request.filterGroups.empty())
        return std::vector<Candidate>();
    const bool readsImages = settings.criterion == Criterion::Kl && training.count() > 0;
    const auto images = readsImages ? training.first(settings.criterionImages) : training;
    const auto scores = scoreParts(parent, structures, request, images, progress, stop);
    if (!scores)
        return fail(scores.error());

    std::vector<Candidate> candidates;
    std::optional<Candidate> layer;
    if (!request.layers.empty()) {
        auto made = layerCandidate(proposal, request.layers, *scores);
        if (!made)
            return fail(made.error());
        layer = *made;
        if (settings.contest != Contest::FiltersOnly)
            candidates.push_back(std::move(*made));
    }
    for (const auto kind : unitKinds) {
        auto units = unitCandidate(
            proposal, kind, groupsOfKind(structures, request.filterGroups, kind), *scores, layer);
        if (!units)
            return fail(units.error());
        if (*units)
            candidates.push_back(std::move(**units));
    }
    return candidates;
}

} // namespace espalier
