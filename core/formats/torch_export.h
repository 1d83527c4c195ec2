#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Reads a program of torch.export (.pt2), in the layout of PyTorch 2.8 and newer or in the older
/// one, into a Network. A fixed batch is taken as the batch; a program exported in training mode
/// becomes one with ordinary batch norm, with a notice. `input`: shape of one sample; absent: the
/// program's own. Errors: NotFound, BadFormat (damaged), Unsupported (an operator: its name and
/// place; several inputs or outputs), Mismatch (the input does not fit).
Result<Network> importExportedProgram(const std::filesystem::path& file,
                                      const std::optional<Shape>& input = std::nullopt);

} // namespace espalier
