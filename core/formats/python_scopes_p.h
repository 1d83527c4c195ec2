#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "network/graph.h"

namespace espalier::python {

struct Scope;

/// A node or a scope that is called as one.
struct Item {
    NodeId node; ///< invalid for a scope
    Scope* scope = nullptr;
};

/// A module of the original model that has others in it: "layer1.0" of "layer1.0.conv1".
struct Scope {
    enum class Kind {
        Class, ///< a class with a forward() of its own
        Sequential,
        Group, ///< holds its children only; whoever is around it calls them
    };

    std::string path;
    Scope* parent = nullptr;
    std::vector<std::unique_ptr<Scope>> scopes; ///< in the order of their first nodes
    std::vector<NodeId> nodes; ///< directly in it, in order
    NodeId own; ///< a node of the scope's own name: the module has weights and children

    Kind kind = Kind::Class;
    std::vector<NodeId> entries; ///< values from outside, in the order of their first use
    NodeId exit; ///< the one value that is used outside
    std::vector<Item> steps; ///< in the order in which they run; empty for a Group

    std::string name; ///< under which its parent has it
    bool joinsEntries = false; ///< all it does with what enters is to concatenate it
    int height = 0; ///< 0 without scopes in it
    bool holdsWeights = false; ///< one of `nodes` has weights

    bool hasModules() const; ///< anything with weights in it
};

/// The modules of a network as a tree, made from the names of its nodes.
struct ScopeTree {
    std::unique_ptr<Scope> root;
    std::vector<Scope*> scopeOf; ///< of each node, by NodeId; null for nodes that nothing uses
    std::vector<std::string> nameOf; ///< of each node: as a member of its scope

    Scope* scope(NodeId id) const { return scopeOf[id.index()]; }
    const std::string& name(NodeId id) const { return nameOf[id.index()]; }
    /// The path of a module in the state dict: the original's as far as Python takes it.
    std::string key(NodeId id) const;
};

/// The name path of a scope as far as Python takes it: "layer1.0".
std::string keyOf(const Scope& scope);

ScopeTree scopeTree(const Graph& graph);

} // namespace espalier::python
