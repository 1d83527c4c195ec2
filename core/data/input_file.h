#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace espalier {

/// A file read from front to back, gzipped or not (its first bytes tell, not its name).
class InputFile {
public:
    /// Errors: NotFound, Io, BadFormat (not a regular file); each names the file.
    static Result<InputFile> open(const std::filesystem::path& path);

    /// Fills `buffer`. Errors: BadFormat when the file ends before or is damaged, Io.
    Status read(std::span<std::uint8_t> buffer);
    /// Errors with BadFormat unless everything has been read.
    Status expectEnd();

    const std::filesystem::path& path() const { return m_path; }

private:
    struct Close {
        void operator()(void* file) const;
    };
    InputFile(std::filesystem::path path, void* file);
    Result<std::size_t> readSome(std::span<std::uint8_t> buffer);

    std::filesystem::path m_path;
    std::unique_ptr<void, Close> m_file; ///< a gzFile; zlib.h stays in the .cpp
};

} // namespace espalier
