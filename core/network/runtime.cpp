#include "network/runtime_p.h"

#include <algorithm>
#include <new>
#include <thread>
#include <utility>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "base/core_text.h"
#include "network/network_p.h"

namespace espalier {

namespace {

thread_local const std::function<void()>* betweenOperators = nullptr; ///< the innermost one

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

std::int64_t cudaDevices()
{
    return static_cast<std::int64_t>(torch::cuda::device_count());
}

} // namespace

void prepareThread(int threads)
{
    at::set_num_threads(
        threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    at::globalContext().setFlushDenormal(true);
    // The same run twice must give the same bits.
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setBenchmarkCuDNN(false);
    allowTf32(false); // LibTorch would use it for convolutions unasked
}

Result<DeviceSpec> resolveDevice(DeviceSpec spec)
{
    const auto devices = cudaDevices();
    if (spec.kind == DeviceSpec::Kind::Auto)
        return DeviceSpec{.kind = devices > 0 ? DeviceSpec::Kind::Cuda : DeviceSpec::Kind::Cpu};
    if (spec.kind == DeviceSpec::Kind::Cuda && spec.index >= devices) {
        return fail(
            ErrorCode::NotFound,
            devices > 0
                ? CoreText::tr("There is no {1} here ({2} CUDA devices); use --device auto or cpu.",
                               spec.text(), devices)
                : CoreText::tr(
                    "There is no {1} here (no CUDA device, or LibTorch without CUDA); use "
                    "--device auto or cpu.",
                    spec.text()));
    }
    return spec;
}

std::string torchDescription()
{
    return std::string("LibTorch ") + TORCH_VERSION + (cudaDevices() > 0 ? ", CUDA" : ", CPU")
        + ", " + std::to_string(at::get_num_threads()) + " threads";
}

Result<Network> onDevice(const Network& network, DeviceSpec device)
{
    auto weights = std::make_shared<Network::Weights>(network.weights());
    const auto what = CoreText::tr("moving the network to {1}", device.text());
    const auto status = guarded(what, [&]() -> Status {
        for (auto& node : weights->nodes) {
            forEachTensor(node, [&](std::string_view, at::Tensor& tensor) {
                if (!tensor.defined())
                    return;
                tensor = tensor.to(torchDevice(device));
                if (tensor.dim() == 4)
                    tensor = tensor.contiguous(at::MemoryFormat::ChannelsLast);
            });
        }
        return {};
    });
    if (!status)
        return fail(status.error());
    return Network(network.sharedGraph(), std::move(weights), network.metadata());
}

c10::Device torchDevice(DeviceSpec spec)
{
    return spec.kind == DeviceSpec::Kind::Cuda
        ? c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(spec.index))
        : c10::Device(c10::kCPU);
}

BetweenOperators::BetweenOperators(std::function<void()> action)
    : m_action(std::move(action))
    , m_outer(std::exchange(betweenOperators, &m_action))
{
}

BetweenOperators::~BetweenOperators()
{
    betweenOperators = m_outer;
}

void throwIfStopped(const std::stop_token& stop)
{
    if (betweenOperators && *betweenOperators)
        (*betweenOperators)();
    if (stop.stop_requested())
        throw PassStopped();
}

Status guarded(const std::string& what, const std::function<Status()>& body)
{
    try {
        return body();
    } catch (const PassStopped&) {
        return stopped();
    } catch (const c10::Error& error) {
        return fail(ErrorCode::Internal,
                    CoreText::tr("LibTorch failed while {1}: {2}", what,
                                 firstLine(error.what_without_backtrace())));
    } catch (const std::bad_alloc&) {
        return fail(
            ErrorCode::Internal,
            CoreText::tr("There was not enough memory while {1}; use a smaller batch or fewer "
                         "images.",
                         what));
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal,
                    CoreText::tr("Failed while {1}: {2}", what, firstLine(error.what())));
    }
}

} // namespace espalier
