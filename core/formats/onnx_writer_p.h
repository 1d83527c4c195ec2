#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ATen/core/Tensor.h>
#include <onnx/onnx_pb.h>

namespace espalier {

using OnnxAttribute =
    std::pair<std::string, std::variant<std::int64_t, double, std::vector<std::int64_t>>>;

/// Builds the graph of an ONNX model, node by node. Values are known by their names.
class OnnxWriter {
public:
    explicit OnnxWriter(onnx::GraphProto& graph)
        : m_graph(graph)
    {
    }

    /// Nodes that follow are parts of the one with this name.
    void begin(const std::string& name);

    /// Adds a node and returns the name of its output.
    std::string call(const std::string& op, const std::vector<std::string>& inputs,
                     const std::vector<OnnxAttribute>& attributes = {});

    /// The last node since begin() gets the name given there, and its output the name `value` or a
    /// free one like it, which is returned. Nothing when there was no node.
    std::optional<std::string> end(const std::string& value);

    /// The same, for a name that was reserved.
    std::optional<std::string> endAs(const std::string& value);

    /// A tensor of the network, under this name.
    std::string parameter(const std::string& name, const at::Tensor& tensor);

    // Constants of the operator that is being written.
    std::string constant(const at::Tensor& tensor);
    std::string constant(double number);
    std::string constant(const std::vector<std::int64_t>& numbers);

    /// A name no value has yet, which it takes.
    std::string reserve(const std::string& name) { return unique(m_valueNames, name); }

private:
    static std::string unique(std::set<std::string>& taken, const std::string& name);

    onnx::GraphProto& m_graph;
    std::string m_name;
    int m_first = 0; ///< index of the first node since begin()
    std::set<std::string> m_nodeNames;
    std::set<std::string> m_valueNames;
};

/// Values, shape and type. float32 and int64.
void fillTensor(onnx::TensorProto& proto, const at::Tensor& tensor);

} // namespace espalier
