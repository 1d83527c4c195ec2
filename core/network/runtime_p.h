#pragma once

#include <functional>

#include <c10/core/Device.h>

#include "network/runtime.h"

namespace espalier {

/// `spec` must be resolved.
c10::Device torchDevice(DeviceSpec spec);

/// Runs `body` and turns what LibTorch or the allocator throws into an Error with the first line of
/// its message, prefixed by `what` ("running the network").
Status guarded(const std::string& what, const std::function<Status()>& body);

} // namespace espalier
