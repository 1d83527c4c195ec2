#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace espalier::test {

/// An image set in memory: random pixels, labels 0, 1, .. classes-1, 0, 1, ...
Dataset randomDataset(const Shape& shape, std::int64_t train, std::int64_t test,
                      std::int64_t classes, std::uint64_t seed = 1);

/// Random pixels with the given training labels; as many test images as classes.
Dataset labelledDataset(const Shape& shape, const std::vector<std::int64_t>& labels,
                        std::int64_t classes, std::uint64_t seed = 1);

/// The value of a pixel in the files written below: different for neighbours in every direction.
std::uint8_t pixelValue(std::int64_t image, std::int64_t position);

using Bytes = std::vector<std::uint8_t>;

void writeFile(const std::filesystem::path& path, const Bytes& bytes, bool gzipped = false);

/// Records as in CIFAR's binary version: of each image the label bytes, then 3,072 pixels. Pixel p
/// of record i is pixelValue(firstImage + i, p).
Bytes cifarRecords(const std::vector<Bytes>& labels, std::int64_t firstImage = 0);

/// Five training batches of 4 images (labels 0 1 2 3, 4 5 6 7, 8 9 0 1, ...), a test batch of 4
/// (labels 3 2 1 0, images from 20 on) and the class names, into an existing folder.
void writeCifar10(const std::filesystem::path& folder);

/// The bytes of an IDX file: magic number, extents, values.
Bytes idxFile(const std::vector<std::uint32_t>& extents, const Bytes& values);

/// Pixels pixelValue(image, p) for `count` images.
Bytes idxPixels(std::int64_t count, std::int64_t pixels);

/// 6 training images of 5 x 4 (labels 0 1 2 0 1 2) and 3 test images (labels 2 1 0).
void writeIdx(const std::filesystem::path& folder, bool gzipped);

} // namespace espalier::test
