#include "formats/onnx_file_p.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>

#include <ATen/ops/empty.h>

#include "base/core_text.h"

namespace espalier {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t oldestOpset = 9;
constexpr std::int64_t newestOpset = 23;

/// Weights that several tensors share may be read again, though not without end.
constexpr std::uint64_t timesTheFile = 8;

bool isOwnDomain(const std::string& domain)
{
    return domain.empty() || domain == "ai.onnx";
}

tl::unexpected<Error> incomplete(const fs::path& file)
{
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("'{1}' is not a complete ONNX file; export the model again.", file.string()));
}

/// Nodes of the graph and of those inside its nodes.
Status checkDomains(const onnx::GraphProto& graph, const fs::path& file)
{
    for (const auto& node : graph.node()) {
        if (!isOwnDomain(node.domain()))
            return fail(ErrorCode::Unsupported,
                        CoreText::tr("'{1}': the node '{2}' is {3} of the domain '{4}', which is "
                                     "not ONNX's own; export the model with ONNX's operators only.",
                                     file.string(), node.name(), node.op_type(), node.domain()));
        for (const auto& attribute : node.attribute()) {
            if (!attribute.has_g())
                continue;
            if (auto ok = checkDomains(attribute.g(), file); !ok)
                return ok;
        }
    }
    return {};
}

Status checkModel(const onnx::ModelProto& model, const fs::path& file)
{
    const auto opset = opsetOf(model);
    if (!model.has_graph() || opset == 0)
        return incomplete(file);
    if (opset < oldestOpset || opset > newestOpset)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "'{1}' uses opset {2} of ONNX; export the model with an opset from {3} to {4}.",
                file.string(), opset, oldestOpset, newestOpset));
    return checkDomains(model.graph(), file);
}

struct ElementType {
    at::ScalarType stored;
    at::ScalarType wanted;
};

std::optional<ElementType> elementType(std::int32_t type)
{
    using Type = onnx::TensorProto;
    switch (type) {
    case Type::FLOAT:
        return ElementType{at::kFloat, at::kFloat};
    case Type::DOUBLE:
        return ElementType{at::kDouble, at::kFloat};
    case Type::FLOAT16:
        return ElementType{at::kHalf, at::kFloat};
    case Type::BFLOAT16:
        return ElementType{at::kBFloat16, at::kFloat};
    case Type::INT64:
        return ElementType{at::kLong, at::kLong};
    case Type::INT32:
        return ElementType{at::kInt, at::kLong};
    case Type::INT16:
        return ElementType{at::kShort, at::kLong};
    case Type::INT8:
        return ElementType{at::kChar, at::kLong};
    case Type::UINT8:
        return ElementType{at::kByte, at::kLong};
    case Type::BOOL:
        return ElementType{at::kByte, at::kBool}; // any byte may stand there
    default:
        return std::nullopt;
    }
}

/// Number of values; nothing where the extents are impossible, or those beside an extent of 0.
std::optional<std::uint64_t> countOf(const onnx::TensorProto& proto)
{
    constexpr std::uint64_t largest = std::uint64_t{1} << 40;
    constexpr std::uint64_t largestBesideZero = std::uint64_t{1} << 24;
    std::uint64_t count = 1;
    bool isEmpty = false;
    for (const auto extent : proto.dims()) {
        if (extent < 0 || static_cast<std::uint64_t>(extent) > largest)
            return std::nullopt;
        isEmpty = isEmpty || extent == 0;
        count *= std::max<std::uint64_t>(static_cast<std::uint64_t>(extent), 1);
        if (count > largest)
            return std::nullopt;
    }
    if (isEmpty)
        return count > largestBesideZero ? std::nullopt : std::optional<std::uint64_t>(0);
    return count;
}

template <class Stored, class Values> std::string packed(const Values& values)
{
    std::string bytes(static_cast<std::size_t>(values.size()) * sizeof(Stored), '\0');
    std::size_t at = 0;
    for (const auto value : values) {
        const auto stored = static_cast<Stored>(value);
        std::memcpy(bytes.data() + at, &stored, sizeof stored);
        at += sizeof stored;
    }
    return bytes;
}

/// The typed fields of a tensor as the bytes raw_data would have.
std::string typedBytes(const onnx::TensorProto& proto)
{
    using Type = onnx::TensorProto;
    switch (proto.data_type()) {
    case Type::FLOAT:
        return packed<float>(proto.float_data());
    case Type::DOUBLE:
        return packed<double>(proto.double_data());
    case Type::INT64:
        return packed<std::int64_t>(proto.int64_data());
    case Type::INT32:
        return packed<std::int32_t>(proto.int32_data());
    case Type::FLOAT16:
    case Type::BFLOAT16:
    case Type::INT16:
        return packed<std::uint16_t>(proto.int32_data());
    default:
        return packed<std::uint8_t>(proto.int32_data());
    }
}

std::optional<std::string> noted(const onnx::TensorProto& proto, std::string_view key)
{
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == key)
            return entry.value();
    }
    return std::nullopt;
}

/// A number of bytes as the file notes it, or the fallback where it notes none.
std::optional<std::uint64_t> notedBytes(const onnx::TensorProto& proto, std::string_view key,
                                        std::uint64_t fallback)
{
    const auto text = noted(proto, key);
    if (!text)
        return fallback;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc() || end != text->data() + text->size())
        return std::nullopt;
    return value;
}

/// The file beside the model; nothing for a path that leads out of its folder.
std::optional<fs::path> inside(const fs::path& folder, const fs::path& location)
{
    if (location.empty() || location.is_absolute()
        || std::ranges::find(location, fs::path("..")) != location.end())
        return std::nullopt;
    std::error_code error;
    const auto real = fs::canonical(folder / location, error);
    if (error)
        return folder / location; // not there: reading it says so
    const auto root = fs::canonical(folder, error);
    const auto [end, ignored] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    if (error || end != root.end()) // a link out of the folder
        return std::nullopt;
    return real;
}

} // namespace

std::int64_t opsetOf(const onnx::ModelProto& model)
{
    for (const auto& each : model.opset_import()) {
        if (isOwnDomain(each.domain()))
            return each.version();
    }
    return 0;
}

Result<onnx::ModelProto> readOnnxFile(const fs::path& file)
{
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return fail(ErrorCode::NotFound, CoreText::tr("There is no file '{1}'.", file.string()));
    const auto size = fs::file_size(file, error);
    if (error || size > static_cast<std::uintmax_t>(std::numeric_limits<std::int32_t>::max()))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' has more than 2 GB, which no ONNX file has; its weights "
                                 "belong into a second file.",
                                 file.string()));
    onnx::ModelProto model;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || !model.ParseFromIstream(&stream))
        return incomplete(file);
    if (auto ok = checkModel(model, file); !ok)
        return fail(ok.error());
    return model;
}

OnnxTensorReader::OnnxTensorReader(const fs::path& file)
    : m_folder(file.has_parent_path() ? file.parent_path() : fs::path("."))
{
}

Result<at::Tensor> OnnxTensorReader::read(const onnx::TensorProto& proto)
{
    const auto type = elementType(proto.data_type());
    const auto count = countOf(proto);
    if (!type || proto.has_segment())
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("The tensor '{1}' has an element type that Espalier does not "
                                 "read; export the model with float32.",
                                 proto.name()));
    if (!count)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("The tensor '{1}' has impossible extents.", proto.name()));
    const auto bytes = *count * at::elementSize(type->stored);
    std::string typed;
    const auto* data = &proto.raw_data();
    if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
        auto outside = readOutside(proto, bytes);
        if (!outside)
            return fail(outside.error());
        typed = *std::move(outside);
        data = &typed;
    } else if (!proto.has_raw_data()) {
        typed = typedBytes(proto);
        data = &typed;
    }
    if (data->size() != bytes)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("The tensor '{1}' does not hold as many values as its extents say.",
                         proto.name()));
    std::vector<std::int64_t> extents(proto.dims().begin(), proto.dims().end());
    auto tensor = at::empty(extents, at::TensorOptions().dtype(type->stored));
    if (bytes > 0)
        std::memcpy(tensor.data_ptr(), data->data(), bytes);
    const bool isConverted = type->wanted == at::kFloat && type->stored != at::kFloat;
    m_hasConverted = m_hasConverted || isConverted;
    return tensor.to(type->wanted);
}

Result<std::string> OnnxTensorReader::readOutside(const onnx::TensorProto& proto,
                                                  std::uint64_t bytes)
{
    const auto location = noted(proto, "location").value_or("");
    const auto cannot = [&](const std::string& what) {
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("The tensor '{1}' is said to lie in '{2}', {3}.", proto.name(),
                                 location, what));
    };
    const auto file = inside(m_folder, location);
    if (!file)
        return cannot(
            CoreText::tr("which is outside of the model's folder; put both files into one folder"));
    std::error_code error;
    if (!fs::is_regular_file(*file, error))
        return cannot(CoreText::tr("which is not there; put it beside the model"));
    const auto size = static_cast<std::uint64_t>(fs::file_size(*file, error));
    const auto offset = notedBytes(proto, "offset", 0);
    const auto length = notedBytes(proto, "length", bytes);
    if (error || !offset || !length || *length != bytes || *offset > size || bytes > size - *offset)
        return cannot(CoreText::tr("which does not hold it; export the model again"));
    auto& left = m_left.try_emplace(*file, size * timesTheFile).first->second;
    if (bytes > left)
        return cannot(CoreText::tr("from which more is read than it has"));
    left -= bytes;
    std::string data(bytes, '\0');
    std::ifstream stream(*file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(*offset));
    stream.read(data.data(), static_cast<std::streamsize>(bytes));
    if (!stream)
        return cannot(CoreText::tr("which cannot be read"));
    return data;
}

} // namespace espalier
