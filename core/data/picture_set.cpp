#include "data/picture_set_p.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>

#include "base/core_text.h"
#include "data/picture.h"
#include "data/picture_loader_p.h"
#include "data/readers_p.h"

namespace espalier {

namespace {

Result<PictureForm> formFor(const DataSpec& spec, const Shape& input)
{
    if (input.size() != 3 || (input.front() != 3 && input.front() != 1))
        return fail(ErrorCode::Mismatch,
                    CoreText::tr("The network takes {1}, but pictures become images of 3 channels, "
                                 "or of 1; give a data set that fits the network.",
                                 shapeText(input)));
    if (spec.resize && *spec.resize < std::min(input[1], input[2]))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("'resize' is {1}, but the network takes {2}; give at least the "
                                 "shorter side, or leave it out.",
                                 *spec.resize, shapeText(input)));
    return PictureForm{.shape = input, .resize = spec.resize};
}

/// Mean and deviation of pictures of one channel.
Result<Normalisation> statisticsOf(const std::shared_ptr<const Pictures>& pictures,
                                   const std::stop_token& stop)
{
    auto counts = at::zeros({256}, at::kLong);
    std::vector<std::int64_t> all(static_cast<std::size_t>(pictures->count()));
    std::iota(all.begin(), all.end(), std::int64_t{0});
    PictureLoader loader(pictures, at::get_num_threads());
    constexpr std::size_t chunk = 256;
    for (std::size_t begin = 0; begin < all.size(); begin += chunk) {
        const auto end = std::min(begin + chunk, all.size());
        const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
        loader.request({.positions = {at(begin), at(end)}});
        const auto images = loader.take(stop);
        if (!images)
            return fail(images.error());
        counts += at::bincount(images->reshape(-1), /*weights=*/{}, /*minlength=*/256);
    }
    return channelStatistics({counts});
}

/// N x C x H x W, uint8, of 1 or 3 channels.
std::vector<Picture> picturesOf(const at::Tensor& images)
{
    std::vector<Picture> pictures;
    for (std::int64_t i = 0; i < images.size(0); ++i) {
        const auto image = images.select(0, i).permute({1, 2, 0});
        const auto colour = image.expand({image.size(0), image.size(1), 3}).contiguous();
        const auto* pixels = colour.data_ptr<std::uint8_t>();
        pictures.push_back({.width = image.size(1),
                            .height = image.size(0),
                            .pixels = {pixels, pixels + colour.numel()}});
    }
    return pictures;
}

} // namespace

Status setPictures(Dataset::Tensors& tensors, const std::shared_ptr<const Pictures>& train,
                   const std::shared_ptr<const Pictures>& test, const Shape& input,
                   const std::stop_token& stop)
{
    const auto form = formFor(tensors.spec, input);
    if (!form)
        return fail(form.error());
    tensors.imageShape = input;
    tensors.trainPictures = train->withForm(*form);
    tensors.testPictures = test->withForm(*form);
    if (input.front() == 3)
        return {};
    const auto statistics =
        statisticsOf(train->count() > 0 ? tensors.trainPictures : tensors.testPictures, stop);
    if (!statistics)
        return fail(statistics.error());
    tensors.statistics = *statistics;
    return {};
}

Status resizeImages(Dataset::Tensors& tensors, const Shape& input, const std::stop_token& stop)
{
    const auto take = [](at::Tensor& images) {
        return Pictures::inMemory(picturesOf(std::exchange(images, {})));
    };
    const auto train = take(tensors.trainImages);
    const auto test = take(tensors.testImages);
    return setPictures(tensors, train, test, input, stop);
}

} // namespace espalier
