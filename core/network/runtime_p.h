#pragma once

#include <exception>
#include <functional>
#include <stop_token>

#include <c10/core/Device.h>

#include "network/runtime.h"

namespace espalier {

/// `spec` must be resolved.
c10::Device torchDevice(DeviceSpec spec);

/// Whether products on CUDA devices may be computed in TF32, by every thread; off until it is set.
void allowTf32(bool allowed);

/// Leaves a pass through a network between two of its operators. An exception, unlike everywhere
/// else in our code, because there is no other way out of LibTorch's backward pass.
struct PassStopped : std::exception {
    const char* what() const noexcept override { return "stopped"; }
};

/// While it lives, passes on the calling thread call `action` between any two of their operators,
/// backward on the CPU too: a place to wait at. The innermost one counts; an empty one silences
/// the others.
class BetweenOperators {
public:
    explicit BetweenOperators(std::function<void()> action);
    ~BetweenOperators();
    BetweenOperators(const BetweenOperators&) = delete;
    BetweenOperators& operator=(const BetweenOperators&) = delete;

private:
    std::function<void()> m_action;
    const std::function<void()>* m_outer;
};

/// What every pass does between two operators: the thread's BetweenOperators, then throws
/// PassStopped if it is to stop.
void throwIfStopped(const std::stop_token& stop);

/// Runs `body` and turns what LibTorch or the allocator throws into an Error with the first line of
/// its message, prefixed by `what` ("running the network", in the program's language), and
/// PassStopped into Stopped.
Status guarded(const std::string& what, const std::function<Status()>& body);

} // namespace espalier
