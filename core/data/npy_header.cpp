#include "data/npy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "base/core_text.h"

namespace espalier {

namespace {

constexpr std::string_view magic("\x93NUMPY", 6);
constexpr std::size_t longestHeader = 65536; // numpy itself refuses longer ones than 10,000
constexpr std::size_t mostDimensions = 32;

/// The few forms of Python's literals that a header is written with.
class PythonReader {
public:
    explicit PythonReader(std::string_view text)
        : m_text(text)
    {
    }

    /// Takes `token` if it comes next.
    bool take(std::string_view token)
    {
        m_text.remove_prefix(std::min(m_text.find_first_not_of(" \t\r\n"), m_text.size()));
        if (!m_text.starts_with(token))
            return false;
        m_text.remove_prefix(token.size());
        return true;
    }
    bool atEnd() { return take("") && m_text.empty(); }

    std::optional<std::string> text()
    {
        const char quote = take("'") ? '\'' : take("\"") ? '"' : '\0';
        const auto end = m_text.find(quote);
        if (quote == '\0' || end == std::string_view::npos)
            return std::nullopt;
        std::string value(m_text.substr(0, end));
        m_text.remove_prefix(end + 1);
        return value;
    }
    std::optional<bool> truth()
    {
        if (take("True"))
            return true;
        return take("False") ? std::optional(false) : std::nullopt;
    }
    std::optional<std::int64_t> number()
    {
        std::int64_t value = 0;
        take("");
        const auto [next, error] =
            std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        if (error != std::errc())
            return std::nullopt;
        m_text.remove_prefix(static_cast<std::size_t>(next - m_text.data()));
        take("L"); // Python 2 wrote long integers so
        return value;
    }
    std::optional<Shape> tuple()
    {
        Shape shape;
        if (!take("("))
            return std::nullopt;
        while (!take(")")) {
            const auto extent = number();
            if (!extent || *extent < 0 || shape.size() == mostDimensions)
                return std::nullopt;
            shape.push_back(*extent);
            if (!take(",") && !m_text.starts_with(')'))
                return std::nullopt;
        }
        return shape;
    }

private:
    std::string_view m_text;
};

template <class T> bool store(T& value, const std::optional<T>& read)
{
    value = read.value_or(T());
    return read.has_value();
}

} // namespace

std::optional<NpyHeader> parseNpyDictionary(std::string_view text)
{
    PythonReader reader(text);
    NpyHeader header;
    std::set<std::string> keys;
    if (!reader.take("{"))
        return std::nullopt;
    while (!reader.take("}")) {
        const auto key = reader.text();
        if (!key || !keys.insert(*key).second || !reader.take(":"))
            return std::nullopt;
        const bool read = *key == "descr" ? store(header.descr, reader.text())
            : *key == "fortran_order"     ? store(header.fortranOrder, reader.truth())
            : *key == "shape"             ? store(header.shape, reader.tuple())
                                          : false;
        if (!read)
            return std::nullopt;
        if (!reader.take(",")) {
            if (!reader.take("}"))
                return std::nullopt;
            break;
        }
    }
    return keys.size() == 3 && reader.atEnd() ? std::optional(header) : std::nullopt;
}

Result<NpyHeader> readNpyHeader(InputFile& file)
{
    const auto name = file.path().string();
    std::array<std::uint8_t, magic.size() + 2> start{}; // and the version
    if (auto read = file.read(start); !read)
        return fail(read.error());
    const auto version = start[magic.size()];
    if (!std::ranges::equal(std::span(start).first(magic.size()), magic,
                            [](std::uint8_t a, char b) { return static_cast<char>(a) == b; }))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is no NumPy array; save one with numpy.save.", name));
    if (version < 1 || version > 3)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' is of version {2} of NumPy's format; versions 1 to 3 are read.",
                         name, version));
    std::vector<std::uint8_t> lengthBytes(version == 1 ? 2 : 4);
    if (auto read = file.read(lengthBytes); !read)
        return fail(read.error());
    std::size_t length = 0;
    for (auto byte = lengthBytes.rbegin(); byte != lengthBytes.rend(); ++byte)
        length = length << 8U | *byte;
    std::vector<std::uint8_t> bytes(std::min(length, longestHeader));
    if (auto read = file.read(bytes); !read)
        return fail(read.error());
    const auto header = length > longestHeader
        ? std::nullopt
        : parseNpyDictionary(std::string(bytes.begin(), bytes.end()));
    if (!header)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' has a damaged header; save it again with numpy.save.", name));
    return *header;
}

} // namespace espalier
