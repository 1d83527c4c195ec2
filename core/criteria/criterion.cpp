#include "criteria/criterion.h"

#include <array>

#include "base/core_text.h"
#include "criteria/kl_p.h"
#include "criteria/norms_p.h"
#include "criteria/random_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

struct NamedCriterion {
    Criterion criterion;
    std::string_view name;
};
constexpr std::array criteria{
    NamedCriterion{Criterion::L1, "l1"},
    NamedCriterion{Criterion::L2, "l2"},
    NamedCriterion{Criterion::Random, "random"},
    NamedCriterion{Criterion::Kl, "kl"},
};

/// The parts asked for, found in the structures.
struct Parts {
    std::vector<const Layer*> layers;
    std::vector<const FilterGroup*> groups;
};

Result<Parts> findParts(const Structures& structures, const ScoreRequest& request)
{
    Parts parts;
    for (const auto& name : request.layers) {
        parts.layers.push_back(structures.layer(name));
        if (!parts.layers.back())
            return fail(ErrorCode::NotFound,
                        CoreText::tr("There is no removable layer '{1}'.", name));
    }
    for (const auto& name : request.filterGroups) {
        parts.groups.push_back(structures.filterGroup(name));
        if (!parts.groups.back())
            return fail(ErrorCode::NotFound,
                        CoreText::tr("There is no group of filters '{1}'.", name));
    }
    return parts;
}

Result<Scores> scoreByNorm(const Network& network, const Structures& structures, const Parts& parts,
                           Criterion criterion)
{
    Scores scores;
    const auto status = guarded(CoreText::tr("ranking by weight norms"), [&]() -> Status {
        const FilterNorms norms(network, structures, criterion);
        for (const auto* layer : parts.layers)
            scores.layers[layer->name] = norms.ofLayer(*layer);
        for (const auto* group : parts.groups)
            scores.filters[group->name] = norms.ofUnits(*group);
        return {};
    });
    if (!status)
        return fail(status.error());
    return scores;
}

Scores scoreAtRandom(const Parts& parts, std::uint64_t seed)
{
    SeededDraws draws(seed);
    Scores scores;
    for (const auto* layer : parts.layers)
        scores.layers[layer->name] = draws.fraction();
    for (const auto* group : parts.groups) {
        auto& units = scores.filters[group->name];
        for (std::size_t i = 0; i < group->units.size(); ++i)
            units.push_back(draws.fraction());
    }
    return scores;
}

Result<Scores> scoreByKl(const Network& network, const Structures& structures, const Parts& parts,
                         const DataView& data, const ProgressSink& progress,
                         const std::stop_token& stop)
{
    std::vector<Removal> removals;
    for (const auto* layer : parts.layers)
        removals.push_back({.layers = {layer->name}, .filters = {}});
    for (const auto* group : parts.groups) {
        for (const auto channel : group->channels)
            removals.push_back({.layers = {}, .filters = {{group->name, {channel}}}});
    }
    const auto values = klOfRemovals(network, structures, removals, data, progress, stop);
    if (!values)
        return fail(values.error());

    Scores scores;
    auto value = values->begin();
    for (const auto* layer : parts.layers)
        scores.layers[layer->name] = *value++;
    for (const auto* group : parts.groups) {
        const auto end = value + static_cast<std::ptrdiff_t>(group->channels.size());
        scores.filters[group->name].assign(value, end);
        value = end;
    }
    return scores;
}

} // namespace

Result<Criterion> parseCriterion(std::string_view text)
{
    for (const auto& [criterion, name] : criteria) {
        if (name == text)
            return criterion;
    }
    return fail(ErrorCode::InvalidArgument,
                CoreText::tr("'{1}' is not a criterion; give l1, l2, random or kl.", text));
}

std::string criterionName(Criterion criterion)
{
    for (const auto& named : criteria) {
        if (named.criterion == criterion)
            return std::string(named.name);
    }
    return {};
}

Result<Scores> scoreParts(const Network& network, const Structures& structures,
                          const ScoreRequest& request, const DataView& data,
                          const ProgressSink& progress, std::stop_token stop)
{
    const auto parts = findParts(structures, request);
    if (!parts)
        return fail(parts.error());
    switch (request.criterion) {
    case Criterion::L1:
    case Criterion::L2:
        return scoreByNorm(network, structures, *parts, request.criterion);
    case Criterion::Random:
        return scoreAtRandom(*parts, request.seed);
    case Criterion::Kl:
        return scoreByKl(network, structures, *parts, data, progress, stop);
    }
    return fail(ErrorCode::InvalidArgument, CoreText::tr("This criterion is not known."));
}

} // namespace espalier
