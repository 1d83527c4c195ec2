#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace espalier::test {

/// The folder of real data and real networks: $ESPALIER_SHARED_DATA, else ../shared/data beside the
/// checkout. Nothing where a machine has neither.
std::optional<std::filesystem::path> sharedData();

/// A file in it, e.g. "models/resnet20_cifar10.pt"; nothing when it is absent.
std::optional<std::filesystem::path> sharedFile(std::string_view relative);

/// The plain CIFAR-10 folder, unpacked once into the build folder; nothing without shared data.
std::optional<std::filesystem::path> cifar10Folder();

/// A file committed under tests/, e.g. "formats/data/tiny.pt".
std::filesystem::path testFile(std::string_view relative);

/// The source tree.
std::filesystem::path sourceFolder();

} // namespace espalier::test

/// Declares `name` as the path of a shared file, or skips the test visibly.
#define ESPALIER_SHARED_FILE(name, relative)                                                       \
    const auto name##Optional = espalier::test::sharedFile(relative);                              \
    if (!name##Optional)                                                                           \
        QSKIP("needs ../shared/data/" relative " (or ESPALIER_SHARED_DATA)");                      \
    const std::filesystem::path name = *name##Optional

/// Declares `name` as the unpacked CIFAR-10 folder, or skips the test visibly.
#define ESPALIER_CIFAR10(name)                                                                     \
    const auto name##Optional = espalier::test::cifar10Folder();                                   \
    if (!name##Optional)                                                                           \
        QSKIP("needs ../shared/data/cifar-10-batches-bin (or ESPALIER_SHARED_DATA)");              \
    const std::filesystem::path name = *name##Optional
