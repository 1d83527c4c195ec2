#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace espalier {

/// A YAML document as plain values that know their lines. Keys are unique within a map.
struct ConfigNode {
    enum class Kind { Null, Scalar, List, Map };
    Kind kind = Kind::Null;
    int line = 1; ///< from 1
    std::string text; ///< of a Scalar
    bool quoted = false; ///< a Scalar in quotes is text, never a number
    std::vector<ConfigNode> items; ///< of a List
    struct Entry;
    std::vector<Entry> entries; ///< of a Map, in the file's order
};
struct ConfigNode::Entry {
    std::string key;
    int line = 1;
    ConfigNode value;
};

/// Parses one YAML document whose root is a map; an empty one is an empty map. Aliases and tags are
/// refused, so the tree is never larger than the text. Errors: BadFormat, naming `origin` and line.
Result<ConfigNode> parseConfig(const std::string& text, const std::string& origin);

/// "experiment.yaml, line 12: `problem`"
std::string configProblem(const std::string& origin, int line, const std::string& problem);

} // namespace espalier
