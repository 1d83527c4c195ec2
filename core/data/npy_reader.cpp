#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "data/input_file.h"
#include "data/labelled_arrays_p.h"
#include "data/npy_header.h"
#include "data/readers_p.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr std::int64_t chunkBytes = std::int64_t{1} << 22; // the stop token is looked at in between

struct ElementType {
    std::string_view name; ///< NumPy's, without byte order
    at::ScalarType type;
    std::int64_t bytes;
};
constexpr std::array<ElementType, 8> elementTypes{{{"u1", at::kByte, 1},
                                                   {"i1", at::kChar, 1},
                                                   {"i2", at::kShort, 2},
                                                   {"i4", at::kInt, 4},
                                                   {"i8", at::kLong, 8},
                                                   // no label is so large that the sign matters
                                                   {"u2", at::kShort, 2},
                                                   {"u4", at::kInt, 4},
                                                   {"u8", at::kLong, 8}}};

/// Little-endian whole numbers, or bytes, whose order says nothing.
const ElementType* elementType(std::string_view descr)
{
    if (descr.size() != 3 || (descr[0] != '<' && descr[0] != '|' && descr.substr(1) != "u1"))
        return nullptr;
    const auto* found = std::ranges::find(elementTypes, descr.substr(1), &ElementType::name);
    return found == elementTypes.end() ? nullptr : found;
}

/// What a header promises, before memory is asked for.
Status checkSize(const fs::path& path, const NpyHeader& header, std::int64_t elementBytes)
{
    constexpr std::int64_t mostBytes = std::int64_t{1} << 42;
    std::int64_t bytes = elementBytes;
    for (const auto extent : header.shape)
        bytes = extent > 0 && bytes <= mostBytes / extent ? bytes * extent : mostBytes + 1;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (bytes > mostBytes || error || static_cast<std::int64_t>(size) <= bytes)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' claims to hold {2} values, but has {3} bytes; it is empty, "
                                 "truncated or damaged.",
                                 path.string(), shapeText(header.shape), size));
    return {};
}

Result<at::Tensor> readArray(const fs::path& path, const std::stop_token& stop)
{
    auto file = InputFile::open(path);
    if (!file)
        return fail(file.error());
    const auto header = readNpyHeader(*file);
    if (!header)
        return fail(header.error());
    const auto* type = elementType(header->descr);
    if (!type)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("'{1}' holds values of the type '{2}'; save images as uint8 and "
                                 "labels as little-endian whole numbers.",
                                 path.string(), header->descr));
    if (header->fortranOrder)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' is in Fortran order; save it in C order (numpy.ascontiguousarray).",
                         path.string()));
    if (auto status = checkSize(path, *header, type->bytes); !status)
        return fail(status.error());
    auto values = at::empty(header->shape, type->type);
    auto* bytes = static_cast<std::uint8_t*>(values.data_ptr());
    const auto total = values.numel() * type->bytes;
    for (std::int64_t begin = 0; begin < total; begin += chunkBytes) {
        if (stop.stop_requested())
            return stopped();
        const auto size = std::min(chunkBytes, total - begin);
        if (auto status = file->read({bytes + begin, static_cast<std::size_t>(size)}); !status)
            return fail(status.error());
    }
    if (auto status = file->expectEnd(); !status)
        return fail(status.error());
    return values;
}

bool isChannels(std::int64_t extent)
{
    return extent == 1 || extent == 3;
}

/// As N x C x H x W. Where both the second and the last extent could be channels, the network's
/// input decides, else they are last, as in pictures.
Result<at::Tensor> asImages(const at::Tensor& values, const fs::path& path,
                            const std::optional<Shape>& input)
{
    const auto shape = values.sizes().vec();
    if (values.scalar_type() != at::kByte)
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("'{1}' does not hold bytes; save images as uint8, 0 to 255.",
                                 path.string()));
    if (shape.size() == 3)
        return values.unsqueeze(1);
    const bool first = shape.size() == 4 && isChannels(shape[1]);
    const bool last = shape.size() == 4 && isChannels(shape[3]);
    if (!first && !last)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' holds {2} values; images are N x H x W, N x H x W x C or N "
                                 "x C x H x W with 1 or 3 channels.",
                                 path.string(), shapeText(shape)));
    const bool fitsFirst = input && Shape(shape.begin() + 1, shape.end()) == *input;
    return first && (!last || fitsFirst) ? values : values.permute({0, 3, 1, 2});
}

Result<at::Tensor> asLabels(const at::Tensor& values, const fs::path& path)
{
    const auto shape = values.sizes().vec();
    if (shape.size() > 2 || shape.empty() || (shape.size() == 2 && shape[1] != 1))
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' holds {2} values; labels are one whole number for each image.",
                         path.string(), shapeText(shape)));
    auto labels = values.reshape({-1}).to(at::kLong);
    const auto least = labels.min().item<std::int64_t>();
    const auto largest = labels.max().item<std::int64_t>();
    constexpr std::int64_t mostClasses = 1'000'000;
    if (least < 0 || largest >= mostClasses)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' holds the label {2}; labels are the classes' numbers from 0 on.",
                         path.string(), least < 0 ? least : largest));
    return labels;
}

Result<LabelledArrays> readPart(const fs::path& directory, const std::string& part,
                                const std::optional<Shape>& input, const std::stop_token& stop)
{
    const auto imageFile = directory / (part + "_images.npy");
    const auto labelFile = directory / (part + "_labels.npy");
    const auto images = readArray(imageFile, stop).and_then([&](const at::Tensor& values) {
        return asImages(values, imageFile, input);
    });
    if (!images)
        return fail(images.error());
    const auto labels = readArray(labelFile, stop).and_then([&](const at::Tensor& values) {
        return asLabels(values, labelFile);
    });
    if (!labels)
        return fail(labels.error());
    return LabelledArrays{*images, *labels, imageFile, labelFile};
}

} // namespace

Result<Dataset::Tensors> readNpy(const DataSpec& spec, const std::optional<Shape>& input,
                                 const ProgressSink& progress, const std::stop_token& stop)
{
    ProgressMeter meter(progress, CoreText::tr("reading images"), 2, CoreText::tr("parts"));
    const auto train = readPart(spec.directory, "train", input, stop);
    if (!train)
        return fail(train.error());
    meter.advance();
    const auto test = readPart(spec.directory, "test", input, stop);
    if (!test)
        return fail(test.error());
    meter.advance();
    return datasetOf(spec, *train, *test);
}

} // namespace espalier
