#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "data/dataset.h"
#include "network/network.h"
#include "structures/structures.h"

namespace espalier {

/// How parts of one kind are ranked; the lowest score goes first.
enum class Criterion {
    L1, ///< sum of absolute weights of a filter; a layer: mean over its convolutions' and linear
        ///< layers'
    L2, ///< Euclidean norm of a filter; a layer likewise
    Random, ///< uniform in [0, 1), from the seed
    Kl, ///< mean KL(q||p) of the softmax with the part ablated against the whole (Luo & Wu 2020)
};

Result<Criterion> parseCriterion(std::string_view text); ///< "l1", "l2", "random", "kl"
std::string criterionName(Criterion criterion);

/// Scores of everything removable; only kinds that were asked for are filled.
struct Scores {
    std::map<std::string, double> layers; ///< by Layer::name
    std::map<std::string, std::vector<double>> filters; ///< by FilterGroup::name, per unit
};

struct ScoreRequest {
    Criterion criterion = Criterion::L1;
    std::vector<std::string> layers; ///< names to score
    std::vector<std::string> filterGroups; ///< names to score
    std::uint64_t seed = 0; ///< Random only
};

/// Scores parts of a network. Kl reads `data` (all of it); the others do not and accept an empty
/// view. A coupled unit's L1/L2 is the mean over its producers' filters. Errors: NotFound,
/// Mismatch, InvalidArgument (Kl: outputs that are not finite), Stopped.
Result<Scores> scoreParts(const Network& network, const Structures& structures,
                          const ScoreRequest& request, const DataView& data,
                          const ProgressSink& progress = {}, std::stop_token stop = {});

} // namespace espalier
