#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "data/dataset.h"
#include "data/dataset_p.h"
#include "data/picture_loader_p.h"
#include "data/readers_p.h"
#include "data/splits_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

Status checkConstants(const Normalisation& normalisation, const Dataset& dataset)
{
    const auto channels = static_cast<std::size_t>(dataset.imageShape().front());
    const auto& [kind, mean, deviation] = normalisation;
    if (mean.size() != channels || deviation.size() != channels)
        return fail(
            ErrorCode::InvalidArgument,
            channels == 1
                ? CoreText::tr("The normalisation has {1} means and {2} deviations, but the images "
                               "of {3} have 1 channel; give one of each per channel.",
                               mean.size(), deviation.size(), dataset.spec().text())
                : CoreText::tr("The normalisation has {1} means and {2} deviations, but the images "
                               "of {3} have {4} channels; give one of each per channel.",
                               mean.size(), deviation.size(), dataset.spec().text(), channels));
    const auto finite = [](double value) { return std::isfinite(value); };
    if (!std::ranges::all_of(mean, finite) || !std::ranges::all_of(deviation, finite)
        || std::ranges::any_of(deviation, [](double value) { return value <= 0.0; }))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The normalisation needs finite means and deviations above 0."));
    return {};
}

/// One value per channel as an image: then normalising a batch runs over whole images, not over
/// the 3 values of a pixel (three times as fast).
at::Tensor constantImage(std::span<const double> values, const Shape& shape)
{
    auto image = at::empty({1, shape[0], shape[1], shape[2]}, at::kFloat);
    for (std::size_t channel = 0; channel < values.size(); ++channel)
        image.select(1, static_cast<std::int64_t>(channel)).fill_(values[channel]);
    return channelsLast(image);
}

/// The mean of all images, in 0..1; 1 x C x H x W. Exact: a thousand 8-bit values add up in a float
/// without rounding, and summing floats is six times as fast as summing integers.
at::Tensor meanImage(const at::Tensor& images)
{
    constexpr std::int64_t chunk = 1000;
    auto sum = at::zeros(images.sizes().slice(1), at::kDouble);
    for (std::int64_t begin = 0; begin < images.size(0); begin += chunk)
        sum += images.slice(0, begin, begin + chunk).to(at::kFloat).sum(/*dim=*/0);
    return (sum / (255.0 * static_cast<double>(images.size(0)))).to(at::kFloat).unsqueeze(0);
}

/// The same of pictures, as they are cropped for evaluation.
Result<at::Tensor> meanPicture(const Dataset::Tensors& dataset, const std::stop_token& stop)
{
    constexpr std::int64_t chunk = 256;
    const auto count = dataset.trainPictures->count();
    if (count == 0)
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("{1} has no training pictures to take the mean image of; give a "
                                 "mean and a deviation.",
                                 dataset.spec.text()));
    PictureLoader loader(dataset.trainPictures, at::get_num_threads());
    auto sum = at::zeros(dataset.imageShape, at::kDouble);
    for (std::int64_t begin = 0; begin < count; begin += chunk) {
        std::vector<std::int64_t> positions(
            static_cast<std::size_t>(std::min(chunk, count - begin)));
        std::iota(positions.begin(), positions.end(), begin);
        loader.request({.positions = std::move(positions)});
        const auto images = loader.take(stop);
        if (!images)
            return fail(images.error());
        sum += images->to(at::kFloat).sum(/*dim=*/0);
    }
    return (sum / (255.0 * static_cast<double>(count))).to(at::kFloat).unsqueeze(0);
}

struct Constants {
    at::Tensor mean; // 1 x C x H x W
    at::Tensor deviation;
};

/// What is subtracted from, and then divides, an image in 0..1.
Result<Constants> meanAndDeviation(const Normalisation& normalisation, const Dataset& dataset)
{
    const auto& shape = dataset.imageShape();
    if (normalisation.kind == Normalisation::Kind::Constants)
        return Constants{constantImage(normalisation.mean, shape),
                         constantImage(normalisation.deviation, shape)};
    const std::vector<double> ones(static_cast<std::size_t>(shape[0]), 1.0);
    const auto& tensors = dataset.tensors();
    const auto mean = tensors.trainPictures ? meanPicture(tensors, {})
                                            : Result<at::Tensor>(meanImage(tensors.trainImages));
    if (!mean)
        return fail(mean.error());
    return Constants{channelsLast(*mean), constantImage(ones, shape)};
}

/// Whether `bytes` of images fit on a CUDA device and leave as much again and a gigabyte for the
/// network. Asked by allocating it: the allocator keeps the block, so the images then go where the
/// trial was.
bool fitsOn(const c10::Device& device, std::int64_t bytes)
{
    constexpr std::int64_t headroom = std::int64_t{1} << 30;
    return guarded("reserving memory for images",
                   [&]() -> Status {
                       at::empty({2 * bytes + headroom},
                                 at::TensorOptions(device).dtype(at::kByte));
                       return {};
                   })
        .has_value();
}

at::Tensor asTensor(const std::vector<std::int64_t>& values)
{
    return at::tensor(values, at::TensorOptions(at::kLong));
}

/// The outputs among which the largest is the answer, each once; undefined for all.
at::Tensor competingOutputs(const Dataset::Tensors& dataset)
{
    if (!dataset.spec.mappedOnly)
        return {};
    const std::set<std::int64_t> outputs(dataset.outputs.begin(), dataset.outputs.end());
    return asTensor({outputs.begin(), outputs.end()});
}

struct Part {
    at::Tensor images;
    std::shared_ptr<const Pictures> pictures;
    at::Tensor labels; // outputs of the network
};

/// `labels` are classes, and become the outputs they are mapped to.
Part resident(const at::Tensor& images, const std::shared_ptr<const Pictures>& pictures,
              const at::Tensor& labels, const std::vector<std::int64_t>& outputs,
              const c10::Device& device)
{
    const auto mapped = outputs.empty() ? labels : asTensor(outputs).index_select(0, labels);
    if (pictures)
        return {.pictures = pictures, .labels = mapped};
    const auto ordered = channelsLast(images);
    if (device.is_cpu() || !fitsOn(device, ordered.numel()))
        return {.images = ordered, .labels = mapped};
    return {.images = ordered.to(device), .labels = mapped.to(device)};
}

/// The splits of the training images; the data set's own validation images, where it has some, are
/// all that split is taken from.
Result<SplitIndices> allSplits(const Dataset& dataset, const SplitSettings& asked)
{
    const auto settings = fittedSplits(asked, dataset);
    const auto& tensors = dataset.tensors();
    const auto classes = std::ssize(tensors.classes);
    const auto own = tensors.ownValidation;
    if (own == 0)
        return splitIndices(tensors.trainLabels, classes, settings, dataset.spec().text());
    auto rest = settings;
    rest.validation = 0;
    const auto first = dataset.trainCount();
    auto indices =
        splitIndices(tensors.trainLabels.narrow(0, 0, first), classes, rest, dataset.spec().text());
    if (!indices)
        return indices;
    const auto order =
        stratifiedOrder(tensors.trainLabels.narrow(0, first, own), classes, settings.seed);
    indices->validation =
        first + order.narrow(0, 0, std::clamp<std::int64_t>(settings.validation.images, 0, own));
    return indices;
}

} // namespace

Result<DataView::All> DataView::makeAll(const Dataset& dataset, const Normalisation& normalisation,
                                        const SplitSettings& splits, DeviceSpec device)
{
    if (normalisation.kind == Normalisation::Kind::Constants)
        if (auto status = checkConstants(normalisation, dataset); !status)
            return fail(status.error());
    All views;
    const auto task = CoreText::tr("preparing {1}", dataset.spec().text());
    const auto status = guarded(task, [&]() -> Status {
        const auto& tensors = dataset.tensors();
        const auto indices = allSplits(dataset, splits);
        if (!indices)
            return fail(indices.error());
        const auto place = torchDevice(device);
        const auto constants = meanAndDeviation(normalisation, dataset);
        if (!constants)
            return fail(constants.error());
        const auto train = resident(tensors.trainImages, tensors.trainPictures, tensors.trainLabels,
                                    tensors.outputs, place);
        const auto test = resident(tensors.testImages, tensors.testPictures, tensors.testLabels,
                                   tensors.outputs, place);
        const auto competing = competingOutputs(tensors);
        const auto view = [&](Split split, const Part& part, const at::Tensor& which) {
            return DataView(std::make_shared<const Impl>(
                Impl{.split = split,
                     .dataset = dataset.sharedTensors(),
                     .images = part.images,
                     .pictures = part.pictures,
                     .labels = part.labels,
                     .outputs = competing.defined() ? competing.to(place) : competing,
                     .indices = which,
                     .mean = constants->mean.to(place),
                     .deviation = constants->deviation.to(place),
                     .device = device}));
        };
        views = {.train = view(Split::Train, train, indices->train),
                 .calibration = view(Split::Calibration, train, indices->calibration),
                 .validation = view(Split::Validation, train, indices->validation),
                 .test = view(Split::Test, test, at::arange(dataset.testCount(), at::kLong))};
        return {};
    });
    if (!status)
        return fail(status.error());
    return views;
}

DataView::DataView(std::shared_ptr<const Impl> impl)
    : m_impl(std::move(impl))
{
}

Split DataView::split() const
{
    return m_impl->split;
}

std::int64_t DataView::count() const
{
    return m_impl ? m_impl->indices.numel() : 0;
}

std::int64_t DataView::classCount() const
{
    return std::ssize(m_impl->dataset->classes);
}

std::int64_t DataView::outputsNeeded() const
{
    const auto& outputs = m_impl->dataset->outputs;
    return outputs.empty() ? classCount() : std::ranges::max(outputs) + 1;
}

const Shape& DataView::imageShape() const
{
    return m_impl->dataset->imageShape;
}

DataView DataView::first(std::int64_t limit) const
{
    Impl part = *m_impl;
    part.indices = part.indices.narrow(0, 0, std::clamp<std::int64_t>(limit, 0, count()));
    return DataView(std::make_shared<const Impl>(std::move(part)));
}

const DataView& DataView::All::operator[](Split split) const
{
    switch (split) {
    case Split::Train:
        return train;
    case Split::Calibration:
        return calibration;
    case Split::Validation:
        return validation;
    case Split::Test:
        break;
    }
    return test;
}

namespace {

/// Images of another size fit when they are resized; those of other channels do not.
std::string otherImages(const Shape& input, const std::string& dataset, const Shape& images)
{
    if (input.size() != 3 || (input[0] != 3 && input[0] != 1))
        return CoreText::tr("The network takes images of {1}, but those of {2} are {3}; give a "
                            "data set that fits the network.",
                            shapeText(input), dataset, shapeText(images));
    return CoreText::tr(
        "The network takes images of {1}, but those of {2} are {3}; give a data set that fits the "
        "network, or have its images resized to that (--resize {4}, or the key 'resize: {4}').",
        shapeText(input), dataset, shapeText(images), std::min(input[1], input[2]));
}

} // namespace

Status checkFits(const Network& network, const DataView& data)
{
    const auto& graph = network.graph();
    const auto dataset = data.impl().dataset->spec.text();
    if (graph.inputShape() != data.imageShape())
        return fail(ErrorCode::Mismatch,
                    otherImages(graph.inputShape(), dataset, data.imageShape()));
    const auto& output = graph.outputShape();
    if (output.size() != 1 || output.front() < data.outputsNeeded())
        return fail(ErrorCode::Mismatch,
                    data.outputsNeeded() == data.classCount()
                        ? CoreText::tr("The network's output is {1}, but {2} has {3} classes; give "
                                       "a data set that fits the network.",
                                       shapeText(output), dataset, data.classCount())
                        : CoreText::tr("The network's output is {1}, but {2}'s class map goes up "
                                       "to output {3}; give a data set that fits the network.",
                                       shapeText(output), dataset, data.outputsNeeded() - 1));
    return {};
}

std::optional<std::string> smallSplitNotice(const DataView& data, const SplitSettings& asked)
{
    const auto split = data.split();
    const auto& dataset = *data.impl().dataset;
    const auto& size = split == Split::Calibration ? asked.calibration : asked.validation;
    const bool heldOut =
        split == Split::Calibration || (split == Split::Validation && dataset.ownValidation == 0);
    if (!heldOut || !size.orFewer || data.count() >= size.images)
        return std::nullopt;
    const auto training = dataset.trainLabels.numel() - dataset.ownValidation;
    return split == Split::Calibration
        ? CoreText::tr("{1} of {2} training images are held out for calibration, not {3}, because "
                       "the training set is small.",
                       data.count(), training, size.images)
        : CoreText::tr("{1} of {2} training images are held out for validation, not {3}, because "
                       "the training set is small.",
                       data.count(), training, size.images);
}

std::optional<std::string> unmappedNotice(const Network& network, const DataView& data)
{
    const auto& spec = data.impl().dataset->spec;
    const auto& output = network.graph().outputShape();
    const auto classes = data.classCount();
    if (!std::holds_alternative<std::monostate>(spec.classes) || output.size() != 1
        || output.front() <= classes)
        return std::nullopt;
    return CoreText::tr("The network has {1} outputs, but {2} has {3} classes, taken to be outputs "
                        "0 to {4}; a class map (--classes, or the key 'classes') says otherwise.",
                        output.front(), spec.text(), classes, classes - 1);
}

} // namespace espalier
