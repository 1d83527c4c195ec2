#include "support/zip_writer.h"

namespace espalier::test {

namespace {

std::string number(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

std::uint32_t checksum(const std::string& content)
{
    std::uint32_t crc = 0xFFFFFFFF;
    for (const auto c : content) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

} // namespace

void ZipWriter::add(const std::string& name, const std::string& content, const Lies& lies)
{
    const auto size = lies.size != 0 ? lies.size : content.size();
    const auto stored = lies.storedSize != 0 ? lies.storedSize : content.size();
    const auto common = number(lies.method, 2) + number(0, 4)
        + number(lies.checksum != 0 ? lies.checksum : checksum(content), 4) + number(stored, 4)
        + number(size, 4) + number(name.size(), 2) + number(0, 2);
    m_directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + number(0, 2) + common
        + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(m_records.size(), 4)
        + name;
    m_records += "PK\x03\x04" + number(20, 2) + number(0, 2) + common + name + content;
    ++m_count;
}

std::string ZipWriter::finish() const
{
    return m_records + m_directory + "PK\x05\x06" + number(0, 4) + number(m_count, 2)
        + number(m_count, 2) + number(m_directory.size(), 4) + number(m_records.size(), 4)
        + number(0, 2);
}

} // namespace espalier::test
