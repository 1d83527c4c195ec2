#include <algorithm>
#include <fstream>
#include <optional>

#include <onnx/checker.h>

#include "base/core_text.h"
#include "formats/model_metadata.h"
#include "formats/onnx.h"
#include "formats/onnx_operators_p.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

constexpr int irVersion = 8;
constexpr int opset = 17;

/// Smaller tensors stay in the model file, so that it can be read by itself.
constexpr std::size_t smallestOutside = 1024;

void describe(onnx::ValueInfoProto& value, const char* name, const Shape& sample)
{
    value.set_name(name);
    auto& type = *value.mutable_type()->mutable_tensor_type();
    type.set_elem_type(onnx::TensorProto::FLOAT);
    type.mutable_shape()->add_dim()->set_dim_param("batch");
    for (const auto extent : sample)
        type.mutable_shape()->add_dim()->set_dim_value(extent);
}

/// For each node whether its value differs between the images of a batch.
std::vector<bool> perImage(const Graph& graph)
{
    std::vector<bool> result(graph.nodes().size(), false);
    result[graph.input().index()] = true;
    for (const auto& node : graph.nodes())
        for (const auto input : node.inputs)
            result[node.id.index()] = result[node.id.index()] || result[input.index()];
    return result;
}

/// A batch of one, which is repeated where it meets others. What is not trained is a constant.
std::string writeParameter(OnnxWriter& writer, const Node& node, const at::Tensor& tensor)
{
    const auto value = tensor.unsqueeze(0);
    return std::get<Parameter>(node.operation).trainable ? writer.parameter(node.name, value)
                                                         : writer.constant(value);
}

Status writeGraph(const Network& network, onnx::GraphProto& proto)
{
    const auto& graph = network.graph();
    proto.set_name("network");
    describe(*proto.add_input(), "input", graph.inputShape());
    describe(*proto.add_output(), "output", graph.outputShape());
    OnnxWriter writer(proto);
    std::vector<std::string> values(graph.nodes().size());
    values[0] = writer.reserve("input");
    const auto output = writer.reserve("output");
    const auto varies = perImage(graph);
    for (const auto& node : graph.nodes().subspan(1)) {
        auto& value = values[node.id.index()];
        const auto& weights = network.weights()[node.id];
        writer.begin(node.name);
        if (std::holds_alternative<Parameter>(node.operation)) {
            value = writeParameter(writer, node, weights.weight);
            continue;
        }
        OnnxOperands operands{graph, node, weights, {}, {}};
        for (const auto input : node.inputs) {
            operands.values.push_back(values[input.index()]);
            operands.perImage.push_back(varies[input.index()]);
        }
        auto written = writeOperator(writer, operands);
        if (!written)
            return fail(written.error());
        value = std::move(*written);
        const bool isLast = node.id == graph.output();
        value = (isLast ? writer.endAs(output) : writer.end(node.name)).value_or(value);
    }
    if (values.back() != output) { // the last operator does nothing in a deployed network
        writer.begin("output");
        writer.call("Identity", {values.back()});
        writer.endAs(output);
    }
    return {};
}

Result<onnx::ModelProto> modelOf(const Network& network)
{
    onnx::ModelProto model;
    model.set_ir_version(irVersion);
    model.set_producer_name("Espalier");
    auto& operators = *model.add_opset_import();
    operators.set_domain("");
    operators.set_version(opset);
    auto& metadata = *model.add_metadata_props();
    metadata.set_key(metadataFileName);
    metadata.set_value(modelFileMetadata(network));
    if (auto ok = writeGraph(network, *model.mutable_graph()); !ok)
        return fail(ok.error());
    return model;
}

void note(onnx::TensorProto& tensor, const char* key, const std::string& value)
{
    auto& entry = *tensor.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
}

/// Files that get their names only when all of them are complete.
class PartialFiles {
public:
    ~PartialFiles()
    {
        std::error_code ignored;
        for (const auto& file : m_files)
            std::filesystem::remove(partial(file), ignored);
    }

    std::ofstream open(const std::filesystem::path& file)
    {
        m_files.push_back(file);
        return std::ofstream(partial(file), std::ios::binary | std::ios::trunc);
    }

    std::error_code finish()
    {
        std::error_code error;
        for (const auto& file : m_files) {
            std::filesystem::rename(partial(file), file, error);
            if (error)
                return error;
        }
        m_files.clear();
        return {};
    }

private:
    static std::filesystem::path partial(std::filesystem::path file) { return file += ".part"; }

    std::vector<std::filesystem::path> m_files;
};

bool moveOutside(onnx::GraphProto& graph, const std::string& location, std::ofstream stream)
{
    std::int64_t offset = 0;
    for (auto& tensor : *graph.mutable_initializer()) {
        const auto& bytes = tensor.raw_data();
        if (bytes.size() < smallestOutside)
            continue;
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const auto length = static_cast<std::int64_t>(bytes.size());
        note(tensor, "location", location);
        note(tensor, "offset", std::to_string(offset));
        note(tensor, "length", std::to_string(length));
        tensor.set_data_location(onnx::TensorProto::EXTERNAL);
        tensor.clear_raw_data();
        offset += length;
    }
    stream.close();
    return !stream.fail();
}

std::int64_t weightBytes(const onnx::GraphProto& graph)
{
    std::int64_t bytes = 0;
    for (const auto& tensor : graph.initializer())
        bytes += static_cast<std::int64_t>(tensor.raw_data().size());
    return bytes;
}

Status writeFiles(onnx::ModelProto& model, const std::filesystem::path& file,
                  const OnnxExportOptions& options)
{
    const auto cannot = [&](const std::string& why) {
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' could not be written ({2}); check the folder, its "
                                 "permissions and the free space.",
                                 file.string(), why));
    };
    PartialFiles files;
    if (weightBytes(model.graph()) > options.largestInside) {
        auto second = file;
        second += ".data";
        if (!moveOutside(*model.mutable_graph(), second.filename().string(), files.open(second)))
            return cannot(CoreText::tr("its weights' file '{1}' is incomplete", second.string()));
    }
    auto stream = files.open(file);
    const bool complete = stream && model.SerializeToOstream(&stream);
    stream.close();
    if (!complete || stream.fail())
        return cannot(CoreText::tr("it is incomplete"));
    if (const auto error = files.finish())
        return cannot(error.message());
    return {};
}

} // namespace

Status exportOnnx(const Network& network, const std::filesystem::path& file,
                  const OnnxExportOptions& options)
{
    return guarded(CoreText::tr("writing '{1}'", file.string()), [&]() -> Status {
        auto model = modelOf(network);
        if (!model)
            return fail(model.error());
        try {
            onnx::checker::check_model(*model);
        } catch (const onnx::checker::ValidationError& problem) {
            return fail(
                ErrorCode::Internal,
                CoreText::tr(
                    "ONNX's checker refuses the network as it would be written to '{1}': {2}",
                    file.string(), problem.what()));
        }
        return writeFiles(*model, file, options);
    });
}

} // namespace espalier
