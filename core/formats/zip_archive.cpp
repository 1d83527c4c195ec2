#include "formats/zip_archive.h"

#include <algorithm>
#include <limits>
#include <new>
#include <optional>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "base/core_text.h"

namespace espalier {

namespace {

// The format: PKWARE's APPNOTE. All numbers are little-endian.
constexpr std::uint64_t endSize = 22;
constexpr std::uint64_t locator64Size = 20;
constexpr std::uint64_t end64Size = 56;
constexpr std::uint64_t entrySize = 46;
constexpr std::uint64_t localSize = 30;
constexpr std::uint64_t longestComment = 65'535;
constexpr std::uint64_t highestDeflateRatio = 1'032;
constexpr std::uint64_t largestPacked = std::uint64_t{1} << 30U; // PyTorch packs code, not weights
constexpr std::uint64_t in64 = 0xFFFFFFFF; // "see the zip64 field"

/// The first `bytes` bytes at `at`, which the caller knows to be there.
std::uint64_t number(std::string_view data, std::uint64_t at, std::uint64_t bytes)
{
    std::uint64_t value = 0;
    for (std::uint64_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(data[at + i]);
    return value;
}

struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

tl::unexpected<Error> damaged(const ByteSource& source, const std::string& what)
{
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("'{1}' is a damaged or truncated zip file: {2}; copy or save it again.",
                     source.origin(), what));
}

Result<Directory> directory64(ByteSource& source, std::uint64_t end)
{
    if (end < locator64Size)
        return damaged(source, CoreText::tr("its directory is missing"));
    const auto locator = source.read(end - locator64Size, locator64Size);
    if (!locator)
        return fail(locator.error());
    if (!locator->starts_with("PK\x06\x07"))
        return damaged(source, CoreText::tr("its directory is missing"));
    const auto record = source.read(number(*locator, 8, 8), end64Size);
    if (!record)
        return fail(record.error());
    if (!record->starts_with("PK\x06\x06"))
        return damaged(source, CoreText::tr("its directory is missing"));
    return Directory{number(*record, 48, 8), number(*record, 40, 8)};
}

Result<Directory> findDirectory(ByteSource& source)
{
    const auto tailSize = std::min(source.size(), endSize + longestComment);
    const auto tail = source.read(source.size() - tailSize, tailSize);
    if (!tail)
        return fail(tail.error());
    const auto at = tail->rfind("PK\x05\x06");
    if (at == std::string::npos || at + endSize > tail->size())
        return damaged(source, CoreText::tr("its end is missing"));
    const Directory directory{number(*tail, at + 16, 4), number(*tail, at + 12, 4)};
    if (directory.offset == in64 || directory.size == in64 || number(*tail, at + 10, 2) == 0xFFFF)
        return directory64(source, source.size() - tailSize + at);
    return directory;
}

/// Replaces the numbers of an entry that stand in its zip64 field.
bool applyZip64(std::string_view extra, ZipArchive::Record& record)
{
    std::uint64_t at = 0;
    while (at + 4 <= extra.size()) {
        const auto id = number(extra, at, 2);
        const auto size = number(extra, at + 2, 2);
        at += 4;
        if (size > extra.size() - at)
            return false;
        if (id == 1) {
            auto end = at + size;
            for (auto* value : {&record.size, &record.storedSize, &record.header}) {
                if (*value != in64)
                    continue;
                if (at + 8 > end)
                    return false;
                *value = number(extra, at, 8);
                at += 8;
            }
            return true;
        }
        at += size;
    }
    return record.size != in64 && record.storedSize != in64 && record.header != in64;
}

struct Entry {
    std::string name;
    ZipArchive::Record record;
    std::uint64_t size = 0; ///< of the entry itself, in the directory
};

/// Why a record cannot be read; nothing when it can.
std::optional<std::string> problemOf(const Entry& entry, std::uint64_t flags, std::uint64_t method,
                                     std::uint64_t fileSize)
{
    const auto& record = entry.record;
    if ((flags & 1) != 0)
        return CoreText::tr("'{1}' is encrypted", entry.name);
    if (method != 0 && method != 8)
        return CoreText::tr("'{1}' is packed in an unknown way", entry.name);
    if (record.header > fileSize || localSize > fileSize - record.header
        || record.storedSize > fileSize - record.header - localSize)
        return CoreText::tr("'{1}' lies beyond the end of the file", entry.name);
    if (method == 0
            ? record.size != record.storedSize
            : record.size / highestDeflateRatio > record.storedSize || record.size > largestPacked)
        return CoreText::tr("'{1}' claims a size that it cannot have", entry.name);
    return std::nullopt;
}

Result<Entry> parseEntry(const ByteSource& source, std::string_view directory)
{
    if (directory.size() < entrySize || !directory.starts_with("PK\x01\x02"))
        return damaged(source, CoreText::tr("its directory ends early"));
    const auto nameSize = number(directory, 28, 2);
    const auto extraSize = number(directory, 30, 2);
    Entry entry;
    entry.size = entrySize + nameSize + extraSize + number(directory, 32, 2);
    if (entry.size > directory.size())
        return damaged(source, CoreText::tr("its directory ends early"));
    entry.name = directory.substr(entrySize, nameSize);
    const auto method = number(directory, 10, 2);
    entry.record = {.header = number(directory, 42, 4),
                    .storedSize = number(directory, 20, 4),
                    .size = number(directory, 24, 4),
                    .checksum = static_cast<std::uint32_t>(number(directory, 16, 4)),
                    .deflated = method == 8};
    if (!applyZip64(directory.substr(entrySize + nameSize, extraSize), entry.record))
        return damaged(source, CoreText::tr("the sizes of '{1}' are missing", entry.name));
    if (const auto problem = problemOf(entry, number(directory, 8, 2), method, source.size()))
        return damaged(source, *problem);
    return entry;
}

/// Records that share bytes make small files unpack to huge ones.
bool overlap(const std::vector<Entry>& entries)
{
    std::vector<const ZipArchive::Record*> records;
    for (const auto& entry : entries)
        records.push_back(&entry.record);
    std::ranges::sort(records, {}, &ZipArchive::Record::header);
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (records[i]->header - records[i - 1]->header < records[i - 1]->storedSize + localSize)
            return true;
    }
    return false;
}

/// The length of "NAME/" when every record begins with it; else 0.
std::size_t commonFolder(const std::vector<Entry>& entries)
{
    if (entries.empty())
        return 0;
    const auto slash = entries.front().name.find('/');
    if (slash == std::string::npos)
        return 0;
    const auto folder = entries.front().name.substr(0, slash + 1);
    return std::ranges::all_of(entries,
                               [&](const auto& entry) { return entry.name.starts_with(folder); })
        ? folder.size()
        : 0;
}

/// Inflates into exactly `size` bytes.
bool inflateInto(std::string& target, const std::string& packed)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    std::size_t taken = 0;
    std::size_t made = 0;
    int result = Z_OK;
    while (result == Z_OK) {
        constexpr std::size_t most = std::numeric_limits<int>::max();
        const auto in = std::min(packed.size() - taken, most);
        const auto out = std::min(target.size() - made, most);
        stream.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + taken)); // not written to
        stream.avail_in = static_cast<uInt>(in);
        stream.next_out = reinterpret_cast<Bytef*>(target.data() + made);
        stream.avail_out = static_cast<uInt>(out);
        result = inflate(&stream, Z_NO_FLUSH);
        taken += in - stream.avail_in;
        made += out - stream.avail_out;
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END && made == target.size();
}

bool checksumIsRight([[maybe_unused]] const std::string& bytes,
                     [[maybe_unused]] std::uint32_t expected)
{
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    return true; // a fuzzer does not find checksums
#else
    return crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) == expected;
#endif
}

} // namespace

Result<ZipArchive> ZipArchive::open(std::shared_ptr<ByteSource> source)
{
    const auto place = findDirectory(*source);
    if (!place)
        return fail(place.error());
    const auto directory = source->read(place->offset, place->size);
    if (!directory)
        return fail(directory.error());
    std::vector<Entry> entries;
    std::string_view rest = *directory;
    while (!rest.empty()) {
        auto entry = parseEntry(*source, rest);
        if (!entry)
            return fail(entry.error());
        rest.remove_prefix(entry->size);
        if (!entry->name.ends_with('/')) // folders hold nothing
            entries.push_back(*std::move(entry));
    }
    if (overlap(entries))
        return damaged(*source, CoreText::tr("its records overlap"));
    ZipArchive archive(std::move(source));
    const auto folder = commonFolder(entries);
    for (auto& entry : entries) {
        const auto name = entry.name.substr(folder);
        if (!archive.m_records.emplace(name, entry.record).second)
            return damaged(*archive.m_source, CoreText::tr("it holds '{1}' twice", name));
    }
    return archive;
}

Result<std::string> ZipArchive::read(const std::string& name) const
{
    const auto found = m_records.find(name);
    if (found == m_records.end())
        return damaged(*m_source, CoreText::tr("it lacks '{1}'", name));
    const auto& record = found->second;
    const auto local = m_source->read(record.header, localSize);
    if (!local)
        return fail(local.error());
    if (!local->starts_with("PK\x03\x04"))
        return damaged(*m_source, CoreText::tr("'{1}' is not where it should be", name));
    auto bytes =
        m_source->read(record.header + localSize + number(*local, 26, 2) + number(*local, 28, 2),
                       record.storedSize);
    if (!bytes)
        return bytes;
    if (record.deflated) {
        std::string unpacked;
        try {
            unpacked.resize(record.size);
        } catch (const std::bad_alloc&) {
            return fail(ErrorCode::Io,
                        CoreText::tr("'{1}' is too large for this machine.", origin()));
        }
        if (!inflateInto(unpacked, *bytes))
            return damaged(*m_source, CoreText::tr("'{1}' cannot be unpacked", name));
        bytes = std::move(unpacked);
    }
    if (!checksumIsRight(*bytes, record.checksum))
        return damaged(*m_source, CoreText::tr("the checksum of '{1}' is wrong", name));
    return bytes;
}

} // namespace espalier
