#pragma once

#include <vector>

#include "criteria/criterion.h"

namespace espalier {

/// L1 or L2 norms of filters (METHOD: a layer is the mean over its convolutions' filters; a coupled
/// unit the mean over the filters it takes).
class FilterNorms {
public:
    FilterNorms(const Network& network, const Structures& structures, Criterion criterion);

    double ofLayer(const Layer& layer) const;
    std::vector<double> ofUnits(const FilterGroup& group) const;

private:
    const Structures& m_structures;
    std::vector<std::vector<double>> m_ofNode; ///< per output channel; empty: no filters
};

} // namespace espalier
