#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/ivalue.h>

namespace espalier {

/// What an operator on constants takes of memory and time: not less than it does, found without
/// running it. Infinite where it cannot be told.
struct ConstantCost {
    double elements; ///< of the tensors it gives
    double given; ///< elements of those it is given
    double products; ///< multiplications of a matrix product
    double items; ///< of the lists and letters of the texts it gives
    double pieces; ///< tensors that it takes one apart into
    bool isView; ///< what it gives lies in the memory of its first argument
};

/// `name` is without namespace and the mark of operators in place: "add", "__getitem__". Nothing
/// for a use that is not known: a convolution over more than single pixels.
std::optional<ConstantCost> constantCost(const std::string& name,
                                         const std::vector<c10::IValue>& values);

/// A number, or that of a tensor with one element.
std::optional<double> numberIn(const c10::IValue& value);

bool isOneOf(const std::string& name, std::initializer_list<const char*> names);

} // namespace espalier
