#include <QtTest>

#include "network/architectures.h"
#include "structures/structures.h"
#include "support/specs.h"

using namespace espalier;

namespace {

using test::Specs;

Graph resnet(std::string_view name)
{
    return makeNetwork(name, {3, 32, 32}, 10, 1)->graph();
}

QStringList names(const std::vector<Layer>& layers)
{
    QStringList list;
    for (const auto& layer : layers)
        list << QString::fromStdString(layer.name);
    return list;
}

} // namespace

class TestStructures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsResidualBranchesWithIdentityShortcuts()
    {
        const auto structures = findStructures(resnet("resnet20"));
        QCOMPARE(names(structures.layers),
                 QStringList({"layer1.0", "layer1.1", "layer1.2", "layer2.1", "layer2.2",
                              "layer3.1", "layer3.2"}));
        QCOMPARE(structures.blocks.size(), 9u);
        const auto* layer = structures.layer("layer2.1");
        QCOMPARE(layer->stage, 1);
        QCOMPARE(layer->blockInStage, 1);
        QCOMPARE(layer->macs, 4'718'592); // METHOD: every removable block
        QCOMPARE(layer->params, 2 * 9 * 32 * 32 + 4 * 32);
        QCOMPARE(layer->filters, 64);
    }

    void saysWhyADownsamplingBlockStays()
    {
        const auto structures = findStructures(resnet("resnet20"));
        const auto found = std::ranges::find_if(
            structures.notPrunable, [](const auto& part) { return part.name == "layer2.0"; });
        QVERIFY(found != structures.notPrunable.end());
        QCOMPARE(found->operation, std::string("block"));
        QVERIFY(found->reason.find("16x32x32 into 32x16x16") != std::string::npos);
    }

    void saysWhyTheClassifierStays()
    {
        const auto structures = findStructures(resnet("resnet20"));
        const auto found = std::ranges::find_if(
            structures.notPrunable, [](const auto& part) { return part.name == "linear"; });
        QVERIFY(found != structures.notPrunable.end());
        QCOMPARE(found->reason, std::string("Its outputs are the network's outputs."));
    }

    void groupsTheFirstConvolutionOfABlockAlone()
    {
        const auto structures = findStructures(resnet("resnet20"));
        const auto* group = structures.filterGroup("layer2.0.conv1");
        QVERIFY(group);
        QCOMPARE(group->channels.size(), 32u);
        QCOMPARE(group->producers.size(), 1u);
        QCOMPARE(group->consumers.size(), 1u);
        QVERIFY(group->firstOfBlock);
        QCOMPARE(structures.blocks[*group->block].name, std::string("layer2.0"));
    }

    /// Option A: the 16 channels of stage 1 are channels 8..23 of stage 2 and 24..39 of stage 3.
    void couplesChannelsThroughPaddedShortcuts()
    {
        const auto graph = resnet("resnet20");
        const auto structures = findStructures(graph);
        const auto* stem = structures.filterGroup("conv1");
        QCOMPARE(stem->channels.size(), 16u);
        QVERIFY(!stem->firstOfBlock);
        QCOMPARE(stem->producers.size(), 1u + 9u);
        const auto* second = structures.filterGroup("layer2.0.conv2");
        QCOMPARE(
            second->channels,
            (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31}));
        const auto& stage3 = structures.channels[graph.find("layer3.2.conv2")->index()].units;
        QCOMPARE(stage3[16 + 8 + 5], stem->units[5]);
    }

    void keepsGroupsOfAGroupedConvolutionEqual()
    {
        Specs specs;
        auto x = specs.input();
        x = specs.conv("a", x, 3, 8);
        x = specs.conv("b", x, 8, 12, 4);
        x = specs.conv("c", x, 12, 5);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QCOMPARE(structures.filterGroup("a")->units.size(), 2u); // 2 channels a group
        QCOMPARE(structures.filterGroup("b")->units.size(), 3u);
        QVERIFY(!structures.filterGroup("c"));
    }

    void couplesADepthwiseConvolutionWithItsInput()
    {
        Specs specs;
        auto x = specs.input();
        x = specs.conv("a", x, 3, 8);
        x = specs.conv("depthwise", x, 8, 8, 8);
        x = specs.conv("c", x, 8, 5);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QCOMPARE(structures.filters.size(), 1u);
        QCOMPARE(structures.filters[0].name, std::string("a"));
        QCOMPARE(structures.filters[0].members.size(), 2u);
        QCOMPARE(structures.filters[0].consumers.size(), 1u);
    }

    void keepsChannelsThatAreAddedToTheInput()
    {
        Specs specs;
        const auto in = specs.input();
        auto x = specs.conv("a", in, 4, 4);
        x = specs.add("add", Add{}, {x, in});
        specs.conv("b", x, 4, 5);
        const auto structures = findStructures(specs.graph({4, 8, 8}));
        QVERIFY(structures.filters.empty());
        QCOMPARE(structures.layers.size(), 1u);
        QVERIFY(structures.notPrunable[0].reason.find("network's input") != std::string::npos);
    }

    void doesNotTakeABranchThatIsReadElsewhere()
    {
        Specs specs;
        const auto in = specs.input();
        const auto stem = specs.conv("stem", in, 3, 4);
        const auto a = specs.conv("a", stem, 4, 4);
        const auto add = specs.add("add", Add{}, {a, stem});
        specs.add("again", Add{}, {add, a});
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QVERIFY(structures.layers.empty());
        QVERIFY(!structures.notPrunable.empty());
    }

    void findsHeadsNeuronsAndBranchesOfATransformer()
    {
        const auto graph = makeNetwork("vit_4x64", {1, 28, 28}, 10, 1)->graph();
        const auto structures = findStructures(graph);
        QCOMPARE(structures.layers.size(), 8u); // attention and MLP of each block
        QCOMPARE(structures.filters.size(), 8u);
        const auto* heads = structures.filterGroup("encoder.layers.1.self_attention.in_proj");
        QVERIFY(heads);
        QCOMPARE(heads->kind, StructureKind::Head);
        QCOMPARE(heads->channels, (std::vector<std::int64_t>{0, 16, 32, 48}));
        QCOMPARE(heads->consumers.size(), 1u);
        QCOMPARE(graph.node(heads->consumers[0]).name,
                 std::string("encoder.layers.1.self_attention.out_proj"));
        // All rows of a head's queries, keys and values are one unit.
        const auto& packed = structures.channels[heads->first.index()].units;
        for (const std::size_t row : {16U, 31U, 64U + 16U, 128U + 31U})
            QCOMPARE(packed[row], heads->units[1]);
        QVERIFY(packed[32] != heads->units[1]);
        const auto* neurons = structures.filterGroup("encoder.layers.1.mlp.0");
        QVERIFY(neurons);
        QCOMPARE(neurons->kind, StructureKind::Neuron);
        QCOMPARE(neurons->channels.size(), 128u);
    }

    void saysThatANormalisationHoldsTheResidualStream()
    {
        const auto structures =
            findStructures(makeNetwork("vit_4x64", {1, 28, 28}, 10, 1)->graph());
        const auto found = std::ranges::find_if(
            structures.notPrunable, [](const auto& part) { return part.name == "conv_proj"; });
        QVERIFY(found != structures.notPrunable.end());
        QVERIFY(found->reason.find("normalisation") != std::string::npos);
    }

    void couplesWhatAShuffleMixesByPosition()
    {
        Specs specs;
        auto x = specs.conv("a", specs.input(), 3, 8);
        x = specs.add("shuffle",
                      Rearrange{.split = {2, 4, 8, 8}, .order = {1, 0, 2, 3}, .merged = {8, 8, 8}},
                      {x});
        x = specs.conv("b", x, 8, 4);
        specs.classifier(x, 4);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        const auto* group = structures.filterGroup("a");
        QCOMPARE(group->channels, (std::vector<std::int64_t>{0, 1, 2, 3}));
        const auto& channels = structures.channels[group->first.index()].units;
        QCOMPARE(channels[1], channels[5]); // the same position of both halves
    }

    void keepsConcatenatedChannelsApart()
    {
        Specs specs;
        const auto in = specs.input();
        const auto a = specs.conv("a", in, 3, 4);
        const auto b = specs.conv("b", in, 3, 6);
        auto x = specs.add("cat", Concat{0}, {a, b});
        x = specs.conv("c", x, 10, 4);
        specs.classifier(x, 4);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QCOMPARE(structures.filterGroup("a")->channels.size(), 4u);
        QCOMPARE(structures.filterGroup("b")->channels.size(), 6u);
        QVERIFY(structures.filterGroup("a")->consumers == structures.filterGroup("b")->consumers);
    }

    void couplesAGateWithWhatItScales()
    {
        Specs specs;
        const auto a = specs.conv("a", specs.input(), 3, 4);
        auto gate = specs.add("squeeze", AdaptiveAvgPool2d{}, {a});
        gate = specs.add("reduce", Conv2d{.inChannels = 4, .outChannels = 2}, {gate});
        gate = specs.add("expand", Conv2d{.inChannels = 2, .outChannels = 4}, {gate});
        gate = specs.add("sigmoid", Activation{.kind = ActivationKind::Sigmoid}, {gate});
        const auto scaled = specs.add("scale", Multiply{}, {a, gate});
        specs.classifier(scaled, 4);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QCOMPARE(structures.filterGroup("a")->producers.size(), 2u); // with "expand"
        QCOMPARE(structures.filterGroup("reduce")->producers.size(), 1u);
    }

    void takesConvolutionsOfAPlainNetworkAsLayers()
    {
        Specs specs;
        auto x = specs.conv("a", specs.input(), 3, 4);
        x = specs.add("relu", Activation{}, {x});
        x = specs.conv("b", x, 4, 4);
        x = specs.add("norm", BatchNorm2d{.channels = 4}, {x});
        x = specs.add("relu2", Activation{}, {x});
        specs.classifier(x, 4);
        const auto structures = findStructures(specs.graph({3, 8, 8}));
        QVERIFY(!structures.isResidual);
        QCOMPARE(names(structures.layers), QStringList({"b"}));
        QCOMPARE(structures.layers[0].nodes.size(), 2u); // with its norm
        QCOMPARE(structures.blocks.size(), 2u);
        QCOMPARE(structures.layers[0].blockInStage, 1);
    }
};

QTEST_GUILESS_MAIN(TestStructures)
#include "tst_structures.moc"
