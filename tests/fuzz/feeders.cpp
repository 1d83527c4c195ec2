#include "fuzz/feeders.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <unistd.h>

#include "data/dataset.h"
#include "formats/model_file.h"
#include "formats/pickle_p.h"
#include "formats/torchscript.h"
#include "network/network_p.h"
#include "network/runtime.h"
#include "session/graph_json.h"
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

fs::path write(const char* name, Bytes bytes)
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

/// Weights of any form: the architecture given, so that no time goes into guessing it.
void feedWeights(Bytes bytes)
{
    check(importModel(write("weights", bytes), Shape{3, 32, 32}, "resnet8"));
}

void feedPickle(Bytes bytes)
{
    static_cast<void>(Pickle::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
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

void feedGraphJson(Bytes bytes)
{
    const std::string text(bytes.begin(), bytes.end());
    if (const auto graph = graphFromJson(text))
        require(graphToJson(*graph) == graphToJson(*graphFromJson(graphToJson(*graph))));
}

/// Both parts of the set are the same file.
void feedIdx(Bytes bytes)
{
    for (const auto* name : {"train-images-idx3-ubyte", "t10k-images-idx3-ubyte",
                             "train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"}) {
        const bool labels = std::string_view(name).find("labels") != std::string_view::npos;
        // The first two bytes say how many belong to the labels.
        const std::size_t head = bytes.size() < 2 ? 0 : bytes[0] + 256U * bytes[1];
        const auto rest = bytes.subspan(std::min<std::size_t>(2, bytes.size()));
        const auto split = std::min(head, rest.size());
        write(name, labels ? rest.first(split) : rest.subspan(split));
    }
    static_cast<void>(Dataset::load({DataSpec::Format::Idx, folder()}));
}

void feedCifar(Bytes bytes)
{
    write("data_batch_1.bin", bytes);
    write("test_batch.bin", bytes);
    static_cast<void>(Dataset::load({DataSpec::Format::Cifar10, folder()}));
}

} // namespace

const std::vector<Feeder>& feeders()
{
    static const std::vector<Feeder> all{
        {"torchscript", feedModel},
        {"torch_export", feedModel},
        {"exported_json", feedExportedJson},
        {"state_dict", feedWeights},
        {"safetensors", feedWeights},
        {"pickle", feedPickle},
        {"graph_json", feedGraphJson},
        {"idx", feedIdx},
        {"cifar", feedCifar},
    };
    return all;
}

} // namespace espalier::fuzz
