#include "data/dataset.h"

#include <cmath>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset_p.h"
#include "data/readers_p.h"
#include "network/runtime_p.h"

namespace espalier {

at::Tensor channelsLast(const at::Tensor& images)
{
    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

Result<Dataset> Dataset::load(const DataSpec& spec, const ProgressSink& progress,
                              std::stop_token stop)
{
    Result<Tensors> tensors = fail(ErrorCode::Internal, "Nothing was read.");
    const auto status = guarded("reading " + spec.text(), [&]() -> Status {
        tensors = spec.format == DataSpec::Format::Idx ? readIdx(spec, progress, stop)
                                                       : readCifar(spec, progress, stop);
        return {};
    });
    if (!status)
        return fail(status.error());
    if (!tensors)
        return fail(tensors.error());
    return Dataset(std::make_shared<const Tensors>(*std::move(tensors)));
}

Dataset::Dataset(std::shared_ptr<const Tensors> tensors)
    : m_tensors(std::move(tensors))
{
}

const DataSpec& Dataset::spec() const
{
    return m_tensors->spec;
}

const Shape& Dataset::imageShape() const
{
    return m_tensors->imageShape;
}

std::int64_t Dataset::trainCount() const
{
    return m_tensors->trainLabels.numel();
}

std::int64_t Dataset::testCount() const
{
    return m_tensors->testLabels.numel();
}

const std::vector<std::string>& Dataset::classes() const
{
    return m_tensors->classes;
}

namespace {

/// Mean and deviation of each channel over all pixels, exactly: from the histogram of the 256
/// values.
Normalisation channelStatistics(const at::Tensor& images)
{
    Normalisation result;
    const auto values = at::arange(256, at::kDouble) / 255.0;
    for (std::int64_t channel = 0; channel < images.size(1); ++channel) {
        const auto counts = at::bincount(images.select(1, channel).reshape(-1), /*weights=*/{},
                                         /*minlength=*/256)
                                .to(at::kDouble);
        const auto weights = counts / counts.sum();
        const auto mean = weights.dot(values).item<double>();
        const auto variance = weights.dot((values - mean).square()).item<double>();
        result.mean.push_back(mean);
        result.deviation.push_back(variance > 0.0 ? std::sqrt(variance) : 1.0);
    }
    return result;
}

} // namespace

Normalisation Dataset::defaultNormalisation(const ModelMetadata& model) const
{
    if (model.normalisation)
        return *model.normalisation;
    if (imageShape().front() == 3)
        return {.mean = {0.485, 0.456, 0.406}, .deviation = {0.229, 0.224, 0.225}};
    return channelStatistics(m_tensors->trainImages);
}

} // namespace espalier
