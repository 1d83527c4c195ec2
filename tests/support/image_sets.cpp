#include "support/image_sets.h"

#include <fstream>
#include <memory>
#include <utility>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <zlib.h>

#include "data/dataset_p.h"

namespace fs = std::filesystem;

namespace espalier::test {

Dataset randomDataset(const Shape& shape, std::int64_t train, std::int64_t test,
                      std::int64_t classes, std::uint64_t seed)
{
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const auto images = [&](std::int64_t count) {
        return at::randint(0, 256, {count, shape[0], shape[1], shape[2]}, generator,
                           at::TensorOptions(at::kByte));
    };
    Dataset::Tensors tensors{.spec = {.format = DataSpec::Format::Idx, .directory = "random"},
                             .imageShape = shape,
                             .classes = {},
                             .trainImages = images(train),
                             .trainLabels = at::arange(train, at::kLong).remainder(classes),
                             .testImages = images(test),
                             .testLabels = at::arange(test, at::kLong).remainder(classes)};
    for (std::int64_t i = 0; i < classes; ++i)
        tensors.classes.push_back(std::to_string(i));
    return Dataset(std::make_shared<const Dataset::Tensors>(std::move(tensors)));
}

Dataset labelledDataset(const Shape& shape, const std::vector<std::int64_t>& labels,
                        std::int64_t classes, std::uint64_t seed)
{
    auto tensors =
        randomDataset(shape, std::ssize(labels), /*test=*/classes, classes, seed).tensors();
    tensors.trainLabels = at::tensor(labels, at::TensorOptions(at::kLong));
    return Dataset(std::make_shared<const Dataset::Tensors>(std::move(tensors)));
}

std::uint8_t pixelValue(std::int64_t image, std::int64_t position)
{
    return static_cast<std::uint8_t>((image * 31 + position * 7 + position / 32 * 3) % 251);
}

void writeFile(const fs::path& path, const Bytes& bytes, bool gzipped)
{
    if (!gzipped) {
        std::ofstream file(path, std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
        return;
    }
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
}

Bytes cifarRecords(const std::vector<Bytes>& labels, std::int64_t firstImage)
{
    Bytes records;
    for (std::int64_t image = 0; image < std::ssize(labels); ++image) {
        const auto& of = labels[static_cast<std::size_t>(image)];
        records.insert(records.end(), of.begin(), of.end());
        for (std::int64_t position = 0; position < 3072; ++position)
            records.push_back(pixelValue(firstImage + image, position));
    }
    return records;
}

void writeCifar10(const fs::path& folder)
{
    for (int batch = 0; batch < 5; ++batch) {
        std::vector<Bytes> labels;
        for (int i = 0; i < 4; ++i)
            labels.push_back({static_cast<std::uint8_t>((batch * 4 + i) % 10)});
        writeFile(folder / ("data_batch_" + std::to_string(batch + 1) + ".bin"),
                  cifarRecords(labels, std::int64_t{batch} * 4));
    }
    writeFile(folder / "test_batch.bin", cifarRecords({{3}, {2}, {1}, {0}}, 20));
    std::ofstream(folder / "batches.meta.txt")
        << "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";
}

Bytes idxFile(const std::vector<std::uint32_t>& extents, const Bytes& values)
{
    Bytes file{0, 0, 8, static_cast<std::uint8_t>(extents.size())};
    for (const auto extent : extents)
        for (const auto shift : {24U, 16U, 8U, 0U})
            file.push_back(static_cast<std::uint8_t>(extent >> shift));
    file.insert(file.end(), values.begin(), values.end());
    return file;
}

Bytes idxPixels(std::int64_t count, std::int64_t pixels)
{
    Bytes values;
    for (std::int64_t image = 0; image < count; ++image)
        for (std::int64_t position = 0; position < pixels; ++position)
            values.push_back(pixelValue(image, position));
    return values;
}

void writeIdx(const fs::path& folder, bool gzipped)
{
    const std::string ending = gzipped ? ".gz" : "";
    writeFile(folder / ("train-images-idx3-ubyte" + ending), idxFile({6, 5, 4}, idxPixels(6, 20)),
              gzipped);
    writeFile(folder / ("train-labels-idx1-ubyte" + ending), idxFile({6}, {0, 1, 2, 0, 1, 2}),
              gzipped);
    writeFile(folder / ("t10k-images-idx3-ubyte" + ending), idxFile({3, 5, 4}, idxPixels(3, 20)),
              gzipped);
    writeFile(folder / ("t10k-labels-idx1-ubyte" + ending), idxFile({3}, {2, 1, 0}), gzipped);
}

} // namespace espalier::test
