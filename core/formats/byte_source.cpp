#include "formats/byte_source.h"

#include <cstring>
#include <fstream>
#include <new>

#include "base/core_text.h"

namespace espalier {

namespace {

class FileSource final : public ByteSource {
public:
    FileSource(std::ifstream stream, std::uint64_t size, std::string origin)
        : ByteSource(size, std::move(origin))
        , m_stream(std::move(stream))
    {
    }

private:
    bool readInto(char* target, std::uint64_t offset, std::uint64_t count) override
    {
        m_stream.clear();
        m_stream.seekg(static_cast<std::streamoff>(offset));
        m_stream.read(target, static_cast<std::streamsize>(count));
        return static_cast<bool>(m_stream);
    }

    std::ifstream m_stream;
};

class MemorySource final : public ByteSource {
public:
    MemorySource(std::string bytes, std::string origin)
        : ByteSource(bytes.size(), std::move(origin))
        , m_bytes(std::move(bytes))
    {
    }

private:
    bool readInto(char* target, std::uint64_t offset, std::uint64_t count) override
    {
        std::memcpy(target, m_bytes.data() + offset, count);
        return true;
    }

    std::string m_bytes;
};

} // namespace

Result<std::shared_ptr<ByteSource>> ByteSource::file(const std::filesystem::path& path)
{
    const auto origin = path.string();
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return fail(ErrorCode::NotFound, CoreText::tr("There is no file '{1}'.", origin));
    if (!std::filesystem::is_regular_file(path, error))
        return fail(ErrorCode::BadFormat, CoreText::tr("'{1}' is not a file.", origin));
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    if (error || !stream)
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' cannot be read; check its permissions.", origin));
    return std::make_shared<FileSource>(std::move(stream), size, origin);
}

std::shared_ptr<ByteSource> ByteSource::memory(std::string bytes, std::string origin)
{
    return std::make_shared<MemorySource>(std::move(bytes), std::move(origin));
}

Result<std::string> ByteSource::read(std::uint64_t offset, std::uint64_t count)
{
    if (offset > m_size || count > m_size - offset)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr(
                "'{1}' ends before the data that it says it holds; it is truncated or damaged.",
                m_origin));
    std::string bytes;
    try {
        bytes.resize(count);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' is too large for the memory of this machine.", m_origin));
    }
    if (!readInto(bytes.data(), offset, count))
        return fail(ErrorCode::Io, CoreText::tr("Reading '{1}' failed.", m_origin));
    return bytes;
}

} // namespace espalier
