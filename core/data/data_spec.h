#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "data/class_map.h"

namespace espalier {

/// Where a data set lies and how to read it: "cifar10:DIR", "cifar100:DIR", "idx:DIR",
/// "folder:DIR", "npy:DIR".
struct DataSpec {
    enum class Format { Cifar10, Cifar100, Idx, Folder, Npy };
    Format format = Format::Cifar10;
    std::filesystem::path directory;
    ClassMap classes;
    bool mappedOnly = false; ///< accuracy counts outputs of the data's own classes only
    /// See centreCrop(); at least the network's shorter side. Only folders are resized without.
    std::optional<std::int64_t> resize = {};
    bool operator==(const DataSpec&) const = default;

    /// Format and directory.
    static Result<DataSpec> parse(std::string_view text);
    std::string text() const;
};

} // namespace espalier
