// One row of the matrix: what Espalier makes of one model. Prints a JSON object; run.py gathers
// them.
//     espalier-matrix MODEL INPUT OUTPUT SIZE FOLDER
// INPUT and OUTPUT: raw float32 of 2 x 3 x SIZE x SIZE images and the source's outputs for them.
// FOLDER takes the exported files.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <nlohmann/json.hpp>

#include "formats/model_file.h"
#include "formats/python_check_p.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/cheapest_units.h"
#include "surgery/surgery.h"

using namespace espalier;

namespace {

constexpr double share = 0.30; // of the MACs, to be removed by filters, heads and neurons
constexpr std::int64_t images = 2;

at::Tensor readRaw(const char* file)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const auto bytes = static_cast<std::int64_t>(stream.tellg());
    auto tensor = at::empty({std::max<std::int64_t>(bytes, 0) / 4}, at::kFloat);
    stream.seekg(0);
    stream.read(static_cast<char*>(tensor.data_ptr()), bytes);
    return tensor;
}

/// The largest difference, as a fraction of the largest value.
double difference(const at::Tensor& a, const at::Tensor& b)
{
    if (a.sizes() != b.sizes())
        return std::numeric_limits<double>::infinity();
    return (a - b).abs().max().item<double>() / std::max(1e-12, b.abs().max().item<double>());
}

nlohmann::json number(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json("not finite");
}

/// Pruned against masked, and what is left.
struct Cut {
    std::optional<Network> network;
    double toMasked = 0.0;
    double toWhole = 0.0; ///< how much the removal changes: 0 would make toMasked worth nothing
    std::string problem;
};

Cut cutOut(const Network& network, const Structures& structures, const Removal& removal,
           const Activations& whole, const at::Tensor& x)
{
    auto pruned = prune(network, structures, removal);
    if (!pruned)
        return {.problem = pruned.error().message};
    const auto ablation = ablationOf(network.graph(), structures, removal);
    if (!ablation)
        return {.problem = ablation.error().message};
    const std::vector<NodeId> wanted{network.graph().output()};
    const auto masked =
        forwardAblated(network.graph(), network.weights(), whole, *ablation, wanted)[0];
    const auto cut = forward(pruned->graph(), pruned->weights(), x, Mode::Evaluate);
    return {.network = std::move(*pruned),
            .toMasked = difference(cut, masked),
            .toWhole = difference(cut, whole[wanted[0]])};
}

nlohmann::json exported(const Network& network, const std::filesystem::path& file,
                        const at::Tensor& x)
{
    if (auto ok = exportModel(network, file); !ok)
        return ok.error().message;
    const auto expected = forward(network.graph(), network.weights(), x, Mode::Evaluate);
    if (file.extension() == ".py") {
        const auto found = runInPython(file, x);
        if (!found)
            return found.error().message;
        if (!*found)
            return "no Python with PyTorch";
        return number(difference(**found, expected.flatten()));
    }
    const auto back = importModel(file, network.graph().inputShape());
    if (!back)
        return back.error().message;
    return number(difference(forward(back->graph(), back->weights(), x, Mode::Evaluate), expected));
}

nlohmann::json rowOf(const Network& network, const at::Tensor& x, const at::Tensor& expected,
                     const std::filesystem::path& folder)
{
    const auto& graph = network.graph();
    const auto whole = forwardKeepingAll(graph, network.weights(), x);
    const auto& output = whole[graph.output()];
    const auto structures = findStructures(graph);
    std::map<StructureKind, std::size_t> units;
    for (const auto& group : structures.filters)
        units[group.kind] += group.units.size();
    nlohmann::json row{{"imported", true},
                       {"difference", number(difference(output, expected.reshape(output.sizes())))},
                       {"macs", graph.macs()},
                       {"params", graph.params()},
                       {"nodes", graph.nodes().size()},
                       {"filters", units[StructureKind::Filter]},
                       {"heads", units[StructureKind::Head]},
                       {"neurons", units[StructureKind::Neuron]},
                       {"layers", structures.layers.size()}};
    if (!structures.layers.empty()) {
        const auto& layer = structures.layers[structures.layers.size() / 2];
        const auto cut = cutOut(network, structures, {.layers = {layer.name}}, whole, x);
        row["layer"] = {{"name", layer.name},
                        {"to_masked", number(cut.toMasked)},
                        {"to_whole", number(cut.toWhole)},
                        {"problem", cut.problem}};
    }
    const auto removal = test::cheapestUnits(network, structures, share);
    if (!removal) {
        row["units"] = {{"problem", removal.error().message}};
        return row;
    }
    const auto cut = cutOut(network, structures, *removal, whole, x);
    row["units"] = {{"to_masked", number(cut.toMasked)},
                    {"to_whole", number(cut.toWhole)},
                    {"problem", cut.problem}};
    if (!cut.network)
        return row;
    row["units"]["macs_removed"] =
        1.0 - static_cast<double>(cut.network->graph().macs()) / static_cast<double>(graph.macs());
    for (const char* suffix : {"pt", "onnx", "py"})
        row["exports"][suffix] =
            exported(*cut.network, folder / (std::string("pruned.") + suffix), x);
    return row;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 6) {
        std::cerr << "usage: espalier-matrix MODEL INPUT OUTPUT SIZE FOLDER\n";
        return 2;
    }
    const at::NoGradGuard noGrad;
    prepareThread();
    const auto size = std::stoll(argv[4]);
    const auto begin = std::chrono::steady_clock::now();
    const auto network = importModel(argv[1], Shape{3, size, size});
    if (!network) {
        std::cout << nlohmann::json{{"imported", false}, {"problem", network.error().message}}
                  << '\n';
        return 0;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    auto row = rowOf(*network, readRaw(argv[2]).reshape({images, 3, size, size}), readRaw(argv[3]),
                     argv[5]);
    row["import_seconds"] = seconds.count();
    std::cout << row << '\n';
}
