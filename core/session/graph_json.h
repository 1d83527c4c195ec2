#pragma once

#include <string>

#include "network/graph.h"

namespace espalier {

/// A graph as JSON text and back: what the session file stores. Errors: BadFormat.
std::string graphToJson(const Graph& graph);
Result<Graph> graphFromJson(const std::string& text);

} // namespace espalier
