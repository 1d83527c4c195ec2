#pragma once

#include <functional>

namespace espalier {

/// Calls `work` on `threads` threads at once, the calling one among them, and waits for all. Within
/// it LibTorch uses no further threads: operators on small tensors lose more by waiting for each
/// other than they gain. What `work` throws is thrown again here, once all have ended.
void runSideBySide(int threads, const std::function<void()>& work);

} // namespace espalier
