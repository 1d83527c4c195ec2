#include "support/picture_files.h"

#include <cstdlib>
#include <string>

#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>
#include <zlib.h>

namespace espalier::test {

namespace {

/// Most significant byte first.
std::string bigEndian(std::uint32_t value, std::size_t size)
{
    std::string bytes;
    for (auto shift = 8 * size; shift > 0; shift -= 8)
        bytes += static_cast<char>(value >> (shift - 8));
    return bytes;
}

Bytes compressed(const std::uint8_t* pixels, std::int64_t width, std::int64_t height, TJPF format)
{
    auto* compressor = tjInitCompress();
    unsigned char* file = nullptr;
    unsigned long size = 0;
    tjCompress2(compressor, pixels, static_cast<int>(width), 0, static_cast<int>(height), format,
                &file, &size, TJSAMP_444, 100, 0);
    Bytes bytes(file, file + size);
    tjFree(file);
    tjDestroy(compressor);
    return bytes;
}

} // namespace

Picture patternPicture(std::int64_t width, std::int64_t height)
{
    Picture picture{.width = width, .height = height};
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x)
            for (std::int64_t c = 0; c < 3; ++c)
                picture.pixels.push_back(
                    static_cast<std::uint8_t>((37 * x + 59 * y + 83 * c + 7 * x * y) % 256));
    return picture;
}

Picture plainPicture(std::int64_t width, std::int64_t height, std::uint8_t red, std::uint8_t green,
                     std::uint8_t blue)
{
    Picture picture{.width = width, .height = height};
    for (std::int64_t pixel = 0; pixel < width * height; ++pixel)
        picture.pixels.insert(picture.pixels.end(), {red, green, blue});
    return picture;
}

Bytes pngFile(std::int64_t width, std::int64_t height, int bitDepth, int colourType,
              const Bytes& rows)
{
    Bytes file;
    auto* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    auto* info = png_create_info_struct(png);
    const auto write = [](png_structp writer, png_bytep bytes, png_size_t size) {
        auto* to = static_cast<Bytes*>(png_get_io_ptr(writer));
        to->insert(to->end(), bytes, bytes + size);
    };
    png_set_write_fn(png, &file, write, nullptr);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height),
                 bitDepth, colourType, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (colourType == PNG_COLOR_TYPE_PALETTE) {
        const png_color colours[] = {{10, 20, 30}, {40, 50, 60}, {70, 80, 90}, {100, 110, 120}};
        png_set_PLTE(png, info, colours, 4);
    }
    png_write_info(png, info);
    const auto rowBytes = rows.size() / static_cast<std::size_t>(height);
    for (std::size_t at = 0; at < rows.size(); at += rowBytes)
        png_write_row(png, rows.data() + at);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return file;
}

Bytes pngFile(const Picture& picture)
{
    return pngFile(picture.width, picture.height, 8, PNG_COLOR_TYPE_RGB, picture.pixels);
}

Bytes pngHeader(std::uint32_t width, std::uint32_t height)
{
    using namespace std::string_literals;
    const auto chunk = "IHDR" + bigEndian(width, 4) + bigEndian(height, 4) + "\x08\x02\0\0\0"s;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<unsigned>(chunk.size()));
    const auto file = "\x89PNG\r\n\x1a\n" + bigEndian(13, 4) + chunk
        + bigEndian(static_cast<std::uint32_t>(sum), 4) + bigEndian(0, 4) + "IDAT";
    return {file.begin(), file.end()};
}

Bytes jpegFile(const Picture& picture)
{
    return compressed(picture.pixels.data(), picture.width, picture.height, TJPF_RGB);
}

Bytes cmykJpegFile(std::int64_t width, std::int64_t height, const Bytes& inks)
{
    return compressed(inks.data(), width, height, TJPF_CMYK);
}

Bytes withOrientation(const Bytes& jpeg, std::uint8_t orientation, bool mostSignificantFirst)
{
    using namespace std::string_literals;
    const auto value = static_cast<char>(orientation);
    // A directory of one entry: tag 0x0112, one short number; no further directory.
    const auto tiff = mostSignificantFirst
        ? "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + value + "\0\0\0\0\0\0"s
        : "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + value + "\0\0\0\0\0\0\0"s;
    const auto exif = "Exif\0\0"s + tiff;
    const std::string plain(jpeg.begin(), jpeg.end());
    const auto length = static_cast<std::uint32_t>(exif.size() + 2);
    const auto file =
        plain.substr(0, 2) + "\xff\xe1" + bigEndian(length, 2) + exif + plain.substr(2);
    return {file.begin(), file.end()};
}

Bytes webpFile(const Picture& picture)
{
    std::uint8_t* file = nullptr;
    const auto size = WebPEncodeLosslessRGB(picture.pixels.data(), static_cast<int>(picture.width),
                                            static_cast<int>(picture.height),
                                            static_cast<int>(3 * picture.width), &file);
    Bytes bytes(file, file + size);
    WebPFree(file);
    return bytes;
}

void writePicture(const std::filesystem::path& path, const Bytes& file)
{
    std::filesystem::create_directories(path.parent_path());
    writeFile(path, file);
}

} // namespace espalier::test
