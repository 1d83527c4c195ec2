#include "support/image_views.h"

#include <memory>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include "data/dataset_p.h"

namespace espalier::test {

namespace {

at::Tensor perChannel(const std::vector<double>& values)
{
    return at::tensor(values, at::TensorOptions().dtype(at::kFloat)).view({1, -1, 1, 1});
}

DataView makeView(std::shared_ptr<const Dataset::Tensors> dataset, Split split,
                  const at::Tensor& images, const at::Tensor& labels, std::int64_t count,
                  const Normalisation& normalisation)
{
    auto impl = std::make_shared<DataView::Impl>();
    impl->split = split;
    impl->dataset = std::move(dataset);
    impl->images = images;
    impl->labels = labels;
    impl->indices = at::arange(count, at::TensorOptions().dtype(at::kLong));
    impl->mean = perChannel(normalisation.mean);
    impl->deviation = perChannel(normalisation.deviation);
    impl->device = DeviceSpec{.kind = DeviceSpec::Kind::Cpu};
    return DataView(std::move(impl));
}

} // namespace

DataView viewOf(const at::Tensor& images, const at::Tensor& labels, std::int64_t classes,
                const Normalisation& normalisation)
{
    auto tensors = std::make_shared<Dataset::Tensors>();
    tensors->imageShape = images.sizes().slice(1).vec();
    for (std::int64_t i = 0; i < classes; ++i)
        tensors->classes.push_back(std::to_string(i));
    tensors->testImages = images;
    tensors->testLabels = labels;
    return makeView(tensors, Split::Test, images, labels, images.size(0), normalisation);
}

DataView noiseImages(std::int64_t count, const Shape& shape, std::int64_t classes,
                     std::uint64_t seed)
{
    auto extents = shape;
    extents.insert(extents.begin(), count);
    const auto images = at::randint(0, 256, extents, at::make_generator<at::CPUGeneratorImpl>(seed),
                                    at::TensorOptions().dtype(at::kByte));
    const auto labels = at::arange(count, at::TensorOptions().dtype(at::kLong)).remainder(classes);
    const auto channels = static_cast<std::size_t>(shape.front());
    return viewOf(images, labels, classes,
                  {.mean = std::vector<double>(channels, 0.5),
                   .deviation = std::vector<double>(channels, 0.25)});
}

DataView firstImages(const Dataset& dataset, Split split, std::int64_t count,
                     const Normalisation& normalisation)
{
    const auto& tensors = dataset.tensors();
    const bool isTest = split == Split::Test;
    return makeView(dataset.sharedTensors(), split,
                    isTest ? tensors.testImages : tensors.trainImages,
                    isTest ? tensors.testLabels : tensors.trainLabels, count, normalisation);
}

} // namespace espalier::test
