#include "formats/state_dict_network_p.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/core_text.h"
#include "network/architectures.h"
#include "network/network_p.h"

namespace espalier {

namespace {

constexpr std::string_view head = "linear"; // what the built-in architectures call the classifier
constexpr auto stemKey = "conv1.weight";
// What a file may ask to be allocated before its shapes are compared.
constexpr std::int64_t mostChannels = 64;
constexpr std::int64_t mostClasses = 100'000;

using Keys = std::set<std::string>;

std::string joined(const Keys& keys)
{
    constexpr std::size_t shownKeys = 5;
    std::string text;
    std::size_t count = 0;
    for (const auto& key : keys) {
        if (count++ == shownKeys)
            return CoreText::tr("{1} and {2} more", text, keys.size() - shownKeys);
        text += (text.empty() ? "'" : ", '") + key + "'";
    }
    return text;
}

/// The keys of `left` that `right` lacks.
Keys difference(const Keys& left, const Keys& right)
{
    Keys result;
    std::ranges::set_difference(left, right, std::inserter(result, result.end()));
    return result;
}

/// Counters left out, and the classifier by our name where the file calls it as torchvision does.
StoredTensors prepared(const StoredTensors& tensors)
{
    StoredTensors result;
    const bool renameHead = !tensors.contains(std::string(head) + ".weight");
    for (const auto& [key, tensor] : tensors) {
        if (key.ends_with("num_batches_tracked"))
            continue;
        const bool isHead = renameHead && key.starts_with("fc.");
        result.emplace(isHead ? std::string(head) + key.substr(2) : key, tensor);
    }
    return result;
}

Keys keysOf(const StoredTensors& tensors)
{
    Keys keys;
    for (const auto& [key, tensor] : tensors)
        keys.insert(key);
    return keys;
}

Keys keysOf(const Network& network)
{
    Keys keys;
    for (const auto& node : network.graph().nodes()) {
        forEachTensor(network.weights()[node.id],
                      [&](std::string_view name, const at::Tensor& tensor) {
                          if (tensor.defined())
                              keys.insert(node.name + "." + std::string(name));
                      });
    }
    return keys;
}

/// What the shapes of the first and the last layer tell.
struct Ends {
    std::int64_t channels = 3;
    std::int64_t classes = 10;
};

Ends endsOf(const StoredTensors& tensors)
{
    Ends ends;
    if (const auto stem = tensors.find(stemKey);
        stem != tensors.end() && stem->second.sizes.size() == 4)
        ends.channels = std::clamp<std::int64_t>(stem->second.sizes[1], 1, mostChannels);
    if (const auto last = tensors.find(std::string(head) + ".weight");
        last != tensors.end() && last->second.sizes.size() == 2)
        ends.classes = std::clamp<std::int64_t>(last->second.sizes[0], 2, mostClasses);
    return ends;
}

Result<Network> madeFor(const std::string& architecture, const Ends& ends, const Shape& input)
{
    return makeNetwork(architecture, input, ends.classes, /*seed=*/0);
}

/// What is wrong with the weights, of which at least one is.
std::string problemText(const Keys& missing, const Keys& unexpected)
{
    if (missing.empty())
        return CoreText::tr("they have the unexpected {1}", joined(unexpected));
    return unexpected.empty() ? CoreText::tr("they lack {1}", joined(missing))
                              : CoreText::tr("they lack {1} and have the unexpected {2}",
                                             joined(missing), joined(unexpected));
}

/// The architecture whose keys are exactly the file's.
Result<Network> guess(const Keys& keys, const Ends& ends, const Shape& input)
{
    std::string names;
    std::string nearest;
    std::size_t fewest = keys.size();
    for (const auto& name : architectureNames()) {
        auto network = madeFor(name, ends, input);
        if (!network)
            return network;
        const auto wanted = keysOf(*network);
        const auto wrong = difference(wanted, keys).size() + difference(keys, wanted).size();
        if (wrong == 0)
            return network;
        if (wrong < fewest) {
            fewest = wrong;
            nearest = CoreText::tr("for {1} {2}", name,
                                   problemText(difference(wanted, keys), difference(keys, wanted)));
        }
        names += (names.empty() ? "" : ", ") + name;
    }
    return fail(
        ErrorCode::Mismatch,
        nearest.empty()
            ? CoreText::tr("It holds weights only, and they fit none of the built-in architectures "
                           "({1}); save the network itself, as TorchScript, torch.export or ONNX.",
                           names)
            : CoreText::tr(
                "It holds weights only, and they fit none of the built-in architectures ({1}); "
                "{2}; save the network itself, as TorchScript, torch.export or ONNX.",
                names, nearest));
}

std::string shapeOf(const std::vector<std::int64_t>& sizes)
{
    return sizes.empty() ? CoreText::tr("a single number") : shapeText(sizes);
}

/// The weights of `network`, read from the file.
Result<Network::Weights> readWeights(const Network& network, const StoredTensors& tensors)
{
    auto weights = network.weights();
    std::optional<Error> problem;
    for (const auto& node : network.graph().nodes()) {
        forEachTensor(weights[node.id], [&](std::string_view name, at::Tensor& tensor) {
            if (!tensor.defined() || problem)
                return;
            const auto key = node.name + "." + std::string(name);
            const auto& stored = tensors.at(key);
            if (stored.sizes != tensor.sizes().vec()) {
                problem =
                    Error{ErrorCode::Mismatch,
                          CoreText::tr("The tensor '{1}' is {2}, the architecture has {3}; give "
                                       "the architecture that the weights were trained in.",
                                       key, shapeOf(stored.sizes), shapeOf(tensor.sizes().vec()))};
                return;
            }
            auto read = readStoredTensor(key, stored);
            if (read)
                tensor = read->to(at::kFloat);
            else
                problem = read.error();
        });
    }
    if (problem)
        return fail(*std::move(problem));
    return weights;
}

} // namespace

Result<Network> networkFromStateDict(const StoredTensors& stored, const std::string& architecture,
                                     const std::optional<Shape>& input)
{
    const auto tensors = prepared(stored);
    const auto ends = endsOf(tensors);
    ModelMetadata metadata;
    auto shape = input;
    if (!shape) {
        const std::int64_t side = ends.channels == 1 ? 28 : 32; // MNIST's, CIFAR's
        shape = Shape{ends.channels, side, side};
        metadata.notices.push_back(CoreText::tr("The file does not tell its input size; {1} was "
                                                "assumed; give the input shape if that is wrong.",
                                                shapeText(*shape)));
    }
    const auto keys = keysOf(tensors);
    const auto made =
        architecture.empty() ? guess(keys, ends, *shape) : madeFor(architecture, ends, *shape);
    if (!made)
        return made;
    const auto wanted = keysOf(*made);
    if (wanted != keys)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("The weights are not those of {1}: {2}; give the architecture "
                                 "that they were trained in.",
                                 architecture,
                                 problemText(difference(wanted, keys), difference(keys, wanted))));
    auto weights = readWeights(*made, tensors);
    if (!weights)
        return fail(weights.error());
    if (auto ok = checkWeights(made->graph(), *weights); !ok)
        return fail(ok.error());
    return Network(made->sharedGraph(),
                   std::make_shared<const Network::Weights>(*std::move(weights)),
                   std::move(metadata));
}

} // namespace espalier
