#include <QtTest>

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "structures/removal.h"
#include "support/specs.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;

namespace {

Network resnet(const Shape& input = {3, 16, 16})
{
    return test::randomNetwork(makeNetwork("resnet20", input, 10, 1)->graph());
}

/// The strongest oracle: pruned output against that of the whole network with the parts zeroed, as
/// a fraction of the largest output where that is above 1 (random weights amplify).
double differenceToMasked(const Network& network, const Removal& removal)
{
    const auto structures = findStructures(network.graph());
    const auto pruned = prune(network, structures, removal);
    if (!pruned)
        qFatal("%s", pruned.error().message.c_str());
    auto shape = network.graph().inputShape();
    shape.insert(shape.begin(), 4);
    const auto x = test::randomTensor(shape, 7);
    const auto parent = forwardKeepingAll(network.graph(), network.weights(), x);
    const auto ablation = ablationOf(network.graph(), structures, removal);
    const std::vector<NodeId> wanted{network.graph().output()};
    const auto masked =
        forwardAblated(network.graph(), network.weights(), parent, *ablation, wanted)[0];
    const auto cut = forward(pruned->graph(), pruned->weights(), x, Mode::Evaluate);
    if (test::maxDifference(masked, parent[wanted[0]]) < 1e-4)
        qFatal("the removal changes nothing: a test on it would pass for the wrong reason");
    return test::maxDifference(masked, cut) / std::max(1.0, masked.abs().max().item<double>());
}

} // namespace

class TestSurgery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void everyLayerEqualsMasked()
    {
        const at::NoGradGuard noGrad;
        const auto network = resnet();
        for (const auto& layer : findStructures(network.graph()).layers) {
            const auto difference = differenceToMasked(network, {.layers = {layer.name}});
            QVERIFY2(difference < 1e-5, (layer.name + " " + std::to_string(difference)).c_str());
        }
    }

    void everyFilterGroupEqualsMasked()
    {
        const at::NoGradGuard noGrad;
        const auto network = resnet();
        for (const auto& group : findStructures(network.graph()).filters) {
            const std::vector<std::int64_t> some{group.channels[0], group.channels[3],
                                                 group.channels.back()};
            const auto difference = differenceToMasked(network, {.filters = {{group.name, some}}});
            QVERIFY2(difference < 1e-5, (group.name + " " + std::to_string(difference)).c_str());
        }
    }

    void layersAndFiltersTogetherEqualMasked()
    {
        const at::NoGradGuard noGrad;
        const Removal removal{.layers = {"layer1.0", "layer1.1", "layer3.2"},
                              .filters = {{"conv1", {0, 5, 15}},
                                          {"layer2.0.conv2", {0, 30}},
                                          {"layer3.1.conv1", {1, 2, 3}}}};
        QVERIFY(differenceToMasked(resnet(), removal) < 1e-5);
    }

    void pruningTwiceEqualsMasked()
    {
        const at::NoGradGuard noGrad;
        const auto network = resnet();
        const auto once = prune(network, findStructures(network.graph()),
                                {.layers = {"layer1.1"}, .filters = {{"conv1", {2}}}});
        QVERIFY(once.has_value());
        QVERIFY(differenceToMasked(*once, {.filters = {{"layer2.0.conv2", {0, 1, 2}}}}) < 1e-5);
    }

    void countsOfTheReference()
    {
        // ../shared/reference/expected_resnet20.json: 10 % of each block's first convolution.
        const auto graph = makeNetwork("resnet20", {3, 32, 32}, 10, 1)->graph();
        const auto structures = findStructures(graph);
        Removal removal;
        for (const auto& group : structures.filters) {
            if (!group.firstOfBlock)
                continue;
            const auto count = group.channels.size() * 10 / 100 + (group.channels.size() % 10 > 5);
            removal.filters[group.name] = {group.channels.begin(),
                                           group.channels.begin() + static_cast<long>(count)};
        }
        const auto pruned = prunedGraph(graph, structures, removal);
        QCOMPARE(pruned->macs(), 36'348'544);
        QCOMPARE(pruned->params(), 244'168);
        const auto without = prunedGraph(graph, structures, {.layers = {"layer3.1"}});
        QCOMPARE(without->macs(), 35'832'448);
        QCOMPARE(without->params(), 195'738);
    }

    void leavesTheParentAlone()
    {
        const auto network = resnet();
        const auto before = network.weights()[NodeId(1)].weight.clone();
        const auto pruned =
            prune(network, findStructures(network.graph()), {.filters = {{"conv1", {0, 1}}}});
        QVERIFY(pruned.has_value());
        QCOMPARE(network.weights()[NodeId(1)].weight.size(0), 16);
        QVERIFY(at::equal(network.weights()[NodeId(1)].weight, before));
    }

    void everyHeadNeuronAndBranchOfATransformerEqualsMasked()
    {
        const at::NoGradGuard noGrad;
        const auto network =
            test::randomNetwork(makeNetwork("vit_4x64", {1, 28, 28}, 10, 1)->graph());
        const auto structures = findStructures(network.graph());
        for (const auto& group : structures.filters) {
            const auto difference = differenceToMasked(
                network, {.filters = {{group.name, {group.channels[0], group.channels[2]}}}});
            QVERIFY2(difference < 1e-5, (group.name + " " + std::to_string(difference)).c_str());
        }
        for (const auto& layer : structures.layers) {
            const auto difference = differenceToMasked(network, {.layers = {layer.name}});
            QVERIFY2(difference < 1e-5, (layer.name + " " + std::to_string(difference)).c_str());
        }
    }

    /// Shuffle, concatenation, chunk, gate and group normalisation in one network.
    void mixedCouplingsEqualMasked()
    {
        const at::NoGradGuard noGrad;
        test::Specs specs;
        const auto stem = specs.conv("stem", specs.input(), 3, 8);
        const auto left = specs.add("left", Slice{.dimension = 0, .start = 0, .stop = 4}, {stem});
        const auto right = specs.add("right", Slice{.dimension = 0, .start = 4, .stop = 8}, {stem});
        auto branch = specs.conv("branch", right, 4, 6);
        branch = specs.add("silu", Activation{.kind = ActivationKind::Silu}, {branch});
        branch = specs.conv("back", branch, 6, 4);
        auto x = specs.add("cat", Concat{0}, {left, branch});
        x = specs.add("shuffle",
                      Rearrange{.split = {2, 4, 8, 8}, .order = {1, 0, 2, 3}, .merged = {8, 8, 8}},
                      {x});
        auto gate = specs.add("squeeze", AdaptiveAvgPool2d{}, {x});
        gate = specs.add("expand", Conv2d{.inChannels = 8, .outChannels = 8}, {gate});
        gate = specs.add("sigmoid", Activation{.kind = ActivationKind::Sigmoid}, {gate});
        x = specs.add("scaled", Multiply{}, {x, gate});
        const auto layerScale = specs.add("scale", Parameter{.shape = {8, 1, 1}}, {});
        x = specs.add("weighted", Multiply{}, {x, layerScale});
        specs.classifier(x, 8);
        const auto network = test::randomNetwork(specs.graph({3, 8, 8}));
        const auto structures = findStructures(network.graph());
        QVERIFY(structures.filters.size() >= 2);
        for (const auto& group : structures.filters) {
            const auto difference =
                differenceToMasked(network, {.filters = {{group.name, {group.channels[0]}}}});
            QVERIFY2(difference < 1e-5, (group.name + " " + std::to_string(difference)).c_str());
        }
    }

    /// A map of positions is added to every channel alike: what a removed one gets must go too.
    void addedPositionsEqualMasked()
    {
        const at::NoGradGuard noGrad;
        test::Specs specs;
        auto x = specs.conv("a", specs.input(), 3, 4);
        const auto positions = specs.add("positions", Parameter{.shape = {1, 8, 8}}, {});
        x = specs.add("placed", Add{}, {x, positions});
        x = specs.conv("b", x, 4, 4);
        specs.classifier(x, 4);
        const auto network = test::randomNetwork(specs.graph({3, 8, 8}));
        QVERIFY(differenceToMasked(network, {.filters = {{"a", {1}}}}) < 1e-5);
    }

    void refusesALayerAndTheChannelsAroundItAtOnce()
    {
        test::Specs specs;
        auto x = specs.conv("a", specs.input(), 3, 4);
        x = specs.conv("b", x, 4, 4);
        x = specs.conv("c", x, 4, 4);
        specs.classifier(x, 4);
        const auto network = test::randomNetwork(specs.graph({3, 8, 8}));
        const auto structures = findStructures(network.graph());
        QVERIFY(prune(network, structures, {.layers = {"b"}}).has_value());
        const auto both =
            prune(network, structures, {.layers = {"b"}, .filters = {{"a", {0}}, {"b", {3}}}});
        QVERIFY(!both.has_value());
        QVERIFY(both.error().message.find("one after the other") != std::string::npos);
    }

    void refusesWhatIsNotThere_data()
    {
        QTest::addColumn<QString>("layer");
        QTest::addColumn<QString>("group");
        QTest::addColumn<int>("channels");
        QTest::addColumn<QString>("says");
        QTest::newRow("layer") << "layer9.9"
                               << "" << 0 << "layer9.9";
        QTest::newRow("group") << ""
                               << "convX" << 1 << "convX";
        QTest::newRow("channel") << ""
                                 << "conv1" << -1 << "filter 99";
        QTest::newRow("all") << ""
                             << "layer1.0.conv1" << 16 << "at least one";
    }

    void refusesWhatIsNotThere()
    {
        QFETCH(QString, layer);
        QFETCH(QString, group);
        QFETCH(int, channels);
        QFETCH(QString, says);
        Removal removal;
        if (!layer.isEmpty())
            removal.layers.push_back(layer.toStdString());
        if (channels < 0)
            removal.filters[group.toStdString()] = {99};
        for (int i = 0; i < channels; ++i)
            removal.filters[group.toStdString()].push_back(i);
        const auto network = resnet();
        const auto pruned = prune(network, findStructures(network.graph()), removal);
        QVERIFY(!pruned.has_value());
        QVERIFY2(QString::fromStdString(pruned.error().message).contains(says),
                 pruned.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestSurgery)
#include "tst_surgery.moc"
