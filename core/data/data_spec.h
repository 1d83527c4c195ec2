#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace espalier {

/// Where a data set lies and how to read it: "cifar10:DIR", "cifar100:DIR", "idx:DIR".
struct DataSpec {
    enum class Format { Cifar10, Cifar100, Idx };
    Format format = Format::Cifar10;
    std::filesystem::path directory;
    bool operator==(const DataSpec&) const = default;

    static Result<DataSpec> parse(std::string_view text);
    std::string text() const;
};

} // namespace espalier
