#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "session/history.h"

namespace espalier::cli {

/// Part of the dense network's MACs that `iteration` lacks, 0..1.
double macsRemoved(const Iteration& iteration, std::int64_t denseMacs);

/// The candidate of `kind` that competed in `iteration`; null without one.
const Candidate* candidateOf(const Iteration& iteration, StructureKind kind);

/// The kinds that had a candidate in any iteration, layers first.
std::vector<StructureKind> competingKinds(const std::vector<Iteration>& history);
std::string competitorName(StructureKind kind); ///< "layer", "filters", "heads", "neurons"

/// One line per iteration: the choice, 1 - CKA of both candidates, accuracies, MACs, parameters,
/// and the latency beside the dense network's where it was measured.
std::string historyTable(const std::vector<Iteration>& history, CkaKind similarity);

/// {"current", "iterations": [...]}, everything but the epochs' details, indented.
std::string historyJson(const std::vector<Iteration>& history, IterationId current);

} // namespace espalier::cli
