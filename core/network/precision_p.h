#pragma once

#include <c10/core/DeviceType.h>

#include "base/precision.h"

namespace espalier {

/// Passes through networks on the calling thread run in a precision while it lives; put it around
/// forward passes, not around backward ones. Values that come out may be bfloat16. prepareThread()
/// must have been called on the thread.
class PrecisionScope {
public:
    PrecisionScope(Precision precision, c10::DeviceType device);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;

private:
    c10::DeviceType m_device;
    bool m_casts;
    bool m_tf32;
};

} // namespace espalier
