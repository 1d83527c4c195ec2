#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace espalier {

/// Which output of the network each class of a data set is, where the two do not number alike (ten
/// ImageNet classes in front of a network with 1,000 outputs). One of:
/// - nothing: class i is output i;
/// - a list: outputs in the order of the classes;
/// - names with outputs;
/// - a text file: "NAME OUTPUT" on every line, or a line for each output in turn that begins with
///   the name of its class (ImageNet's list of synsets).
using ClassMap = std::variant<std::monostate, std::vector<std::int64_t>,
                              std::map<std::string, std::int64_t>, std::filesystem::path>;

/// "0,217,482", "n01440764=0,n02102040=217", else a file's path. Errors: InvalidArgument.
Result<ClassMap> parseClassMap(std::string_view text);
/// parseClassMap() of it is equal to `map` unless a name holds a comma; empty for nothing.
std::string classMapText(const ClassMap& map);

/// The output of each class. Errors: InvalidArgument (a class without output, a negative one, an
/// unknown name), and those of the file: NotFound, BadFormat.
Result<std::vector<std::int64_t>> classOutputs(const ClassMap& map,
                                               const std::vector<std::string>& classes);

} // namespace espalier
