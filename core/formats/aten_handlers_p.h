#pragma once

#include <map>
#include <string>

#include "formats/aten_mapper_p.h"

namespace espalier {

/// The arguments of one call, read with checks; the first that does not fit is remembered.
class AtenArguments {
public:
    AtenArguments(AtenMapper& into, const AtenCall& of)
        : mapper(into)
        , call(of)
    {
    }

    bool ok() const { return m_ok; }
    std::size_t count() const { return call.arguments.size(); }
    bool has(std::size_t i) const; ///< there, and not None
    bool isNode(std::size_t i) const;
    bool isTensor(std::size_t i) const; ///< a constant one

    const AtenTensor& tensor(std::size_t i) const; ///< of the network
    const c10::IValue* constant(std::size_t i) const;
    std::int64_t integer(std::size_t i) const;
    std::int64_t integer(std::size_t i, std::int64_t fallback) const; ///< when it is not there
    double number(std::size_t i) const; ///< a scalar tensor too
    double number(std::size_t i, double fallback) const;
    bool boolean(std::size_t i, bool fallback = false) const;
    std::string text(std::size_t i, const std::string& fallback) const;
    std::vector<std::int64_t> integers(std::size_t i) const;
    Size2 pair(std::size_t i) const;
    at::Tensor weight(std::size_t i) const; ///< a parameter of the model; undefined for None
    const AtenList& list(std::size_t i) const;
    std::string path(std::size_t i) const; ///< of the parameter
    std::string modulePath(std::size_t i) const; ///< of the module that owns the parameter

    /// A dimension of a tensor of that rank, counted from its end when negative.
    std::int64_t dimension(std::size_t i, std::size_t rank) const;
    std::int64_t checkedDimension(std::int64_t dimension, std::size_t rank) const;

    tl::unexpected<Error> unsupported(const std::string& clause) const;
    tl::unexpected<Error> unexpectedForm() const;

    // Steps that most operators share.

    /// The i-th argument in the order of its view.
    Result<AtenTensor> ordered(std::size_t i) const;
    /// The same, as a node of batch x sample. Errors: Unsupported when the batch is elsewhere.
    Result<NodeId> batchFirst(std::size_t i) const;
    /// The dimension of the node's sample that a dimension of an ordered tensor is.
    /// Errors: Unsupported for the batch.
    Result<std::int64_t> sampleDimension(const AtenTensor& tensor, std::int64_t dimension) const;

    /// Adds an operator over `node` (batch first).
    Result<AtenValue> add(Operation operation, NodeId node, NodeWeights weights = {},
                          const std::string& path = {}) const;
    /// Adds an operator that keeps the order of dimensions of an ordered tensor.
    Result<AtenValue> addOver(Operation operation, const AtenTensor& tensor,
                              NodeWeights weights = {}, const std::string& path = {}) const;
    /// Adds an element-wise operator, in whatever order the values are.
    Result<AtenValue> addElementWise(Operation operation, const AtenTensor& tensor) const;
    /// A constant of the model as an operand beside a tensor ordered like `beside`.
    Result<NodeId> addParameter(const AtenConstant& constant, const AtenTensor& beside) const;
    /// A tensor made from the i-th argument, a constant of the model.
    AtenValue derived(std::size_t i, at::Tensor tensor) const;

    /// Another operator at the same place.
    Result<AtenValue> also(const std::string& name, std::vector<AtenValue> arguments) const;

    AtenMapper& mapper;
    const AtenCall& call;

private:
    mutable bool m_ok = true;
};

using AtenHandler = Result<AtenValue> (*)(const AtenArguments&);
using AtenHandlers = std::map<std::string, AtenHandler>;

void addLayerHandlers(AtenHandlers& handlers); ///< convolution, linear, normalisation, pooling
void addElementWiseHandlers(AtenHandlers& handlers); ///< activations, arithmetic
void addLayoutHandlers(AtenHandlers& handlers); ///< reshape, permute, slice, concatenate
void addAttentionHandlers(AtenHandlers& handlers); ///< matrix products, softmax, attention

} // namespace espalier
