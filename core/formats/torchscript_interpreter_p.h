#pragma once

#include <torch/csrc/jit/api/module.h>

#include "formats/aten_mapper_p.h"

namespace espalier {

/// Walks a TorchScript module's forward() without running it: constants are folded, submodules and
/// functions entered, branches on constants taken, and what remains goes to the mapper.
/// Returns the node of the output. Errors: Unsupported (with operator and place), Mismatch. Throws
/// c10::Error where LibTorch refuses.
Result<AtenValue> interpretModule(const torch::jit::Module& module, AtenMapper& mapper);

} // namespace espalier
