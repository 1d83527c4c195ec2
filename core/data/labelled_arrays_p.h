#pragma once

#include <filesystem>

#include <ATen/core/Tensor.h>

#include "base/result.h"
#include "data/dataset_p.h"

namespace espalier {

/// One part of a data set that is kept as an array of images and an array of labels.
struct LabelledArrays {
    at::Tensor images; // N x C x H x W, uint8
    at::Tensor labels; // N, int64, from 0 on
    std::filesystem::path imageFile;
    std::filesystem::path labelFile;
};

/// The data set of both parts, with as many classes as the largest training label says; classes.txt
/// (a name a line) in its folder may name them. Errors: BadFormat, naming the file, when images and
/// labels or training and test do not belong together.
Result<Dataset::Tensors> datasetOf(const DataSpec& spec, const LabelledArrays& train,
                                   const LabelledArrays& test);

} // namespace espalier
