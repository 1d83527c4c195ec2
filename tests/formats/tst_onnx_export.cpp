#include <QtTest>

#include <fstream>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>
#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include "formats/model_file.h"
#include "formats/onnx.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/every_operator.h"
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

/// The Python of the tests: $ESPALIER_PYTHON, else the one on the path.
QString python()
{
    return qEnvironmentVariable("ESPALIER_PYTHON", "python3");
}

QString runtimesScript()
{
    return QString::fromStdString(test::testFile("formats/onnx_runtimes.py").string());
}

QString runtimeName()
{
    QProcess process;
    process.start(python(), {runtimesScript()});
    return process.waitForFinished(60'000) && process.exitCode() == 0
        ? QString::fromUtf8(process.readAllStandardOutput())
        : QString();
}

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

    /// The largest difference of a runtime's outputs to ours, relative to the largest output.
    double differenceInRuntime(const Network& network, const fs::path& model, const at::Tensor& x)
    {
        const auto source = file("x.f32").string();
        const auto target = file("y.f32").string();
        std::ofstream(source, std::ios::binary)
            .write(static_cast<const char*>(x.data_ptr()),
                   static_cast<std::streamsize>(x.nbytes()));
        QStringList arguments{runtimesScript(), QString::fromStdString(model.string()),
                              QString::fromStdString(source), QString::fromStdString(target)};
        for (const auto extent : x.sizes())
            arguments << QString::number(extent);
        QProcess process;
        process.start(python(), arguments);
        if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
            qWarning("%s", process.readAllStandardError().constData());
            return std::numeric_limits<double>::infinity();
        }
        const auto expected = forward(network.graph(), network.weights(), x, Mode::Evaluate);
        auto found = at::empty_like(expected);
        std::ifstream stream(target, std::ios::binary);
        stream.read(static_cast<char*>(found.data_ptr()),
                    static_cast<std::streamsize>(found.nbytes()));
        if (!stream || stream.peek() != std::ifstream::traits_type::eof())
            return std::numeric_limits<double>::infinity();
        return test::maxDifference(found, expected) / expected.abs().max().item<double>();
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

    void runsInAnotherRuntime_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* name : {"images", "tokens", "resnet20_cifar10"})
            QTest::newRow(name) << name;
    }

    void runsInAnotherRuntime()
    {
        QFETCH(QString, model);
        const auto runtime = runtimeName();
        if (runtime.isEmpty())
            QSKIP("needs Python with onnxruntime or OpenCV (ESPALIER_PYTHON chooses another)");
        if (runtime == "opencv" && model != "resnet20_cifar10")
            QSKIP("OpenCV's dnn does not know every operator; needs onnxruntime");
        std::optional<Network> network;
        if (model == "images" || model == "tokens") {
            network = model == "images" ? test::imageOperators() : test::tokenOperators();
        } else {
            ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10.pt");
            auto imported = importModel(path);
            QVERIFY(imported);
            network = std::move(*imported);
        }
        const auto path = file("runs.onnx");
        QVERIFY(exportOnnx(*network, path));
        auto shape = network->graph().inputShape();
        for (const std::int64_t batch : {1, 3}) {
            auto sizes = shape;
            sizes.insert(sizes.begin(), batch);
            const auto difference = differenceInRuntime(*network, path, test::randomTensor(sizes));
            QVERIFY2(difference < 1e-5,
                     qPrintable(QString("%1 with %2").arg(difference).arg(runtime)));
        }
    }
};

QTEST_GUILESS_MAIN(TestOnnxExport)
#include "tst_onnx_export.moc"
