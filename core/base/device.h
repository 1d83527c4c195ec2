#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace espalier {

/// Where tensors live. `auto` is resolved by resolveDevice() in network/runtime.h.
struct DeviceSpec {
    enum class Kind { Auto, Cpu, Cuda };
    Kind kind = Kind::Auto;
    int index = 0; ///< of the CUDA device

    bool operator==(const DeviceSpec&) const = default;

    /// "auto", "cpu", "cuda" or "cuda:N"; anything else is InvalidArgument.
    static Result<DeviceSpec> parse(std::string_view text);
    std::string text() const;
};

} // namespace espalier
