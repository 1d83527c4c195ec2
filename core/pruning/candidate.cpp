#include "pruning/candidate.h"

#include "base/core_text.h"

namespace espalier {

std::string shortName(const Candidate& candidate)
{
    switch (candidate.kind) {
    case StructureKind::Layer:
        break;
    case StructureKind::Filter:
        return CoreText::tr("filters");
    case StructureKind::Head:
        return CoreText::tr("heads");
    case StructureKind::Neuron:
        return CoreText::tr("neurons");
    }
    return candidate.name;
}

} // namespace espalier
