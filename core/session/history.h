#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "pruning/candidate.h"
#include "training/finetune.h"

namespace espalier {

/// One network of the session's tree, described: plain numbers, no tensors. Iteration 0 is the
/// dense network; accuracies are fractions, absent when not measured.
struct Iteration {
    IterationId id;
    std::optional<IterationId> parent; ///< absent for the dense network
    std::vector<Candidate> candidates; ///< that competed; empty for the dense network
    std::optional<Choice> choice;
    std::int64_t macs = 0;
    std::int64_t params = 0;
    std::optional<double> accuracyBefore; ///< validation, right after the cut
    double accuracy = 0.0; ///< validation, after fine-tuning
    double testAccuracy = 0.0; ///< for reporting only
    std::vector<EpochResult> epochs; ///< of the full fine-tuning
    double seconds = 0.0; ///< wall-clock, scoring to the end of fine-tuning
    std::optional<LatencyComparison> latency; ///< beside the dense network

    const Candidate* chosen() const { return choice ? &candidates[choice->chosen] : nullptr; }
};

/// Where an iteration stands that is not finished: stored after every epoch and every decision.
struct PendingIteration {
    enum class Phase {
        Brief, ///< candidates are made; they are fine-tuned briefly, one after the other
        Full, ///< the choice is made; the chosen one is fine-tuned
    };
    IterationId parent;
    Phase phase = Phase::Brief;
    std::vector<Candidate> candidates;
    std::optional<Choice> choice;
    std::vector<EpochResult> epochs; ///< of the full fine-tuning so far
    double seconds = 0.0; ///< spent so far
};

} // namespace espalier
