#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace espalier {

/// Bytes read at any place: a file, or a file that lies inside another. Not thread-safe.
class ByteSource {
public:
    /// Errors: NotFound, BadFormat (no regular file), Io.
    static Result<std::shared_ptr<ByteSource>> file(const std::filesystem::path& path);
    /// `origin` names it in messages.
    static std::shared_ptr<ByteSource> memory(std::string bytes, std::string origin);

    virtual ~ByteSource() = default;

    std::uint64_t size() const { return m_size; }
    /// What messages call it: the path of the file.
    const std::string& origin() const { return m_origin; }

    /// Exactly `count` bytes from `offset`. Errors: BadFormat when they lie beyond the end (nothing
    /// is allocated then), Io.
    Result<std::string> read(std::uint64_t offset, std::uint64_t count);

protected:
    ByteSource(std::uint64_t size, std::string origin)
        : m_size(size)
        , m_origin(std::move(origin))
    {
    }
    /// The range lies inside.
    virtual bool readInto(char* target, std::uint64_t offset, std::uint64_t count) = 0;

private:
    std::uint64_t m_size;
    std::string m_origin;
};

} // namespace espalier
