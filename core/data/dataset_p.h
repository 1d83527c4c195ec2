#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include "data/augmentation.h"
#include "data/dataset.h"
#include "data/pictures.h"

namespace espalier {

struct Dataset::Tensors {
    DataSpec spec;
    Shape imageShape;
    std::vector<std::string> classes;
    at::Tensor trainImages; // N x C x H x W, uint8, CPU
    at::Tensor trainLabels; // N, int64
    at::Tensor testImages;
    at::Tensor testLabels;
    std::shared_ptr<const Pictures> trainPictures; ///< of a folder, instead of the images
    std::shared_ptr<const Pictures> testPictures;
    /// The last so many training images are what the data set itself sets apart for validation.
    std::int64_t ownValidation = 0;
    std::vector<std::int64_t> outputs; ///< of the network, for each class; empty: 0, 1, ...
    std::optional<Normalisation> statistics; ///< of the pictures; only where there are no images
    std::vector<std::string> notices;
};

struct DataView::Impl {
    Split split = Split::Train;
    std::shared_ptr<const Dataset::Tensors> dataset; ///< keeps shape and class names
    at::Tensor images; // all images of the part (train or test), uint8, on the device if they fit
    std::shared_ptr<const Pictures> pictures; ///< instead of images, where they are decoded on use
    at::Tensor labels; // outputs of the network, int64, of all images of the part, where those are
    at::Tensor outputs; // the classes' own, int64, on `device`; undefined: accuracy is over all
    at::Tensor indices; // which of them, int64, CPU
    at::Tensor mean; // 1 x C x 1 x 1, or 1 x C x H x W; float32, on `device`
    at::Tensor deviation; // 1 x C x 1 x 1; float32, on `device`
    DeviceSpec device;
};

struct Batch {
    at::Tensor images; // N x C x H x W, float32, normalised, channels-last on the CPU
    at::Tensor labels; // N, int64; outputs of the network
    at::Tensor outputs; // int64; which compete for the answer; undefined: all
};

/// Which images have their label as the largest output (of those that compete): N, bool.
at::Tensor rightAnswers(const at::Tensor& outputs, const Batch& batch);

// Of a folder's pictures these decode one batch and wait for it; passes over many batches use a
// BatchStream, which decodes ahead. To be called within guarded(): a picture that has vanished
// since the set was loaded is reported as LibTorch reports its own failures.

/// Images [begin, end) of the view, in the view's order, on its device.
Batch batchOf(const DataView& data, std::int64_t begin, std::int64_t end);

/// The images at `positions` (int64, CPU, positions within the view), normalised, not augmented.
Batch batchAt(const DataView& data, const at::Tensor& positions);

/// As batchAt, with one random crop and flip per image, drawn from `generator` (CPU).
Batch augmentedBatchAt(const DataView& data, const at::Tensor& positions,
                       const AugmentSettings& settings, at::Generator& generator);

} // namespace espalier
