#include <memory>
#include <string_view>
#include <utility>

#include <turbojpeg.h>

#include "base/core_text.h"
#include "data/picture_decoders_p.h"

namespace espalier {

namespace {

struct Destroy {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Decompressor = std::unique_ptr<void, Destroy>;

/// libjpeg fills in what is missing or damaged and only warns. Superfluous bytes hurt nobody.
bool isHarmless(tjhandle handle)
{
    return tjGetErrorCode(handle) == TJERR_WARNING
        && std::string_view(tjGetErrorStr2(handle)).find("extraneous bytes")
        != std::string_view::npos;
}

tl::unexpected<Error> damaged(tjhandle handle)
{
    return fail(ErrorCode::BadFormat,
                CoreText::tr("is a damaged JPEG ({1})", tjGetErrorStr2(handle)));
}

Status decompress(tjhandle handle, std::span<const std::uint8_t> file, std::uint8_t* pixels,
                  int width, int height, TJPF format)
{
    // Progressive files of very many scans take minutes and hold nothing.
    const int failed = tjDecompress2(handle, file.data(), file.size(), pixels, width, /*pitch=*/0,
                                     height, format, TJFLAG_LIMITSCANS);
    if (failed != 0 && !isHarmless(handle))
        return damaged(handle);
    return {};
}

/// a x b / 255, rounded.
std::uint8_t product(unsigned a, unsigned b)
{
    const auto scaled = a * b + 128;
    return static_cast<std::uint8_t>(((scaled >> 8U) + scaled) >> 8U);
}

/// Inks to light. Adobe's programs store inks inverted, and everybody followed: 255 is no ink.
void fromInks(const std::vector<std::uint8_t>& inks, Picture& picture)
{
    for (std::size_t i = 0, pixel = 0; i < inks.size(); i += 4, pixel += 3) {
        for (std::size_t colour = 0; colour < 3; ++colour)
            picture.pixels[pixel + colour] = product(inks[i + colour], inks[i + 3]);
    }
}

} // namespace

Result<Picture> decodeJpeg(std::span<const std::uint8_t> file)
{
    const Decompressor decompressor(tjInitDecompress());
    auto* handle = decompressor.get();
    if (!handle)
        return fail(ErrorCode::Io, CoreText::tr("cannot be decoded: there is no memory left"));
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(handle, file.data(), file.size(), &width, &height, &subsampling,
                            &colours)
            != 0
        && !isHarmless(handle))
        return damaged(handle);
    auto picture = blankPicture(width, height);
    if (!picture)
        return picture;
    if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
        std::vector<std::uint8_t> inks(picture->pixels.size() / 3 * 4);
        if (auto done = decompress(handle, file, inks.data(), width, height, TJPF_CMYK); !done)
            return fail(done.error());
        fromInks(inks, *picture);
        return picture;
    }
    if (auto done = decompress(handle, file, picture->pixels.data(), width, height, TJPF_RGB);
        !done)
        return fail(done.error());
    return picture;
}

} // namespace espalier
