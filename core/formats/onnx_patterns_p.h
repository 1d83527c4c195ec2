#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <onnx/onnx_pb.h>

#include "formats/aten_value_p.h"

namespace espalier {

/// Who makes and who uses the values of an ONNX graph, and which are constants.
class OnnxGraphView {
public:
    /// `constant` gives the tensor of a value that is one, else null. It must outlive this.
    OnnxGraphView(const onnx::GraphProto& graph,
                  std::function<const AtenConstant*(const std::string&)> constant);

    const onnx::NodeProto* producer(const std::string& value) const;
    std::optional<int> producerIndex(const std::string& value) const;
    int uses(const std::string& value) const;
    const AtenConstant* constant(const std::string& value) const { return m_constant(value); }
    std::optional<double> scalar(const std::string& value) const; ///< a constant of one value

private:
    const onnx::GraphProto& m_graph;
    std::function<const AtenConstant*(const std::string&)> m_constant;
    std::unordered_map<std::string, int> m_producers;
    std::unordered_map<std::string, int> m_uses;
};

/// Several nodes that exporters write for one operator.
struct OnnxFusion {
    enum class Kind { Activation, LayerNorm, GroupNorm, Linear };
    Kind kind = Kind::Activation;
    const char* activation = ""; ///< aten's name of it
    std::string input;
    std::string weight; ///< name of the constant; empty without
    std::string bias;
    std::vector<std::int64_t> axes; ///< of LayerNorm
    std::int64_t groups = 1;
    double epsilon = 1e-5;
    int nodes = 1; ///< how many it replaces, constants left out
};

/// The operator whose result `node` gives, where it is one that was taken apart.
std::optional<OnnxFusion> findFusion(const OnnxGraphView& graph, const onnx::NodeProto& node);

} // namespace espalier
