#include <QtTest>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "data/batch_stream_p.h"
#include "formats/onnx.h"
#include "network/architectures.h"
#include "network/batch_norm.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/every_operator.h"
#include "support/image_views.h"
#include "support/shared_data.h"
#include "support/specs.h"
#include "support/tensors.h"
#include "training/finetune.h"
#include "training/restore_norm.h"

using namespace espalier;

namespace {

at::Tensor run(const Network& network, const at::Tensor& x, Mode mode = Mode::Evaluate)
{
    const at::NoGradGuard noGrad;
    const auto weights = cloneWeights(network.weights()); // training updates statistics
    return forward(network.graph(), weights, x, mode);
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return test::maxDifference(a, b) / b.abs().max().item<double>();
}

/// A small ResNet as exporters leave it.
Network folded()
{
    auto network = makeNetwork("resnet20", {3, 8, 8}, 4, 1);
    return test::withoutBatchNorm(test::randomNetwork(network->graph()));
}

at::Tensor imagesOf(const DataView& data)
{
    BatchStream stream(data, inOrder(data.count(), data.count()));
    return stream.next({})->images;
}

const BatchNorm2d* normOf(const Network& network, const char* name)
{
    const auto id = network.graph().find(name);
    return id ? std::get_if<BatchNorm2d>(&network.graph().node(*id).operation) : nullptr;
}

} // namespace

class TestRestoreNorm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void outputsStay_data()
    {
        QTest::addColumn<bool>("measured");
        QTest::newRow("measured statistics") << true;
        QTest::newRow("no images") << false;
    }

    void outputsStay()
    {
        QFETCH(bool, measured);
        const auto network = folded();
        const auto data = measured ? test::noiseImages(70, {3, 8, 8}, 4) : DataView();
        const auto restored = restoreBatchNorm(network, data);
        QVERIFY2(restored.has_value(), restored ? "" : restored.error().message.c_str());
        const auto x = test::randomTensor({5, 3, 8, 8}, 3);
        const auto off = difference(run(*restored, x), run(network, x));
        QVERIFY2(off < 1e-6, qPrintable(QString("%1 off").arg(off)));
        QVERIFY(normOf(*restored, "conv1_bn"));
        QCOMPARE(convolutionsWithoutNorm(network.graph()).size(), std::size_t{19});
        QVERIFY(convolutionsWithoutNorm(restored->graph()).empty());
        QCOMPARE(restored->graph().macs(), network.graph().macs());
    }

    void batchesLikeTheDataGiveTheSameInTraining()
    {
        const auto network = folded();
        const auto data = test::noiseImages(120, {3, 8, 8}, 4); // several batches
        const auto restored = restoreBatchNorm(network, data);
        QVERIFY(restored);
        const auto x = imagesOf(data);
        const auto off = difference(run(*restored, x, Mode::Train), run(network, x));
        QVERIFY2(off < 1e-4, qPrintable(QString("%1 off").arg(off)));
        const auto plain = restoreBatchNorm(network, {});
        QVERIFY(difference(run(*plain, x, Mode::Train), run(network, x)) > 1e-2);
    }

    void trainingMovesItAndTheExportKeepsIt()
    {
        const auto data = test::noiseImages(40, {3, 8, 8}, 4);
        const auto restored = restoreBatchNorm(folded(), data);
        QVERIFY(restored);
        TrainSettings settings{.epochs = 1, .batchSize = 20};
        const auto trained = train({*restored, nullptr, 0}, data, settings, 1);
        QVERIFY2(trained.has_value(), trained ? "" : trained.error().message.c_str());
        const auto id = *restored->graph().find("layer1.0.conv1_bn");
        const auto& before = restored->weights()[id];
        const auto& after = trained->network.weights()[id];
        QVERIFY(test::maxDifference(before.weight, after.weight) > 0.0);
        QVERIFY(test::maxDifference(before.bias, after.bias) > 0.0);
        QVERIFY(test::maxDifference(before.runningMean, after.runningMean) > 0.0);
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "trained.onnx";
        QVERIFY(exportOnnx(trained->network, file));
        const auto back = importOnnx(file);
        QVERIFY(back);
        const auto x = test::randomTensor({5, 3, 8, 8}, 4);
        QVERIFY(difference(run(*back, x), run(trained->network, x)) < 1e-5);
        QVERIFY(normOf(*back, "layer1.0.conv1_bn"));
    }

    void aChannelThatIsAlwaysTheSameStays()
    {
        test::Specs specs;
        auto x = specs.input();
        x = specs.add(
            "conv", Conv2d{.inChannels = 3, .outChannels = 2, .kernel = {3, 3}, .bias = true}, {x});
        specs.classifier(x, 2);
        const auto random = test::randomNetwork(specs.graph({3, 4, 4}));
        auto weights = cloneWeights(random.weights());
        weights[NodeId(1)].weight[0].zero_();
        const Network network(random.sharedGraph(),
                              std::make_shared<const Network::Weights>(weights));
        const auto data = test::noiseImages(8, {3, 4, 4}, 2);
        const auto restored = restoreBatchNorm(network, data);
        QVERIFY(restored);
        const auto images = imagesOf(data);
        QVERIFY(difference(run(*restored, images), run(network, images)) < 1e-6);
        QVERIFY(difference(run(*restored, images, Mode::Train), run(network, images)) < 1e-4);
    }

    void leavesConvolutionsThatNeverHadOne()
    {
        // The gate of a squeeze-excite works on one position, transformers have layer norm.
        test::Specs specs;
        auto x = specs.input();
        const auto biased = [](std::int64_t from, std::int64_t to) {
            return Conv2d{.inChannels = from, .outChannels = to, .bias = true};
        };
        x = specs.add("first", biased(3, 4), {x});
        auto gate = specs.add("squeeze", AdaptiveAvgPool2d{}, {x});
        gate = specs.add("excite", biased(4, 4), {gate});
        x = specs.add("scaled", Multiply{}, {x, gate});
        x = specs.add("classes", biased(4, 2), {x});
        x = specs.add("pool", AdaptiveAvgPool2d{}, {x});
        specs.add("flat", Flatten{}, {x});
        const auto graph = specs.graph({3, 6, 6});
        std::vector<std::string> names;
        for (const auto id : convolutionsWithoutNorm(graph))
            names.push_back(graph.node(id).name);
        QCOMPARE(names, std::vector<std::string>{"first"});
        QVERIFY(convolutionsWithoutNorm(test::tokenOperators().graph()).empty());
        const auto kept = makeNetwork("resnet20", {3, 8, 8}, 4, 1);
        const auto same = restoreBatchNorm(*kept, {});
        QVERIFY(same && same->sharedGraph() == kept->sharedGraph());
    }
};

QTEST_GUILESS_MAIN(TestRestoreNorm)
#include "tst_restore_norm.moc"
