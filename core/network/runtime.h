#pragma once

#include <optional>
#include <string>

#include "base/device.h"
#include "base/precision.h"
#include "network/network.h"

namespace espalier {

/// Prepares LibTorch on the calling thread: number of threads (0: one per core), denormals flushed
/// (trained networks hold weights so small that they slow the CPU down many times), no TF32. Call
/// it once on each thread that runs networks, before the first tensor.
void prepareThread(int threads = 0);

/// Auto -> the first CUDA device if there is one, else the CPU. Never returns Auto.
/// Errors: NotFound when a CUDA device is asked for that this machine or build lacks.
Result<DeviceSpec> resolveDevice(DeviceSpec spec);

/// Whether networks can run in it there; `device` must be resolved. Errors: Unsupported.
Status checkPrecision(Precision precision, DeviceSpec device);
/// What the user should know of a precision that does not do what it says there.
std::optional<std::string> precisionNotice(Precision precision, DeviceSpec device);

/// "1.13.1, CPU" and the like: what the log and About show.
std::string torchDescription();

/// The same network with its tensors on `device` (resolved), in the memory format that is fastest
/// there. Cheap when it is there already.
Result<Network> onDevice(const Network& network, DeviceSpec device);

} // namespace espalier
