#include <QtTest>

#include <fstream>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "formats/model_file.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/cheapest_units.h"
#include "support/onnx_runtime.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

constexpr double tolerance = 1e-5; // of the largest output

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return test::maxDifference(a.reshape({-1}), b.reshape({-1})) / b.abs().max().item<double>();
}

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

fs::path fileOf(const QString& network, const char* suffix)
{
    return test::testFile("formats/data/pytorch_2.15/" + network.toStdString() + suffix);
}

/// Two images and what PyTorch gives for them.
struct Example {
    at::Tensor x;
    at::Tensor y;
};

Example exampleOf(const QString& network)
{
    std::ifstream stream(fileOf(network, ".f32"), std::ios::binary);
    auto values = at::empty({2 * (3 * 8 * 8 + 5)}, at::TensorOptions().dtype(at::kFloat));
    stream.read(static_cast<char*>(values.data_ptr()),
                static_cast<std::streamsize>(values.nbytes()));
    if (!stream)
        qFatal("no example of %s", qPrintable(network));
    return {values.slice(0, 0, 384).reshape({2, 3, 8, 8}), values.slice(0, 384)};
}

/// Removable units of a kind; of layers: the layers.
std::size_t count(const Structures& structures, StructureKind kind)
{
    if (kind == StructureKind::Layer)
        return structures.layers.size();
    std::size_t units = 0;
    for (const auto& group : structures.filters)
        units += group.kind == kind ? group.units.size() : 0;
    return units;
}

/// One layer, or the last unit of each group that keeps another.
Removal someOf(const Structures& structures, StructureKind kind)
{
    Removal removal;
    if (kind == StructureKind::Layer) {
        removal.layers = {structures.layers[structures.layers.size() / 2].name};
        return removal;
    }
    for (const auto& group : structures.filters) {
        if (group.kind == kind && group.units.size() > 1)
            removal.filters[group.name] = {group.channels.back()};
    }
    return removal;
}

/// Without its first removable layer, and without 30 % of the MACs of the rest.
Result<Network> muchSmaller(const Network& network)
{
    auto smaller = network;
    auto structures = findStructures(smaller.graph());
    if (!structures.layers.empty()) {
        auto pruned = prune(smaller, structures, {.layers = {structures.layers.front().name}});
        if (!pruned)
            return pruned;
        smaller = std::move(*pruned);
        structures = findStructures(smaller.graph());
    }
    const auto removal = test::cheapestUnits(smaller, structures, 0.3);
    if (!removal)
        return fail(removal.error());
    return prune(smaller, structures, *removal);
}

} // namespace

#define VERIFY_RESULT(result)                                                                      \
    QVERIFY2((result).has_value(), (result) ? "" : (result).error().message.c_str())

/// What PyTorch's ways out write of the kinds of networks that users have is read, pruned, written
/// and run. tests/formats/data/make_pytorch_files.py made the files.
class TestPytorchFiles : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;
    test::OnnxRuntime m_runtime;

    /// The pruned network is exported and run, and gives what it gives in memory.
    void comparePrunedInRuntime(const Network& network)
    {
        const auto pruned = muchSmaller(network);
        VERIFY_RESULT(pruned);
        QVERIFY(static_cast<double>(pruned->graph().macs())
                <= 0.7 * static_cast<double>(network.graph().macs()));
        const auto file = fs::path(m_folder.path().toStdString()) / "pruned.onnx";
        const auto status = exportModel(*pruned, file);
        VERIFY_RESULT(status);
        auto shape = network.graph().inputShape();
        shape.insert(shape.begin(), 3);
        const auto x = test::randomTensor(shape);
        ESPALIER_NEEDS_RUNTIME(m_runtime);
        const auto found = m_runtime.run(file, x);
        VERIFY_RESULT(found);
        const auto off = difference(*found, run(*pruned, x));
        QVERIFY2(off < tolerance, qPrintable(QString("%1 off").arg(off)));
    }

    void addFiles()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QByteArray>("suffix");
        for (const char* name :
             {"residual", "squeeze_excite", "shuffle", "convnext", "attention_fused",
              "attention_written", "attention_scaled", "windows"}) {
            for (const char* suffix : {".pt", ".pt2", "_old.onnx", "_new.onnx"})
                QTest::newRow(qPrintable(QString(name) + suffix)) << name << QByteArray(suffix);
        }
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void theFileGivesWhatPyTorchGave_data() { addFiles(); }

    void theFileGivesWhatPyTorchGave()
    {
        QFETCH(QString, network);
        QFETCH(QByteArray, suffix);
        const auto imported = importModel(fileOf(network, suffix), Shape{3, 8, 8});
        VERIFY_RESULT(imported);
        const auto example = exampleOf(network);
        const auto off = difference(run(*imported, example.x), example.y);
        QVERIFY2(off < tolerance, qPrintable(QString("%1 off").arg(off)));
    }

    void findsWhatCanBeRemoved_data() { addFiles(); }

    void findsWhatCanBeRemoved()
    {
        QFETCH(QString, network);
        QFETCH(QByteArray, suffix);
        struct Expected {
            std::size_t layers, filters, heads, neurons;
        };
        static const QMap<QString, Expected> expected{
            // Of the 8 behind the padding 4 go with those of the stem.
            {"residual", {3, 8 + 2 * 4 + 2 * 8, 0, 0}},
            // Expanded channels go with those of the gate.
            {"squeeze_excite", {2, 6 + 2 * (12 + 4), 0, 0}},
            {"shuffle", {4, 12 + 2 * 6 + 10, 0, 0}},
            {"convnext", {2, 0, 0, 2 * 24}},
            {"attention_fused", {4, 0, 2 * 2, 2 * 16}},
            {"attention_written", {4, 0, 2 * 2, 2 * 16}},
            {"attention_scaled", {4, 0, 2 * 2, 2 * 16}},
            {"windows", {4, 0, 2 * 2, 2 * 16}},
        };
        const auto imported = importModel(fileOf(network, suffix), Shape{3, 8, 8});
        VERIFY_RESULT(imported);
        const auto structures = findStructures(imported->graph());
        const auto& should = expected[network];
        QCOMPARE(count(structures, StructureKind::Layer), should.layers);
        QCOMPARE(count(structures, StructureKind::Filter), should.filters);
        QCOMPARE(count(structures, StructureKind::Head), should.heads);
        QCOMPARE(count(structures, StructureKind::Neuron), should.neurons);
    }

    void prunedEqualsMasked_data() { addFiles(); }

    void prunedEqualsMasked()
    {
        QFETCH(QString, network);
        QFETCH(QByteArray, suffix);
        const auto imported = importModel(fileOf(network, suffix), Shape{3, 8, 8});
        VERIFY_RESULT(imported);
        const auto& graph = imported->graph();
        const auto structures = findStructures(graph);
        const auto x = exampleOf(network).x;
        const auto whole = forwardKeepingAll(graph, imported->weights(), x);
        for (const auto kind : {StructureKind::Layer, StructureKind::Filter, StructureKind::Head,
                                StructureKind::Neuron}) {
            if (count(structures, kind) == 0)
                continue;
            const auto removal = someOf(structures, kind);
            const auto pruned = prune(*imported, structures, removal);
            VERIFY_RESULT(pruned);
            const auto ablation = ablationOf(graph, structures, removal);
            VERIFY_RESULT(ablation);
            const std::vector<NodeId> wanted{graph.output()};
            const auto masked =
                forwardAblated(graph, imported->weights(), whole, *ablation, wanted)[0];
            QVERIFY(difference(masked, whole[graph.output()]) > 1e-3);
            const auto off = difference(run(*pruned, x), masked);
            QVERIFY2(
                off < tolerance,
                qPrintable(
                    QString("%1 off without a %2").arg(off).arg(structureKindName(kind).c_str())));
        }
    }

    void prunedRunsInAnotherRuntime_data() { addFiles(); }

    void prunedRunsInAnotherRuntime()
    {
        QFETCH(QString, network);
        QFETCH(QByteArray, suffix);
        if (m_runtime.isOpenCv() && network != "residual")
            QSKIP("OpenCV's dnn does not know every operator; needs ONNX Runtime");
        const auto imported = importModel(fileOf(network, suffix), Shape{3, 8, 8});
        VERIFY_RESULT(imported);
        comparePrunedInRuntime(*imported);
    }

    void aTrainedNetworkOfPyTorchsExportersIsPrunedAndRuns_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"resnet20_cifar10.onnx", "resnet20_cifar10_folded.onnx",
              "resnet20_cifar10_torch215.onnx", "resnet20_cifar10_torch215_legacy.onnx"})
            QTest::newRow(file) << file;
    }

    void aTrainedNetworkOfPyTorchsExportersIsPrunedAndRuns()
    {
        QFETCH(QString, file);
        const auto path = test::sharedFile("models/" + file.toStdString());
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto imported = importModel(*path);
        VERIFY_RESULT(imported);
        comparePrunedInRuntime(*imported);
    }
};

QTEST_GUILESS_MAIN(TestPytorchFiles)
#include "tst_pytorch_files.moc"
