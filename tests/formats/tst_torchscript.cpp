#include <QtTest>

#include <fstream>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include "formats/model_file.h"
#include "formats/torchscript.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "structures/removal.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

/// A module from source, saved; what a user's scripted model is.
fs::path scripted(const QTemporaryDir& folder, const std::string& source)
{
    torch::jit::Module module("Model");
    module.define(source);
    const auto file = fs::path(folder.path().toStdString()) / "scripted.pt";
    module.save(file.string());
    return file;
}

at::Tensor runOriginal(const fs::path& file, const at::Tensor& x)
{
    auto module = torch::jit::load(file.string());
    module.eval();
    return module.forward({x}).toTensor();
}

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

/// A network with every operator of the set that can stand in one chain.
Network everyOperator()
{
    std::vector<NodeSpec> specs;
    const auto add = [&](std::string name, Operation operation, std::vector<int> inputs) {
        std::vector<NodeId> ids;
        for (const auto input : inputs)
            ids.emplace_back(input);
        specs.push_back({std::move(name), operation, std::move(ids)});
        return static_cast<int>(specs.size()) - 1;
    };
    auto x = add("input", Input{}, {});
    x = add("stem.conv",
            Conv2d{.inChannels = 3,
                   .outChannels = 8,
                   .kernel = {3, 5},
                   .stride = {1, 2},
                   .padding = {1, 2},
                   .bias = true},
            {x});
    x = add("stem.bn", BatchNorm2d{.channels = 8, .epsilon = 1e-3, .momentum = 0.2}, {x});
    const auto entry = add("stem.relu", Activation{}, {x});
    x = add("grouped",
            Conv2d{.inChannels = 8,
                   .outChannels = 8,
                   .kernel = {3, 3},
                   .padding = {2, 2},
                   .dilation = {2, 2},
                   .groups = 2},
            {entry});
    x = add("plain-norm", BatchNorm2d{.channels = 8, .affine = false}, {x});
    x = add("sum", Add{}, {x, entry});
    x = add("max",
            MaxPool2d{.kernel = {3, 3}, .stride = {2, 1}, .padding = {1, 1}, .ceilMode = true},
            {x});
    x = add("rows", Slice{1, 1, 8, 2}, {x});
    x = add("channels", Slice{0, 2, 7, 1}, {x});
    x = add("pad", Pad{{1, 0, 2}, {2, 1, 0}, 0.5}, {x});
    x = add(
        "average",
        AvgPool2d{.kernel = {2, 2}, .stride = {1, 1}, .padding = {1, 1}, .countIncludePad = false},
        {x});
    x = add("adaptive", AdaptiveAvgPool2d{{2, 3}}, {x});
    x = add("flatten", Flatten{}, {x});
    x = add("hidden", Linear{8 * 6, 20, false}, {x});
    x = add("dropout", Dropout{0.3}, {x});
    x = add("head.0", Linear{20, 5, true}, {x});
    add("softmax", Softmax{}, {x});
    auto graph = Graph::build(std::move(specs), {3, 16, 16});
    if (!graph)
        qFatal("%s", graph.error().message.c_str());
    return test::randomNetwork(std::move(*graph));
}

} // namespace

class TestTorchScript : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void importsRealNetworks_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("macs");
        QTest::addColumn<qint64>("params");
        QTest::addColumn<int>("layers");
        for (const char* form : {"", "_script", "_trace_train", "_torch215"})
            QTest::addRow("resnet20%s", form) << QString("resnet20_cifar10%1").arg(form)
                                              << qint64{40'551'040} << qint64{269'722} << 7;
        QTest::newRow("resnet56") << "resnet56_cifar10" << qint64{125'485'696} << qint64{853'018}
                                  << 25;
        QTest::newRow("authors") << "authors_resnet56_cifar10" << qint64{125'747'840} << qint64{0}
                                 << 25;
    }

    void importsRealNetworks()
    {
        QFETCH(QString, name);
        QFETCH(qint64, macs);
        QFETCH(qint64, params);
        QFETCH(int, layers);
        const auto path = test::sharedFile("models/" + name.toStdString() + ".pt");
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importTorchScript(*path);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(network->graph().macs(), macs);
        if (params > 0)
            QCOMPARE(network->graph().params(), params);
        QCOMPARE(findStructures(network->graph()).layers.size(), static_cast<std::size_t>(layers));
        const auto x = test::randomTensor({4, 3, 32, 32});
        // A module traced in training mode normalises by the batch: its own output is another.
        const auto reference =
            name.endsWith("_trace_train") ? *test::sharedFile("models/resnet20_cifar10.pt") : *path;
        QVERIFY(test::maxDifference(run(*network, x), runOriginal(reference, x)) < 1e-4);
        QCOMPARE(network->metadata().notices.size(), name.endsWith("_trace_train") ? 2u : 1u);
    }

    void namesNodesAndLayersAsTheModelDoes()
    {
        ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10.pt");
        const auto network = importTorchScript(path);
        QVERIFY(network->graph().find("layer1.0.conv1"));
        QVERIFY(network->graph().find("layer3.2.bn2"));
        const auto structures = findStructures(network->graph());
        QVERIFY(structures.layer("layer1.0"));
        QVERIFY(structures.filterGroup("layer2.0.conv1"));
    }

    void everyStructureOfARealNetworkEqualsMasked_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"resnet20_cifar10", "resnet56_cifar10", "authors_resnet56_cifar10"})
            QTest::newRow(name) << name;
    }

    /// Pruned output equals masked output for every structure, each filter group by its first and
    /// last filter.
    void everyStructureOfARealNetworkEqualsMasked()
    {
        QFETCH(QString, name);
        const auto path = test::sharedFile("models/" + name.toStdString() + ".pt");
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importTorchScript(*path);
        const auto structures = findStructures(network->graph());
        std::vector<Removal> removals;
        for (const auto& layer : structures.layers)
            removals.push_back({.layers = {layer.name}});
        for (const auto& group : structures.filters)
            removals.push_back(
                {.filters = {{group.name, {group.channels.front(), group.channels.back()}}}});
        QVERIFY(removals.size() >= 19);

        const auto x = test::randomTensor({2, 3, 32, 32});
        const auto parent = forwardKeepingAll(network->graph(), network->weights(), x);
        const std::vector<NodeId> output{network->graph().output()};
        for (const auto& removal : removals) {
            const auto pruned = prune(*network, structures, removal);
            QVERIFY2(pruned.has_value(), pruned ? "" : pruned.error().message.c_str());
            const auto masked =
                forwardAblated(network->graph(), network->weights(), parent,
                               *ablationOf(network->graph(), structures, removal), output)[0];
            const auto difference = test::maxDifference(run(*pruned, x), masked)
                / std::max(1.0, masked.abs().max().item<double>());
            QVERIFY2(difference < 1e-5,
                     (removalText(removal) + ": " + std::to_string(difference)).c_str());
        }
    }

    void exportsWhatItImports()
    {
        auto network = everyOperator();
        const auto x = test::randomTensor({3, 3, 16, 16});
        QVERIFY(exportTorchScript(network, file("all.pt")).has_value());
        const auto expected = run(network, x);
        QVERIFY(test::maxDifference(runOriginal(file("all.pt"), x), expected) < 1e-6);
        const auto again = importTorchScript(file("all.pt"));
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QVERIFY(test::maxDifference(run(*again, x), expected) < 1e-6);
        QCOMPARE(again->graph().params(), network.graph().params());
        QCOMPARE(again->graph().nodes().size(), network.graph().nodes().size());
        QVERIFY(again->metadata().notices.empty()); // the input shape travels in the file
    }

    void carriesNormalisationAndClasses()
    {
        const auto plain = everyOperator();
        const ModelMetadata metadata{
            .normalisation = Normalisation{.mean = {0.5, 0.4, 0.3}, .deviation = {0.2, 0.25, 0.3}},
            .classes = {"a", "b", "c", "d", "e"}};
        const Network network(plain.sharedGraph(), plain.sharedWeights(), metadata);
        QVERIFY(exportModel(network, file("meta.pt")).has_value());
        const auto again = importModel(file("meta.pt"));
        QCOMPARE(again->metadata().normalisation, metadata.normalisation);
        QCOMPARE(again->metadata().classes, metadata.classes);
    }

    void exportedBatchNormFollowsTrainAndEval()
    {
        const auto network =
            test::randomNetwork(makeNetwork("resnet8", {3, 16, 16}, 10, 1)->graph());
        QVERIFY(exportTorchScript(network, file("train.pt")).has_value());
        auto module = torch::jit::load(file("train.pt").string());
        const auto x = test::randomTensor({8, 3, 16, 16});
        const auto evaluated = module.forward({x}).toTensor();
        module.train();
        QVERIFY(test::maxDifference(module.forward({x}).toTensor(), evaluated) > 1e-3);
        int trainable = 0;
        for (const auto& parameter : module.parameters())
            trainable += parameter.requires_grad() ? 1 : 0;
        QCOMPARE(trainable, 7 * 3 + 2); // 7 convolutions with batch norm, one linear layer
    }

    void reportsAnUnknownOperatorWithItsPlace()
    {
        const auto path = scripted(m_folder, "def forward(self, x):\n    return torch.erfinv(x)\n");
        const auto network = importTorchScript(path);
        QVERIFY(!network.has_value());
        QCOMPARE(network.error().code, ErrorCode::Unsupported);
        QVERIFY2(network.error().message.find("aten::erfinv at 'the top of the model'")
                     != std::string::npos,
                 network.error().message.c_str());
    }

    void refusesControlFlowOnData()
    {
        const auto path = scripted(m_folder,
                                   "def forward(self, x):\n"
                                   "    if bool(x.sum() > 0):\n        x = torch.relu(x)\n"
                                   "    return x\n");
        const auto network = importTorchScript(path);
        QVERIFY(!network.has_value());
        QCOMPARE(network.error().code, ErrorCode::Unsupported);
    }

    void seesInPlaceOperators()
    {
        const auto path = scripted(m_folder,
                                   "def forward(self, x):\n"
                                   "    y = torch.max_pool2d(x, [2, 2])\n"
                                   "    torch.relu_(y)\n"
                                   "    return torch.flatten(y, 1)\n");
        const auto network = importTorchScript(path, Shape{1, 4, 4});
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({2, 1, 4, 4});
        QVERIFY(test::maxDifference(run(*network, x), runOriginal(path, x)) < 1e-6);
    }

    void refusesFilesThatAreNoModels_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("text") << QByteArray("hello, world, this is text") << "not a model file";
        QTest::newRow("zip head") << QByteArray("PK\x03\x04zzzzzzzzzzzzzzzzzzzz")
                                  << "damaged or truncated zip";
        QTest::newRow("pickle") << QByteArray("\x80\x02}q\x00.") << "before 2020";
        QTest::newRow("safetensors")
            << QByteArray("\x10\0\0\0\0\0\0\0{\"a\":1}", 15) << "safetensors";
    }

    void refusesFilesThatAreNoModels()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        std::ofstream(file("bad.pt"), std::ios::binary).write(content.data(), content.size());
        const auto network = importModel(file("bad.pt"));
        QVERIFY(!network.has_value());
        const auto message = QString::fromStdString(network.error().message);
        QVERIFY2(message.contains(says) && message.contains("bad.pt"), qPrintable(message));
    }

    void refusesTruncatedAndForeignRealFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("says");
        QTest::newRow("legacy") << "resnet20_cifar10_legacy.th"
                                << "before 2020";
    }

    void refusesTruncatedAndForeignRealFiles()
    {
        QFETCH(QString, name);
        QFETCH(QString, says);
        const auto path = test::sharedFile("models/" + name.toStdString());
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importModel(*path);
        QVERIFY(!network.has_value());
        QVERIFY2(QString::fromStdString(network.error().message).contains(says),
                 network.error().message.c_str());
    }

    void refusesATruncatedFileAtEveryLength()
    {
        QVERIFY(exportTorchScript(everyOperator(), file("whole.pt")).has_value());
        std::ifstream stream(file("whole.pt"), std::ios::binary);
        const std::string whole((std::istreambuf_iterator<char>(stream)), {});
        for (std::size_t part = 1; part < 20; ++part) {
            std::ofstream(file("part.pt"), std::ios::binary)
                << whole.substr(0, whole.size() * part / 20);
            QVERIFY(!importModel(file("part.pt")).has_value());
        }
    }

    void saysWhenAFileCannotBeWritten()
    {
        const auto status = exportModel(everyOperator(), file("no/such/folder/model.pt"));
        QVERIFY(!status.has_value());
        QCOMPARE(status.error().code, ErrorCode::Io);
        QVERIFY(!exportModel(everyOperator(), file("model.xyz")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestTorchScript)
#include "tst_torchscript.moc"
