#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include "data/augmentation.h"
#include "data/dataset.h"

namespace espalier {

struct Dataset::Tensors {
    DataSpec spec;
    Shape imageShape;
    std::vector<std::string> classes;
    at::Tensor trainImages; // N x C x H x W, uint8, CPU
    at::Tensor trainLabels; // N, int64
    at::Tensor testImages;
    at::Tensor testLabels;
};

struct DataView::Impl {
    Split split = Split::Train;
    std::shared_ptr<const Dataset::Tensors> dataset; ///< keeps shape and class names
    at::Tensor images; // all images of the part (train or test), uint8, on the device if they fit
    at::Tensor labels; // all labels of the part, int64, on the same device as images
    at::Tensor indices; // which of them, int64, CPU
    at::Tensor mean; // 1 x C x 1 x 1, or 1 x C x H x W; float32, on `device`
    at::Tensor deviation; // 1 x C x 1 x 1; float32, on `device`
    DeviceSpec device;
};

struct Batch {
    at::Tensor images; // N x C x H x W, float32, normalised, channels-last on the CPU
    at::Tensor labels; // N, int64
};

/// Images [begin, end) of the view, in the view's order, on its device.
Batch batchOf(const DataView& data, std::int64_t begin, std::int64_t end);

/// The images at `positions` (int64, CPU, positions within the view), normalised, not augmented.
Batch batchAt(const DataView& data, const at::Tensor& positions);

/// As batchAt, with one random crop and flip per image, drawn from `generator` (CPU): vectorised
/// over the batch on the device, no per-image loop.
Batch augmentedBatchAt(const DataView& data, const at::Tensor& positions,
                       const AugmentSettings& settings, at::Generator& generator);

} // namespace espalier
