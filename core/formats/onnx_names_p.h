#pragma once

#include <string>
#include <unordered_map>

#include <onnx/onnx_pb.h>

namespace espalier {

/// Names as PyTorch users know them, from those in an ONNX file: "layer1.0.conv1.weight" is kept,
/// "/layer1/layer1.0/conv1/Conv" was made in "layer1.0.conv1", "onnx::Conv_193" says nothing.
class OnnxNames {
public:
    explicit OnnxNames(const onnx::ModelProto& model);

    /// Path of the parameter that an initializer holds; empty where an exporter made up its name.
    std::string parameterPath(const std::string& initializer) const;

    /// Path of the module that the node was made in; empty where its name does not tell.
    std::string scope(const onnx::NodeProto& node) const;

    /// Name for a node without weights that stands for `nodes` ONNX nodes: the module's where these
    /// are all that it has, else its operator's within the module.
    std::string nodeName(const onnx::NodeProto& node, int nodes) const;

private:
    bool m_isOwn = false; ///< written by Espalier: names are the graph's
    std::unordered_map<std::string, int> m_nodesIn; ///< by scope, constants left out
};

} // namespace espalier
