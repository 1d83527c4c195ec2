#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "data/dataset.h"
#include "network/network.h"
#include "pruning/candidate.h"
#include "pruning/settings.h"

namespace espalier {

/// What the floors, locks and the filter rule leave to remove. All blocks of a stage count for its
/// floor, removable or not. A locked layer keeps its filters too, and every group that one of its
/// convolutions writes into; a locked convolution keeps the layer it lies in.
struct Eligible {
    std::vector<std::string> layers; ///< names, topological order
    std::vector<std::string> filterGroups;
};
Eligible eligibleParts(const Graph& graph, const Structures& structures,
                       const PruningSettings& settings);

/// The same for a removal that somebody asks for. Errors: InvalidArgument, naming what is locked;
/// NotFound.
Status checkLocks(const Graph& graph, const Structures& structures, const Removal& removal,
                  const std::vector<std::string>& locked);

/// Whether the rule lets a group be cut.
bool ruleAllows(const Structures& structures, const FilterGroup& group, FilterRule rule);

/// One iteration's candidates (METHOD, steps 1 and 2): the layer with the lowest score, and as many
/// filters, as many heads and as many neurons as the budget says, each a candidate of its own; only
/// the kinds that the network has and the contest asks for. Where no layer can go there is no
/// capacity to equal: then each takes 5 % of what the budget counts. An empty list:
/// nothing is left to remove. `training` is where the criterion reads its images; random draws come
/// from `seed`.
Result<std::vector<Candidate>>
proposeCandidates(const Network& parent, const Structures& structures,
                  const PruningSettings& settings, const DataView& training, std::uint64_t seed,
                  const ProgressSink& progress = {}, std::stop_token stop = {});

/// The filters a budget takes: round(p*n) of each group, lowest scores first, then single ones from
/// groups drawn at random until the count is exact (Filters), or the lowest scores of all groups
/// until the MACs or parameters saved by `target` are reached without passing them by more than one
/// filter. A coupled unit counts as every filter that goes with it; one that would pass the count
/// is not drawn. When filters run out the removal is as large as possible, perhaps empty.
Result<Removal> chooseFilters(const Graph& graph, const Structures& structures,
                              const std::vector<std::string>& groups, const Scores& scores,
                              const PruningSettings& settings, const Graph& target,
                              std::uint64_t seed);

/// Decides (METHOD, step 4). `candidates` carry their CKA unless a coin decides. A CKA that is
/// absent (no variance) loses against one that is present; two absent ones are an error.
Result<Choice> choose(const std::vector<Candidate>& candidates, const PruningSettings& settings,
                      std::uint64_t seed);

/// CKA of `candidate` against `parent` at their features(), and the candidate's accuracy.
struct Comparison {
    CkaValues cka;
    double accuracy = 0.0;
};
Result<Comparison> compare(const Network& parent, const Network& candidate, const DataView& data,
                           const ProgressSink& progress = {}, std::stop_token stop = {});

/// Every removable layer, and the filters, heads and neurons that `ratio` of each eligible group
/// (lowest scores first) takes together, each with CKA and accuracy by ablation, nothing
/// fine-tuned: what `espalier-cli score` prints and the window lists.
struct PreviewRequest {
    bool layers = true;
    std::vector<StructureKind> units{StructureKind::Filter, StructureKind::Head,
                                     StructureKind::Neuron};
    Criterion criterion = Criterion::L1;
    FilterRule filterRule = FilterRule::FirstOfBlock;
    double ratio = 0.1; ///< 0..1, of each group
    std::uint64_t seed = 0;
};
struct Preview {
    std::int64_t samples = 0;
    double baselineAccuracy = 0.0;
    std::vector<Candidate>
        candidates; ///< layers in topological order, then filters, heads, neurons
};
Result<Preview> previewCandidates(const Network& network, const Structures& structures,
                                  const PreviewRequest& request, const DataView& data,
                                  const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
