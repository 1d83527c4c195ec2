#include "fuzz/feeders.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <unistd.h>

#include <zlib.h>

#include "data/class_map.h"
#include "data/dataset.h"
#include "data/picture.h"
#include "formats/model_file.h"
#include "formats/onnx.h"
#include "formats/pickle_p.h"
#include "formats/torchscript.h"
#include "network/network_p.h"
#include "network/runtime.h"
#include "session/experiment.h"
#include "session/graph_json.h"
#include "session/history_json_p.h"
#include "support/zip_writer.h"

namespace fs = std::filesystem;

namespace espalier::fuzz {

namespace {

using Bytes = std::span<const std::uint8_t>;

/// A folder of this process; in memory where the machine has one there.
const fs::path& folder()
{
    static const fs::path path = [] {
        prepareThread(1);
        std::error_code error;
        const fs::path memory = "/dev/shm";
        const auto parent = fs::is_directory(memory, error) ? memory : fs::temp_directory_path();
        const auto made = parent / ("espalier-fuzz-" + std::to_string(getpid()));
        fs::create_directories(made);
        std::atexit([] {
            std::error_code ignored;
            fs::remove_all(folder(), ignored);
        });
        return made;
    }();
    return path;
}

fs::path write(const std::string& name, Bytes bytes)
{
    const auto file = folder() / name;
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return file;
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What every reader promises of a network it returns, and of an error.
void check(const Result<Network>& network)
{
    if (network)
        require(checkWeights(network->graph(), network->weights()).has_value());
    else
        require(!network.error().message.empty());
}

void feedModel(Bytes bytes)
{
    check(importModel(write("model", bytes)));
}

/// Whatever the first bytes say, and with an input for files that leave its extents open.
void feedOnnx(Bytes bytes)
{
    const auto file = write("model.onnx", bytes);
    auto network = importOnnx(file);
    if (!network && network.error().code == ErrorCode::InvalidArgument)
        network = importOnnx(file, Shape{3, 16, 16});
    check(network);
}

/// Weights of any form: the architecture given, so that no time goes into guessing it.
void feedWeights(Bytes bytes)
{
    check(importModel(write("weights", bytes), Shape{3, 32, 32}, "resnet8"));
}

void feedPickle(Bytes bytes)
{
    static_cast<void>(Pickle::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
}

std::string textOf(Bytes bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// The program of a TorchScript archive, in one that brings a module "Net" with "training" and "w",
/// a tensor of 4 x 3 x 3 x 3.
void feedTorchScriptCode(Bytes bytes)
{
    using namespace std::string_literals;
    const auto text = [](const std::string& value) {
        return "X"s + static_cast<char>(value.size()) + "\0\0\0"s + value;
    };
    const auto storage = "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu")
        + "K\x6ctQ"; // 108 values
    const auto tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage
        + "K\0(K\4K\3K\3K\3t(K\x1bK\x9K\3K\1t\x89"s + "ccollections\nOrderedDict\n)RtR";
    test::ZipWriter zip;
    zip.add("m/version", "3\n");
    zip.add("m/data.pkl",
            "\x80\x02"
            "c__torch__\nNet\n)\x81}("
                + text("training") + "\x89" + text("w") + tensor + "ub.");
    zip.add("m/data/0", std::string(108 * sizeof(float), '\0'));
    zip.add("m/constants.pkl", "\x80\x02).");
    zip.add("m/code/__torch__.py", textOf(bytes));
    const auto archive = zip.finish();
    const Bytes file(reinterpret_cast<const std::uint8_t*>(archive.data()), archive.size());
    check(importModel(write("model", file), Shape{3, 8, 8}));
}

/// The JSON of a torch.export program, in an archive that brings a few weights.
void feedExportedJson(Bytes bytes)
{
    const std::string config =
        R"({"config":{"w":{"path_name":"weight_0","tensor_meta":{"dtype":7,)"
        R"("sizes":[{"as_int":4},{"as_int":3},{"as_int":3},{"as_int":3}],)"
        R"("strides":[{"as_int":27},{"as_int":9},{"as_int":3},{"as_int":1}],)"
        R"("storage_offset":{"as_int":0}}},)"
        R"("b":{"path_name":"weight_1","tensor_meta":{"dtype":7,"sizes":[{"as_int":4}],)"
        R"("strides":[{"as_int":1}],"storage_offset":{"as_int":0}}},)"
        R"("m":{"path_name":"weight_2","tensor_meta":{"dtype":7,"sizes":[{"as_int":2},{"as_int":4}],)"
        R"("strides":[{"as_int":4},{"as_int":1}],"storage_offset":{"as_int":0}}}}})";
    test::ZipWriter zip;
    zip.add("m/models/model.json", std::string(bytes.begin(), bytes.end()));
    zip.add("m/data/weights/model_weights_config.json", config);
    zip.add("m/data/weights/weight_0", std::string(4 * 27 * 4, '\0'));
    zip.add("m/data/weights/weight_1", std::string(16, '\0'));
    zip.add("m/data/weights/weight_2", std::string(32, '\0'));
    const auto archive = zip.finish();
    feedModel({reinterpret_cast<const std::uint8_t*>(archive.data()), archive.size()});
}

/// What is read from a text is written as a text that is read as the same.
template <class Value>
void feedText(Bytes bytes, Result<Value> (*read)(const std::string&),
              std::string (*written)(const Value&))
{
    const auto value = read(textOf(bytes));
    if (!value)
        return require(!value.error().message.empty());
    const auto text = written(*value);
    const auto again = read(text);
    require(again && written(*again) == text);
}

void feedGraphJson(Bytes bytes)
{
    feedText<Graph>(bytes, graphFromJson, graphToJson);
}

/// What a session file holds as text beside graphs.
void feedHistoryJson(Bytes bytes)
{
    feedText<Iteration>(bytes, iterationFromJson, iterationToJson);
    feedText<PendingIteration>(bytes, pendingFromJson, pendingToJson);
    feedText<ModelMetadata>(bytes, metadataFromJson, metadataToJson);
}

void feedYaml(Bytes bytes)
{
    const auto parse = [](const std::string& text) { return parseExperiment(text, "it", "/"); };
    const auto experiment = parse(textOf(bytes));
    if (experiment) {
        const auto again = parse(experimentText(*experiment));
        require(again && *again == *experiment);
    } else {
        require(!experiment.error().message.empty());
    }
    const auto recipe = parseRecipe(textOf(bytes), "it", "/");
    require(recipe || !recipe.error().message.empty());
}

/// The map as it is given behind an option, and as a text file.
void feedClassMap(Bytes bytes)
{
    const std::vector<std::string> classes{"cat", "dog"};
    const auto given = parseClassMap(textOf(bytes));
    const bool isPath = given && std::holds_alternative<fs::path>(*given);
    for (const auto& map :
         {ClassMap(write("map", bytes)), given && !isPath ? *given : ClassMap()}) {
        const auto outputs = classOutputs(map, classes);
        require(outputs ? outputs->size() == classes.size() : !outputs.error().message.empty());
    }
}

/// Two files in one: the first two bytes say how many belong to the labels.
struct ImagesAndLabels {
    explicit ImagesAndLabels(Bytes bytes)
    {
        const std::size_t head = bytes.size() < 2 ? 0 : bytes[0] + 256U * bytes[1];
        const auto rest = bytes.subspan(std::min<std::size_t>(2, bytes.size()));
        const auto split = std::min(head, rest.size());
        labels = rest.first(split);
        images = rest.subspan(split);
    }
    Bytes labels;
    Bytes images;
};

void feedDataset(DataSpec::Format format)
{
    const auto dataset = Dataset::load({format, folder()});
    require(dataset ? dataset->trainCount() > 0 : !dataset.error().message.empty());
}

/// Training and test part are the same.
void feedIdx(Bytes bytes)
{
    const ImagesAndLabels parts(bytes);
    for (const auto* name : {"train", "t10k"}) {
        write(std::string(name) + "-images-idx3-ubyte", parts.images);
        write(std::string(name) + "-labels-idx1-ubyte", parts.labels);
    }
    feedDataset(DataSpec::Format::Idx);
}

void feedNpy(Bytes bytes)
{
    const ImagesAndLabels parts(bytes);
    for (const auto* name : {"train", "test"}) {
        write(std::string(name) + "_images.npy", parts.images);
        write(std::string(name) + "_labels.npy", parts.labels);
    }
    feedDataset(DataSpec::Format::Npy);
}

/// A fuzzer does not find checksums: those of a PNG's chunks are made right.
std::vector<std::uint8_t> withChecksums(Bytes bytes)
{
    std::vector<std::uint8_t> png(bytes.begin(), bytes.end());
    const auto* signature = "\x89PNG";
    if (png.size() < 8 || !std::equal(signature, signature + 4, png.begin(), [](char a, auto b) {
            return static_cast<std::uint8_t>(a) == b;
        }))
        return png;
    for (std::size_t at = 8; at + 12 <= png.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8U | png[at + i];
        if (length > png.size() - at - 12)
            break;
        const auto sum = crc32(0, png.data() + at + 4, static_cast<uInt>(length + 4));
        at += 8 + length;
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            png[at++] = static_cast<std::uint8_t>(sum >> shift);
    }
    return png;
}

void feedPictures(Bytes bytes)
{
    const auto picture = decodePicture(withChecksums(bytes));
    require(picture ? picture->width > 0
                    && std::ssize(picture->pixels) == 3 * picture->width * picture->height
                    : !picture.error().message.empty());
}

void feedCifar(Bytes bytes)
{
    for (const auto* name : {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                             "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin", "train.bin",
                             "test.bin", "batches.meta.txt", "fine_label_names.txt"})
        write(name, bytes);
    feedDataset(DataSpec::Format::Cifar10);
    feedDataset(DataSpec::Format::Cifar100);
}

} // namespace

const std::vector<Feeder>& feeders()
{
    static const std::vector<Feeder> all{
        {"torchscript", feedModel},
        {"torchscript_code", feedTorchScriptCode},
        {"torch_export", feedModel},
        {"exported_json", feedExportedJson},
        {"onnx", feedOnnx},
        {"state_dict", feedWeights},
        {"safetensors", feedWeights},
        {"pickle", feedPickle},
        {"graph_json", feedGraphJson},
        {"history_json", feedHistoryJson},
        {"yaml", feedYaml},
        {"class_map", feedClassMap},
        {"idx", feedIdx},
        {"npy", feedNpy},
        {"cifar", feedCifar},
        {"pictures", feedPictures},
    };
    return all;
}

} // namespace espalier::fuzz
