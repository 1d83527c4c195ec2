#include "formats/python_export.h"

#include <fstream>

#include <ATen/Functions.h>
#include <caffe2/serialize/inline_container.h>

#include "base/core_text.h"
#include "formats/model_metadata.h"
#include "formats/python_classes_p.h"
#include "formats/python_operations_p.h"
#include "formats/python_text_p.h"
#include "formats/state_dict_p.h"
#include "formats/state_dict_writer_p.h"
#include "network/network_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

namespace fs = std::filesystem;

std::string grouped(std::int64_t value)
{
    auto digits = std::to_string(value);
    for (auto i = static_cast<std::int64_t>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

std::string extents(const Shape& shape)
{
    std::string result = "N";
    for (const auto extent : shape)
        result += " x " + std::to_string(extent);
    return result;
}

/// "NAME = (...)", broken into lines where it is long.
template <class Value>
std::string constant(const std::string& name, const std::vector<Value>& values)
{
    std::vector<python::Expression> items;
    for (const auto& value : values)
        items.push_back(python::text(python::literal(value)));
    const auto start = name + " = ";
    const auto resolve = [](const python::Hole& hole) { return hole.value; };
    auto line = python::flat(python::call("", items), resolve);
    if (items.size() == 1)
        line.insert(line.size() - 1, ",");
    if (start.size() + line.size() <= python::lineWidth)
        return start + line + "\n";
    std::string result = start + "(\n";
    std::string filled;
    for (const auto& item : items) {
        if (!filled.empty() && filled.size() + item.text.size() + 6 > python::lineWidth) {
            result += "   " + filled + "\n";
            filled.clear();
        }
        filled += " " + item.text + ",";
    }
    return result + "   " + filled + "\n)\n";
}

std::string docText(const Network& network, const std::string& model)
{
    const auto& graph = network.graph();
    std::string doc = "\"\"\"" + model
        + ": a network pruned with Espalier " ESPALIER_VERSION ".\n\n"
        + "Input: " + extents(graph.inputShape()) + ", float32";
    if (const auto& normalisation = network.metadata().normalisation)
        doc += normalisation->kind == Normalisation::Kind::PixelMean
            ? ".\nNormalisation: pixels / 255, minus the mean image of the training set"
            : ".\nNormalisation: (pixels / 255 - MEAN) / STD for each channel";
    doc += ".\nOutput: " + extents(graph.outputShape()) + ".\n" + "Cost: " + grouped(graph.macs())
        + " multiply-accumulates for one sample, " + grouped(graph.params()) + " parameters.\n\n"
        + "The weights lie in the .pth file of the same name beside this one:\n\n"
        + "    model = load()  # for inference\n"
        + "    model.train()   # to go on training\n\"\"\"\n";
    return doc;
}

std::string constantsText(const Network& network)
{
    const auto& metadata = network.metadata();
    auto text = constant("INPUT_SHAPE", network.graph().inputShape());
    if (metadata.normalisation && metadata.normalisation->kind == Normalisation::Kind::Constants)
        text += constant("MEAN", metadata.normalisation->mean)
            + constant("STD", metadata.normalisation->deviation);
    if (!metadata.classes.empty())
        text += constant("CLASSES", metadata.classes);
    return text;
}

constexpr auto groupClass = R"py(class Group(nn.Module):
    """Holds modules and parameters under their paths; the module around it runs them."""

    def __init__(self, members):
        super().__init__()
        for name, member in members.items():
            if isinstance(member, nn.Module):
                self.add_module(name, member)
            elif isinstance(member, nn.Parameter):
                self.register_parameter(name, member)
            else:
                self.register_buffer(name, member)
)py";

std::string endText(const std::string& model)
{
    return "def load(path=None):\n"
           "    \"\"\"Returns the network for inference, with the weights beside this file by "
           "default.\"\"\"\n"
           "    path = path or pathlib.Path(__file__).with_suffix(\".pth\")\n"
           "    model = "
        + model
        + "()\n"
          "    model.load_state_dict(torch.load(path, map_location=\"cpu\", weights_only=True))\n"
          "    return model.eval()\n\n\n"
          "if __name__ == \"__main__\":\n"
          "    print(tuple(load()(torch.randn(1, *INPUT_SHAPE)).shape))\n";
}

/// By the keys of the state dict, in the order of the nodes.
std::vector<std::pair<std::string, at::Tensor>> stateDict(const Network& network)
{
    const auto tree = python::scopeTree(network.graph());
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& node : network.graph().nodes()) {
        if (!tree.scope(node.id))
            continue;
        const auto key = tree.key(node.id);
        const bool isParameter = std::holds_alternative<Parameter>(node.operation);
        forEachTensor(
            network.weights()[node.id], [&](std::string_view name, const at::Tensor& tensor) {
                if (tensor.defined())
                    tensors.emplace_back(isParameter ? key : key + "." + std::string(name), tensor);
            });
        if (std::holds_alternative<BatchNorm2d>(node.operation))
            tensors.emplace_back(key + ".num_batches_tracked",
                                 at::zeros({}, at::TensorOptions().dtype(at::kLong)));
    }
    return tensors;
}

/// Nothing of the user's is overwritten unasked: he named the source only.
bool isForeign(const fs::path& weights)
{
    std::error_code error;
    if (!fs::exists(weights, error))
        return false;
    try {
        return !caffe2::serialize::PyTorchStreamReader(weights.string())
                    .hasRecord(metadataFileName);
    } catch (const std::exception&) {
        return true;
    }
}

Status writeText(const std::string& text, const fs::path& file)
{
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream)
        return fail(ErrorCode::Io, CoreText::tr("the source could not be written"));
    return {};
}

Status writeBoth(const Network& network, const fs::path& file, const fs::path& partialSource,
                 const fs::path& partialWeights)
{
    return guarded(CoreText::tr("writing '{1}'", file.string()), [&]() -> Status {
        writeStateDict(stateDict(network), metadataFileName, modelFileMetadata(network),
                       partialWeights);
        if (auto written = writeText(pythonSource(network, file), partialSource); !written)
            return written;
        std::error_code error;
        fs::rename(partialWeights, pythonWeightsFile(file), error);
        if (!error)
            fs::rename(partialSource, file, error);
        if (error)
            return fail(ErrorCode::Io, error.message());
        return {};
    });
}

} // namespace

fs::path pythonWeightsFile(const fs::path& file)
{
    return fs::path(file).replace_extension(".pth");
}

std::string pythonSource(const Network& network, const fs::path& file)
{
    const auto tree = python::scopeTree(network.graph());
    const auto classes =
        python::writeClasses(network.graph(), tree, python::className(file.stem().string()));
    std::string text = docText(network, classes.network);
    text += "\nimport pathlib\n";
    if (classes.usesOrderedDict)
        text += "from collections import OrderedDict\n";
    text += "\nimport torch\n";
    if (classes.usesFunctional)
        text += "import torch.nn.functional as F\n";
    text += "from torch import nn\n\n" + constantsText(network) + "\n\n";
    if (classes.usesGroup)
        text += std::string(groupClass) + "\n\n";
    return text + classes.text + "\n\n" + endText(classes.network);
}

Status checkPythonWeights(const Network& network, const fs::path& file)
{
    const auto weights = pythonWeightsFile(file);
    const auto source = ByteSource::file(weights);
    if (!source)
        return fail(source.error());
    const auto archive = ZipArchive::open(*source);
    if (!archive)
        return fail(archive.error());
    const auto stored = readPickledStateDict(std::make_shared<const ZipArchive>(*archive));
    if (!stored)
        return fail(stored.error());
    const auto expected = stateDict(network);
    bool agree = stored->size() == expected.size();
    for (const auto& [name, tensor] : expected) {
        const auto found = stored->find(name);
        if (found == stored->end())
            agree = false;
        if (!agree)
            break;
        const auto value = readStoredTensor(name, found->second);
        if (!value)
            return fail(value.error());
        agree = at::equal(*value, tensor.to(at::kCPU));
    }
    if (!agree)
        return fail(
            ErrorCode::Mismatch,
            CoreText::tr(
                "'{1}' holds other weights than the network it was exported from; do not use it.",
                weights.string()));
    return {};
}

Status exportPython(const Network& network, const fs::path& file)
{
    const auto weights = pythonWeightsFile(file);
    if (isForeign(weights))
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("'{1}', where the weights would go, is another file already; give "
                                 "the source another name.",
                                 weights.string()));
    auto partialSource = file;
    partialSource += ".part";
    auto partialWeights = weights;
    partialWeights += ".part";
    if (const auto written = writeBoth(network, file, partialSource, partialWeights); !written) {
        std::error_code ignored;
        fs::remove(partialSource, ignored);
        fs::remove(partialWeights, ignored);
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' could not be written ({2}); check the folder, its "
                                 "permissions and the free space.",
                                 file.string(), written.error().message));
    }
    return {};
}

} // namespace espalier
