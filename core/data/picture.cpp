#include "data/picture.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "base/core_text.h"
#include "data/picture_decoders_p.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 28U;

bool hasAt(std::span<const std::uint8_t> file, std::size_t at, std::string_view text)
{
    return file.size() >= at + text.size()
        && std::memcmp(file.data() + at, text.data(), text.size()) == 0;
}

/// Formats that are pictures, but not among those that are read.
std::string_view foreignFormat(std::span<const std::uint8_t> file)
{
    using namespace std::string_view_literals;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> known{
        {{"GIF8"sv, "GIF"},
         {"BM"sv, "BMP"},
         {"II*\0"sv, "TIFF"},
         {"MM\0*"sv, "TIFF"},
         {"<svg"sv, "SVG"}}};
    for (const auto& [start, name] : known)
        if (hasAt(file, 0, start))
            return name;
    return hasAt(file, 4, "ftypavif") ? "AVIF" : hasAt(file, 4, "ftyphei") ? "HEIF" : "";
}

Result<std::vector<std::uint8_t>> readBytes(const fs::path& path, std::uintmax_t size)
{
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return fail(ErrorCode::Io, CoreText::tr("cannot be opened: {1}", std::strerror(errno)));
    std::vector<std::uint8_t> bytes(size);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    if (std::ferror(file.get()) != 0)
        return fail(ErrorCode::Io, CoreText::tr("cannot be read: {1}", std::strerror(errno)));
    return bytes;
}

Result<Picture> readAndDecode(const fs::path& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return fail(ErrorCode::NotFound, CoreText::tr("does not exist"));
    if (!fs::is_regular_file(status)) // a pipe or device would be waited for
        return fail(ErrorCode::BadFormat, CoreText::tr("is not a file"));
    const auto size = fs::file_size(path, error);
    if (error)
        return fail(ErrorCode::Io, CoreText::tr("cannot be read: {1}", error.message()));
    if (size == 0)
        return fail(ErrorCode::BadFormat, CoreText::tr("is empty"));
    if (size > mostBytes)
        return fail(ErrorCode::BadFormat, CoreText::tr("is larger than 256 MiB"));
    return readBytes(path, size).and_then([](const std::vector<std::uint8_t>& bytes) {
        return decodePicture(bytes);
    });
}

} // namespace

Result<Picture> blankPicture(std::int64_t width, std::int64_t height)
{
    if (width < 1 || height < 1)
        return fail(ErrorCode::BadFormat, CoreText::tr("has no pixels"));
    if (width > mostPixels / height)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("claims {1} x {2} pixels, more than the 100 million that are decoded",
                         width, height));
    return Picture{.width = width,
                   .height = height,
                   .pixels = std::vector<std::uint8_t>(static_cast<std::size_t>(width)
                                                       * static_cast<std::size_t>(height) * 3)};
}

Result<Picture> decodePicture(std::span<const std::uint8_t> file)
{
    if (hasAt(file, 0, "\xff\xd8\xff")) {
        return decodeJpeg(file).map(
            [&](Picture picture) { return upright(std::move(picture), exifOrientation(file)); });
    }
    if (hasAt(file, 0, "\x89PNG\r\n\x1a\n"))
        return decodePng(file);
    if (hasAt(file, 0, "RIFF") && hasAt(file, 8, "WEBP"))
        return decodeWebp(file);
    if (const auto name = foreignFormat(file); !name.empty())
        return fail(ErrorCode::BadFormat,
                    name == "SVG" || name == "AVIF"
                        ? CoreText::tr("is an {1}; JPEG, PNG and WebP are read", name)
                        : CoreText::tr("is a {1}; JPEG, PNG and WebP are read", name));
    return fail(ErrorCode::BadFormat, CoreText::tr("is no JPEG, PNG or WebP picture"));
}

Result<Picture> readPicture(const fs::path& path)
{
    try {
        return readAndDecode(path).map_error([&](Error error) {
            return Error{error.code, CoreText::tr("'{1}' {2}.", path.string(), error.message)};
        });
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::Io,
                    CoreText::tr("There is no memory left to read '{1}'.", path.string()));
    }
}

} // namespace espalier
