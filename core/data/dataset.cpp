#include "data/dataset.h"

#include <cmath>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "data/dataset_p.h"
#include "data/picture_set_p.h"
#include "data/readers_p.h"
#include "network/runtime_p.h"

namespace espalier {

at::Tensor channelsLast(const at::Tensor& images)
{
    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

namespace {

Result<Dataset::Tensors> read(const DataSpec& spec, const std::optional<Shape>& input,
                              const ProgressSink& progress, const std::stop_token& stop)
{
    switch (spec.format) {
    case DataSpec::Format::Cifar10:
    case DataSpec::Format::Cifar100:
        return readCifar(spec, progress, stop);
    case DataSpec::Format::Idx:
        return readIdx(spec, progress, stop);
    case DataSpec::Format::Folder:
        return readFolder(spec, input, progress, stop);
    case DataSpec::Format::Npy:
        break;
    }
    return readNpy(spec, input, progress, stop);
}

} // namespace

Result<Dataset> Dataset::load(const DataSpec& spec, const std::optional<Shape>& input,
                              const ProgressSink& progress, std::stop_token stop)
{
    Result<Tensors> tensors = fail(ErrorCode::Internal, "Nothing was read.");
    const auto status = guarded(CoreText::tr("reading {1}", spec.text()), [&]() -> Status {
        tensors = read(spec, input, progress, stop);
        if (!tensors || tensors->trainPictures || !spec.resize)
            return {};
        return resizeImages(*tensors, input.value_or(tensors->imageShape), stop);
    });
    if (!status)
        return fail(status.error());
    if (!tensors)
        return fail(tensors.error());
    auto outputs = classOutputs(spec.classes, tensors->classes);
    if (!outputs)
        return fail(outputs.error());
    tensors->outputs = *std::move(outputs);
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
    return m_tensors->trainLabels.numel() - m_tensors->ownValidation;
}

std::int64_t Dataset::ownValidationCount() const
{
    return m_tensors->ownValidation;
}

std::int64_t Dataset::testCount() const
{
    return m_tensors->testLabels.numel();
}

const std::vector<std::string>& Dataset::classes() const
{
    return m_tensors->classes;
}

const std::vector<std::string>& Dataset::notices() const
{
    return m_tensors->notices;
}

Normalisation channelStatistics(const std::vector<at::Tensor>& counts)
{
    Normalisation result;
    const auto values = at::arange(256, at::kDouble) / 255.0;
    for (const auto& channel : counts) {
        const auto weights = channel.to(at::kDouble) / channel.sum().to(at::kDouble);
        const auto mean = weights.dot(values).item<double>();
        const auto variance = weights.dot((values - mean).square()).item<double>();
        result.mean.push_back(mean);
        result.deviation.push_back(variance > 0.0 ? std::sqrt(variance) : 1.0);
    }
    return result;
}

namespace {

/// How often each value occurs in each channel, exactly.
std::vector<at::Tensor> histograms(const at::Tensor& images)
{
    std::vector<at::Tensor> counts;
    for (std::int64_t channel = 0; channel < images.size(1); ++channel)
        counts.push_back(at::bincount(images.select(1, channel).reshape(-1), /*weights=*/{},
                                      /*minlength=*/256));
    return counts;
}

} // namespace

Normalisation Dataset::defaultNormalisation(const ModelMetadata& model) const
{
    if (model.normalisation)
        return *model.normalisation;
    if (imageShape().front() == 3)
        return {.mean = {0.485, 0.456, 0.406}, .deviation = {0.229, 0.224, 0.225}};
    if (m_tensors->statistics)
        return *m_tensors->statistics;
    return channelStatistics(histograms(m_tensors->trainImages));
}

} // namespace espalier
