#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/function_schema.h>

#include "base/result.h"
#include "formats/aten_mapper_p.h"
#include "formats/constant_folding_p.h"

namespace espalier {

/// An operator of torch.export taken apart: "torch.ops.aten.add_.Tensor" -> "add_", "Tensor".
struct AtenTarget {
    std::string name;
    std::string overload; ///< empty for "default"
};
/// Nothing when `target` is no aten operator.
std::optional<AtenTarget> atenTarget(const std::string& target);

/// The schema of an operator: LibTorch's own, or that of an operator which is newer than this
/// LibTorch. Null when neither knows it.
const c10::FunctionSchema* schemaOf(const AtenTarget& target);

/// Named arguments in the schema's order, defaults filled in; in the order given without a schema.
/// Errors: Unsupported (an argument the schema lacks, or none given for one without default).
Result<std::vector<AtenValue>>
inSchemaOrder(const c10::FunctionSchema* schema,
              std::vector<std::pair<std::string, AtenValue>> arguments);

/// The same call in the form in which eager code writes it: torch.export and run_decompositions()
/// have names of their own for batch norm, max pooling and the like.
void useEagerForm(AtenCall& call);

/// Arithmetic on sizes, as Python writes it ("_operator.mul", "math.floor", "torch.sym_max").
/// Nothing when `target` is no such operator; Errors: Unsupported.
std::optional<Result<c10::IValue>> foldPython(const std::string& target,
                                              const std::vector<AtenValue>& arguments);

} // namespace espalier
