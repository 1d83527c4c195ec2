#pragma once

#include <cstdint>
#include <string>

namespace espalier::test {

/// Writes zip files of stored records, with fields that may lie.
class ZipWriter {
public:
    struct Lies {
        std::uint32_t size = 0; ///< claimed instead of the true size, when not 0
        std::uint32_t storedSize = 0;
        std::uint16_t method = 0;
        std::uint32_t checksum = 0; ///< instead of that of the content, when not 0
    };
    void add(const std::string& name, const std::string& content) { add(name, content, Lies()); }
    void add(const std::string& name, const std::string& content, const Lies& lies);

    /// The whole file.
    std::string finish() const;

private:
    std::string m_records;
    std::string m_directory;
    std::uint16_t m_count = 0;
};

} // namespace espalier::test
