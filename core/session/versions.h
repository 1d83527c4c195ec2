#pragma once

#include <string>
#include <vector>

namespace espalier {

/// A library that Espalier runs on.
struct LibraryVersion {
    std::string name;
    std::string version;
};

/// Those of core beside LibTorch (see torchDescription()): SQLite, ONNX, Protocol Buffers,
/// yaml-cpp; the version that runs where the library tells, else the one it was built with.
std::vector<LibraryVersion> libraryVersions();

} // namespace espalier
