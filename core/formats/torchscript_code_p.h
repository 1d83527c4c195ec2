#pragma once

#include <string_view>

#include "base/result.h"
#include "formats/zip_archive.h"

namespace espalier {

/// The code of a TorchScript archive is of a form that LibTorch reads without running out of stack:
/// it has functions that call themselves for every bracket, block, operator and definition that
/// stands within or behind another, and looks at no limit. Errors: Unsupported, BadFormat.
Status checkTorchScriptCode(const ZipArchive& archive);

/// Whether a line of TorchScript, or the name of a type, has more brackets within one another or
/// operators behind one another than LibTorch is given to read.
bool nestsTooDeep(std::string_view code);

} // namespace espalier
