#pragma once

#include <span>
#include <vector>

#include "criteria/criterion.h"
#include "structures/removal.h"

namespace espalier {

/// For each removal: the mean over `data` of KL(q||p) = sum q (log q - log p), p the softmax of the
/// whole network, q that of the network with the parts switched off (Luo & Wu 2020), in nats.
/// The softmax is taken once, in float64: where the network itself ends in one, its input counts as
/// the logits. Errors: NotFound, Mismatch, InvalidArgument (outputs that are not finite), Stopped.
Result<std::vector<double>> klOfRemovals(const Network& network, const Structures& structures,
                                         std::span<const Removal> removals, const DataView& data,
                                         const ProgressSink& progress, const std::stop_token& stop);

} // namespace espalier
