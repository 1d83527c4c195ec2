#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

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
/// There are as many classes as the largest training label says; classes.txt may name them.
Result<Dataset::Tensors> readIdx(const DataSpec& spec, const ProgressSink& progress,
                                 const std::stop_token& stop);

/// Pictures in class folders, as listFolder() finds them. A folder that is not divided into parts
/// gives a fifth of each class, always the same one, to the test. `input` as in Dataset::load().
Result<Dataset::Tensors> readFolder(const DataSpec& spec, const std::optional<Shape>& input,
                                    const ProgressSink& progress, const std::stop_token& stop);

/// NumPy arrays: train_images.npy, train_labels.npy, test_images.npy, test_labels.npy, and
/// classes.txt (a name a line) if there is one. Images are uint8, N x H x W, N x H x W x C or
/// N x C x H x W; labels are whole numbers of any size. C order, little-endian.
Result<Dataset::Tensors> readNpy(const DataSpec& spec, const std::optional<Shape>& input,
                                 const ProgressSink& progress, const std::stop_token& stop);

/// The lines of a file of names; numbers when it is absent or does not hold one name a class.
std::vector<std::string> classNames(const std::filesystem::path& file, std::int64_t classes);

/// Mean and deviation of each channel, from how often each of the 256 values occurs in it.
Normalisation channelStatistics(const std::vector<at::Tensor>& counts);

/// N x C x H x W with channels-last strides: the order in which batches are made.
at::Tensor channelsLast(const at::Tensor& images);

} // namespace espalier
