#include "formats/export_check.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "data/dataset_p.h"
#include "formats/model_file.h"
#include "network/executor_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr std::int64_t imagesToCheck = 64;
constexpr double tolerance = 1e-3; // of the largest output; float order alone stays far below

at::Tensor imagesFor(const Network& network, const DataView* data)
{
    if (data && data->count() > 0)
        return batchOf(*data, 0, std::min(data->count(), imagesToCheck)).images.to(at::kCPU);
    auto shape = network.graph().inputShape();
    shape.insert(shape.begin(), 4);
    return at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(0), at::TensorOptions());
}

std::string scientific(double value)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::scientific, 1)
                         .ptr;
    return {buffer.data(), end};
}

} // namespace

Result<std::string> exportDifference(const Network& network, const std::filesystem::path& file,
                                     const DataView* data)
{
    const auto again = importModel(file, network.graph().inputShape());
    if (!again)
        return fail(again.error());
    const auto onCpu = onDevice(network, {.kind = DeviceSpec::Kind::Cpu});
    if (!onCpu)
        return fail(onCpu.error());
    double difference = 0.0;
    const auto status = guarded("checking '" + file.string() + "'", [&]() -> Status {
        const at::NoGradGuard noGrad;
        const auto images = imagesFor(network, data);
        const auto expected = forward(onCpu->graph(), onCpu->weights(), images, Mode::Evaluate);
        const auto found = forward(again->graph(), again->weights(), images, Mode::Evaluate);
        difference = (expected - found).abs().max().item<double>();
        if (!(difference <= tolerance * expected.abs().max().item<double>()))
            return fail(ErrorCode::Mismatch,
                        "'" + file.string() + "' computes something else than the network it was "
                            + "exported from (outputs differ by " + scientific(difference)
                            + "); do not use it.");
        return {};
    });
    if (!status)
        return fail(status.error());
    return scientific(difference);
}

} // namespace espalier
