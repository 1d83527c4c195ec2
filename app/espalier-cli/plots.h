#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "session/history.h"

namespace espalier::cli {

/// Writes accuracy.svg (against MACs removed), loss.svg (over all epochs of fine-tuning) and
/// cka.svg (1 - CKA of both candidates) into `folder`, which must exist. Returns what it wrote.
/// Errors: Io.
Result<std::vector<std::filesystem::path>> writePlots(const std::vector<Iteration>& history,
                                                      CkaKind similarity,
                                                      const std::filesystem::path& folder);

} // namespace espalier::cli
