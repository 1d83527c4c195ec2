#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/latency.h"
#include "similarity/cka.h"
#include "structures/removal.h"

namespace espalier {

/// One possible next network, described: plain numbers, no tensors.
struct Candidate {
    StructureKind kind = StructureKind::Layer;
    std::string name; ///< "layer1.2", or "filters" with the criterion
    Removal removal;
    std::int64_t macs = 0; ///< of the network after the removal
    std::int64_t params = 0;
    std::optional<double> score; ///< the criterion's, of a layer
    std::optional<CkaValues> cka; ///< against the parent; absent until compared
    std::optional<double> accuracyBefore; ///< before fine-tuning, on the comparison split
    std::optional<double> accuracyAfterBrief; ///< after the brief fine-tuning
    std::optional<LatencyComparison> latency; ///< beside the parent; decides nothing
};

/// What goes, in a word or two: the name of a layer, else "filters", "heads" or "neurons" in the
/// program's language.
std::string shortName(const Candidate& candidate);

/// Why a candidate became the next network.
struct Choice {
    std::size_t chosen = 0; ///< index into the candidates
    bool byUser = false;
    std::string reason; ///< "CKA 0.9842 (layer) against 0.9811 (filters)", in the language of then
    std::optional<std::size_t> insteadOf; ///< the engine's choice, where the user took another
};

} // namespace espalier
