#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/aten_value_p.h"
#include "formats/tensor_writes_p.h"
#include "network/network_p.h"

namespace espalier {

/// "add_", but not "__not__".
bool isInPlace(const std::string& name);

/// What is to be said of an operator that stands at `place` (the top of the model when empty).
std::string operatorSentence(const std::string& name, const std::string& place,
                             const std::string& clause);

/// The one mapper from aten operators to a Graph: TorchScript and torch.export both speak aten.
/// Shapes are inferred as nodes are added, so size queries have answers. What each operator becomes
/// stands in the aten_*.cpp files (aten_handlers_p.h).
class AtenMapper {
public:
    /// Refuses an input that no network takes, which would overflow here.
    static Status checkInput(const Shape& input);

    /// Of an input that checkInput() has passed.
    explicit AtenMapper(const Shape& input);

    AtenTensor input() const;
    /// As the program sees it, multiples of batchMarker where the batch is.
    static std::vector<std::int64_t> sizes(const AtenTensor& tensor) { return tensor.sizes(); }

    /// Adds nodes (or none, where the operator changes nothing) and returns the value. What an
    /// in-place operator changes is seen by all other names of the tensor.
    /// Errors: Unsupported (operator or form, with its place), Mismatch.
    Result<AtenValue> call(const AtenCall& call);

    /// The network that computes `output`; nodes it does not need are dropped.
    /// Errors: Unsupported when it is not one batch of outputs.
    Result<Network> finish(const AtenValue& output, ModelMetadata metadata) &&;

    // What the operators build with:

    /// Sample shape of a node's output.
    const Shape& shape(NodeId id) const { return m_shapes[id.index()]; }

    /// What made a node.
    const NodeSpec& spec(NodeId id) const { return m_specs[id.index()]; }

    /// The node is named by the weights' path where there is one, else as the call says.
    Result<NodeId> addNode(const AtenCall& call, Operation operation, std::vector<NodeId> inputs,
                           NodeWeights weights = {}, const std::string& path = {});

    /// The tensor with its values in the order of its view, as a node of canonical() shape.
    Result<AtenTensor> ordered(const AtenCall& call, const AtenTensor& tensor);

    void notice(const std::string& sentence); ///< once each

private:
    std::string uniqueName(std::string name);
    Status copyWeights(NodeWeights& weights);
    Result<AtenValue> current(const AtenCall& call, AtenValue value) const;
    void place(const AtenCall& call, AtenValue& result);

    std::vector<NodeSpec> m_specs;
    std::vector<NodeWeights> m_weights;
    std::vector<Shape> m_shapes;
    std::map<std::string, int> m_names; ///< with the number that the next of that name may have
    std::vector<std::string> m_notices;
    std::set<const void*> m_storages; ///< that weights were copied from
    double m_bytesHeld = 0.0; ///< by them
    double m_bytesCopied = 0.0;
    TensorWrites m_writes;
    std::int64_t m_inputMemory;
};

} // namespace espalier
