#pragma once

#include <string>

#include "formats/python_scopes_p.h"

namespace espalier::python {

/// The classes of a network, those that others use first; the last is the network's own.
struct Classes {
    std::string text;
    std::string network; ///< the name of the last
    bool usesOrderedDict = false;
    bool usesGroup = false;
    bool usesFunctional = false;
};

/// `name`: what the network's class is to be called.
Classes writeClasses(const Graph& graph, const ScopeTree& tree, const std::string& name);

} // namespace espalier::python
