#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "formats/byte_source.h"

namespace espalier {

/// A zip file as PyTorch writes them, read with distrust: every size is held against the file's
/// before anything is allocated, records may not overlap, checksums must be right. Stored and
/// deflated records, zip64. When all records lie in one folder, as in files of torch.save, their
/// names go without it. Not thread-safe.
class ZipArchive {
public:
    /// Errors: BadFormat (no zip, truncated, sizes that cannot be).
    static Result<ZipArchive> open(std::shared_ptr<ByteSource> source);

    struct Record {
        std::uint64_t header = 0; ///< where its local header begins
        std::uint64_t storedSize = 0; ///< in the file
        std::uint64_t size = 0; ///< unpacked
        std::uint32_t checksum = 0;
        bool deflated = false;
    };

    const std::map<std::string, Record>& records() const { return m_records; }
    bool has(const std::string& name) const { return m_records.contains(name); }

    /// The unpacked bytes of a record. Errors: BadFormat (no such record, damaged), Io.
    Result<std::string> read(const std::string& name) const;

    const std::string& origin() const { return m_source->origin(); }

private:
    explicit ZipArchive(std::shared_ptr<ByteSource> source)
        : m_source(std::move(source))
    {
    }

    std::shared_ptr<ByteSource> m_source;
    std::map<std::string, Record> m_records;
};

} // namespace espalier
