#pragma once

#include <memory>
#include <string>
#include <vector>

#include "network/graph.h"

namespace espalier {

/// How raw pixels (0..255) become the network's input.
struct Normalisation {
    enum class Kind {
        Constants, ///< (x/255 - mean[c]) / deviation[c]
        PixelMean, ///< x/255 minus the per-pixel mean image of the training set
    };
    Kind kind = Kind::Constants;
    std::vector<double> mean; ///< per channel; Constants only
    std::vector<double> deviation; ///< per channel, > 0; Constants only
    bool operator==(const Normalisation&) const = default;
};

/// What a model file says beside graph and weights, and what was noticed while importing it.
struct ModelMetadata {
    std::optional<Normalisation> normalisation;
    std::vector<std::string> classes; ///< may be empty
    std::vector<std::string> notices; ///< sentences for the user, e.g. about frozen batch norm
};

/// A network: graph and weights. An immutable value; copies share tensors. Thread-safe to copy and
/// to read; running it belongs to the engine's thread.
class Network {
public:
    struct Weights; // network_p.h

    Network(std::shared_ptr<const Graph> graph, std::shared_ptr<const Weights> weights,
            ModelMetadata metadata = {});

    const Graph& graph() const { return *m_graph; }
    const std::shared_ptr<const Graph>& sharedGraph() const { return m_graph; }
    const Weights& weights() const { return *m_weights; }
    const std::shared_ptr<const Weights>& sharedWeights() const { return m_weights; }
    const ModelMetadata& metadata() const { return m_metadata; }

private:
    std::shared_ptr<const Graph> m_graph;
    std::shared_ptr<const Weights> m_weights;
    ModelMetadata m_metadata;
};

} // namespace espalier
