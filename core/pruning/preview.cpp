#include <algorithm>
#include <array>

#include <ATen/core/Tensor.h>

#include "base/core_text.h"
#include "criteria/ablation_sweep_p.h"
#include "network/runtime_p.h"
#include "pruning/contest.h"
#include "pruning/correct_p.h"
#include "pruning/filter_budget_p.h"
#include "pruning/unit_candidates_p.h"
#include "similarity/cka_p.h"
#include "surgery/surgery.h"

namespace espalier {

namespace {

/// A network keeps one filter per convolution whatever ratio is asked for.
constexpr std::int64_t previewFloor = 1;

ScoreRequest requestFor(const Structures& structures, const PreviewRequest& request)
{
    ScoreRequest scores{
        .criterion = request.criterion, .layers = {}, .filterGroups = {}, .seed = request.seed};
    if (request.layers) {
        for (const auto& layer : structures.layers)
            scores.layers.push_back(layer.name);
    }
    for (const auto& group : structures.filters) {
        if (std::ranges::find(request.units, group.kind) != request.units.end()
            && ruleAllows(structures, group, request.filterRule))
            scores.filterGroups.push_back(group.name);
    }
    return scores;
}

std::vector<Candidate> previewed(const Graph& graph, const Structures& structures,
                                 const ScoreRequest& parts, const Scores& scores, double ratio)
{
    std::vector<Candidate> candidates;
    for (const auto& name : parts.layers)
        candidates.push_back({.kind = StructureKind::Layer,
                              .name = name,
                              .removal = {.layers = {name}, .filters = {}},
                              .score = scores.layers.at(name)});
    for (const auto kind : unitKinds) {
        const auto groups = groupsOfKind(structures, parts.filterGroups, kind);
        auto units = lowestOfEach(graph, structures, groups, scores, ratio, previewFloor);
        if (!units.isEmpty())
            candidates.push_back({.kind = kind,
                                  .name = unitCandidateName(kind, parts.criterion),
                                  .removal = std::move(units)});
    }
    return candidates;
}

Status addCosts(const Graph& graph, const Structures& structures,
                std::vector<Candidate>& candidates)
{
    for (auto& candidate : candidates) {
        const auto pruned = prunedGraph(graph, structures, candidate.removal);
        if (!pruned)
            return fail(pruned.error());
        candidate.macs = pruned->macs();
        candidate.params = pruned->params();
    }
    return {};
}

Result<std::vector<Ablation>> ablationsOf(const Graph& graph, const Structures& structures,
                                          const std::vector<Candidate>& candidates)
{
    std::vector<Ablation> ablations;
    for (const auto& candidate : candidates) {
        auto ablation = ablationOf(graph, structures, candidate.removal);
        if (!ablation)
            return fail(ablation.error());
        ablations.push_back(std::move(*ablation));
    }
    return ablations;
}

/// What is measured of one candidate, batch by batch.
struct Measured {
    CkaAccumulator cka;
    at::Tensor correct;
};

/// Fills in CKA and accuracy of each candidate and the accuracy of the whole network.
Status measure(const Network& network, const Structures& structures, const DataView& data,
               Preview& preview, const ProgressSink& progress, const std::stop_token& stop)
{
    const auto& graph = network.graph();
    const auto ablations = ablationsOf(graph, structures, preview.candidates);
    if (!ablations)
        return fail(ablations.error());
    const std::array wanted{graph.features(), graph.output()};
    const auto count = static_cast<std::int64_t>(preview.candidates.size());
    const auto keptBytes = CkaAccumulator::mostKept / std::max<std::int64_t>(1, count);
    std::vector<Measured> measured(preview.candidates.size(),
                                   Measured{CkaAccumulator(keptBytes), {}});
    at::Tensor baseline;
    at::Tensor features;
    Batch current;
    const SweepHooks hooks{
        .batchBegins =
            [&](const Activations& whole, const Batch& batch) {
                features = pooledFeatures(whole[wanted[0]]);
                current = batch;
                addCorrect(baseline, whole[wanted[1]], batch);
            },
        .variantDone =
            [&](std::size_t variant, const std::vector<at::Tensor>& values) {
                measured[variant].cka.add(features, pooledFeatures(values[0]));
                addCorrect(measured[variant].correct, values[1], current);
            },
    };
    const auto status = sweepAblations({network, data, *ablations, wanted}, hooks,
                                       CoreText::tr("comparing candidates"), progress, stop);
    if (!status)
        return status;
    return guarded(CoreText::tr("comparing candidates"), [&]() -> Status {
        for (std::size_t i = 0; i < measured.size(); ++i) {
            auto& candidate = preview.candidates[i];
            candidate.cka = measured[i].cka.values(stop);
            candidate.accuracyBefore = fractionCorrect(measured[i].correct, data.count());
        }
        preview.baselineAccuracy = fractionCorrect(baseline, data.count());
        return {};
    });
}

} // namespace

Result<Preview> previewCandidates(const Network& network, const Structures& structures,
                                  const PreviewRequest& request, const DataView& data,
                                  const ProgressSink& progress, std::stop_token stop)
{
    if (!(request.ratio >= 0.0 && request.ratio <= 1.0))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The ratio of filters to take is {1}; give a number from 0 to 1.",
                                 request.ratio));
    const auto parts = requestFor(structures, request);
    const auto scores = scoreParts(network, structures, parts, data, progress, stop);
    if (!scores)
        return fail(scores.error());
    Preview preview{.samples = data.count(),
                    .candidates =
                        previewed(network.graph(), structures, parts, *scores, request.ratio)};
    if (auto costed = addCosts(network.graph(), structures, preview.candidates); !costed)
        return fail(costed.error());
    if (auto done = measure(network, structures, data, preview, progress, stop); !done)
        return fail(done.error());
    return preview;
}

} // namespace espalier
