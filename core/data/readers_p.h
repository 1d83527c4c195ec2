#pragma once

#include <stop_token>
#include <string>

#include <ATen/core/Tensor.h>

#include "base/progress.h"
#include "base/result.h"
#include "data/data_spec.h"
#include "data/dataset_p.h"

namespace espalier {

/// The binary version of CIFAR-10 (data_batch_1..5.bin, test_batch.bin; records of a label and
/// 3,072 pixels) or CIFAR-100 (train.bin, test.bin; a coarse label more; the fine ones are used).
/// Any number of whole records is taken, so that subsets can be kept in this format too.
Result<Dataset::Tensors> readCifar(const DataSpec& spec, const ProgressSink& progress,
                                   const std::stop_token& stop);

/// MNIST's format: train- and t10k-images-idx3-ubyte, -labels-idx1-ubyte, each gzipped or not.
/// There are as many classes as the largest training label says.
Result<Dataset::Tensors> readIdx(const DataSpec& spec, const ProgressSink& progress,
                                 const std::stop_token& stop);

/// N x C x H x W with channels-last strides: the order in which batches are made.
at::Tensor channelsLast(const at::Tensor& images);

} // namespace espalier
