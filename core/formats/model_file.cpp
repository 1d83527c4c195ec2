#include "formats/model_file.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <caffe2/serialize/inline_container.h>

#include "formats/python_export.h"
#include "formats/torchscript.h"

namespace espalier {

namespace {

enum class Kind { TorchScript, StateDict, Exported, LegacyPickle, SafeTensors, Onnx, Unknown };

/// A zip of PyTorch's: the names of its records tell which.
Kind kindOfZip(const std::filesystem::path& file)
{
    std::vector<std::string> records;
    try {
        records = caffe2::serialize::PyTorchStreamReader(file.string()).getAllRecords();
    } catch (const std::exception&) {
        return Kind::TorchScript; // damaged: its importer says so
    }
    const auto any = [&](auto&& matches) { return std::ranges::any_of(records, matches); };
    if (any([](const auto& name) { return name.starts_with("code/"); }))
        return Kind::TorchScript;
    if (any([](const auto& name) {
            return name == "models/model.json" || name.starts_with("serialized_exported_program");
        }))
        return Kind::Exported;
    return any([](const auto& name) { return name == "data.pkl"; }) ? Kind::StateDict
                                                                    : Kind::TorchScript;
}

Kind kindOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 16> head{};
    stream.read(head.data(), head.size());
    const std::string_view start(head.data(), static_cast<std::size_t>(stream.gcount()));
    if (start.starts_with("PK\x03\x04"))
        return kindOfZip(file);
    if (start.starts_with("\x80\x02"))
        return Kind::LegacyPickle;
    if (start.size() > 8 && start[8] == '{')
        return Kind::SafeTensors;
    if (file.extension() == ".onnx" || start.starts_with("\x08"))
        return Kind::Onnx;
    return Kind::Unknown;
}

constexpr auto traceAdvice = "load it in Python and save the model with "
                             "torch.jit.trace(model.eval(), example_input).save(file)";

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& what)
{
    return fail(ErrorCode::Unsupported, "'" + file.string() + "' " + what + ".");
}

} // namespace

Result<Network> importModel(const std::filesystem::path& file, const std::optional<Shape>& input)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, "There is no file '" + file.string() + "'.");
    if (!std::filesystem::is_regular_file(file, error))
        return fail(ErrorCode::BadFormat, "'" + file.string() + "' is not a file.");
    if (std::filesystem::file_size(file, error) == 0)
        return fail(ErrorCode::BadFormat, "'" + file.string() + "' is empty.");
    switch (kindOf(file)) {
    case Kind::TorchScript:
        return importTorchScript(file, input);
    case Kind::StateDict:
        return refuse(file,
                      std::string("holds weights only (a state dict), no network; ") + traceAdvice);
    case Kind::LegacyPickle:
        return refuse(file,
                      std::string("is in PyTorch's pickle format of before 2020; ") + traceAdvice);
    case Kind::SafeTensors:
        return refuse(file,
                      std::string("holds weights only (safetensors), no network; ") + traceAdvice);
    case Kind::Exported:
        return refuse(file,
                      std::string("is a torch.export program, which this version does not "
                                  "read; ")
                          + traceAdvice);
    case Kind::Onnx:
        return refuse(file,
                      "is an ONNX model, which this version does not read; save the model "
                      "as TorchScript with torch.jit.trace");
    case Kind::Unknown:
        break;
    }
    return fail(ErrorCode::BadFormat,
                "'" + file.string()
                    + "' is not a model file Espalier knows; give a TorchScript file (.pt).");
}

Status exportModel(const Network& network, const std::filesystem::path& file)
{
    const auto suffix = file.extension().string();
    if (suffix == ".pt" || suffix == ".pth" || suffix == ".ts")
        return exportTorchScript(network, file);
    if (suffix == ".py")
        return exportPython(network, file);
    return fail(ErrorCode::Unsupported,
                "'" + file.string() + "' has no suffix that this version exports to; give .pt or .py.");
}

} // namespace espalier
