#pragma once

#include <string>
#include <variant>
#include <vector>

#include <ATen/core/ivalue.h>

#include "base/id.h"
#include "formats/tensor_view_p.h"

namespace espalier {

/// A constant of the program that is being read, with the path of the parameter it came from.
struct AtenConstant {
    c10::IValue value;
    std::string path; ///< "layer1.0.conv1.weight"; empty for literals
    bool isComputed = false; ///< made from the parameter at `path`, not that parameter itself
    bool isBuffer = false; ///< of the model, but not trained
};

/// The value of a node as the program sees it.
struct AtenTensor {
    NodeId node;
    TensorView view;
    /// After torch.expand: the sizes that extents of 1 stand for. Empty: those of the view.
    std::vector<std::int64_t> expandedTo = {};
    /// Whose memory the program takes it to lie in, and how much of what was written there it
    /// has (TensorWrites).
    std::int64_t memory = 0;
    std::size_t writesSeen = 0;

    std::vector<std::int64_t> sizes() const
    {
        return expandedTo.empty() ? view.sizes() : expandedTo;
    }
};

struct AtenValue;
using AtenList = std::vector<AtenValue>;

/// What a name stands for while a program of aten operators is read: a constant, a tensor of the
/// network, or a list (or tuple) with tensors in it.
struct AtenValue {
    std::variant<AtenConstant, AtenTensor, AtenList> value;

    bool isNode() const { return std::holds_alternative<AtenTensor>(value); }
    bool isConstant() const { return std::holds_alternative<AtenConstant>(value); }
    bool isList() const { return std::holds_alternative<AtenList>(value); }
    const AtenTensor& tensor() const { return std::get<AtenTensor>(value); }
    const AtenList& list() const { return std::get<AtenList>(value); }
    const c10::IValue& constant() const { return std::get<AtenConstant>(value).value; }
    const std::string& path() const { return std::get<AtenConstant>(value).path; }
    bool isNone() const { return isConstant() && constant().isNone(); }

    static AtenValue of(c10::IValue constant) { return {AtenConstant{std::move(constant), {}}}; }
};

/// One call: the operator's name, arguments in the schema's order, and where it stands.
struct AtenCall {
    std::string name; ///< without namespace and overload: "conv2d"
    std::vector<AtenValue> arguments;
    std::string place; ///< module path of the caller, for names and messages
    std::string fallbackName; ///< node name when no weight gives one
    std::string described =
        {}; ///< "The node ...", in messages, where the file has a name of its own for it
};

} // namespace espalier
