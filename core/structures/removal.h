#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "network/ablation.h"
#include "structures/structures.h"

namespace espalier {

/// What is taken out of a network: plain data, the same in a candidate, an undo step, a report line
/// and a row of the session file. Names and indices are those of the parent network's Structures.
struct Removal {
    std::vector<std::string> layers;
    /// Filter group name -> channels of its first convolution or linear layer at which its removed
    /// units begin, ascending.
    std::map<std::string, std::vector<std::int64_t>> filters;

    bool isEmpty() const { return layers.empty() && filters.empty(); }
    std::int64_t filterCount() const;
    bool operator==(const Removal&) const = default;
};

/// "layer1.2" or "37 filters in 9 convolutions": for tables.
std::string removalText(const Removal& removal, StructureKind kind = StructureKind::Filter);

/// What a removal names, looked up. Errors: NotFound, naming the part.
Result<std::set<UnitId>> removedUnits(const Structures& structures, const Removal& removal);
Result<std::vector<const Layer*>> removedLayers(const Structures& structures,
                                                const Removal& removal);

/// The same parts switched off in the unpruned network. Errors: NotFound, naming the part.
Result<Ablation> ablationOf(const Graph& graph, const Structures& structures,
                            const Removal& removal);

} // namespace espalier
