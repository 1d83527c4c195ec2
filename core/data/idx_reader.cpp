#include <algorithm>
#include <span>
#include <vector>

#include <ATen/Functions.h>

#include "base/core_text.h"
#include "data/input_file.h"
#include "data/labelled_arrays_p.h"
#include "data/readers_p.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr std::int64_t chunkBytes = std::int64_t{1} << 22; // the stop token is looked at in between

/// The file of one part, "train-images" for example: named as MNIST is published, or with the dot
/// that some unpackers put before "idx", gzipped or not.
Result<fs::path> findFile(const fs::path& directory, const std::string& part,
                          const std::string& format)
{
    for (const auto* separator : {"-", "."}) {
        for (const auto* ending : {"", ".gz"}) {
            const auto path = directory / (part + separator + format + ending);
            std::error_code error;
            if (fs::exists(path, error))
                return path;
        }
    }
    return fail(
        ErrorCode::NotFound,
        CoreText::tr(
            "'{1}' (or .gz) does not exist; give the folder of an image set in MNIST's format.",
            (directory / (part + "-" + format)).string()));
}

/// The next `count` big-endian numbers.
Result<std::vector<std::int64_t>> readNumbers(InputFile& file, std::size_t count)
{
    std::vector<std::uint8_t> bytes(4 * count);
    if (auto status = file.read(bytes); !status)
        return fail(status.error());
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < bytes.size(); i += 4)
        numbers.push_back(std::int64_t{bytes[i]} << 24 | std::int64_t{bytes[i + 1]} << 16
                          | std::int64_t{bytes[i + 2]} << 8 | std::int64_t{bytes[i + 3]});
    return numbers;
}

/// Checks the magic number (unsigned bytes in `dimensions` dimensions) and reads the extents.
Result<std::vector<std::int64_t>> readHeader(InputFile& file, std::size_t dimensions)
{
    const auto found = readNumbers(file, 1);
    if (!found)
        return fail(found.error());
    const auto magic = 0x0800 + static_cast<std::int64_t>(dimensions);
    if (found->front() != magic)
        return fail(
            ErrorCode::BadFormat,
            dimensions == 1 ? CoreText::tr(
                "'{1}' begins with the number {2} instead of {3}; it is no IDX file of labels.",
                file.path().string(), found->front(), magic)
                            : CoreText::tr("'{1}' begins with the number {2} instead of {3}; it is "
                                           "no IDX file of grey images.",
                                           file.path().string(), found->front(), magic));
    return readNumbers(file, dimensions);
}

/// Extents a real file can have: positive, and of a size that memory can be asked for.
Status checkExtents(const InputFile& file, const std::vector<std::int64_t>& extents)
{
    constexpr std::int64_t mostPixels = std::int64_t{1} << 28;
    constexpr std::int64_t mostBytes = std::int64_t{1} << 40;
    constexpr double highestRatio = 1032.0; // of what gzip packs
    std::int64_t pixels = 1;
    for (std::size_t i = 1; i < extents.size(); ++i)
        pixels = extents[i] > 0 && pixels <= mostPixels ? pixels * extents[i] : mostPixels + 1;
    std::error_code error;
    const auto size = static_cast<double>(fs::file_size(file.path(), error));
    if (extents.front() < 1 || pixels > mostPixels || extents.front() > mostBytes / pixels
        || (!error && static_cast<double>(extents.front() * pixels) > highestRatio * size))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' claims to hold {2} values; it is empty or damaged.",
                                 file.path().string(), shapeText(extents)));
    return {};
}

/// The values of one file, uint8, in the shape its header gives.
Result<at::Tensor> readFile(const fs::path& path, std::size_t dimensions,
                            const std::stop_token& stop)
{
    auto file = InputFile::open(path);
    if (!file)
        return fail(file.error());
    const auto extents = readHeader(*file, dimensions);
    if (!extents)
        return fail(extents.error());
    if (auto status = checkExtents(*file, *extents); !status)
        return fail(status.error());
    auto values = at::empty(*extents, at::kByte);
    for (std::int64_t begin = 0; begin < values.numel(); begin += chunkBytes) {
        if (stop.stop_requested())
            return stopped();
        const auto size = std::min(chunkBytes, values.numel() - begin);
        const std::span chunk(values.data_ptr<std::uint8_t>() + begin,
                              static_cast<std::size_t>(size));
        if (auto status = file->read(chunk); !status)
            return fail(status.error());
    }
    if (auto status = file->expectEnd(); !status)
        return fail(status.error());
    return values;
}

Result<LabelledArrays> readPart(const fs::path& directory, const std::string& part,
                                const std::stop_token& stop)
{
    const auto imageFile = findFile(directory, part + "-images", "idx3-ubyte");
    if (!imageFile)
        return fail(imageFile.error());
    const auto labelFile = findFile(directory, part + "-labels", "idx1-ubyte");
    if (!labelFile)
        return fail(labelFile.error());
    const auto images = readFile(*imageFile, 3, stop);
    if (!images)
        return fail(images.error());
    const auto labels = readFile(*labelFile, 1, stop);
    if (!labels)
        return fail(labels.error());
    return LabelledArrays{.images = images->unsqueeze(1),
                          .labels = labels->to(at::kLong),
                          .imageFile = *imageFile,
                          .labelFile = *labelFile};
}

} // namespace

Result<Dataset::Tensors> readIdx(const DataSpec& spec, const ProgressSink& progress,
                                 const std::stop_token& stop)
{
    ProgressMeter meter(progress, CoreText::tr("reading images"), 2, CoreText::tr("parts"));
    const auto train = readPart(spec.directory, "train", stop);
    if (!train)
        return fail(train.error());
    meter.advance();
    const auto test = readPart(spec.directory, "t10k", stop);
    if (!test)
        return fail(test.error());
    meter.advance();
    return datasetOf(spec, *train, *test);
}

} // namespace espalier
