#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <onnx/onnx_pb.h>

#include "formats/aten_mapper_p.h"
#include "formats/onnx_patterns_p.h"

namespace espalier {

/// One node of an ONNX graph with the values of its inputs, read with checks; the first that does
/// not fit is remembered. A left-out input is None.
class OnnxArguments {
public:
    OnnxArguments(AtenMapper& into, const onnx::NodeProto& of, std::int64_t version,
                  std::vector<AtenValue> values)
        : mapper(into)
        , node(of)
        , opset(version)
        , inputs(std::move(values))
    {
    }

    bool ok() const { return m_ok; }

    const onnx::AttributeProto* attribute(std::string_view name) const;
    std::int64_t integer(std::string_view name, std::int64_t fallback) const;
    double number(std::string_view name, double fallback) const;
    std::string text(std::string_view name, const std::string& fallback) const;
    std::vector<std::int64_t> integers(std::string_view name) const; ///< empty when absent

    bool has(std::size_t i) const { return i < inputs.size() && !inputs[i].isNone(); }
    bool isNode(std::size_t i) const { return i < inputs.size() && inputs[i].isNode(); }
    bool isConstant(std::size_t i) const { return has(i) && inputs[i].isConstant(); }
    const AtenValue& value(std::size_t i) const;
    const AtenTensor& tensor(std::size_t i) const; ///< of the network
    at::Tensor constant(std::size_t i) const; ///< undefined and not ok() when it is none
    std::vector<std::int64_t> numbers(std::size_t i) const; ///< integers of a constant
    double scalar(std::size_t i) const;
    std::vector<std::int64_t> sizes(std::size_t i) const; ///< of a node or a constant

    /// What older opsets had as an attribute and newer ones have as an input; empty when absent.
    std::vector<std::int64_t> listed(std::string_view name, std::size_t i) const;
    std::int64_t dimension(std::int64_t dimension, std::size_t rank) const; ///< from the front

    /// A constant as a weight: named by the file, else by the node's own name.
    AtenValue weight(std::size_t i, const char* role) const;
    /// The same made of a tensor that was computed of the constant `i`.
    AtenValue weightOf(at::Tensor tensor, std::size_t i, const char* role) const;

    Result<AtenValue> call(const char* aten, std::vector<AtenValue> arguments) const;

    tl::unexpected<Error> unsupported(const std::string& clause) const;
    tl::unexpected<Error> unexpectedForm() const;

    AtenMapper& mapper;
    const onnx::NodeProto& node;
    const std::int64_t opset;
    std::vector<AtenValue> inputs;
    std::string place; ///< module path, where the node's name tells it
    std::string fallbackName; ///< of nodes without weights

private:
    mutable bool m_ok = true;
};

/// "node '/conv1/Conv' (Conv)"
std::string describe(const onnx::NodeProto& node);

inline AtenValue listOf(std::vector<std::int64_t> numbers)
{
    return AtenValue::of(c10::IValue(std::move(numbers)));
}

/// Values of constants that each value of a weight may be worked out to: transposed, converted.
constexpr std::int64_t timesTheWeights = 8;

using OnnxHandler = Result<AtenValue> (*)(const OnnxArguments&);
using OnnxHandlers = std::map<std::string, OnnxHandler>;

void addOnnxLayerHandlers(OnnxHandlers& handlers); ///< convolution, linear, normalisation, pooling
void addOnnxElementWiseHandlers(OnnxHandlers& handlers); ///< activations, arithmetic, reductions
void addOnnxLayoutHandlers(OnnxHandlers& handlers); ///< reshape, transpose, slice, concatenate

/// An operator that was taken apart; its input, weight and bias are the inputs 0 to 2.
Result<AtenValue> callFusion(const OnnxArguments& arguments, const OnnxFusion& fusion);

/// Whether the operator can be worked out when all its inputs are constants.
bool isFoldable(const std::string& op);

/// Works it out. `budget`: values that constants may still have in all. Errors: Unsupported.
Result<std::vector<at::Tensor>> foldOnnx(const OnnxArguments& arguments, std::int64_t& budget);

} // namespace espalier
