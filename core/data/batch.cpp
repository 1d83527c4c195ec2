#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/TensorIndexing.h>
#include <ATen/TensorOperators.h>
#include <c10/util/Exception.h>

#include "data/batch_stream_p.h"
#include "data/normalised_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

/// The images `which` (of all images of the part), normalised.
Batch gather(const DataView& data, const at::Tensor& which)
{
    const auto& view = data.impl();
    const auto there = which.to(view.images.device());
    // Row by row of N x H x W x C: what lies together in memory.
    const auto images =
        view.images.permute({0, 2, 3, 1}).index_select(0, there).permute({0, 3, 1, 2});
    return normalised(view, images, which);
}

/// One batch of a set of pictures, without decoding ahead.
Batch onlyBatch(const DataView& data, const at::Tensor& positions,
                std::optional<BatchStream::Augmentation> augmentation = std::nullopt)
{
    auto batch = BatchStream(data, {positions}, std::move(augmentation)).next({});
    TORCH_CHECK(batch.has_value(), batch.error().message); // callers guard LibTorch's calls
    return *std::move(batch);
}

/// Integers 0 .. below-1, one per image, drawn on the CPU so that all devices see the same; N x 1
/// x 1.
at::Tensor draw(std::int64_t below, const at::Tensor& images, at::Generator& generator)
{
    return at::randint(0, below, {images.size(0), 1, 1}, generator, at::TensorOptions(at::kLong))
        .to(images.device());
}

/// Every image cropped at its own place and flipped or not, in one gather over the batch.
at::Tensor cropAndFlip(const at::Tensor& images, const AugmentSettings& settings,
                       at::Generator& generator)
{
    const auto [count, height, width] = std::array{images.size(0), images.size(2), images.size(3)};
    const auto padding = settings.cropPadding;
    const auto options = at::TensorOptions(images.device()).dtype(at::kLong);
    const auto top = draw(2 * padding + 1, images, generator);
    const auto left = draw(2 * padding + 1, images, generator);
    const auto flipped = draw(settings.flip ? 2 : 1, images, generator);

    const auto image = at::arange(count, options).view({count, 1, 1});
    const auto row = top + at::arange(height, options).view({1, height, 1});
    const auto x = at::arange(width, options).view({1, 1, width});
    const auto column = left + at::where(flipped == 1, width - 1 - x, x);
    const auto padded = at::constant_pad_nd(images.permute({0, 2, 3, 1}),
                                            {0, 0, padding, padding, padding, padding});
    return padded.index({image, row, column}).permute({0, 3, 1, 2}); // N x C x H x W, channels-last
}

} // namespace

Batch normalised(const DataView::Impl& view, const at::Tensor& images, const at::Tensor& which)
{
    const auto device = torchDevice(view.device);
    return {
        .images = images.to(device).to(at::kFloat).div_(255.0).sub_(view.mean).div_(view.deviation),
        .labels = view.labels.index_select(0, which.to(view.labels.device())).to(device),
        .outputs = view.outputs,
    };
}

Batch batchOf(const DataView& data, std::int64_t begin, std::int64_t end)
{
    return batchAt(data, positionsOf(begin, std::min(end, data.count())));
}

Batch batchAt(const DataView& data, const at::Tensor& positions)
{
    if (data.impl().pictures)
        return onlyBatch(data, positions);
    return gather(data, data.impl().indices.index_select(0, positions));
}

Batch augmentedBatchAt(const DataView& data, const at::Tensor& positions,
                       const AugmentSettings& settings, at::Generator& generator)
{
    if (data.impl().pictures)
        return onlyBatch(data, positions,
                         BatchStream::Augmentation{.settings = settings, .generator = generator});
    auto batch = batchAt(data, positions);
    if (settings.cropPadding > 0 || settings.flip)
        batch.images = cropAndFlip(batch.images, settings, generator);
    return batch;
}

at::Tensor rightAnswers(const at::Tensor& outputs, const Batch& batch)
{
    if (!batch.outputs.defined())
        return outputs.argmax(/*dim=*/1).eq(batch.labels);
    const auto best = outputs.index_select(1, batch.outputs).argmax(/*dim=*/1);
    return batch.outputs.index_select(0, best).eq(batch.labels);
}

} // namespace espalier
