#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "criteria/criterion.h"
#include "data/dataset.h"
#include "similarity/cka.h"
#include "training/finetune.h"

namespace espalier {

/// Who decides between the candidates: a layer, filters, heads, neurons, whichever there are.
enum class Contest {
    Cka, ///< the paper: the candidate more similar to the parent; a tie goes to the layer
    Coin, ///< the random-walk control
    LayersOnly,
    FiltersOnly, ///< all kinds but layers
};

/// What "similar capacity" equates between the layer candidate and the others (METHOD).
enum class Budget { Filters, Macs, Params };

/// Which filters, heads and neurons may go.
enum class FilterRule {
    FirstOfBlock, ///< the paper's: the first convolution of each residual block, and the heads and
                  ///< neurons inside one; a network without residual blocks: every group
    All, ///< every group
};

struct PruningSettings {
    Contest contest = Contest::Cka;
    Criterion criterion = Criterion::Kl;
    std::int64_t criterionImages = 5000; ///< of the training split; Kl only
    Budget budget = Budget::Filters;
    FilterRule filterRule = FilterRule::FirstOfBlock;
    std::int64_t minBlocksPerStage = 2; ///< >= 1: a stage keeps so many
    bool keepFirstBlockOfStage = true; ///< as the authors do
    std::int64_t minFilters = 1; ///< >= 1: a convolution keeps so many
    CkaKind similarity = CkaKind::Linear;
    Split similaritySplit = Split::Calibration; ///< Test is the authors' setting, and leaks
    std::int64_t similarityImages = 10000; ///< at most
    /// Locked parts: names of layers or filter groups that must stay.
    std::vector<std::string> locked;
    bool operator==(const PruningSettings&) const = default;
};

/// When the loop ends, whichever comes first; it always ends when nothing is left to remove.
struct StopRules {
    std::optional<std::int64_t> iterations; ///< >= 1
    std::optional<double> macsRemoved; ///< fraction of the dense network's, 0..1
    std::optional<double>
        minAccuracy; ///< validation accuracy, 0..1; the last network above it stays
    bool operator==(const StopRules&) const = default;
};

} // namespace espalier
