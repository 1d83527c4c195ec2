#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "data/input_file.h"
#include "data/readers_p.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr std::int64_t pixels = 3 * 32 * 32;

/// One label byte of a record.
struct LabelByte {
    bool isCoarse; ///< of the coarser classes that CIFAR-100 has too
    std::int64_t classes;
};

/// What distinguishes the two data sets. The last label byte is the one used.
struct Layout {
    std::string_view name;
    std::vector<LabelByte> labels;
    std::vector<std::string> trainFiles;
    std::string testFile;
    std::string classNames;

    std::int64_t record() const { return std::ssize(labels) + pixels; }
    std::int64_t classes() const { return labels.back().classes; }
};

Layout layoutOf(DataSpec::Format format)
{
    if (format == DataSpec::Format::Cifar100)
        return {.name = "CIFAR-100",
                .labels = {{.isCoarse = true, .classes = 20}, {.isCoarse = false, .classes = 100}},
                .trainFiles = {"train.bin"},
                .testFile = "test.bin",
                .classNames = "fine_label_names.txt"};
    return {.name = "CIFAR-10",
            .labels = {{.isCoarse = false, .classes = 10}},
            .trainFiles = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                           "data_batch_4.bin", "data_batch_5.bin"},
            .testFile = "test_batch.bin",
            .classNames = "batches.meta.txt"};
}

struct Part {
    at::Tensor images;
    at::Tensor labels;
};

/// Number of records, from the file's size.
Result<std::int64_t> recordCount(const fs::path& path, const Layout& layout)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error)
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' cannot be read: {2}.", path.string(), error.message()));
    const auto record = static_cast<std::uintmax_t>(layout.record());
    if (size == 0 || size % record != 0)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' has {2} bytes, which is no multiple of the {3} bytes of an image "
                         "in the binary version of {4}; it is truncated or another file.",
                         path.string(), size, record, layout.name));
    return static_cast<std::int64_t>(size / record);
}

Status checkLabels(const at::Tensor& records, const fs::path& path, const Layout& layout)
{
    const auto values = records.accessor<std::uint8_t, 2>();
    for (std::int64_t image = 0; image < records.size(0); ++image) {
        for (std::size_t i = 0; i < layout.labels.size(); ++i) {
            const auto& [isCoarse, classes] = layout.labels[i];
            const auto value = values[image][static_cast<std::int64_t>(i)];
            if (value >= classes)
                return fail(
                    ErrorCode::BadFormat,
                    isCoarse
                        ? CoreText::tr("'{1}': image {2} has the coarse label {3}, but those of "
                                       "{4} are 0 to {5}; the file is damaged or another one.",
                                       path.string(), image, value, layout.name, classes - 1)
                        : CoreText::tr("'{1}': image {2} has the label {3}, but those of {4} are 0 "
                                       "to {5}; the file is damaged or another one.",
                                       path.string(), image, value, layout.name, classes - 1));
        }
    }
    return {};
}

Result<Part> readFile(const fs::path& path, const Layout& layout)
{
    auto file = InputFile::open(path);
    if (!file && file.error().code == ErrorCode::NotFound)
        return fail(
            ErrorCode::NotFound,
            CoreText::tr("'{1}' does not exist; give the folder of the binary version of {2}.",
                         path.string(), layout.name));
    if (!file)
        return fail(file.error());
    const auto count = recordCount(path, layout);
    if (!count)
        return fail(count.error());
    const auto records = at::empty({*count, layout.record()}, at::kByte);
    const std::span bytes(records.data_ptr<std::uint8_t>(),
                          static_cast<std::size_t>(records.numel()));
    if (auto read = file->read(bytes); !read)
        return fail(read.error());
    if (auto status = checkLabels(records, path, layout); !status)
        return fail(status.error());
    const auto labelBytes = std::ssize(layout.labels);
    return Part{
        .images = records.narrow(1, labelBytes, pixels).reshape({*count, 3, 32, 32}),
        .labels = records.select(1, labelBytes - 1).to(at::kLong),
    };
}

} // namespace

Result<Dataset::Tensors> readCifar(const DataSpec& spec, const ProgressSink& progress,
                                   const std::stop_token& stop)
{
    const auto layout = layoutOf(spec.format);
    auto names = layout.trainFiles;
    names.push_back(layout.testFile);
    ProgressMeter meter(progress, CoreText::tr("reading images"), std::ssize(names),
                        CoreText::tr("files"));
    std::vector<at::Tensor> images;
    std::vector<at::Tensor> labels;
    for (const auto& name : names) {
        if (stop.stop_requested())
            return stopped();
        auto part = readFile(spec.directory / name, layout);
        if (!part)
            return fail(part.error());
        images.push_back(std::move(part->images));
        labels.push_back(std::move(part->labels));
        meter.advance();
    }
    Dataset::Tensors tensors{.spec = spec,
                             .imageShape = {3, 32, 32},
                             .classes =
                                 classNames(spec.directory / layout.classNames, layout.classes()),
                             .trainImages = {},
                             .trainLabels = {},
                             .testImages = channelsLast(images.back()),
                             .testLabels = labels.back()};
    images.pop_back();
    labels.pop_back();
    tensors.trainImages = channelsLast(at::cat(images));
    tensors.trainLabels = at::cat(labels);
    return tensors;
}

} // namespace espalier
