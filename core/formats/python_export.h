#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "network/network.h"

namespace espalier {

/// Writes the network as PyTorch source, and its weights beside it: NAME.py and NAME.pth. The
/// source needs torch alone; modules and the state dict's keys have the paths of the original model
/// as far as Python takes them ("layer1.0.conv1.weight"). Blocks that are alike up to their numbers
/// share a class. The same network and name give the same text. Each file is written beside and
/// renamed. Errors: InvalidArgument where NAME.pth is a file that Espalier did not write, Io.
Status exportPython(const Network& network, const std::filesystem::path& file);

/// The source that exportPython() writes into a file of this name.
std::string pythonSource(const Network& network, const std::filesystem::path& file);

/// Reads the weights beside an exported source back and compares them. Errors: those of reading,
/// and Mismatch.
Status checkPythonWeights(const Network& network, const std::filesystem::path& file);

std::filesystem::path pythonWeightsFile(const std::filesystem::path& file);

} // namespace espalier
