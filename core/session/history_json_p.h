#pragma once

#include <string>

#include "base/result.h"
#include "network/network.h"
#include "session/history.h"

namespace espalier {

// What the session file holds as JSON beside graphs. Errors: BadFormat.

/// Without its id and parent: those are columns.
std::string iterationToJson(const Iteration& iteration);
Result<Iteration> iterationFromJson(const std::string& text);

/// Without its parent, which is a column.
std::string pendingToJson(const PendingIteration& pending);
Result<PendingIteration> pendingFromJson(const std::string& text);

std::string metadataToJson(const ModelMetadata& metadata);
Result<ModelMetadata> metadataFromJson(const std::string& text);

} // namespace espalier
