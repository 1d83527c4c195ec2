#include "formats/torchscript.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <span>
#include <string_view>
#include <tuple>

#include <ATen/core/dispatch/Dispatcher.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/library.h>

#include "base/core_text.h"
#include "formats/exported_operators_p.h"
#include "formats/import_guard_p.h"
#include "formats/model_metadata.h"
#include "formats/state_dict_p.h"
#include "formats/torchscript_code_p.h"
#include "formats/torchscript_interpreter_p.h"

namespace espalier {

namespace {

/// Sizes usual for small and large images; the first that fits the model's own shapes is taken.
constexpr std::array<std::array<std::int64_t, 3>, 10> usualInputs{{{3, 32, 32},
                                                                   {1, 28, 28},
                                                                   {1, 32, 32},
                                                                   {3, 224, 224},
                                                                   {3, 28, 28},
                                                                   {3, 64, 64},
                                                                   {3, 96, 96},
                                                                   {3, 299, 299},
                                                                   {1, 64, 64},
                                                                   {1, 224, 224}}};

Result<Network> mapModule(const torch::jit::Module& module, const Shape& input,
                          const ModelMetadata& metadata)
{
    if (auto ok = AtenMapper::checkInput(input); !ok)
        return fail(ok.error());
    AtenMapper mapper(input);
    const auto output = interpretModule(module, mapper);
    if (!output)
        return fail(output.error());
    return std::move(mapper).finish(*output, metadata);
}

Result<Network> mapAssuming(const torch::jit::Module& module, const Shape& input,
                            ModelMetadata metadata)
{
    metadata.notices.push_back(CoreText::tr("The file does not tell its input size; {1} was "
                                            "assumed; give the input shape if that is wrong.",
                                            shapeText(input)));
    return mapModule(module, input, metadata);
}

Result<Network> mapWithUsualInput(const torch::jit::Module& module, const ModelMetadata& metadata)
{
    const Shape imageNet{3, 224, 224};
    constexpr std::int64_t imageNetClasses = 1000;
    std::optional<Error> first;
    for (const auto& usual : usualInputs) {
        auto network = mapAssuming(module, Shape(usual.begin(), usual.end()), metadata);
        if (network && network->graph().outputShape().back() == imageNetClasses) {
            // A network without fixed sizes takes small images too; ImageNet's are not small.
            if (auto large = mapAssuming(module, imageNet, metadata))
                return large;
        }
        if (network)
            return network;
        if (!first)
            first = network.error();
    }
    return fail(*first);
}

/// A file without what it remembers of the Python it was made from (*.debug_pkl): LibTorch reads
/// that without checks as soon as it words an error. The names in the zip's directory are changed.
class WithoutDebugPickles : public caffe2::serialize::ReadAdapterInterface {
public:
    explicit WithoutDebugPickles(const std::filesystem::path& file)
        : m_file(file, std::ios::binary)
        , m_size(std::filesystem::file_size(file))
    {
    }

    std::size_t size() const override { return m_size; }

    std::size_t read(std::uint64_t position, void* buffer, std::size_t count,
                     const char* /*what*/) const override
    {
        m_file.clear();
        m_file.seekg(static_cast<std::streamoff>(position));
        m_file.read(static_cast<char*>(buffer), static_cast<std::streamsize>(count));
        const std::span bytes(static_cast<char*>(buffer),
                              static_cast<std::size_t>(m_file.gcount()));
        if (std::string_view(bytes.data(), bytes.size()).starts_with(directory))
            hide(bytes);
        return bytes.size();
    }

private:
    static constexpr std::string_view directory = "PK\x01\x02"; ///< read as a whole
    static constexpr std::string_view suffix = ".debug_pkl";

    static void hide(std::span<char> bytes)
    {
        const auto isAlike = [](unsigned char a, unsigned char b) { return std::tolower(a) == b; };
        for (auto at = bytes.begin();; ++at) {
            at = std::search(at, bytes.end(), suffix.begin(), suffix.end(), isAlike);
            if (at == bytes.end())
                return;
            *(at + 1) = '-';
        }
    }

    mutable std::ifstream m_file;
    std::size_t m_size;
};

/// LibTorch trusts what an archive says of itself.
Status checkArchive(const std::filesystem::path& file)
{
    auto source = ByteSource::file(file);
    if (!source)
        return fail(source.error());
    const auto archive = ZipArchive::open(*std::move(source));
    if (!archive)
        return fail(archive.error());
    for (const auto* name : {"data", "constants"}) {
        if (!archive->has(std::string(name) + ".pkl"))
            continue;
        if (auto status = checkTorchScriptTensors(*archive, name); !status)
            return status;
    }
    return checkTorchScriptCode(*archive);
}

Result<Network> importModule(const torch::jit::Module& module, const std::string& extra,
                             const std::optional<Shape>& input)
{
    const auto stored = parseModelFileMetadata(extra);
    if (input)
        return mapModule(module, *input, stored.metadata);
    if (stored.input)
        return mapModule(module, *stored.input, stored.metadata);
    return mapWithUsualInput(module, stored.metadata);
}

} // namespace

namespace {

/// Newer versions of PyTorch trace an operator that LibTorch 1.13 does not have. It is never run
/// here, but LibTorch reads no file that has operators unknown to it.
void knowNewerOperators()
{
    static torch::Library library(torch::Library::FRAGMENT, "aten", {}, __FILE__, __LINE__);
    static const bool isKnown = [] {
        const AtenTarget attention{"scaled_dot_product_attention", ""};
        if (!c10::Dispatcher::singleton().findSchema({"aten::" + attention.name, ""}))
            library.def(c10::FunctionSchema(*schemaOf(attention)));
        return true;
    }();
    std::ignore = isKnown;
}

} // namespace

Result<Network> importTorchScript(const std::filesystem::path& file,
                                  const std::optional<Shape>& input)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return fail(ErrorCode::NotFound, CoreText::tr("There is no file '{1}'.", file.string()));
    if (auto sound = checkArchive(file); !sound)
        return fail(sound.error());
    knowNewerOperators();
    torch::jit::ExtraFilesMap extra{{metadataFileName, ""}};
    torch::jit::Module module;
    try {
        module = torch::jit::load(std::make_shared<WithoutDebugPickles>(file), c10::kCPU, extra);
        module.eval(); // what still trains after this was frozen by tracing
    } catch (const std::exception&) { // c10::Error, and what the unpickler throws
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("'{1}' is not a complete TorchScript file; save the model again "
                                 "with torch.jit.trace(model, example).save(file).",
                                 file.string()));
    }
    return guardedImport(file,
                         [&] { return importModule(module, extra[metadataFileName], input); });
}

} // namespace espalier
