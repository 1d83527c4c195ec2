#include "formats/export_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "base/core_text.h"
#include "data/dataset_p.h"
#include "formats/model_file.h"
#include "formats/python_check_p.h"
#include "formats/python_export.h"
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

/// The largest difference, or an error when it is too large.
Result<double> difference(const at::Tensor& expected, const at::Tensor& found,
                          const std::filesystem::path& file)
{
    const auto largest = expected.numel() == found.numel()
        ? (expected.flatten() - found.flatten()).abs().max().item<double>()
        : std::numeric_limits<double>::infinity();
    if (!(largest <= tolerance * expected.abs().max().item<double>()))
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("'{1}' computes something else than the network it was exported "
                                 "from (outputs differ by {2}); do not use it.",
                                 file.string(), scientific(largest)));
    return largest;
}

/// Undefined where nothing could be run.
Result<at::Tensor> outputsOf(const Network& network, const std::filesystem::path& file,
                             const at::Tensor& images, const std::stop_token& stop)
{
    if (file.extension() == ".py") {
        if (const auto weights = checkPythonWeights(network, file); !weights)
            return fail(weights.error());
        const auto outputs = runInPython(file, images);
        if (!outputs)
            return fail(outputs.error());
        return outputs->value_or(at::Tensor());
    }
    const auto again = importModel(file, network.graph().inputShape());
    if (!again)
        return fail(again.error());
    return forward(again->graph(), again->weights(), images, Mode::Evaluate, stop);
}

std::string agreementText(bool ranInPython, double largest)
{
    if (largest == 0)
        return ranInPython ? CoreText::tr("run in Python, it gives the same outputs")
                           : CoreText::tr("read back, it gives the same outputs");
    return ranInPython
        ? CoreText::tr("run in Python, its outputs differ by at most {1}", scientific(largest))
        : CoreText::tr("read back, its outputs differ by at most {1}", scientific(largest));
}

} // namespace

Result<std::string> checkExport(const Network& network, const std::filesystem::path& file,
                                const DataView* data, std::stop_token stop)
{
    const auto onCpu = onDevice(network, {.kind = DeviceSpec::Kind::Cpu});
    if (!onCpu)
        return fail(onCpu.error());
    const bool isPython = file.extension() == ".py";
    std::string clause;
    const auto status = guarded(CoreText::tr("checking '{1}'", file.string()), [&]() -> Status {
        const at::NoGradGuard noGrad;
        const auto images = imagesFor(network, data);
        const auto found = outputsOf(network, file, images, stop);
        if (!found)
            return fail(found.error());
        if (!found->defined()) {
            clause = CoreText::tr("its weights were read back, but the source was not run: no "
                                  "Python with PyTorch was found (ESPALIER_PYTHON names one)");
            return {};
        }
        const auto expected =
            forward(onCpu->graph(), onCpu->weights(), images, Mode::Evaluate, stop);
        const auto largest = difference(expected, *found, file);
        if (!largest)
            return fail(largest.error());
        clause = agreementText(isPython, *largest);
        return {};
    });
    if (!status)
        return fail(status.error());
    return clause;
}

} // namespace espalier
