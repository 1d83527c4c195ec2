#include "data/input_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <zlib.h>

#include "base/core_text.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

gzFile handle(void* file)
{
    return static_cast<gzFile>(file);
}

} // namespace

InputFile::InputFile(fs::path path, void* file)
    : m_path(std::move(path))
    , m_file(file)
{
}

void InputFile::Close::operator()(void* file) const
{
    gzclose_r(handle(file));
}

Result<InputFile> InputFile::open(const fs::path& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return fail(ErrorCode::NotFound, CoreText::tr("'{1}' does not exist.", path.string()));
    if (status.type() == fs::file_type::none)
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' cannot be read: {2}.", path.string(), error.message()));
    if (!fs::is_regular_file(status))
        return fail(ErrorCode::BadFormat, CoreText::tr("'{1}' is not a file.", path.string()));
    gzFile file = gzopen(path.c_str(), "rb");
    if (!file)
        return fail(
            ErrorCode::Io,
            CoreText::tr("'{1}' cannot be opened: {2}.", path.string(), std::strerror(errno)));
    constexpr unsigned bufferSize = 1U << 18U;
    gzbuffer(file, bufferSize);
    return InputFile(path, file);
}

Result<std::size_t> InputFile::readSome(std::span<std::uint8_t> buffer)
{
    constexpr std::size_t most = std::size_t{1} << 30U; // gzread() takes and returns an int
    std::size_t done = 0;
    while (done < buffer.size()) {
        const auto wanted = std::min(buffer.size() - done, most);
        const int got =
            gzread(handle(m_file.get()), buffer.data() + done, static_cast<unsigned>(wanted));
        if (got < 0) {
            int code = Z_OK;
            const std::string message = gzerror(handle(m_file.get()), &code);
            if (code == Z_ERRNO)
                return fail(ErrorCode::Io,
                            CoreText::tr("'{1}' cannot be read: {2}.", m_path.string(),
                                         std::strerror(errno)));
            if (code != Z_BUF_ERROR) // Z_BUF_ERROR: the file ends within the compressed data
                return fail(ErrorCode::BadFormat,
                            CoreText::tr("'{1}' is damaged ({2}); get it again.", m_path.string(),
                                         message));
            break;
        }
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status InputFile::read(std::span<std::uint8_t> buffer)
{
    const auto got = readSome(buffer);
    if (!got)
        return fail(got.error());
    if (*got < buffer.size())
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is truncated: it ends where more data must follow.",
                                 m_path.string()));
    return {};
}

Status InputFile::expectEnd()
{
    std::array<std::uint8_t, 1> byte{};
    const auto got = readSome(byte);
    if (!got)
        return fail(got.error());
    if (*got > 0)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' is longer than its header says; it is not what its name says.",
                         m_path.string()));
    return {};
}

} // namespace espalier
