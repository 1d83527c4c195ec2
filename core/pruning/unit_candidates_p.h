#pragma once

#include <array>
#include <string>
#include <vector>

#include "criteria/criterion.h"
#include "structures/structures.h"

namespace espalier {

/// The kinds that are removed in units, in the order of their candidates.
inline constexpr std::array unitKinds{StructureKind::Filter, StructureKind::Head,
                                      StructureKind::Neuron};

/// Those of `groups` that are of the kind.
std::vector<std::string> groupsOfKind(const Structures& structures,
                                      const std::vector<std::string>& groups, StructureKind kind);

std::string unitCandidateName(StructureKind kind, Criterion criterion); ///< "filters (l1)"

} // namespace espalier
