#pragma once

#include <vector>

#include "session/history.h"

namespace espalier::ui {

/// The iterations from the dense network to `leaf`; empty when it is not in the history.
std::vector<const Iteration*> pathTo(const std::vector<Iteration>& history, IterationId leaf);

/// Networks that nothing was made of.
std::vector<IterationId> leavesOf(const std::vector<Iteration>& history);

} // namespace espalier::ui
