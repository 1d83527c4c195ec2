#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "network/network.h"
#include "structures/structures.h"

namespace espalier {

/// How alike the layers of two networks are, each with each.
struct LayerCka {
    std::vector<std::string> rows; ///< layers of the one network, from input to output
    std::vector<std::string> columns; ///< of the other
    std::vector<double> values; ///< row-major; not a number where a layer's values do not vary
    std::int64_t samples = 0;

    double at(std::size_t row, std::size_t column) const
    {
        return values[row * columns.size() + column];
    }
};

/// The nodes that stand for a network's layers: where its blocks end (in a network without blocks:
/// its convolutions and linear layers) and its features; at most `limit`, evenly chosen.
std::vector<NodeId> layersToCompare(const Graph& graph, const Structures& structures,
                                    std::size_t limit = 48);

/// Minibatch CKA (linear kernel, HSIC_1: Nguyen et al. 2021, eq. 3) of every layer of `a` with
/// every layer of `b` on the same images. Batches of 64 images. Errors: Mismatch (fewer than 4
/// images, or they do not fit), Stopped.
Result<LayerCka> compareLayers(const Network& a, const Network& b, const DataView& data,
                               const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
