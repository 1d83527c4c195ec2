#pragma once

#include <cstdint>
#include <vector>

#include "base/id.h"

namespace espalier {

/// Parts of a network switched off without surgery: what a pruned network must equal, and how
/// candidates are scored before anything is cut.
struct Ablation {
    struct Channels {
        NodeId node;
        std::int64_t dimension = 0; ///< of the node's output, without the batch
        std::vector<std::int64_t> channels; ///< positions along it, ascending; set to zero
    };
    struct Branch {
        NodeId exit; ///< a node ...
        NodeId keep; ///< ... whose value becomes that of this earlier one
    };
    std::vector<Channels> channels; ///< at most one entry per node and dimension
    std::vector<Branch> branches; ///< at most one entry per node
};

} // namespace espalier
