#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "formats/onnx_writer_p.h"
#include "network/network_p.h"

namespace espalier {

/// One operator on its way into an ONNX graph.
struct OnnxOperands {
    const Graph& graph;
    const Node& node;
    const NodeWeights& weights;
    std::vector<std::string> values; ///< names of the inputs' values
    std::vector<bool> perImage; ///< whether an input has the batch's extent, or 1

    const Shape& shape(std::size_t i) const { return graph.node(node.inputs[i]).shape; }
};

/// Writes the nodes that compute the operator and returns the name of the result, which may be that
/// of an input. Input and Parameter are not written here.
/// Errors: Unsupported, naming the node.
Result<std::string> writeOperator(OnnxWriter& writer, const OnnxOperands& operands);

// By topic.
std::string writeActivation(OnnxWriter& writer, const Activation& activation, const std::string& x);
std::string writePool(OnnxWriter& writer, const MaxPool2d& pool, const OnnxOperands& operands);
std::string writePool(OnnxWriter& writer, const AvgPool2d& pool, const OnnxOperands& operands);
std::string writeLayout(OnnxWriter& writer, const Rearrange& rearrange,
                        const OnnxOperands& operands);
std::string writeLayout(OnnxWriter& writer, const Concat& concat, const OnnxOperands& operands);

} // namespace espalier
