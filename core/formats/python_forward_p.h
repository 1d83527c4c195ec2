#pragma once

#include "formats/python_scopes_p.h"
#include "formats/python_text_p.h"

namespace espalier::python {

struct Statement {
    std::string target; ///< empty: what is returned
    Expression value;
};

struct Forward {
    std::string arguments; ///< "x" or "x, y" or "*features"
    std::vector<Statement> statements; ///< the last returns
};

/// How a class calls a module in it: "self.layer1.conv1".
std::string accessTo(const Scope& from, const Scope& to);
std::string accessTo(const Scope& from, const ScopeTree& tree, NodeId node);

/// The body of the forward() of a scope that is a class.
Forward forwardOf(const Graph& graph, const ScopeTree& tree, const Scope& scope);

} // namespace espalier::python
