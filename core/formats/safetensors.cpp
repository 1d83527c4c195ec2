#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/core_text.h"
#include "formats/state_dict_p.h"

namespace espalier {

namespace {

using nlohmann::json;

constexpr std::uint64_t lengthSize = 8;
constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit

std::optional<at::ScalarType> typeOf(const std::string& name)
{
    static const std::map<std::string, at::ScalarType> types{
        {"F32", at::kFloat}, {"F16", at::kHalf},  {"BF16", at::kBFloat16}, {"F64", at::kDouble},
        {"I64", at::kLong},  {"I32", at::kInt},   {"I16", at::kShort},     {"I8", at::kChar},
        {"U8", at::kByte},   {"BOOL", at::kBool},
    };
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

tl::unexpected<Error> damaged(const ByteSource& source, const std::string& what)
{
    return fail(ErrorCode::BadFormat,
                CoreText::tr("'{1}' is a damaged safetensors file: {2}.", source.origin(), what));
}

Result<std::string> readHeader(ByteSource& source)
{
    const auto start = source.read(0, lengthSize);
    if (!start)
        return start;
    std::uint64_t length = 0;
    for (std::size_t i = lengthSize; i-- > 0;)
        length = length << 8 | static_cast<unsigned char>((*start)[i]);
    if (length > largestHeader || length > source.size() - lengthSize)
        return damaged(
            source,
            CoreText::tr("its header claims {1} bytes, the file has {2}", length, source.size()));
    return source.read(lengthSize, length);
}

/// The header as JSON. Throws json::exception.
Result<json> parseHeader(const ByteSource& source, const std::string& text)
{
    std::set<std::string> keys;
    std::optional<std::string> twice;
    const auto noteKey = [&](int depth, json::parse_event_t event, json& value) {
        if (event == json::parse_event_t::key && depth == 1
            && !keys.insert(value.get<std::string>()).second)
            twice = value.get<std::string>();
        return true;
    };
    auto header = json::parse(text, noteKey);
    if (twice)
        return damaged(source, CoreText::tr("it holds '{1}' twice", *twice));
    if (!header.is_object())
        return damaged(source, CoreText::tr("its header is no JSON object"));
    return header;
}

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// One entry of the header; its bytes lie at `data` + begin. Throws json::exception.
Result<StoredTensor> tensorOf(const std::shared_ptr<ByteSource>& source, const std::string& name,
                              const json& entry, std::uint64_t data, Range& range)
{
    const auto typeName = entry.at("dtype").get<std::string>();
    const auto type = typeOf(typeName);
    if (!type)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "'{1}': the tensor '{2}' has the type {3}, which is not supported; save it as F32.",
                source->origin(), name, typeName));
    const auto& offsets = entry.at("data_offsets");
    if (offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
        return damaged(*source, CoreText::tr("the offsets of '{1}' are no two numbers", name));
    range = {offsets[0].get<std::uint64_t>(), offsets[1].get<std::uint64_t>()};
    if (range.begin > range.end || range.end > source->size() - data)
        return damaged(*source, CoreText::tr("'{1}' lies beyond its end", name));
    StoredTensor tensor{.type = *type, .storageSize = range.end - range.begin};
    for (const auto& extent : entry.at("shape")) {
        if (!extent.is_number_unsigned())
            return damaged(*source, CoreText::tr("the shape of '{1}' is no list of sizes", name));
        tensor.sizes.push_back(extent.get<std::int64_t>());
    }
    tensor.strides = contiguousStrides(tensor.sizes);
    tensor.bytes = [source, begin = data + range.begin, count = tensor.storageSize] {
        return source->read(begin, count);
    };
    if (auto status = checkStoredTensor(name, tensor); !status)
        return fail(status.error());
    auto elements = static_cast<std::uint64_t>(c10::elementSize(*type));
    for (const auto extent : tensor.sizes)
        elements *= static_cast<std::uint64_t>(extent); // checked: no more than the bytes there are
    if (elements != tensor.storageSize)
        return damaged(*source, CoreText::tr("the shape of '{1}' does not fit its data", name));
    return tensor;
}

bool overlap(std::vector<Range> ranges)
{
    std::ranges::sort(ranges, {}, &Range::begin);
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i].begin < ranges[i - 1].end)
            return true;
    }
    return false;
}

Result<StoredTensors> tensorsOf(const std::shared_ptr<ByteSource>& source, const std::string& text)
{
    const auto header = parseHeader(*source, text);
    if (!header)
        return fail(header.error());
    StoredTensors tensors;
    std::vector<Range> ranges;
    for (const auto& [name, entry] : header->items()) {
        if (name == "__metadata__")
            continue;
        Range range;
        auto tensor = tensorOf(source, name, entry, lengthSize + text.size(), range);
        if (!tensor)
            return fail(tensor.error());
        tensors.emplace(name, *std::move(tensor));
        if (range.begin != range.end)
            ranges.push_back(range);
    }
    if (overlap(std::move(ranges)))
        return damaged(*source, CoreText::tr("its tensors overlap"));
    return tensors;
}

} // namespace

Result<StoredTensors> readSafetensors(const std::shared_ptr<ByteSource>& source)
{
    const auto text = readHeader(*source);
    if (!text)
        return fail(text.error());
    try {
        return tensorsOf(source, *text);
    } catch (const json::exception&) {
        return damaged(*source, CoreText::tr("its header is not the JSON it should be"));
    }
}

} // namespace espalier
