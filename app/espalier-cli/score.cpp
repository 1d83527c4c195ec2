#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "command.h"
#include "model_and_data.h"
#include "pruning/contest.h"
#include "table.h"
#include "text.h"

namespace espalier::cli {

namespace {

struct Options {
    ModelAndDataOptions common;
    Split split = Split::Calibration;
    std::optional<std::int64_t> samples;
    std::string kind = "all";
    bool allFilters = false;
    PreviewRequest request;
    bool json = false;
};

nlohmann::ordered_json jsonOrNull(const std::optional<double>& value)
{
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

/// {layer: [indices]}; a layer that goes as a whole has no indices.
nlohmann::ordered_json removedJson(const Removal& removal)
{
    auto object = nlohmann::ordered_json::object();
    for (const auto& layer : removal.layers)
        object[layer] = nlohmann::ordered_json::array();
    for (const auto& [group, channels] : removal.filters)
        object[group] = channels;
    return object;
}

void printJson(const Preview& preview)
{
    nlohmann::ordered_json object{{"samples", preview.samples},
                                  {"baseline_accuracy", preview.baselineAccuracy},
                                  {"candidates", nlohmann::ordered_json::array()}};
    for (const auto& candidate : preview.candidates) {
        const CkaValues cka = candidate.cka.value_or(CkaValues{});
        object["candidates"].push_back({{"kind", structureKindName(candidate.kind)},
                                        {"name", candidate.name},
                                        {"cka", jsonOrNull(cka.linear)},
                                        {"cka_debiased", jsonOrNull(cka.debiased)},
                                        {"accuracy", jsonOrNull(candidate.accuracyBefore)},
                                        {"macs", candidate.macs},
                                        {"params", candidate.params},
                                        {"removed", removedJson(candidate.removal)}});
    }
    std::cout << object.dump(2) << '\n';
}

void printTable(const Preview& preview)
{
    std::cout << countText(preview.samples) << " images, accuracy of the whole network "
              << percentText(preview.baselineAccuracy) << "\n\n";
    using enum Table::Align;
    Table table({{"kind", Left},
                 {"name", Left},
                 {"1 - CKA"},
                 {"1 - CKA debiased"},
                 {"accuracy"},
                 {"MACs"},
                 {"parameters"},
                 {"removed", Left}});
    for (const auto& candidate : preview.candidates) {
        const CkaValues cka = candidate.cka.value_or(CkaValues{});
        table.addRow({structureKindName(candidate.kind), candidate.name,
                      dissimilarityText(cka.linear), dissimilarityText(cka.debiased),
                      percentText(candidate.accuracyBefore), countText(candidate.macs),
                      countText(candidate.params), removalText(candidate.removal, candidate.kind)});
    }
    std::cout << table.text();
}

Status score(const Options& options, const Context& context)
{
    SplitSettings splits;
    splits.seed = options.request.seed;
    if (options.samples && options.split == Split::Calibration)
        splits.calibration = *options.samples;
    if (options.samples && options.split == Split::Validation)
        splits.validation = *options.samples;
    const auto loaded = loadModelAndData(options.common, options.split, splits, context);
    if (!loaded)
        return fail(loaded.error());
    const DataView data = options.samples ? loaded->data.first(*options.samples) : loaded->data;
    PreviewRequest request = options.request;
    request.layers = options.kind == "all" || options.kind == "layer";
    request.units.clear();
    for (const auto kind : {StructureKind::Filter, StructureKind::Head, StructureKind::Neuron}) {
        if (options.kind == "all" || options.kind == structureKindName(kind))
            request.units.push_back(kind);
    }
    request.filterRule = options.allFilters ? FilterRule::All : FilterRule::FirstOfBlock;
    const Structures structures = findStructures(loaded->network.graph());
    const auto preview = previewCandidates(loaded->network, structures, request, data,
                                           context.terminal.sink(), context.stop);
    if (!preview)
        return fail(preview.error());
    context.terminal.endProgress();
    if (options.json)
        printJson(*preview);
    else
        printTable(*preview);
    return {};
}

} // namespace

Command scoreCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app =
        parent.add_subcommand("score", "Every candidate of the next cut, compared by CKA");
    addModelAndDataOptions(*app, options->common);
    addParsed(*app, "--split", options->split, parseSplit,
              "train, calibration (the default), validation or test")
        ->type_name("SPLIT");
    app->add_option("--samples", options->samples, "At most so many images")
        ->check(CLI::Range(std::int64_t(2), std::int64_t(1) << 40))
        ->type_name("N");
    app->add_option("--seed", options->request.seed, "Of the splits and of random scores")
        ->type_name("S");
    app->add_option("--kind", options->kind, "layer, filter, head, neuron or all (the default)")
        ->check(CLI::IsMember({"layer", "filter", "head", "neuron", "all"}))
        ->type_name("KIND");
    app->add_flag("--all-filters", options->allFilters,
                  "Filters of every convolution, not of each block's first only");
    addParsed(*app, "--criterion", options->request.criterion, parseCriterion,
              "l1 (the default), l2, random or kl")
        ->type_name("NAME");
    app->add_option("--ratio", options->request.ratio, "Part of each filter group that goes; 0.1")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("R");
    app->add_flag("--json", options->json, "One JSON object");
    return {app, [options](const Context& context) { return score(*options, context); }};
}

} // namespace espalier::cli
