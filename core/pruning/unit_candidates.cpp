#include "pruning/unit_candidates_p.h"

#include <algorithm>

namespace espalier {

std::vector<std::string> groupsOfKind(const Structures& structures,
                                      const std::vector<std::string>& groups, StructureKind kind)
{
    std::vector<std::string> ofKind;
    std::ranges::copy_if(groups, std::back_inserter(ofKind), [&](const std::string& name) {
        const auto* group = structures.filterGroup(name);
        return group && group->kind == kind;
    });
    return ofKind;
}

std::string unitCandidateName(StructureKind kind, Criterion criterion)
{
    return structureKindPlural(kind) + " (" + criterionName(criterion) + ")";
}

} // namespace espalier
