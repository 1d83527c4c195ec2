#include <array>
#include <cmath>

#include <QTest>

#include <ATen/TensorOperators.h>

#include "network/architectures.h"
#include "network/runtime.h"
#include "support/image_sets.h"
#include "support/tensors.h"
#include "training/finetune.h"
#include "training/linear_network.h"

using namespace espalier;
using namespace espalier::test;

namespace {

const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
constexpr AugmentSettings noAugmentation{.cropPadding = 0, .flip = false};

/// What is trained by hand: a Linear of 2 inputs and 2 outputs.
struct ByHand {
    std::array<std::array<double, 2>, 2> weight{};
    std::array<double, 2> bias{};
};

/// Mean gradient of the (smoothed) cross-entropy over all images.
ByHand gradient(const ByHand& at, const std::vector<std::array<double, 2>>& images,
                const std::vector<std::size_t>& labels, double smoothing)
{
    ByHand sum;
    for (std::size_t i = 0; i < images.size(); ++i) {
        std::array<double, 2> outputs{};
        for (std::size_t o = 0; o < 2; ++o)
            outputs[o] = std::exp(at.bias[o] + at.weight[o][0] * images[i][0]
                                  + at.weight[o][1] * images[i][1]);
        for (std::size_t o = 0; o < 2; ++o) {
            const double target = (labels[i] == o ? 1.0 - smoothing : 0.0) + smoothing / 2.0;
            const double error =
                (outputs[o] / (outputs[0] + outputs[1]) - target) / double(images.size());
            sum.bias[o] += error;
            sum.weight[o][0] += error * images[i][0];
            sum.weight[o][1] += error * images[i][1];
        }
    }
    return sum;
}

/// w -> w - rate * step, with v = momentum v + g + decay w; step = g + decay w + momentum v or v.
void stepByHand(double& w, double& v, double g, double decay, const TrainSettings& settings)
{
    const double full = g + decay * w;
    v = settings.momentum * v + full;
    w -= settings.learningRate * (settings.nesterov ? full + settings.momentum * v : v);
}

bool equalWeights(const Network::Weights& a, const Network::Weights& b)
{
    if (a.nodes.size() != b.nodes.size())
        return false;
    for (std::size_t i = 0; i < a.nodes.size(); ++i) {
        const auto same = [](const at::Tensor& x, const at::Tensor& y) {
            return x.defined() ? y.defined() && at::equal(x, y) : !y.defined();
        };
        if (!same(a.nodes[i].weight, b.nodes[i].weight) || !same(a.nodes[i].bias, b.nodes[i].bias)
            || !same(a.nodes[i].runningMean, b.nodes[i].runningMean)
            || !same(a.nodes[i].runningVariance, b.nodes[i].runningVariance))
            return false;
    }
    return true;
}

/// As a session file gives weights back: the same values, stored contiguously.
std::shared_ptr<const Network::Weights> restored(const Network::Weights& weights)
{
    auto copy = std::make_shared<Network::Weights>(weights);
    for (auto& node : copy->nodes)
        forEachTensor(node, [](std::string_view, at::Tensor& tensor) {
            if (tensor.defined())
                tensor = tensor.clone(at::MemoryFormat::Contiguous);
        });
    return copy;
}

/// A small convolutional network with everything that could make a run unrepeatable.
Network networkWithDropout()
{
    auto specs = makeNetwork("resnet8", {1, 8, 8}, 4, 5)->graph().specs();
    const auto linear = specs.back();
    specs.back() = {"dropout", Dropout{0.3}, linear.inputs};
    specs.push_back({"linear", linear.operation, {NodeId(std::ssize(specs) - 1)}});
    return randomNetwork(*Graph::build(std::move(specs), {1, 8, 8}), 3);
}

DataView::All imageViews(DeviceSpec device = cpu)
{
    const auto data = randomDataset({1, 8, 8}, 50, 4, 4);
    return *DataView::makeAll(data, data.defaultNormalisation({}),
                              {.calibration = 0, .validation = 8, .train = {}, .seed = 1}, device);
}

TrainSettings shortSettings()
{
    TrainSettings settings;
    settings.epochs = 4;
    settings.batchSize = 16;
    settings.learningRate = 0.05;
    settings.schedule = Schedule::Cosine;
    settings.warmupEpochs = 1;
    settings.labelSmoothing = 0.1;
    settings.augment = {.cropPadding = 1, .flip = true};
    return settings;
}

} // namespace

class TestFinetune : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); } // as many threads as a real run has
    void stepsAsWorkedOutByHand_data();
    void stepsAsWorkedOutByHand();
    void updatesRunningStatistics();
    void leavesTheGivenNetworkAlone();
    void repeatsBitForBit_data();
    void repeatsBitForBit();
    void resumesBitForBit();
    void dependsOnTheSeed();
    void learns();
    void trainsThroughASoftmax();
    void countsCopiesAndLeavesOutASingleLastImage();
    void measuresValidationAfterEachEpoch();
    void stopsAfterTheBatch();
    void endsWithTheHooksError();
    void refusesALossThatIsNotFinite();
    void refusesWhatDoesNotFit();
    void doesNothingWhenAllEpochsAreDone();
};

void TestFinetune::stepsAsWorkedOutByHand_data()
{
    QTest::addColumn<bool>("nesterov");
    QTest::addColumn<double>("decay");
    QTest::addColumn<bool>("decayNorm");
    QTest::addColumn<double>("smoothing");
    QTest::newRow("momentum") << false << 0.0 << true << 0.0;
    QTest::newRow("Nesterov") << true << 0.0 << true << 0.0;
    QTest::newRow("decay on everything") << true << 0.1 << true << 0.0;
    QTest::newRow("decay not on biases") << true << 0.1 << false << 0.0;
    QTest::newRow("label smoothing") << true << 0.0 << true << 0.2;
}

void TestFinetune::stepsAsWorkedOutByHand()
{
    QFETCH(bool, nesterov);
    QFETCH(double, decay);
    QFETCH(bool, decayNorm);
    QFETCH(double, smoothing);
    TrainSettings settings;
    settings.epochs = 3; // one batch each: three steps
    settings.batchSize = 3;
    settings.learningRate = 0.5;
    settings.nesterov = nesterov;
    settings.weightDecay = decay;
    settings.decayNorm = decayNorm;
    settings.labelSmoothing = smoothing;
    settings.augment = noAugmentation;
    const auto data = smallViews({255, 0, 0, 255, 51, 102}, {0, 1, 1});
    const auto state = train({linearNetwork({0.5F, -1.0F, 0.25F, 2.0F}, {0.1F, -0.2F}), nullptr, 0},
                             data.train, settings, 1);
    QVERIFY2(state.has_value(), state ? "" : state.error().message.c_str());

    ByHand now{.weight = {{{0.5, -1.0}, {0.25, 2.0}}}, .bias = {0.1, -0.2}};
    ByHand velocity;
    for (int step = 0; step < 3; ++step) {
        const auto g = gradient(now, {{1.0, 0.0}, {0.0, 1.0}, {0.2, 0.4}}, {0, 1, 1}, smoothing);
        for (std::size_t o = 0; o < 2; ++o) {
            stepByHand(now.bias[o], velocity.bias[o], g.bias[o], decayNorm ? decay : 0.0, settings);
            for (std::size_t i = 0; i < 2; ++i)
                stepByHand(now.weight[o][i], velocity.weight[o][i], g.weight[o][i], decay,
                           settings);
        }
    }
    const auto& trained = state->network.weights().nodes[2];
    const auto& momentum = state->momentum->nodes[2];
    for (std::int64_t o = 0; o < 2; ++o) {
        const auto row = static_cast<std::size_t>(o);
        QVERIFY(std::abs(trained.bias[o].item<double>() - now.bias[row]) < 1e-5);
        QVERIFY(std::abs(momentum.bias[o].item<double>() - velocity.bias[row]) < 1e-5);
        for (std::int64_t i = 0; i < 2; ++i) {
            const auto column = static_cast<std::size_t>(i);
            QVERIFY(std::abs(trained.weight[o][i].item<double>() - now.weight[row][column]) < 1e-5);
            QVERIFY(std::abs(momentum.weight[o][i].item<double>() - velocity.weight[row][column])
                    < 1e-5);
        }
    }
    QVERIFY(!trained.weight.requires_grad());
}

void TestFinetune::updatesRunningStatistics()
{
    auto settings = shortSettings();
    settings.epochs = 1;
    settings.batchSize = 42; // the whole training split
    settings.augment = noAugmentation;
    const Network network = networkWithDropout();
    const auto views = imageViews();
    const auto state = train({network, nullptr, 0}, views.train, settings, 1);
    const auto bn = *network.graph().find("bn1");
    const auto conv = *network.graph().find("conv1");
    const auto images = batchOf(views.train, 0, 42).images;
    const auto values = at::conv2d(images, network.weights()[conv].weight, {}, 1, 1);
    const auto mean = values.mean(at::IntArrayRef{0, 2, 3});
    const auto expected = network.weights()[bn].runningMean * 0.9 + mean * 0.1;
    QVERIFY(maxDifference(state->network.weights()[bn].runningMean, expected) < 1e-5);
}

void TestFinetune::leavesTheGivenNetworkAlone()
{
    const Network network = networkWithDropout();
    const auto before = cloneWeights(network.weights());
    const TrainState state{network, nullptr, 0};
    const auto trained = train(state, imageViews().train, shortSettings(), 1);
    QVERIFY(trained.has_value());
    QVERIFY(equalWeights(network.weights(), before));
    QVERIFY(!equalWeights(trained->network.weights(), before));
}

void TestFinetune::repeatsBitForBit_data()
{
    QTest::addColumn<QString>("device");
    QTest::newRow("cpu") << "cpu";
    QTest::newRow("cuda") << "cuda";
}

void TestFinetune::repeatsBitForBit()
{
    QFETCH(QString, device);
    const auto spec = resolveDevice(*DeviceSpec::parse(device.toStdString()));
    if (!spec)
        QSKIP("needs a CUDA device and a LibTorch with CUDA");
    const TrainState start{networkWithDropout(), nullptr, 0};
    const auto views = imageViews(*spec);
    const auto a = train(start, views.train, shortSettings(), 7);
    const auto b = train(start, views.train, shortSettings(), 7);
    QVERIFY2(a.has_value(), a ? "" : a.error().message.c_str());
    QVERIFY(equalWeights(a->network.weights(), b->network.weights()));
    QVERIFY(equalWeights(*a->momentum, *b->momentum));
}

void TestFinetune::resumesBitForBit()
{
    const auto views = imageViews();
    const auto settings = shortSettings();
    std::vector<TrainState> states;
    TrainHooks hooks;
    hooks.epochFinished = [&](const EpochResult&, const TrainState& state) -> Status {
        states.push_back(state);
        return {};
    };
    const auto whole = train({networkWithDropout(), nullptr, 0}, views.train, settings, 7, hooks);
    QVERIFY(whole.has_value());
    QCOMPARE(states.size(), std::size_t{4});
    for (std::size_t epoch = 0; epoch < 4; ++epoch) {
        const auto& state = states[epoch];
        QCOMPARE(state.epochsDone, std::int64_t(epoch) + 1);
        const TrainState stored{
            Network(state.network.sharedGraph(), restored(state.network.weights())),
            restored(*state.momentum), state.epochsDone};
        const auto resumed = train(stored, views.train, settings, 7);
        QVERIFY(resumed.has_value());
        QVERIFY(equalWeights(whole->network.weights(), resumed->network.weights()));
        QVERIFY(equalWeights(*whole->momentum, *resumed->momentum));
    }
}

void TestFinetune::dependsOnTheSeed()
{
    const TrainState start{networkWithDropout(), nullptr, 0};
    const auto views = imageViews();
    const auto a = train(start, views.train, shortSettings(), 7);
    const auto b = train(start, views.train, shortSettings(), 8);
    QVERIFY(!equalWeights(a->network.weights(), b->network.weights()));
}

void TestFinetune::learns()
{
    auto settings = shortSettings();
    settings.epochs = 40;
    settings.labelSmoothing = 0.0;
    settings.augment = noAugmentation;
    const auto network = *makeNetwork("resnet8", {1, 8, 8}, 4, 1);
    std::vector<EpochResult> results;
    TrainHooks hooks;
    hooks.epochFinished = [&](const EpochResult& result, const TrainState&) -> Status {
        results.push_back(result);
        return {};
    };
    QVERIFY(train({network, nullptr, 0}, imageViews().train, settings, 1, hooks).has_value());
    QVERIFY2(results.back().trainAccuracy > 0.9,
             qPrintable(QString::number(results.back().trainAccuracy)));
    QVERIFY(results.back().trainLoss < 0.5 * results.front().trainLoss);
    QCOMPARE(results.back().epoch, 40);
    QCOMPARE(results.back().epochs, 40);
    QVERIFY(results.back().imagesPerSecond > 0.0);
    QCOMPARE(results.back().learningRate, learningRateAt(settings, 39, 2, 3));
}

void TestFinetune::trainsThroughASoftmax()
{
    TrainSettings settings;
    settings.epochs = 2;
    settings.batchSize = 2;
    settings.augment = noAugmentation;
    const auto data = smallViews({255, 0, 0, 255}, {0, 1});
    const auto plain =
        train({linearNetwork({1, 0, 0, 1}, {0, 0}), nullptr, 0}, data.train, settings, 1);
    const auto through = train({linearNetwork({1, 0, 0, 1}, {0, 0}, {Softmax{}}), nullptr, 0},
                               data.train, settings, 1);
    QVERIFY(maxDifference(plain->network.weights().nodes[2].weight,
                          through->network.weights().nodes[2].weight)
            < 1e-6);
}

void TestFinetune::countsCopiesAndLeavesOutASingleLastImage()
{
    auto settings = shortSettings();
    settings.epochs = 1;
    settings.copiesPerEpoch = 3; // 126 images
    settings.batchSize = 25; // 5 batches, one image left
    Progress last;
    TrainHooks hooks;
    hooks.progress = [&](const Progress& progress) { last = progress; };
    QVERIFY(train({networkWithDropout(), nullptr, 0}, imageViews().train, settings, 1, hooks)
                .has_value());
    QCOMPARE(last.done, 125);
    QCOMPARE(last.total, 125);
}

void TestFinetune::measuresValidationAfterEachEpoch()
{
    const auto views = imageViews();
    TrainHooks hooks;
    hooks.validation = views.validation;
    std::vector<std::optional<double>> accuracies;
    hooks.epochFinished = [&](const EpochResult& result, const TrainState&) -> Status {
        accuracies.push_back(result.validationAccuracy);
        return {};
    };
    const TrainState start{networkWithDropout(), nullptr, 0};
    const auto with = train(start, views.train, shortSettings(), 1, hooks);
    QVERIFY(with.has_value());
    QCOMPARE(accuracies.size(), std::size_t{4});
    for (const auto& accuracy : accuracies)
        QVERIFY(accuracy && *accuracy >= 0.0 && *accuracy <= 1.0);
    // Measuring must not change what is trained.
    const auto without = train(start, views.train, shortSettings(), 1);
    QVERIFY(equalWeights(with->network.weights(), without->network.weights()));
    hooks.validation = views.calibration; // empty
    accuracies.clear();
    QVERIFY(train(start, views.train, shortSettings(), 1, hooks).has_value());
    QVERIFY(!accuracies.front());
}

void TestFinetune::stopsAfterTheBatch()
{
    std::stop_source source;
    TrainHooks hooks;
    std::int64_t finished = 0;
    std::int64_t reportsAfterStop = 0;
    hooks.epochFinished = [&](const EpochResult&, const TrainState&) -> Status {
        ++finished;
        return {};
    };
    hooks.progress = [&](const Progress&) {
        if (source.stop_requested())
            ++reportsAfterStop;
        if (finished == 2)
            source.request_stop();
    };
    const auto result = train({networkWithDropout(), nullptr, 0}, imageViews().train,
                              shortSettings(), 1, hooks, source.get_token());
    QVERIFY(!result);
    QVERIFY(isStopped(result.error()));
    QCOMPARE(finished, 2);
    QCOMPARE(reportsAfterStop, 0);
}

void TestFinetune::endsWithTheHooksError()
{
    TrainHooks hooks;
    hooks.epochFinished = [](const EpochResult&, const TrainState&) -> Status {
        return fail(ErrorCode::Io, "The disk is full.");
    };
    const auto result =
        train({networkWithDropout(), nullptr, 0}, imageViews().train, shortSettings(), 1, hooks);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Io);
    QCOMPARE(result.error().message, std::string("The disk is full."));
}

void TestFinetune::refusesALossThatIsNotFinite()
{
    auto settings = shortSettings();
    settings.learningRate = 1e30;
    const auto result = train({networkWithDropout(), nullptr, 0}, imageViews().train, settings, 1);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(result.error().message.find("no longer finite") != std::string::npos,
             result.error().message.c_str());
    QVERIFY(result.error().message.find("lower the learning rate") != std::string::npos);
}

void TestFinetune::refusesWhatDoesNotFit()
{
    const TrainState start{networkWithDropout(), nullptr, 0};
    const auto foreign = train(start, smallViews({1, 2}, {0}).train, shortSettings(), 1);
    QCOMPARE(foreign.error().code, ErrorCode::Mismatch);
    const auto empty = train(start, imageViews().calibration, shortSettings(), 1);
    QCOMPARE(empty.error().code, ErrorCode::Mismatch);
    auto settings = shortSettings();
    settings.batchSize = 0;
    const auto wrong = train(start, imageViews().train, settings, 1);
    QCOMPARE(wrong.error().code, ErrorCode::InvalidArgument);
}

void TestFinetune::doesNothingWhenAllEpochsAreDone()
{
    const Network network = networkWithDropout();
    const auto result = train({network, nullptr, 4}, imageViews().train, shortSettings(), 1);
    QVERIFY(result.has_value());
    QVERIFY(equalWeights(result->network.weights(), network.weights()));
    QCOMPARE(result->epochsDone, 4);
}

QTEST_GUILESS_MAIN(TestFinetune)
#include "tst_finetune.moc"
