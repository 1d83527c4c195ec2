#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "command.h"
#include "formats/model_file.h"
#include "network/runtime.h"
#include "options.h"
#include "structures/structures.h"
#include "surgery/surgery.h"
#include "table.h"
#include "text.h"

namespace espalier::cli {

namespace {

struct Options {
    std::string model;
    std::optional<Shape> input;
    std::string architecture;
    bool json = false;
};

/// A row of the report: what removing one unit saves; a layer is one unit.
struct Part {
    StructureKind kind = StructureKind::Layer;
    std::string name;
    std::int64_t units = 0;
    std::int64_t macs = 0;
    std::int64_t params = 0;
};

Result<Part> filterPart(const Graph& graph, const Structures& structures, const FilterGroup& group)
{
    Part part{.kind = group.kind,
              .name = group.name,
              .units = static_cast<std::int64_t>(group.channels.size())};
    if (part.units < 2) // the last filter stays, so there is nothing to save
        return part;
    Removal removal;
    removal.filters[group.name] = {group.channels.front()};
    const auto pruned = prunedGraph(graph, structures, removal);
    if (!pruned)
        return fail(pruned.error());
    part.macs = graph.macs() - pruned->macs();
    part.params = graph.params() - pruned->params();
    return part;
}

Result<std::vector<Part>> partsOf(const Graph& graph, const Structures& structures)
{
    std::vector<Part> parts;
    for (const auto& layer : structures.layers)
        parts.push_back({.kind = StructureKind::Layer,
                         .name = layer.name,
                         .units = 1,
                         .macs = layer.macs,
                         .params = layer.params});
    for (const auto& group : structures.filters) {
        auto part = filterPart(graph, structures, group);
        if (!part)
            return fail(part.error());
        parts.push_back(*std::move(part));
    }
    return parts;
}

void printJson(const Graph& graph, const std::vector<Part>& parts,
               const std::vector<NotPrunable>& notPrunable)
{
    nlohmann::ordered_json object{{"macs", graph.macs()},
                                  {"params", graph.params()},
                                  {"nodes", graph.nodes().size()},
                                  {"structures", nlohmann::ordered_json::array()},
                                  {"not_prunable", nlohmann::ordered_json::array()}};
    for (const auto& part : parts)
        object["structures"].push_back({{"id", object["structures"].size()},
                                        {"kind", structureKindName(part.kind)},
                                        {"name", part.name},
                                        {"units", part.units},
                                        {"macs", part.macs},
                                        {"params", part.params}});
    for (const auto& entry : notPrunable)
        object["not_prunable"].push_back(
            {{"name", entry.name}, {"op", entry.operation}, {"reason", entry.reason}});
    std::cout << object.dump(2) << '\n';
}

void printTables(const Graph& graph, const std::vector<Part>& parts,
                 const std::vector<NotPrunable>& notPrunable)
{
    std::cout << countText(graph.macs()) << " MACs, " << countText(graph.params())
              << " parameters, " << graph.nodes().size() << " nodes, input "
              << shapeText(graph.inputShape()) << ", output " << shapeText(graph.outputShape())
              << "\n\nWhat can be removed, and what one unit of it saves:\n";
    using enum Table::Align;
    Table structures({{"kind", Left}, {"name", Left}, {"units"}, {"MACs"}, {"parameters"}});
    for (const auto& part : parts)
        structures.addRow({structureKindName(part.kind), part.name, countText(part.units),
                           countText(part.macs), countText(part.params)});
    std::cout << structures.text();
    if (notPrunable.empty())
        return;
    std::cout << "\nWhat stays, and why:\n";
    Table fixed({{"name", Left}, {"operator", Left}, {"reason", Left}});
    for (const auto& entry : notPrunable)
        fixed.addRow({entry.name, entry.operation, entry.reason});
    std::cout << fixed.text();
}

Status inspect(const Options& options, const Context& context)
{
    prepareThread();
    const auto network = importModel(options.model, options.input, options.architecture);
    if (!network)
        return fail(network.error());
    for (const auto& notice : network->metadata().notices)
        context.terminal.note(notice);
    const Structures structures = findStructures(network->graph());
    const auto parts = partsOf(network->graph(), structures);
    if (!parts)
        return fail(parts.error());
    if (options.json)
        printJson(network->graph(), *parts, structures.notPrunable);
    else
        printTables(network->graph(), *parts, structures.notPrunable);
    return {};
}

} // namespace

Command inspectCommand(CLI::App& parent)
{
    auto options = std::make_shared<Options>();
    CLI::App* app =
        parent.add_subcommand("inspect", "What a model is made of and what can be removed");
    app->add_option("model", options->model, "Model file")->required()->type_name("MODEL");
    addInputOption(*app, options->input);
    addArchitectureOption(*app, options->architecture);
    app->add_flag("--json", options->json, "One JSON object");
    return {app, [options](const Context& context) { return inspect(*options, context); }};
}

} // namespace espalier::cli
