#include "history_report.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "table.h"
#include "text.h"

namespace espalier::cli {

namespace {

using Json = nlohmann::ordered_json;

template <class T> Json jsonOrNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

std::string dissimilarity(const Candidate* candidate, CkaKind similarity)
{
    if (!candidate || !candidate->cka)
        return "-";
    return dissimilarityText(valueOf(*candidate->cka, similarity));
}

/// "84.3 % (2.31 ms)": of the dense network's, and what that came to.
std::string latencyText(const std::optional<LatencyComparison>& latency)
{
    return latency
        ? percentText(latency->ratio) + " (" + millisecondsText(latency->network.median) + ")"
        : "-";
}

/// Times in seconds; `reference` is the parent, or the dense network.
Json latencyJson(const std::optional<LatencyComparison>& latency, const char* reference)
{
    if (!latency)
        return nullptr;
    const auto& network = latency->network;
    return {{"seconds", network.median},
            {"lower_quartile", network.lowerQuartile},
            {"upper_quartile", network.upperQuartile},
            {reference, latency->reference.median},
            {"ratio", latency->ratio},
            {"runs", network.runs},
            {"batch", network.batch},
            {"device", network.device}};
}

Json candidateJson(const Candidate& candidate)
{
    const CkaValues cka = candidate.cka.value_or(CkaValues{});
    return {{"kind", structureKindName(candidate.kind)},
            {"name", candidate.name},
            {"removed", removalText(candidate.removal, candidate.kind)},
            {"score", jsonOrNull(candidate.score)},
            {"cka", jsonOrNull(cka.linear)},
            {"cka_debiased", jsonOrNull(cka.debiased)},
            {"accuracy_before", jsonOrNull(candidate.accuracyBefore)},
            {"accuracy_after_brief", jsonOrNull(candidate.accuracyAfterBrief)},
            {"macs", candidate.macs},
            {"params", candidate.params},
            {"latency", latencyJson(candidate.latency, "parent_seconds")}};
}

Json choiceJson(const Iteration& iteration)
{
    const Candidate* chosen = iteration.chosen();
    if (!chosen)
        return nullptr;
    return {{"kind", structureKindName(chosen->kind)},
            {"name", chosen->name},
            {"by_user", iteration.choice->byUser},
            {"reason", iteration.choice->reason}};
}

Json iterationJson(const Iteration& iteration, std::int64_t denseMacs)
{
    Json candidates = Json::array();
    for (const auto& candidate : iteration.candidates)
        candidates.push_back(candidateJson(candidate));
    return {{"id", iteration.id.value()},
            {"parent", iteration.parent ? Json(iteration.parent->value()) : Json(nullptr)},
            {"choice", choiceJson(iteration)},
            {"candidates", std::move(candidates)},
            {"macs", iteration.macs},
            {"params", iteration.params},
            {"macs_removed", macsRemoved(iteration, denseMacs)},
            {"latency", latencyJson(iteration.latency, "dense_seconds")},
            {"accuracy_before", jsonOrNull(iteration.accuracyBefore)},
            {"accuracy", iteration.accuracy},
            {"test_accuracy", iteration.testAccuracy},
            {"epochs", iteration.epochs.size()},
            {"seconds", iteration.seconds}};
}

} // namespace

double macsRemoved(const Iteration& iteration, std::int64_t denseMacs)
{
    return 1.0 - static_cast<double>(iteration.macs) / static_cast<double>(denseMacs);
}

const Candidate* candidateOf(const Iteration& iteration, StructureKind kind)
{
    const auto found = std::ranges::find(iteration.candidates, kind, &Candidate::kind);
    return found == iteration.candidates.end() ? nullptr : &*found;
}

std::vector<StructureKind> competingKinds(const std::vector<Iteration>& history)
{
    std::vector<StructureKind> kinds;
    for (const auto kind : {StructureKind::Layer, StructureKind::Filter, StructureKind::Head,
                            StructureKind::Neuron}) {
        if (std::ranges::any_of(history, [&](const Iteration& iteration) {
                return candidateOf(iteration, kind) != nullptr;
            }))
            kinds.push_back(kind);
    }
    return kinds;
}

std::string competitorName(StructureKind kind)
{
    return kind == StructureKind::Layer ? structureKindName(kind) : structureKindPlural(kind);
}

std::string historyTable(const std::vector<Iteration>& history, CkaKind similarity)
{
    using enum Table::Align;
    const auto kinds = competingKinds(history);
    std::vector<Table::Column> columns{{"iteration"}, {"from"}, {"removed", Left}};
    for (const auto kind : kinds)
        columns.push_back({"1-CKA " + competitorName(kind)});
    for (const char* title : {"cut", "tuned", "test", "MACs", "removed", "parameters"})
        columns.push_back({title});
    const bool isTimed = std::ranges::any_of(
        history, [](const Iteration& iteration) { return iteration.latency.has_value(); });
    if (isTimed)
        columns.push_back({"latency"});
    columns.push_back({"time"});
    Table table(std::move(columns));
    for (const auto& iteration : history) {
        const Candidate* chosen = iteration.chosen();
        std::vector<std::string> row{
            std::to_string(iteration.id.value()),
            iteration.parent ? std::to_string(iteration.parent->value()) : "-",
            chosen ? removalText(chosen->removal, chosen->kind) : "(dense)"};
        for (const auto kind : kinds)
            row.push_back(dissimilarity(candidateOf(iteration, kind), similarity));
        row.insert(row.end(),
                   {percentText(iteration.accuracyBefore), percentText(iteration.accuracy),
                    percentText(iteration.testAccuracy), countText(iteration.macs),
                    percentText(macsRemoved(iteration, history.front().macs)),
                    countText(iteration.params)});
        if (isTimed)
            row.push_back(latencyText(iteration.latency));
        row.push_back(durationText(iteration.seconds));
        table.addRow(std::move(row));
    }
    return table.text();
}

std::string historyJson(const std::vector<Iteration>& history, IterationId current)
{
    Json iterations = Json::array();
    for (const auto& iteration : history)
        iterations.push_back(iterationJson(iteration, history.front().macs));
    return Json{{"current", current.value()}, {"iterations", std::move(iterations)}}.dump(2);
}

} // namespace espalier::cli
