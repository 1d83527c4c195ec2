#include "network/precision_p.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include "base/core_text.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

/// Automatic mixed precision of the calling thread.
void setAutocast(c10::DeviceType device, bool on)
{
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_dtype(device, at::kBFloat16);
    at::autocast::set_autocast_enabled(device, on);
#else
    if (device == c10::kCUDA) {
        at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
        at::autocast::set_enabled(on);
    } else {
        at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
        at::autocast::set_cpu_enabled(on);
    }
#endif
}

/// A device that cannot do something has LibTorch throw at the first operation that needs it.
Status tryBFloat16(c10::Device device)
{
    return guarded(CoreText::tr("trying bfloat16"), [&]() -> Status {
        const at::NoGradGuard noGrad;
        const auto options = at::TensorOptions(device).dtype(at::kBFloat16);
        const auto images = at::ones({1, 8, 8, 8}, options);
        at::conv2d(images, at::ones({8, 8, 3, 3}, options)).sum().item<float>();
        return {};
    });
}

} // namespace

PrecisionScope::PrecisionScope(Precision precision, c10::DeviceType device)
    : m_device(device)
    , m_casts(precision == Precision::BFloat16)
    , m_tf32(precision == Precision::Tf32 && device == c10::kCUDA)
{
    if (m_casts) {
        at::autocast::increment_nesting();
        setAutocast(m_device, true);
    }
    if (m_tf32)
        allowTf32(true);
}

PrecisionScope::~PrecisionScope()
{
    if (m_tf32)
        allowTf32(false);
    if (!m_casts)
        return;
    setAutocast(m_device, false);
    if (at::autocast::decrement_nesting() == 0)
        at::autocast::clear_cache(); // of the weights as they were
}

void allowTf32(bool allowed)
{
    at::globalContext().setAllowTF32CuBLAS(allowed);
    at::globalContext().setAllowTF32CuDNN(allowed);
}

Status checkPrecision(Precision precision, DeviceSpec device)
{
    if (precision != Precision::BFloat16)
        return {};
    if (const auto tried = tryBFloat16(torchDevice(device)); !tried)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("bfloat16 does not work on {1} ({2}); use the precision float32.",
                                 device.text(), tried.error().message));
    return {};
}

std::optional<std::string> precisionNotice(Precision precision, DeviceSpec device)
{
    if (precision != Precision::Tf32 || device.kind == DeviceSpec::Kind::Cuda)
        return std::nullopt;
    return CoreText::tr("The precision tf32 has no effect on the CPU: networks run in float32.");
}

} // namespace espalier
