#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "data/input_file.h"
#include "network/graph.h"

namespace espalier {

/// What stands before the values of a NumPy file.
struct NpyHeader {
    std::string descr; ///< type and byte order, such as "|u1", "<i8"
    bool fortranOrder = false;
    Shape shape;
};

/// Reads the header of a NumPy file (.npy, versions 1 to 3 of the format) up to the first value.
/// Errors: BadFormat, and those of InputFile.
Result<NpyHeader> readNpyHeader(InputFile& file);

/// The header's text: a Python dictionary of 'descr', 'fortran_order' and 'shape'; nothing when it
/// is something else.
std::optional<NpyHeader> parseNpyDictionary(std::string_view text);

} // namespace espalier
