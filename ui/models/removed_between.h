#pragma once

#include <vector>

#include "session/history.h"
#include "structures/removal.h"

namespace espalier::ui {

/// What the iterations after `ancestor`, up to `descendant`, took away together, named and counted
/// as in `ancestor`'s network, whose structures are given. Empty where `descendant` was not made of
/// it.
Removal removedBetween(const std::vector<Iteration>& history, IterationId ancestor,
                       IterationId descendant, const Structures& structures);

} // namespace espalier::ui
