#pragma once

#include <set>
#include <string>
#include <vector>

#include <ATen/core/function_schema.h>

#include "base/result.h"
#include "formats/aten_value_p.h"

namespace espalier {

/// Lets operators be worked out whose arguments are all constants. A model file names them and is
/// not trusted: they must be pure, of bounded size, and give the same for batches of any size.
/// One object for one program: it adds up what was made.
class ConstantFolding {
public:
    /// `fixedBatch`: the batch the program was exported with; 0 when it takes any.
    explicit ConstantFolding(std::int64_t fixedBatch = 0);

    /// A parameter or buffer of the model: what is made of it may be as large, and only what gives
    /// the same with every run may be written to its memory.
    void addModelTensor(const at::Tensor& tensor);

    /// What to call the operator with. `name` is without namespace: "add", "__getitem__", "fill_".
    /// A constant is the same for every image, so extents that are the batch's become 1.
    /// Errors: Unsupported; the message is a clause ("makes a constant that is too large").
    Result<std::vector<c10::IValue>> admit(const std::string& name,
                                           const std::vector<AtenValue>& arguments);

private:
    bool changesTheModel(const std::string& name, const std::vector<AtenValue>& arguments) const;
    Status leaveTheBatch(const std::string& name, std::vector<c10::IValue>& values);

    std::int64_t m_fixedBatch;
    bool m_leftTheBatch = false; ///< some constant has 1 where PyTorch has the batch
    double m_elementsLeft; ///< that may still be made
    double m_productsLeft; ///< that may still be multiplied
    std::set<const void*> m_modelMemory;
};

/// Whether the element types that an operator is to be called with exist; LibTorch does not check.
bool hasKnownTypes(const c10::FunctionSchema& schema, const std::vector<c10::IValue>& values);

/// new_zeros(x, sizes) and its like take nothing of a network's value but its type, float32: they
/// become zeros(sizes) of that type, a constant. Whether `name` is one of them.
bool useConstantForm(std::string& name, std::vector<AtenValue>& arguments);

/// Runs aten::`name`, which `folding` must admit; whole numbers, numbers and lists are taken where
/// its schema asks for numbers, tensors and lists with gaps.
/// Errors: Unsupported, with a clause for a message. Throws c10::Error where LibTorch refuses.
Result<std::vector<c10::IValue>> foldConstants(const std::string& name, const std::string& overload,
                                               const std::vector<AtenValue>& arguments,
                                               ConstantFolding& folding);

/// Numbers of a program that hold the batch's size are multiples of batchMarker. They may be
/// multiplied, compared, and divided as long as a multiple remains or the batch cancels out.
/// Errors: Unsupported, with a clause for a message.
Status checkBatchArithmetic(const std::string& name, const std::vector<c10::IValue>& operands);

/// Whether a number (or tensor of one) is a multiple of the batch's size.
bool holdsBatchSize(const c10::IValue& value);

/// num_batches_tracked and its like: no part of the network.
bool isCounter(const AtenConstant& constant);

/// A result, with the path of the parameter it was made from: a transposed weight is still that
/// weight.
AtenValue folded(c10::IValue value, const std::vector<AtenValue>& arguments);

} // namespace espalier
