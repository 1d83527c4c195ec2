#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "network/operations.h"

namespace espalier {

/// "16x32x32".
std::string shapeText(const Shape& shape);

/// "3x32x32" -> {3, 32, 32}; every extent must be >= 1.
Result<Shape> parseShape(std::string_view text);

/// A node before shapes are known. Inputs are positions in the list it stands in.
struct NodeSpec {
    std::string name; ///< path in the source model, e.g. "layer1.0.conv1"; unique in the graph
    Operation operation;
    std::vector<NodeId> inputs;
};

struct Node {
    NodeId id;
    std::string name;
    Operation operation;
    std::vector<NodeId> inputs;
    Shape shape; ///< of the output, one sample
};

/// The topology of a network: nodes in topological order, shapes inferred, no weights.
/// Immutable; share it as std::shared_ptr<const Graph> between threads without a lock.
class Graph {
public:
    /// Checks the topology (one Input first, inputs before users, unique names), drops nothing, and
    /// infers every shape for an input sample of `input`. The last node is the output.
    /// Errors: Mismatch or BadFormat, naming the node.
    static Result<Graph> build(std::vector<NodeSpec> nodes, const Shape& input);

    std::span<const Node> nodes() const { return m_nodes; }
    const Node& node(NodeId id) const { return m_nodes[id.index()]; }
    /// The nodes that take `id`'s output, in topological order; one entry per use.
    std::span<const NodeId> users(NodeId id) const { return m_users[id.index()]; }
    std::optional<NodeId> find(std::string_view name) const;

    NodeId input() const { return m_nodes.front().id; }
    NodeId output() const { return m_nodes.back().id; }
    const Shape& inputShape() const { return m_nodes.front().shape; }
    const Shape& outputShape() const { return m_nodes.back().shape; }

    /// The node whose output enters the classifier: where CKA is taken, METHOD. The classifier is
    /// the Linear or convolution that gives the outputs; without one: the input of the output node.
    NodeId features() const;

    /// Multiply-accumulates for one sample: convolutions, linear layers and matrix products count,
    /// all else is 0.
    std::int64_t macs(NodeId id) const;
    /// Trainable parameters (weights and biases; running statistics are not counted).
    std::int64_t params(NodeId id) const;
    std::int64_t macs() const;
    std::int64_t params() const;

    /// The specs that build() would take to make this graph again: the way to edit a graph.
    std::vector<NodeSpec> specs() const;

private:
    std::vector<Node> m_nodes;
    std::vector<std::vector<NodeId>> m_users;
};

/// The longest common module path of `names`: {"layer1.0.conv1", "layer1.0.bn1"} -> "layer1.0".
/// Empty when there is none.
std::string commonPath(std::span<const std::string> names);

} // namespace espalier
