#include <QtTest>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "network/runtime_p.h"
#include "support/tensors.h"

using namespace espalier;

class TestExecutor : public QObject {
    Q_OBJECT

private:
    Network m_network = test::randomNetwork(makeNetwork("resnet8", {3, 16, 16}, 10, 1)->graph());
    at::Tensor m_images = test::randomTensor({4, 3, 16, 16});

    at::Tensor run(const Network& network, Mode mode) const
    {
        return forward(network.graph(), network.weights(), m_images, mode);
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    /// 1 x 1 convolution, batch norm, ReLU and linear layer, worked out by hand.
    void computesByHand()
    {
        auto graph = Graph::build(
            {{"input", Input{}, {}},
             {"conv", Conv2d{.inChannels = 1, .outChannels = 1, .bias = true}, {NodeId(0)}},
             {"norm", BatchNorm2d{.channels = 1, .epsilon = 0.0}, {NodeId(1)}},
             {"relu", Activation{}, {NodeId(2)}},
             {"flatten", Flatten{}, {NodeId(3)}},
             {"linear", Linear{2, 1, true}, {NodeId(4)}}},
            {1, 1, 2});
        Network::Weights weights;
        weights.nodes.resize(6);
        weights[NodeId(1)] = {.weight = at::full({1, 1, 1, 1}, 2.0), .bias = at::full({1}, 1.0)};
        weights[NodeId(2)] = {.weight = at::full({1}, 3.0),
                              .bias = at::full({1}, 0.5),
                              .runningMean = at::full({1}, 2.0),
                              .runningVariance = at::full({1}, 4.0)};
        weights[NodeId(5)] = {.weight = at::full({1, 2}, 10.0), .bias = at::full({1}, 0.25)};
        QVERIFY(checkWeights(*graph, weights).has_value());
        auto x = at::zeros({1, 1, 1, 2});
        x[0][0][0][0] = 3.0; // 7 -> (7 - 2) / 2 * 3 + 0.5 = 8
        x[0][0][0][1] = -1.0; // -1 -> -4 -> 0
        QCOMPARE(forward(*graph, weights, x, Mode::Evaluate).item<float>(), 80.25f);
    }

    void trainingUsesAndUpdatesTheBatchStatistics()
    {
        const Network network(
            m_network.sharedGraph(),
            std::make_shared<const Network::Weights>(cloneWeights(m_network.weights())));
        const auto evaluated = run(network, Mode::Evaluate);
        const auto mean = network.weights()[NodeId(2)].runningMean.clone();
        QVERIFY(test::maxDifference(run(network, Mode::Train), evaluated) > 1e-3);
        QVERIFY(test::maxDifference(network.weights()[NodeId(2)].runningMean, mean) > 1e-4);
        QVERIFY(test::maxDifference(m_network.weights()[NodeId(2)].runningMean, mean) == 0.0);
    }

    void backpropagates()
    {
        auto weights = cloneWeights(m_network.weights());
        weights[NodeId(1)].weight.set_requires_grad(true);
        forward(m_network.graph(), weights, m_images, Mode::Train).sum().backward();
        QVERIFY(weights[NodeId(1)].weight.grad().defined());
        QVERIFY(weights[NodeId(1)].weight.grad().abs().sum().item<float>() > 0);
    }

    void anEmptyAblationChangesNothing()
    {
        const at::NoGradGuard noGrad;
        const auto& graph = m_network.graph();
        const auto all = forwardKeepingAll(graph, m_network.weights(), m_images);
        const std::vector<NodeId> wanted{graph.output(), graph.features()};
        const auto values = forwardAblated(graph, m_network.weights(), all, {}, wanted);
        QVERIFY(at::equal(values[0], run(m_network, Mode::Evaluate)));
        QVERIFY(at::equal(values[1], all[graph.features()]));
    }

    /// Zeroing channel 3 of a batch norm equals zeroing its weight and bias.
    void zeroesChannels()
    {
        const at::NoGradGuard noGrad;
        const auto& graph = m_network.graph();
        const auto norm = *graph.find("layer2.0.bn1");
        auto weights = cloneWeights(m_network.weights());
        weights[norm].weight[3] = 0.0;
        weights[norm].bias[3] = 0.0;
        const auto all = forwardKeepingAll(graph, m_network.weights(), m_images);
        const std::vector<NodeId> wanted{graph.output()};
        const auto ablated = forwardAblated(graph, m_network.weights(), all,
                                            {.channels = {{norm, 0, {3}}}}, wanted)[0];
        QVERIFY(test::maxDifference(ablated, forward(graph, weights, m_images, Mode::Evaluate))
                < 1e-5);
        QVERIFY(test::maxDifference(ablated, all[wanted[0]]) > 1e-4);
    }

    void channelsLastChangesNothing()
    {
        const at::NoGradGuard noGrad;
        const auto fast = onDevice(m_network, {.kind = DeviceSpec::Kind::Cpu});
        QVERIFY(fast.has_value());
        const auto expected = run(m_network, Mode::Evaluate);
        QVERIFY(test::maxDifference(run(*fast, Mode::Evaluate), expected)
                < 1e-5 * std::max(1.0, expected.abs().max().item<double>()));
    }

    void checksWeights()
    {
        auto weights = cloneWeights(m_network.weights());
        weights[NodeId(1)].weight = at::zeros({2, 2});
        const auto wrongShape = checkWeights(m_network.graph(), weights);
        QVERIFY(!wrongShape
                && wrongShape.error().message.find("conv1.weight") != std::string::npos);
        weights[NodeId(1)].weight = m_network.weights()[NodeId(1)].weight * std::nan("");
        const auto notFinite = checkWeights(m_network.graph(), weights);
        QVERIFY(!notFinite && notFinite.error().message.find("not finite") != std::string::npos);
        weights[NodeId(1)].weight.reset();
        QVERIFY(!checkWeights(m_network.graph(), weights).has_value());
    }

    void resolvesDevices()
    {
        QVERIFY(resolveDevice({}).has_value());
        QVERIFY(resolveDevice({})->kind != DeviceSpec::Kind::Auto);
        const auto absent = resolveDevice({.kind = DeviceSpec::Kind::Cuda, .index = 99});
        QVERIFY(!absent && absent.error().message.find("cuda:99") != std::string::npos);
    }

    void turnsLibTorchsExceptionsIntoSentences()
    {
        const auto status = guarded("adding", []() -> Status {
            at::zeros({2}) + at::zeros({3});
            return {};
        });
        QVERIFY(!status.has_value());
        QVERIFY(status.error().message.find("while adding") != std::string::npos);
        QVERIFY(status.error().message.find('\n') == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestExecutor)
#include "tst_executor.moc"
