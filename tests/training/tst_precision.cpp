#include <cmath>

#include <QtTest>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/precision_p.h"
#include "network/runtime_p.h"
#include "support/every_operator.h"
#include "support/image_sets.h"
#include "support/tensors.h"
#include "training/evaluate.h"
#include "training/finetune.h"

using namespace espalier;

namespace {

constexpr DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
constexpr DeviceSpec cuda{.kind = DeviceSpec::Kind::Cuda};

DataView::All imageViews()
{
    const auto data = test::randomDataset({1, 8, 8}, 48, 16, 4);
    return *DataView::makeAll(data, data.defaultNormalisation({}),
                              {.calibration = 0, .validation = 16, .train = {}, .seed = 1}, cpu);
}

Network smallNetwork()
{
    return test::randomNetwork(makeNetwork("resnet8", {1, 8, 8}, 4, 1)->graph());
}

at::Tensor outputIn(Precision precision, const Network& network, Mode mode)
{
    auto sizes = network.graph().inputShape();
    sizes.insert(sizes.begin(), 3);
    const PrecisionScope scope(precision, c10::kCPU);
    return forward(network.graph(), network.weights(), test::randomTensor(sizes), mode);
}

Result<TrainState> trainedIn(Precision precision, const TrainHooks& hooks = {})
{
    TrainSettings settings;
    settings.epochs = 3;
    settings.batchSize = 16;
    settings.precision = precision;
    return train({smallNetwork(), nullptr, 0}, imageViews().train, settings, 1, hooks);
}

} // namespace

class TestPrecision : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(1); }

    void isKnownByPyTorchsNames()
    {
        for (const auto precision : precisions)
            QVERIFY(parsePrecision(precisionName(precision)) == precision);
        const auto unknown = parsePrecision("float16");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(QString::fromStdString(unknown.error().message),
                 "'float16' is not a precision; known are float32, tf32 and bfloat16.");
    }

    void bfloat16IsCloseButNotEqual()
    {
        const auto data = imageViews().test;
        const auto network = smallNetwork();
        const auto exact = evaluate(network, data);
        const auto rounded = evaluate(network, data, {}, {}, Precision::BFloat16);
        QVERIFY2(rounded.has_value(), rounded ? "" : rounded.error().message.c_str());
        QVERIFY(rounded->loss != exact->loss); // or it would not be on
        QVERIFY(std::abs(rounded->loss - exact->loss) < 0.05 * exact->loss);
        QVERIFY(std::abs(rounded->accuracy - exact->accuracy) <= 2.0 / 16.0);
        QCOMPARE(evaluate(network, data)->loss, exact->loss); // off again
    }

    void everyOperatorRunsInBfloat16()
    {
        for (const auto& network : test::singleOperators()) {
            for (const auto mode : {Mode::Evaluate, Mode::Train}) {
                const auto name = network.graph().node(network.graph().output()).name;
                const auto ran = guarded(name, [&]() -> Status {
                    const at::NoGradGuard noGrad;
                    const Network copy(
                        network.sharedGraph(),
                        std::make_shared<const Network::Weights>(cloneWeights(network.weights())));
                    outputIn(Precision::BFloat16, copy, mode);
                    return {};
                });
                QVERIFY2(ran.has_value(), ran ? "" : ran.error().message.c_str());
            }
        }
    }

    void everyNetworkIsCloseInBfloat16()
    {
        const at::NoGradGuard noGrad;
        for (const auto& network : {test::imageOperators(), test::tokenOperators()}) {
            const auto exact = outputIn(Precision::Float32, network, Mode::Evaluate);
            const auto rounded =
                outputIn(Precision::BFloat16, network, Mode::Evaluate).to(at::kFloat);
            const auto largest = exact.abs().max().item<double>();
            QVERIFY(test::maxDifference(exact, rounded) > 0.0);
            QVERIFY(test::maxDifference(exact, rounded) < 0.1 * largest);
        }
    }

    void trainingKeepsWeightsAndOptimizerInFloat32()
    {
        std::vector<double> exactLosses;
        std::vector<double> losses;
        const auto into = [](std::vector<double>& kept) {
            TrainHooks hooks;
            hooks.epochFinished = [&kept](const EpochResult& epoch, const TrainState&) -> Status {
                kept.push_back(epoch.trainLoss);
                return {};
            };
            hooks.validation = imageViews().validation;
            return hooks;
        };
        const auto exact = trainedIn(Precision::Float32, into(exactLosses));
        const auto rounded = trainedIn(Precision::BFloat16, into(losses));
        QVERIFY2(rounded.has_value(), rounded ? "" : rounded.error().message.c_str());
        QCOMPARE(losses.size(), exactLosses.size());
        for (std::size_t i = 0; i < losses.size(); ++i) {
            QVERIFY(losses[i] != exactLosses[i]);
            QVERIFY(std::abs(losses[i] - exactLosses[i]) < 0.05 * exactLosses[i]);
        }
        for (const auto* weights : {&rounded->network.weights(), rounded->momentum.get()}) {
            for (const auto& node : weights->nodes)
                forEachTensor(node, [](std::string_view, const at::Tensor& tensor) {
                    QVERIFY(!tensor.defined() || tensor.scalar_type() == at::kFloat);
                });
        }
    }

    void tf32DoesNothingOnTheCpuAndSaysSo()
    {
        const auto data = imageViews().test;
        const auto network = smallNetwork();
        QCOMPARE(evaluate(network, data, {}, {}, Precision::Tf32)->loss,
                 evaluate(network, data)->loss);
        QVERIFY(precisionNotice(Precision::Tf32, cpu).has_value());
        QVERIFY(!precisionNotice(Precision::Tf32, cuda).has_value());
        QVERIFY(!precisionNotice(Precision::BFloat16, cpu).has_value());
    }

    void aDeviceThatIsNotThereIsRefused()
    {
        QVERIFY(checkPrecision(Precision::BFloat16, cpu).has_value());
        if (resolveDevice(cuda))
            QSKIP("there is a CUDA device");
        const auto refused = checkPrecision(Precision::BFloat16, cuda);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        QVERIFY(refused.error().message.find("use the precision float32") != std::string::npos);
    }

    void networksRunOnCudaInEachPrecision()
    {
        if (!resolveDevice(cuda))
            QSKIP("no CUDA device");
        const auto network = *onDevice(
            test::randomNetwork(makeNetwork("resnet20", {3, 32, 32}, 10, 1)->graph()), cuda);
        const auto data = test::randomDataset({3, 32, 32}, 48, 200, 10);
        const auto views =
            *DataView::makeAll(data, data.defaultNormalisation({}),
                               {.calibration = 0, .validation = 16, .train = {}, .seed = 1}, cuda);
        const auto exact = evaluate(network, views.test);
        QVERIFY(exact.has_value());
        for (const auto precision : {Precision::Tf32, Precision::BFloat16}) {
            const auto rounded = evaluate(network, views.test, {}, {}, precision);
            QVERIFY2(rounded.has_value(), rounded ? "" : rounded.error().message.c_str());
            QVERIFY(rounded->loss != exact->loss);
            QVERIFY(std::abs(rounded->loss - exact->loss) < 0.05 * exact->loss);
            TrainSettings settings;
            settings.epochs = 1;
            settings.batchSize = 16;
            settings.precision = precision;
            const auto trained = train({network, nullptr, 0}, views.train, settings, 1);
            QVERIFY2(trained.has_value(), trained ? "" : trained.error().message.c_str());
        }
        QCOMPARE(evaluate(network, views.test)->loss, exact->loss);
    }
};

QTEST_GUILESS_MAIN(TestPrecision)
#include "tst_precision.moc"
