#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <utility>

#include <png.h>

#include "base/core_text.h"
#include "data/picture_decoders_p.h"

namespace espalier {

namespace {

/// libpng's reader over bytes in memory. libpng leaves a function it fails in by longjmp(), so the
/// functions that call it hold nothing that a destructor would have to release, and change no local
/// variable.
class PngReader {
public:
    explicit PngReader(std::span<const std::uint8_t> file)
        : m_file(file)
        , m_png(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &PngReader::onError,
                                       [](png_structp, png_const_charp) { /* not fatal */ }))
        , m_info(m_png ? png_create_info_struct(m_png) : nullptr)
    {
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }

    bool readHeader()
    {
        if (!m_info || setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        png_set_read_fn(m_png, this, &PngReader::onRead);
        png_read_info(m_png, m_info);
        // Whatever it is becomes 8-bit RGB.
        png_set_expand(m_png);
        png_set_strip_16(m_png);
        png_set_gray_to_rgb(m_png);
        png_set_strip_alpha(m_png);
        png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
        return true;
    }
    bool readRows(png_bytepp rows)
    {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            return false;
        png_read_image(m_png, rows);
        return true;
    }

    std::int64_t width() const { return png_get_image_width(m_png, m_info); }
    std::int64_t height() const { return png_get_image_height(m_png, m_info); }
    std::size_t rowBytes() const { return png_get_rowbytes(m_png, m_info); }
    /// What went wrong; libpng says it in English.
    std::string problem() const
    {
        if (m_isTruncated)
            return CoreText::tr("it is truncated");
        return *m_problem == '\0' ? CoreText::tr("there is no memory left") : m_problem;
    }

private:
    [[noreturn]] static void onError(png_structp png, png_const_charp message)
    {
        auto* reader = static_cast<PngReader*>(png_get_error_ptr(png));
        std::strncpy(reader->m_problem, message, sizeof(reader->m_problem) - 1);
        png_longjmp(png, 1);
    }
    static void onRead(png_structp png, png_bytep to, png_size_t size)
    {
        auto* reader = static_cast<PngReader*>(png_get_io_ptr(png));
        reader->m_isTruncated = size > reader->m_file.size() - reader->m_at;
        if (reader->m_isTruncated)
            png_error(png, "it is truncated");
        std::memcpy(to, reader->m_file.data() + reader->m_at, size);
        reader->m_at += size;
    }

    std::span<const std::uint8_t> m_file;
    std::size_t m_at = 0;
    bool m_isTruncated = false;
    char m_problem[120] = ""; ///< no std::string: see longjmp() above
    png_structp m_png;
    png_infop m_info;
};

tl::unexpected<Error> damaged(const PngReader& reader)
{
    return fail(ErrorCode::BadFormat, CoreText::tr("is a damaged PNG ({1})", reader.problem()));
}

} // namespace

Result<Picture> decodePng(std::span<const std::uint8_t> file)
{
    PngReader reader(file);
    if (!reader.readHeader())
        return damaged(reader);
    auto picture = blankPicture(reader.width(), reader.height());
    if (!picture)
        return picture;
    const auto rowBytes = static_cast<std::size_t>(picture->width) * 3;
    if (reader.rowBytes() != rowBytes)
        return fail(ErrorCode::BadFormat, CoreText::tr("is a PNG of a kind that is not read"));
    std::vector<png_bytep> rows;
    for (std::size_t row = 0; row < static_cast<std::size_t>(picture->height); ++row)
        rows.push_back(picture->pixels.data() + row * rowBytes);
    if (!reader.readRows(rows.data()))
        return damaged(reader);
    return picture;
}

} // namespace espalier
