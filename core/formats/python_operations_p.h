#pragma once

#include "formats/python_text_p.h"
#include "network/graph.h"

namespace espalier::python {

/// Whether the operator has tensors of its own, so that it is a module (or a parameter).
bool hasWeights(const Operation& operation);

/// Whether a value is the same for every sample.
bool isConstant(const Graph& graph, NodeId id);

/// The constructor of the torch.nn module for a node: "nn.Conv2d(16, 32, 3)"; nothing where
/// PyTorch has none. `entry` is what enters the class it stands in.
std::optional<Expression> moduleOf(const Graph& graph, const Node& node, const std::string& member,
                                   NodeId entry);

/// An operand of a call.
struct Operand {
    Expression expression;
    bool lacksBatch = false; ///< a Parameter as it is stored
};

/// The call of an operator without weights: "F.relu(x)". `attention`: the class has a softmax, so
/// that a dimension cut in two is heads.
Expression functionOf(const Graph& graph, const Node& node, std::vector<Operand> operands,
                      bool attention);

/// Whether "f(g(x))" reads well with this operator as f.
bool wrapsWell(const Operation& operation);

} // namespace espalier::python
