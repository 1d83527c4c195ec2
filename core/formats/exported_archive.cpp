#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/core_text.h"
#include "formats/exported_program_p.h"
#include "formats/json_integers_p.h"
#include "formats/state_dict_p.h"

namespace espalier {

namespace {

using nlohmann::json;

constexpr std::string_view modelsFolder = "models/";
constexpr std::string_view jsonSuffix = ".json";
constexpr auto olderProgram = "serialized_exported_program.json"; // PyTorch 2.1 to 2.7

tl::unexpected<Error> damaged(const ZipArchive& archive, const std::string& what)
{
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("'{1}' is a damaged torch.export program: {2}.", archive.origin(), what));
}

/// A record that is itself a file of torch.save; no tensors when it is absent or empty.
Result<StoredTensors> innerStateDict(const ZipArchive& archive, const std::string& record)
{
    const auto found = archive.records().find(record);
    if (found == archive.records().end() || found->second.size == 0)
        return StoredTensors();
    auto bytes = archive.read(record);
    if (!bytes)
        return fail(bytes.error());
    auto inner = ZipArchive::open(ByteSource::memory(*std::move(bytes), archive.origin()));
    if (!inner)
        return fail(inner.error());
    return readPickledStateDict(std::make_shared<const ZipArchive>(*std::move(inner)));
}

/// [{"as_int": 16}, ...]. Throws json::exception.
std::optional<std::vector<std::int64_t>> extents(const json& list)
{
    std::vector<std::int64_t> values;
    for (const auto& each : list) {
        if (!each.contains("as_int"))
            return std::nullopt;
        values.push_back(integerOf(each.at("as_int")));
    }
    return values;
}

/// One entry of a "..._config.json": where the bytes of a tensor lie. Throws json::exception.
Result<StoredTensor> payload(const std::shared_ptr<const ZipArchive>& archive,
                             const std::string& folder, const std::string& name, const json& entry)
{
    const auto record = folder + entry.at("path_name").get<std::string>();
    const auto found = archive->records().find(record);
    if (found == archive->records().end())
        return damaged(*archive, CoreText::tr("it lacks the data of '{1}'", name));
    if (entry.value("use_pickle", false) || entry.at("tensor_meta").is_null())
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("'{1}': '{2}' is not an ordinary tensor, which is not supported.",
                                 archive->origin(), name));
    const auto& meta = entry.at("tensor_meta");
    const auto type = exportedScalarType(integerOf(meta.at("dtype")));
    if (!type)
        return fail(type.error());
    const auto sizes = extents(meta.at("sizes"));
    const auto strides = extents(meta.at("strides"));
    const auto& offset = meta.at("storage_offset");
    if (!sizes || !strides || !offset.contains("as_int"))
        return damaged(*archive, CoreText::tr("the shape of '{1}' is not known", name));
    StoredTensor tensor{.type = *type,
                        .sizes = *sizes,
                        .strides = *strides,
                        .offset = integerOf(offset.at("as_int")),
                        .storageSize = found->second.size,
                        .bytes = [archive, record] { return archive->read(record); }};
    if (auto status = checkStoredTensor(name, tensor); !status)
        return fail(status.error());
    return tensor;
}

/// Adds the tensors of data/weights or data/constants: raw bytes described by a JSON file, or, in
/// PyTorch 2.8, a file of torch.save.
Status addPayloads(const std::shared_ptr<const ZipArchive>& archive, const std::string& model,
                   const std::string& kind, StoredTensors& tensors)
{
    const auto folder = "data/" + kind + "/";
    const auto config = folder + model + "_" + kind + "_config.json";
    if (!archive->has(config)) {
        auto inner = innerStateDict(*archive, folder + model + ".pt");
        if (!inner)
            return fail(inner.error());
        tensors.merge(*inner);
        return {};
    }
    const auto text = archive->read(config);
    if (!text)
        return fail(text.error());
    try {
        const auto document = json::parse(*text);
        for (const auto& [name, entry] : document.at("config").items()) {
            auto tensor = payload(archive, folder, name, entry);
            if (!tensor)
                return fail(tensor.error());
            tensors.insert_or_assign(name, *std::move(tensor));
        }
    } catch (const json::exception&) {
        return damaged(*archive, CoreText::tr("'{1}' is not the JSON it should be", config));
    }
    return {};
}

Result<ExportedArchive> readOlder(const ZipArchive& archive)
{
    auto program = archive.read(olderProgram);
    if (!program)
        return fail(program.error());
    ExportedArchive result{.program = *std::move(program), .tensors = {}};
    for (const auto* record : {"serialized_state_dict.pt", "serialized_state_dict.json",
                               "serialized_constants.pt", "serialized_tensor_constants.pt"}) {
        auto tensors = innerStateDict(archive, record);
        if (!tensors)
            return fail(tensors.error());
        result.tensors.merge(*tensors);
    }
    return result;
}

/// "model" of "models/model.json": the names of the programs.
std::vector<std::string> modelNames(const ZipArchive& archive)
{
    std::vector<std::string> names;
    for (const auto& [record, where] : archive.records()) {
        if (record.starts_with(modelsFolder) && record.ends_with(jsonSuffix)
            && record.size() > modelsFolder.size() + jsonSuffix.size())
            names.push_back(record.substr(modelsFolder.size(),
                                          record.size() - modelsFolder.size() - jsonSuffix.size()));
    }
    return names;
}

} // namespace

bool isExportedArchive(const ZipArchive& archive)
{
    return archive.has(olderProgram) || !modelNames(archive).empty();
}

Result<ExportedArchive> readExportedArchive(const std::shared_ptr<const ZipArchive>& archive)
{
    if (archive->has(olderProgram))
        return readOlder(*archive);
    const auto names = modelNames(*archive);
    if (names.size() != 1)
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr("'{1}' holds {2} programs; export one model alone with torch.export.save.",
                         archive->origin(), names.size()));
    auto program = archive->read(std::string(modelsFolder) + names.front() + ".json");
    if (!program)
        return fail(program.error());
    ExportedArchive result{.program = *std::move(program), .tensors = {}};
    for (const auto* kind : {"weights", "constants"}) {
        if (auto status = addPayloads(archive, names.front(), kind, result.tensors); !status)
            return fail(status.error());
    }
    return result;
}

} // namespace espalier
