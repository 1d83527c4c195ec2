#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace espalier {

/// Calls work(0) .. work(count - 1), each once, on `threads` threads of its own; `work` throws
/// nothing. Meanwhile `advance` hears on the calling thread how many more are done. False when
/// `stop` ended it early.
bool forEachInParallel(std::int64_t count, int threads,
                       const std::function<void(std::int64_t)>& work,
                       const std::function<void(std::int64_t)>& advance,
                       const std::stop_token& stop);

} // namespace espalier
