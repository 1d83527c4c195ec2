#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <ATen/core/ivalue.h>

#include "network/network_p.h"

namespace espalier {

/// A constant of the program that is being read, with the path of the parameter it came from.
struct AtenConstant {
    c10::IValue value;
    std::string path; ///< "layer1.0.conv1.weight"; empty for literals
};

struct AtenValue;
using AtenList = std::vector<AtenValue>;

/// What a name stands for while a program of aten operators is read: a constant, a node of the
/// network, or a list (or tuple) with nodes in it.
struct AtenValue {
    std::variant<AtenConstant, NodeId, AtenList> value;

    bool isNode() const { return std::holds_alternative<NodeId>(value); }
    bool isConstant() const { return std::holds_alternative<AtenConstant>(value); }
    NodeId node() const { return std::get<NodeId>(value); }
    const c10::IValue& constant() const { return std::get<AtenConstant>(value).value; }
    const std::string& path() const { return std::get<AtenConstant>(value).path; }
    bool isNone() const { return isConstant() && constant().isNone(); }

    static AtenValue of(c10::IValue constant) { return {AtenConstant{std::move(constant), {}}}; }
};

/// The size of the batch as programs see it: a number no real extent has, so that x.size(0) is
/// known again where it is used.
constexpr std::int64_t batchMarker = 1'000'003;

/// One call: the operator's name, arguments in the schema's order, and where it stands.
struct AtenCall {
    std::string name; ///< without namespace and overload: "conv2d"
    std::vector<AtenValue> arguments;
    std::string place; ///< module path of the caller, for names and messages
    std::string fallbackName; ///< node name when no weight gives one
};

/// The one mapper from aten operators to a Graph: TorchScript and torch.export both speak aten.
/// Shapes are inferred as nodes are added, so size queries have answers.
class AtenMapper {
public:
    explicit AtenMapper(const Shape& input);

    NodeId input() const { return NodeId(0); }
    const Shape& shape(NodeId id) const { return m_shapes[id.index()]; }

    /// Adds the node (or none, where the operator changes nothing) and returns its value.
    /// Errors: Unsupported (operator or form, with its place), Mismatch.
    Result<AtenValue> call(const AtenCall& call);

    /// The network that computes `output`; nodes it does not need are dropped.
    Result<Network> finish(NodeId output, ModelMetadata metadata) &&;

    const std::vector<std::string>& notices() const { return m_notices; }

private:
    struct Arguments;
    using Handler = Result<AtenValue> (AtenMapper::*)(const Arguments&);
    static const std::map<std::string, Handler>& handlers();

    Result<AtenValue> convolution(const Arguments& arguments);
    Result<AtenValue> conv2d(const Arguments& arguments);
    Result<AtenValue> batchNorm(const Arguments& arguments);
    Result<AtenValue> relu(const Arguments& arguments);
    Result<AtenValue> add(const Arguments& arguments);
    Result<AtenValue> pad(const Arguments& arguments);
    Result<AtenValue> slice(const Arguments& arguments);
    Result<AtenValue> maxPool(const Arguments& arguments);
    Result<AtenValue> averagePool(const Arguments& arguments);
    Result<AtenValue> adaptiveAveragePool(const Arguments& arguments);
    Result<AtenValue> mean(const Arguments& arguments);
    Result<AtenValue> flatten(const Arguments& arguments);
    Result<AtenValue> view(const Arguments& arguments);
    Result<AtenValue> linear(const Arguments& arguments);
    Result<AtenValue> addmm(const Arguments& arguments);
    Result<AtenValue> dropout(const Arguments& arguments);
    Result<AtenValue> softmax(const Arguments& arguments);
    Result<AtenValue> logSoftmax(const Arguments& arguments);
    Result<AtenValue> identity(const Arguments& arguments);

    Result<AtenValue> softmaxOf(const Arguments& arguments, bool logarithm);
    Result<AtenValue> linearOf(const Arguments& arguments, NodeId in, const at::Tensor& weight,
                               const at::Tensor& bias, const std::string& path);
    Result<AtenValue> padOf(const Arguments& arguments, const std::vector<std::int64_t>& amounts,
                            double value);
    Result<AtenValue> addNode(const Arguments& arguments, Operation operation,
                              std::vector<NodeId> inputs, NodeWeights weights = {},
                              const std::string& weightPath = {});
    std::string uniqueName(std::string name);

    std::vector<NodeSpec> m_specs;
    std::vector<NodeWeights> m_weights;
    std::vector<Shape> m_shapes;
    std::set<std::string> m_names;
    std::vector<std::string> m_notices;
    bool m_frozenNormNoticed = false;
};

} // namespace espalier
