#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "formats/stored_tensor_p.h"
#include "network/network.h"

namespace espalier {

/// A built-in architecture with the weights of a state dict. `architecture`: see
/// architectureNames(); empty: the one that has exactly these keys. `input`: of one sample; absent:
/// the size usual for the channels, with a notice. Counters ("num_batches_tracked") are left out.
/// Errors: NotFound (an unknown architecture), Mismatch (keys or shapes, by name).
Result<Network> networkFromStateDict(const StoredTensors& tensors, const std::string& architecture,
                                     const std::optional<Shape>& input);

} // namespace espalier
