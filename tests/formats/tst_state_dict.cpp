#include <QtTest>

#include <cstring>
#include <fstream>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "formats/model_file.h"
#include "formats/pickle_p.h"
#include "formats/state_dict_p.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "support/zip_writer.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

std::string littleEndian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

std::string bytesOf(const at::Tensor& tensor)
{
    const auto plain = tensor.contiguous();
    return {static_cast<const char*>(plain.data_ptr()), static_cast<std::size_t>(plain.nbytes())};
}

using Tensors = std::vector<std::pair<std::string, at::Tensor>>;

Tensors tensorsOf(const Network& network, const std::string& prefix = {})
{
    Tensors tensors;
    for (const auto& node : network.graph().nodes()) {
        forEachTensor(
            network.weights()[node.id], [&](std::string_view name, const at::Tensor& tensor) {
                if (tensor.defined())
                    tensors.emplace_back(prefix + node.name + "." + std::string(name), tensor);
            });
        if (std::holds_alternative<BatchNorm2d>(node.operation))
            tensors.emplace_back(prefix + node.name + ".num_batches_tracked",
                                 at::ones({}, at::kLong));
    }
    return tensors;
}

std::string safetensorsType(at::ScalarType type)
{
    switch (type) {
    case at::kHalf:
        return "F16";
    case at::kBFloat16:
        return "BF16";
    case at::kDouble:
        return "F64";
    case at::kLong:
        return "I64";
    default:
        return "F32";
    }
}

std::string safetensors(const std::string& header, const std::string& data)
{
    return littleEndian(header.size(), 8) + header + data;
}

std::string safetensors(const Tensors& tensors)
{
    std::string header = R"({"__metadata__":{"format":"pt"})";
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        header += ",\"" + name + "\":{\"dtype\":\"" + safetensorsType(tensor.scalar_type())
            + "\",\"shape\":[";
        for (std::int64_t i = 0; i < tensor.dim(); ++i)
            header += (i > 0 ? "," : "") + std::to_string(tensor.size(i));
        header += "],\"data_offsets\":[" + std::to_string(data.size()) + ",";
        data += bytesOf(tensor);
        header += std::to_string(data.size()) + "]}";
    }
    return safetensors(header + "}", data);
}

/// A header with one tensor "a".
std::string one(const std::string& type, const std::string& shape, const std::string& offsets)
{
    return R"({"a":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets
        + "}}";
}

/// A header with two tensors of four numbers.
std::string pair(const std::string& a, const std::string& aOffsets, const std::string& b,
                 const std::string& bOffsets)
{
    const auto entry = [](const std::string& name, const std::string& offsets) {
        return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":" + offsets
            + "}";
    };
    return "{" + entry(a, aOffsets) + "," + entry(b, bOffsets) + "}";
}

/// Opcodes of Python's pickle, protocol 2, as torch.save writes them.
namespace opcode {

std::string text(const std::string& value)
{
    return "X" + littleEndian(value.size(), 4) + value;
}

std::string number(std::int64_t value)
{
    return "\x8a\x08" + littleEndian(static_cast<std::uint64_t>(value), 8);
}

std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}

std::string numbers(at::IntArrayRef values)
{
    std::string items;
    for (const auto value : values)
        items += number(value);
    return "(" + items + "t";
}

/// The tensor of record `key`; sizes and offset may lie.
std::string tensor(const std::string& key, const std::string& storage, std::int64_t elements,
                   std::int64_t offset, at::IntArrayRef sizes, at::IntArrayRef strides)
{
    return global("torch._utils", "_rebuild_tensor_v2") + "((" + text("storage")
        + global("torch", storage) + text(key) + text("cpu") + number(elements) + "tQ"
        + number(offset) + numbers(sizes) + numbers(strides) + "\x89"
        + global("collections", "OrderedDict") + ")RtR";
}

std::string dict(const std::string& items)
{
    return "}(" + items + "u";
}

std::string whole(const std::string& value)
{
    return "\x80\x02" + value + ".";
}

} // namespace opcode

/// A file of torch.save with the tensors, wrapped by `wrap`.
std::string pickled(
    const Tensors& tensors,
    const std::function<std::string(std::string)>& wrap = [](auto dict) { return dict; })
{
    test::ZipWriter zip;
    std::string items;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const auto& [name, tensor] = tensors[i];
        items += opcode::text(name)
            + opcode::tensor(std::to_string(i),
                             tensor.scalar_type() == at::kLong ? "LongStorage" : "FloatStorage",
                             tensor.numel(), 0, tensor.sizes(), tensor.strides());
        zip.add("archive/data/" + std::to_string(i), bytesOf(tensor));
    }
    zip.add("archive/data.pkl", opcode::whole(wrap(opcode::dict(items))));
    zip.add("archive/version", "3\n");
    return zip.finish();
}

Network smallNetwork(const std::string& name = "resnet8")
{
    return test::randomNetwork(makeNetwork(name, {3, 32, 32}, 10, 1)->graph());
}

} // namespace

class TestStateDict : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path write(const std::string& content, const char* name = "model.bin") const
    {
        const auto file = fs::path(m_folder.path().toStdString()) / name;
        std::ofstream(file, std::ios::binary) << content;
        return file;
    }

    /// The sentence with which a file is refused; empty when it is not.
    std::string refusal(const std::string& content, const std::string& architecture = {}) const
    {
        const auto network = importModel(write(content), std::nullopt, architecture);
        return network ? std::string() : network.error().message;
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void loadsRealWeightsIntoTheArchitectureThatFits_data()
    {
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("whole");
        QTest::newRow("zip") << "resnet20_cifar10_state_dict.pt"
                             << "resnet20_cifar10.pt";
        QTest::newRow("safetensors") << "resnet20_cifar10.safetensors"
                                     << "resnet20_cifar10.pt";
        QTest::newRow("resnet56") << "resnet56_cifar10_state_dict.pt"
                                  << "resnet56_cifar10.pt";
    }

    void loadsRealWeightsIntoTheArchitectureThatFits()
    {
        QFETCH(QString, weights);
        QFETCH(QString, whole);
        const auto file = test::sharedFile("models/" + weights.toStdString());
        const auto reference = test::sharedFile("models/" + whole.toStdString());
        if (!file || !reference)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importModel(*file);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto expected = importModel(*reference);
        const auto x = test::randomTensor({4, 3, 32, 32});
        QVERIFY(test::maxDifference(run(*network, x), run(*expected, x)) < 1e-5);
        QCOMPARE(network->graph().params(), expected->graph().params());
    }

    void readsEveryFloatingType_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("F32") << static_cast<int>(at::kFloat) << 0.0;
        QTest::newRow("F64") << static_cast<int>(at::kDouble) << 0.0;
        QTest::newRow("F16") << static_cast<int>(at::kHalf) << 5e-3;
        QTest::newRow("BF16") << static_cast<int>(at::kBFloat16) << 5e-2;
    }

    void readsEveryFloatingType()
    {
        QFETCH(int, type);
        QFETCH(double, tolerance);
        const auto network = smallNetwork();
        auto tensors = tensorsOf(network);
        for (auto& [name, tensor] : tensors) {
            if (tensor.scalar_type() == at::kFloat)
                tensor = tensor.to(static_cast<at::ScalarType>(type));
        }
        const auto again = importModel(write(safetensors(tensors)));
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        const auto& before = network.weights()[*network.graph().find("conv1")].weight;
        const auto& after = again->weights()[*again->graph().find("conv1")].weight;
        QCOMPARE(after.scalar_type(), at::kFloat);
        QVERIFY(test::maxDifference(before, after) <= tolerance);
    }

    void findsTheStateDictInACheckpoint_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("prefix");
        QTest::newRow("plain") << ""
                               << "";
        QTest::newRow("state_dict, DataParallel") << "state_dict"
                                                  << "module.";
        QTest::newRow("model, compiled") << "model"
                                         << "_orig_mod.";
        QTest::newRow("wrapped twice") << "state_dict"
                                       << "module._orig_mod.model.";
    }

    void findsTheStateDictInACheckpoint()
    {
        QFETCH(QString, key);
        QFETCH(QString, prefix);
        const auto network = smallNetwork();
        const auto content =
            pickled(tensorsOf(network, prefix.toStdString()), [&](const std::string& dict) {
                return key.isEmpty() ? dict
                                     : opcode::dict(opcode::text("epoch") + opcode::number(7)
                                                    + opcode::text(key.toStdString()) + dict);
            });
        const auto again = importModel(write(content));
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        const auto x = test::randomTensor({2, 3, 32, 32});
        QCOMPARE(test::maxDifference(run(*again, x), run(network, x)), 0.0);
        QCOMPARE(again->metadata().notices.size(), 1u); // the input size was assumed
    }

    void takesTheArchitectureAndInputThatAreGiven()
    {
        const auto file = write(safetensors(tensorsOf(smallNetwork("resnet14"))));
        const auto network = importModel(file, Shape{3, 16, 16}, "resnet14");
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(network->graph().inputShape(), (Shape{3, 16, 16}));
        QVERIFY(network->metadata().notices.empty());
        QCOMPARE(importModel(file, Shape{3, 16, 16})->graph().nodes().size(),
                 network->graph().nodes().size());
    }

    void namesWhatDoesNotFit()
    {
        auto tensors = tensorsOf(smallNetwork());
        const auto whole = tensors;
        std::erase_if(tensors, [](const auto& each) { return each.first == "bn1.bias"; });
        tensors.emplace_back("extra.weight", at::ones({3}));
        auto message = refusal(safetensors(tensors), "resnet8");
        QVERIFY2(message.find("lack 'bn1.bias'") != std::string::npos
                     && message.find("unexpected 'extra.weight'") != std::string::npos,
                 message.c_str());
        message = refusal(safetensors(tensors));
        QVERIFY2(message.find("none of the built-in architectures") != std::string::npos
                     && message.find("for resnet8 they lack 'bn1.bias'") != std::string::npos,
                 message.c_str());

        tensors = whole;
        for (auto& [name, tensor] : tensors) {
            if (name == "layer2.0.conv2.weight")
                tensor = at::ones({32, 32, 1, 1});
        }
        message = refusal(safetensors(tensors), "resnet8");
        QVERIFY2(message.find("'layer2.0.conv2.weight' is 32x32x1x1, the architecture has "
                              "32x32x3x3")
                     != std::string::npos,
                 message.c_str());
        QVERIFY(refusal(safetensors(whole), "resnet9").find("no built-in architecture 'resnet9'")
                != std::string::npos);
        QVERIFY(refusal(safetensors(whole), "resnet20").find("and") != std::string::npos);
    }

    void refusesWeightsThatAreNotFinite()
    {
        auto tensors = tensorsOf(smallNetwork());
        tensors.front().second = tensors.front().second.clone();
        tensors.front().second.view(-1)[0] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(!refusal(safetensors(tensors)).empty());
    }

    void refusesPickledClassesByName_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& program, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(opcode::whole(program)) << says;
        };
        row("os.system", opcode::global("os", "system") + "(" + opcode::text("true") + "tR",
            "the Python class os.system; such files are not loaded");
        row("by stack", opcode::text("builtins") + opcode::text("eval") + "\x93",
            "the Python class builtins.eval");
        row("a whole model", opcode::global("models.resnet", "ResNet") + ")\x81}b",
            "models.resnet.ResNet");
        row("quantised", opcode::global("torch._utils", "_rebuild_qtensor"), "quantised");
        row("no dict", opcode::number(1), "holds no state dict");
        row("a call of a number", opcode::number(1) + ")R", "no function");
        row("empty stack", "R", "function");
        row("unknown operation", "\xff", "operation 255");
    }

    void refusesPickledClassesByName()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, says);
        test::ZipWriter zip;
        zip.add("a/data.pkl", program.toStdString());
        zip.add("a/version", "3");
        const auto message = refusal(zip.finish());
        QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
    }

    void refusesTensorsThatLie_data()
    {
        QTest::addColumn<QByteArray>("tensor");
        const auto row = [](const char* name, const std::string& tensor) {
            QTest::newRow(name) << QByteArray::fromStdString(tensor);
        };
        row("more elements than bytes", opcode::tensor("0", "FloatStorage", 1000, 0, {4}, {1}));
        row("negative elements", opcode::tensor("0", "FloatStorage", -4, 0, {4}, {1}));
        row("beyond the storage", opcode::tensor("0", "FloatStorage", 4, 0, {5}, {1}));
        row("an offset beyond", opcode::tensor("0", "FloatStorage", 4, 2, {4}, {1}));
        row("a negative offset", opcode::tensor("0", "FloatStorage", 4, -1, {4}, {1}));
        row("strides beyond", opcode::tensor("0", "FloatStorage", 4, 0, {2, 2}, {3, 1}));
        row("a negative stride", opcode::tensor("0", "FloatStorage", 4, 3, {4}, {-1}));
        row("a negative size", opcode::tensor("0", "FloatStorage", 4, 0, {-4}, {1}));
        row("a size that overflows",
            opcode::tensor("0", "FloatStorage", 4, 0, {std::int64_t{1} << 62, 8}, {0, 0}));
        row("expanded without end",
            opcode::tensor("0", "FloatStorage", 4, 0, {std::int64_t{1} << 40}, {0}));
        row("no such record", opcode::tensor("9", "FloatStorage", 4, 0, {4}, {1}));
        row("strides of other length", opcode::tensor("0", "FloatStorage", 4, 0, {4}, {1, 1}));
    }

    void refusesTensorsThatLie()
    {
        QFETCH(QByteArray, tensor);
        test::ZipWriter zip;
        zip.add("a/data/0", std::string(16, '\0'));
        zip.add("a/data.pkl",
                opcode::whole(opcode::dict(opcode::text("conv1.weight") + tensor.toStdString())));
        const auto message = refusal(zip.finish());
        QVERIFY2(message.find("conv1.weight") != std::string::npos
                     || message.find("pickle") != std::string::npos,
                 message.c_str());
        QVERIFY2(message.find("fit none") == std::string::npos, message.c_str());
    }

    /// LibTorch would read beyond the record's end.
    void refusesTorchScriptTensorsThatLie()
    {
        const auto module = [](std::int64_t elements) {
            test::ZipWriter zip;
            zip.add("m/data/0", std::string(16, '\0'));
            zip.add("m/data.pkl",
                    opcode::whole(opcode::global("__torch__.Model", "Model") + ")\x81"
                                  + opcode::dict(opcode::text("w")
                                                 + opcode::tensor("0", "FloatStorage", elements, 0,
                                                                  {elements}, {1}))
                                  + "b"));
            return *ZipArchive::open(ByteSource::memory(zip.finish(), "m.pt"));
        };
        QVERIFY(checkTorchScriptTensors(module(4), "data").has_value());
        QVERIFY(!checkTorchScriptTensors(module(5), "data").has_value());
        QVERIFY(!checkTorchScriptTensors(module(4), "constants").has_value());
    }

    void refusesSafetensorsThatLie_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& header, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(
                safetensors(header, std::string(32, '\0')))
                                << says;
        };
        row("beyond the end", one("F32", "[16]", "[0,64]"), "beyond its end");
        row("backwards", one("F32", "[4]", "[16,0]"), "beyond its end");
        row("a larger shape", one("F32", "[5]", "[0,16]"), "beyond its storage");
        row("a smaller shape", one("F32", "[3]", "[0,16]"), "does not fit its data");
        row("an overflowing shape", one("F32", "[4294967296,4294967296,4]", "[0,16]"), "cannot be");
        row("a negative shape", one("F32", "[-4]", "[0,16]"), "no list of sizes");
        row("offsets that are no numbers", one("F32", "[4]", "[true,16]"), "no two numbers");
        row("an unknown type", one("F8_E4M3", "[4]", "[0,4]"), "F8_E4M3");
        row("no dtype", "{\"a\":{\"shape\":[4]}}", "JSON");
        row("an array", "{\"a\":[1,2]}", "JSON");
        row("overlapping", pair("a", "[0,16]", "b", "[12,28]"), "overlap");
        row("twice", pair("a", "[0,16]", "a", "[16,32]"), "'a' twice");
        row("deeply nested", "{\"a\":" + std::string(100'000, '['), "JSON");
        QTest::newRow("a huge header")
            << QByteArray::fromStdString(littleEndian(std::uint64_t{1} << 60, 8) + "{\"a\":1}")
            << "header claims";
        QTest::newRow("a header beyond the end")
            << QByteArray::fromStdString(littleEndian(4'000, 8) + "{\"a\":1}") << "header claims";
    }

    void refusesSafetensorsThatLie()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const auto message = refusal(content.toStdString());
        QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
    }

    void refusesTruncatedFilesAtEveryLength()
    {
        for (const auto& whole :
             {safetensors(tensorsOf(smallNetwork())), pickled(tensorsOf(smallNetwork()))}) {
            QVERIFY(refusal(whole).empty());
            for (std::size_t part = 1; part < 40; ++part)
                QVERIFY(!refusal(whole.substr(0, whole.size() * part / 40)).empty());
        }
    }

    void refusesAnArchitectureForANetworkOfItsOwn()
    {
        const auto file = write("", "own.pt");
        QVERIFY(exportModel(smallNetwork(), file).has_value());
        const auto network = importModel(file, std::nullopt, "resnet8");
        QVERIFY(!network.has_value());
        QCOMPARE(network.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestStateDict)
#include "tst_state_dict.moc"
