#include <QtTest>

#include <fstream>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include "formats/model_file.h"
#include "formats/onnx.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/every_operator.h"
#include "support/onnx_runtime.h"
#include "support/shared_data.h"
#include "support/tensors.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

onnx::ModelProto parsed(const fs::path& file)
{
    onnx::ModelProto model;
    std::ifstream stream(file, std::ios::binary);
    if (!model.ParseFromIstream(&stream))
        qFatal("not an ONNX file");
    return model;
}

Network chainOf(Shape input, std::vector<NodeSpec> specs)
{
    specs.insert(specs.begin(), NodeSpec{"input", Input{}, {}});
    for (std::size_t i = 1; i < specs.size(); ++i)
        specs[i].inputs = {NodeId(static_cast<std::int64_t>(i) - 1)};
    auto graph = Graph::build(std::move(specs), input);
    if (!graph)
        qFatal("%s", graph.error().message.c_str());
    return test::randomNetwork(std::move(*graph));
}

/// What the dnn of Debian's OpenCV, 4.6, refuses or computes otherwise; the rest it must run.
/// Bounds of Clip as inputs, LayerNormalization, ReduceSum with axes, counted padding of averages
/// that are rounded up, and most of what is no image.
const QSet<QString> unknownToOpenCv{
    "act.relu6",    "act.atLeast",   "act.atMost",     "joined",        "average-counted",
    "with_token",   "positioned",    "block.norm",     "block.q",       "block.q.heads",
    "block.k",      "block.k.heads", "block.v",        "block.v.heads", "block.scores",
    "block.masked", "block.sum",     "block.attended", "block.out",     "lengths",
    "normalised",   "plain_norm",    "patch_tokens",   "windows",       "window_sum",
    "pooled",
};

} // namespace

class TestOnnxExport : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path file(const std::string& name) const
    {
        return fs::path(m_folder.path().toStdString()) / name;
    }

    test::OnnxRuntime m_runtime;

    /// The largest difference of the runtime's outputs to ours, relative to the largest output, or
    /// what the runtime says against the file.
    Result<double> differenceInRuntime(const Network& network, std::int64_t batch)
    {
        const auto path = file("runs.onnx");
        if (auto ok = exportOnnx(network, path); !ok)
            return fail(ok.error());
        auto shape = network.graph().inputShape();
        shape.insert(shape.begin(), batch);
        const auto x = test::randomTensor(shape);
        const auto found = m_runtime.run(path, x);
        if (!found)
            return fail(found.error());
        const auto expected = forward(network.graph(), network.weights(), x, Mode::Evaluate);
        return test::maxDifference(*found, expected.flatten())
            / expected.abs().max().item<double>();
    }

    /// Nothing when the runtime computes what the network does, else what is wrong.
    QString againstRuntime(const Network& network)
    {
        for (const std::int64_t batch : {1, 3}) {
            const auto difference = differenceInRuntime(network, batch);
            if (!difference)
                return QString::fromStdString(difference.error().message);
            if (!(*difference < 1e-5))
                return QString("a batch of %1 differs by %2").arg(batch).arg(*difference);
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void writesEveryOperatorAsOnnxWantsIt_data()
    {
        QTest::addColumn<bool>("images");
        QTest::newRow("images") << true;
        QTest::newRow("tokens") << false;
    }

    void writesEveryOperatorAsOnnxWantsIt()
    {
        QFETCH(bool, images);
        const auto network = images ? test::imageOperators() : test::tokenOperators();
        const auto path = file(images ? "images.onnx" : "tokens.onnx");
        const auto status = exportOnnx(network, path);
        QVERIFY2(status.has_value(), status ? "" : status.error().message.c_str());
        QVERIFY(!fs::exists(path.string() + ".part"));
        const auto model = parsed(path);
        onnx::checker::check_model(model);
        QCOMPARE(model.ir_version(), 8);
        QCOMPARE(model.opset_import(0).version(), 17);
        const auto& input = model.graph().input(0);
        QCOMPARE(QString::fromStdString(input.name()), "input");
        const auto& shape = input.type().tensor_type().shape();
        QCOMPARE(QString::fromStdString(shape.dim(0).dim_param()), "batch");
        QCOMPARE(shape.dim(1).dim_value(), 3);
        QCOMPARE(shape.dim(3).dim_value(), 16);
        QCOMPARE(QString::fromStdString(model.graph().output(0).name()), "output");
    }

    void keepsTheNamesOfNodesAndWeights()
    {
        QVERIFY(exportOnnx(test::imageOperators(), file("names.onnx")));
        const auto model = parsed(file("names.onnx"));
        QSet<QString> weights;
        for (const auto& tensor : model.graph().initializer())
            weights << QString::fromStdString(tensor.name());
        for (const char* name : {"stem.conv.weight", "stem.conv.bias", "stem.bn.running_var",
                                 "layer_scale", "head.0.weight"})
            QVERIFY2(weights.contains(name), name);
        QSet<QString> nodes;
        for (const auto& node : model.graph().node())
            nodes << QString::fromStdString(node.name());
        for (const char* name : {"stem.conv", "act.gelu", "group-norm", "shuffle", "softmax"})
            QVERIFY2(nodes.contains(name), name);
    }

    void putsLargeWeightsIntoASecondFile()
    {
        const auto network = test::imageOperators();
        QVERIFY(exportOnnx(network, file("outside.onnx"), {.largestInside = 1000}));
        QVERIFY(fs::exists(file("outside.onnx.data")));
        QVERIFY(!fs::exists(file("outside.onnx.data.part")));
        const auto model = parsed(file("outside.onnx"));
        std::uintmax_t bytes = 0;
        for (const auto& tensor : model.graph().initializer()) {
            if (tensor.data_location() != onnx::TensorProto::EXTERNAL)
                continue;
            QCOMPARE(QString::fromStdString(tensor.external_data(0).value()), "outside.onnx.data");
            bytes += std::stoull(tensor.external_data(2).value());
        }
        QVERIFY(bytes > 0);
        QCOMPARE(fs::file_size(file("outside.onnx.data")), bytes);
        onnx::checker::check_model(file("outside.onnx").string());
    }

    /// A parameter may be the first factor of a product, as in attention that pools tokens.
    void aLearnedQueryComesBack()
    {
        auto graph = Graph::build({{"input", Input{}, {}},
                                   {"query", Parameter{.shape = {2, 1, 3}}, {}},
                                   {"attended", MatMul{}, {NodeId(1), NodeId(0)}}},
                                  {2, 3, 4});
        QVERIFY2(graph.has_value(), graph ? "" : graph.error().message.c_str());
        const auto network = test::randomNetwork(std::move(*graph));
        const auto x = test::randomTensor({3, 2, 3, 4});
        for (const char* name : {"query.onnx", "query.pt"}) {
            QVERIFY(exportModel(network, file(name)).has_value());
            const auto again = importModel(file(name), Shape{2, 3, 4});
            QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
            QVERIFY(
                test::maxDifference(forward(again->graph(), again->weights(), x, Mode::Evaluate),
                                    forward(network.graph(), network.weights(), x, Mode::Evaluate))
                < 1e-6);
            QCOMPARE(again->graph().params(), network.graph().params());
        }
    }

    void refusesWhatOnnxCannotSay()
    {
        const auto uneven = chainOf({3, 7, 7}, {{"pool", AdaptiveAvgPool2d{{3, 3}}, {}}});
        const auto status = exportOnnx(uneven, file("uneven.onnx"));
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unsupported);
        QVERIFY(QString::fromStdString(status.error().message).contains("'pool'"));
        QVERIFY(!fs::exists(file("uneven.onnx")));
    }

    void saysWhereItCannotWrite()
    {
        const auto network = chainOf({3, 4, 4}, {{"relu", Activation{}, {}}});
        const auto status = exportOnnx(network, file("nowhere") / "x.onnx");
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Io);
        QVERIFY(QString::fromStdString(status.error().message).contains("nowhere"));
    }

    void aRuntimeComputesWhatEachOperatorDoes_data()
    {
        QTest::addColumn<int>("index");
        const auto networks = test::singleOperators();
        for (std::size_t i = 0; i < networks.size(); ++i)
            QTest::newRow(networks[i].graph().nodes().back().name.c_str()) << static_cast<int>(i);
    }

    void aRuntimeComputesWhatEachOperatorDoes()
    {
        QFETCH(int, index);
        ESPALIER_NEEDS_RUNTIME(m_runtime);
        const auto networks = test::singleOperators();
        const auto problem = againstRuntime(networks[static_cast<std::size_t>(index)]);
        if (m_runtime.isOpenCv() && !problem.isEmpty()
            && unknownToOpenCv.contains(QTest::currentDataTag()))
            QSKIP(qPrintable(m_runtime.name() + ": " + problem));
        QVERIFY2(problem.isEmpty(), qPrintable(m_runtime.name() + ": " + problem));
    }

    void aRuntimeComputesWhatANetworkDoes_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* name : {"images", "tokens", "resnet20", "resnet20_cifar10"})
            QTest::newRow(name) << name;
    }

    void aRuntimeComputesWhatANetworkDoes()
    {
        QFETCH(QString, model);
        ESPALIER_NEEDS_RUNTIME(m_runtime);
        std::optional<Network> network;
        if (model == "images" || model == "tokens") {
            if (m_runtime.isOpenCv())
                QSKIP("OpenCV's dnn does not know every operator; needs ONNX Runtime");
            network = model == "images" ? test::imageOperators() : test::tokenOperators();
        } else if (model == "resnet20") {
            network = test::randomNetwork(makeNetwork("resnet20", {3, 32, 32}, 10, 1)->graph());
        } else {
            ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10.pt");
            auto imported = importModel(path);
            QVERIFY(imported);
            network = std::move(*imported);
        }
        const auto problem = againstRuntime(*network);
        QVERIFY2(problem.isEmpty(), qPrintable(m_runtime.name() + ": " + problem));
    }
};

QTEST_GUILESS_MAIN(TestOnnxExport)
#include "tst_onnx_export.moc"
