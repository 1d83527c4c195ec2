#include "formats/model_file.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/core_text.h"
#include "formats/exported_program_p.h"
#include "formats/import_guard_p.h"
#include "formats/onnx.h"
#include "formats/python_export.h"
#include "formats/state_dict_network_p.h"
#include "formats/state_dict_p.h"
#include "formats/torch_export.h"
#include "formats/torchscript.h"
#include "formats/zip_archive.h"

namespace espalier {

namespace {

enum class Kind { TorchScript, StateDict, Exported, LegacyPickle, SafeTensors, Onnx, Unknown };

/// A zip of PyTorch's: the names of its records tell which.
Result<Kind> kindOfZip(const std::filesystem::path& file)
{
    auto source = ByteSource::file(file);
    if (!source)
        return fail(source.error());
    const auto archive = ZipArchive::open(*std::move(source));
    if (!archive)
        return fail(archive.error());
    const auto isCode = [](const auto& each) { return each.first.starts_with("code/"); };
    if (std::ranges::any_of(archive->records(), isCode))
        return Kind::TorchScript;
    if (isExportedArchive(*archive))
        return Kind::Exported;
    return archive->has("data.pkl") ? Kind::StateDict : Kind::Unknown;
}

Result<Kind> kindOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 16> head{};
    stream.read(head.data(), head.size());
    const std::string_view start(head.data(), static_cast<std::size_t>(stream.gcount()));
    if (start.starts_with("PK\x03\x04"))
        return kindOfZip(file);
    if (start.size() > 1 && start[0] == '\x80' && start[1] >= 2 && start[1] <= 5)
        return Kind::LegacyPickle;
    if (start.size() > 8 && start[8] == '{')
        return Kind::SafeTensors;
    if (file.extension() == ".onnx" || start.starts_with("\x08"))
        return Kind::Onnx;
    return Kind::Unknown;
}

Result<StoredTensors> readTensors(const std::filesystem::path& file, Kind kind)
{
    auto source = ByteSource::file(file);
    if (!source)
        return fail(source.error());
    if (kind == Kind::SafeTensors)
        return readSafetensors(*source);
    auto archive = ZipArchive::open(*std::move(source));
    if (!archive)
        return fail(archive.error());
    return readPickledStateDict(std::make_shared<const ZipArchive>(*std::move(archive)));
}

Result<Network> importWeights(const std::filesystem::path& file, Kind kind,
                              const std::optional<Shape>& input, const std::string& architecture)
{
    auto tensors = readTensors(file, kind);
    if (!tensors)
        return fail(tensors.error());
    return guardedImport(file, [&] {
        return networkFromStateDict(withoutWrapperPrefixes(*std::move(tensors)), architecture,
                                    input);
    });
}

Result<Network> importKind(const std::filesystem::path& file, Kind kind,
                           const std::optional<Shape>& input, const std::string& architecture)
{
    switch (kind) {
    case Kind::TorchScript:
        return importTorchScript(file, input);
    case Kind::StateDict:
    case Kind::SafeTensors:
        return importWeights(file, kind, input, architecture);
    case Kind::LegacyPickle:
        return fail(
            ErrorCode::Unsupported,
            CoreText::tr(
                "'{1}' is in PyTorch's pickle format of before 2020; load it in Python and save "
                "the model with torch.jit.trace(model.eval(), example_input).save(file).",
                file.string()));
    case Kind::Exported:
        return importExportedProgram(file, input);
    case Kind::Onnx:
        return importOnnx(file, input);
    case Kind::Unknown:
        break;
    }
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr(
            "'{1}' is not a model file Espalier knows; give TorchScript (.pt) or ONNX (.onnx).",
            file.string()));
}

} // namespace

Result<Network> importModel(const std::filesystem::path& file, const std::optional<Shape>& input,
                            const std::string& architecture)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, CoreText::tr("There is no file '{1}'.", file.string()));
    if (!std::filesystem::is_regular_file(file, error))
        return fail(ErrorCode::BadFormat, CoreText::tr("'{1}' is not a file.", file.string()));
    if (std::filesystem::file_size(file, error) == 0)
        return fail(ErrorCode::BadFormat, CoreText::tr("'{1}' is empty.", file.string()));
    const auto kind = kindOf(file);
    if (!kind)
        return fail(kind.error());
    const bool weightsOnly = *kind == Kind::StateDict || *kind == Kind::SafeTensors;
    if (!architecture.empty() && !weightsOnly)
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr(
                "'{1}' holds a network of its own, not weights alone; leave the architecture out.",
                file.string()));
    return importKind(file, *kind, input, architecture);
}

Status exportModel(const Network& network, const std::filesystem::path& file)
{
    const auto suffix = file.extension().string();
    if (suffix == ".pt" || suffix == ".pth" || suffix == ".ts")
        return exportTorchScript(network, file);
    if (suffix == ".onnx")
        return exportOnnx(network, file);
    if (suffix == ".py")
        return exportPython(network, file);
    return fail(
        ErrorCode::Unsupported,
        CoreText::tr("'{1}' has no suffix that this version exports to; give .pt, .onnx or .py.",
                     file.string()));
}

} // namespace espalier
