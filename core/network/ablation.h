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
        std::vector<std::int64_t> channels; ///< of the node's output, ascending; set to zero
    };
    struct Branch {
        NodeId add; ///< an Add node ...
        NodeId keep; ///< ... whose value becomes that of this input
    };
    std::vector<Channels> channels; ///< at most one entry per node
    std::vector<Branch> branches; ///< at most one entry per Add
};

} // namespace espalier
