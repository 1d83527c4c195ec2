#pragma once

#include <cstdint>

#include "session/history.h"
#include "training/finetune.h"

namespace espalier::test {

/// A network of a few kilobytes: convolution, batch norm, linear layer; other weights for another
/// seed.
Network smallNetwork(std::uint64_t seed);

Iteration denseIteration();
/// A child of iteration 0 in which every field has a value of its own and some optional ones are
/// absent.
Iteration fullIteration();
/// An interrupted iteration with `epochs` epochs done.
PendingIteration pendingIteration(std::uint64_t epochs);
/// smallNetwork(seed) with momentum, all determined by `seed`.
TrainState trainState(std::uint64_t seed, std::int64_t epochsDone);

/// Equal to the last bit, absent fields included.
bool same(const Network& a, const Network& b);
bool same(const Iteration& a, const Iteration& b);
bool same(const PendingIteration& a, const PendingIteration& b);
bool same(const TrainState& a, const TrainState& b);

} // namespace espalier::test
