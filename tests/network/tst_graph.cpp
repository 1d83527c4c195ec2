#include <QtTest>

#include "network/architectures.h"
#include "network/graph.h"

using namespace espalier;

namespace {

NodeSpec spec(std::string name, Operation operation, std::vector<NodeId> inputs)
{
    return {std::move(name), operation, std::move(inputs)};
}

Result<Graph> afterInput(Operation operation, const Shape& input)
{
    return Graph::build({spec("input", Input{}, {}), spec("node", operation, {NodeId(0)})}, input);
}

} // namespace

class TestGraph : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTheNetworksOfTheLiterature_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("macs");
        QTest::addColumn<qint64>("params");
        // METHOD.md, identity shortcuts; parameters as published for these networks.
        QTest::newRow("resnet20") << "resnet20" << qint64{40'551'040} << qint64{269'722};
        QTest::newRow("resnet56") << "resnet56" << qint64{125'485'696} << qint64{853'018};
    }

    void countsTheNetworksOfTheLiterature()
    {
        QFETCH(QString, name);
        QFETCH(qint64, macs);
        QFETCH(qint64, params);
        const auto network = makeNetwork(name.toStdString(), {3, 32, 32}, 10, 1);
        QCOMPARE(network->graph().macs(), macs);
        QCOMPARE(network->graph().params(), params);
    }

    void infersShapes_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<Shape>("in");
        QTest::addColumn<Shape>("out");
        const auto row = [](const char* name, Operation operation, Shape in, Shape out) {
            QTest::newRow(name) << operation << in << out;
        };
        row("strided convolution",
            Conv2d{.inChannels = 3,
                   .outChannels = 8,
                   .kernel = {3, 5},
                   .stride = {2, 1},
                   .padding = {1, 0}},
            {3, 9, 9}, {8, 5, 5});
        row("dilated convolution",
            Conv2d{.inChannels = 1, .outChannels = 1, .kernel = {3, 3}, .dilation = {2, 3}},
            {1, 9, 9}, {1, 5, 3});
        row("maximum pooling", MaxPool2d{.kernel = {3, 3}, .stride = {2, 2}, .padding = {1, 1}},
            {4, 7, 8}, {4, 4, 4});
        row("rounding up", MaxPool2d{.kernel = {2, 2}, .stride = {2, 2}, .ceilMode = true},
            {4, 7, 8}, {4, 4, 4});
        // PyTorch: the last window may not start in the padding behind the image.
        row("rounding up into the padding",
            MaxPool2d{.kernel = {2, 2}, .stride = {3, 3}, .padding = {1, 1}, .ceilMode = true},
            {4, 5, 6}, {4, 2, 3});
        row("average pooling", AvgPool2d{.kernel = {8, 8}, .stride = {8, 8}}, {64, 8, 8},
            {64, 1, 1});
        row("adaptive", AdaptiveAvgPool2d{{2, 3}}, {5, 7, 7}, {5, 2, 3});
        row("pad", Pad{.before = {1, 2, 3}, .after = {4, 0, 1}}, {2, 2, 2}, {7, 4, 6});
        row("slice", Slice{1, 1, 6, 2}, {3, 7, 7}, {3, 3, 7});
        row("flatten", Flatten{}, {4, 3, 2}, {24});
        row("linear", Linear{6, 4, true}, {6}, {4});
    }

    void infersShapes()
    {
        QFETCH(Operation, operation);
        QFETCH(Shape, in);
        QFETCH(Shape, out);
        const auto graph = afterInput(operation, in);
        QVERIFY2(graph.has_value(), graph ? "" : graph.error().message.c_str());
        QCOMPARE(graph->outputShape(), out);
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<Shape>("in");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, Operation operation, Shape in, const char* says) {
            QTest::newRow(name) << operation << in << QString(says);
        };
        row("channels", Conv2d{.inChannels = 3, .outChannels = 8}, {4, 8, 8},
            "takes 3 channels but gets 4");
        row("no image", Conv2d{.inChannels = 3, .outChannels = 8}, {12},
            "channels x height x width");
        row("kernel", Conv2d{.inChannels = 3, .outChannels = 8, .kernel = {9, 9}}, {3, 8, 8},
            "larger than its input");
        row("groups", Conv2d{.inChannels = 3, .outChannels = 8, .groups = 2}, {3, 8, 8},
            "2 groups");
        row("stride", AvgPool2d{.kernel = {2, 2}, .stride = {0, 1}}, {3, 8, 8}, "impossible");
        row("features", Linear{5, 2}, {6}, "takes 5 features but gets 6");
        row("slice", Slice{0, 2, 9, 1}, {3, 8, 8}, "slices 2:9 of 3");
        row("inputs", Add{}, {3, 8, 8}, "takes 2 inputs but gets 1");
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(Operation, operation);
        QFETCH(Shape, in);
        QFETCH(QString, says);
        const auto graph = afterInput(operation, in);
        QVERIFY(!graph.has_value());
        const auto message = QString::fromStdString(graph.error().message);
        QVERIFY2(message.contains(says) && message.contains("'node'"), qPrintable(message));
    }

    void refusesABrokenTopology()
    {
        QVERIFY(!Graph::build({}, {3, 8, 8}).has_value());
        QVERIFY(!Graph::build({spec("a", Activation{}, {})}, {3, 8, 8}).has_value());
        QVERIFY(!Graph::build({spec("input", Input{}, {}), spec("a", Activation{}, {NodeId(1)})},
                              {3, 8, 8})
                     .has_value());
        QVERIFY(
            !Graph::build({spec("input", Input{}, {}), spec("input", Activation{}, {NodeId(0)})},
                          {3, 8, 8})
                 .has_value());
    }

    void findsTheFeaturesThatEnterTheClassifier()
    {
        const auto graph = makeNetwork("resnet20", {3, 32, 32}, 10, 1)->graph();
        QCOMPARE(graph.node(graph.features()).name, std::string("flatten"));
        QCOMPARE(graph.node(graph.features()).shape, Shape{64});
    }

    void readsShapes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::newRow("image") << "3x32x32" << true;
        QTest::newRow("one") << "10" << true;
        for (const char* bad :
             {"", "x", "3x", "3xx2", "3x-1x2", "0x2", "3x32x32x", "axb", "99999999999999999999"})
            QTest::addRow("'%s'", bad) << bad << false;
    }

    void readsShapes()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        const auto shape = parseShape(text.toStdString());
        QCOMPARE(shape.has_value(), valid);
        if (valid)
            QCOMPARE(QString::fromStdString(shapeText(*shape)), text);
    }

    void namesTheCommonPath()
    {
        using Names = std::vector<std::string>;
        QCOMPARE(commonPath(Names{"layer1.0.conv1", "layer1.0.bn1"}), std::string("layer1.0"));
        QCOMPARE(commonPath(Names{"layer1.0.a.b", "layer1.1.c"}), std::string("layer1"));
        QCOMPARE(commonPath(Names{"layer1.x", "layer10.y"}), std::string());
        QCOMPARE(commonPath(Names{"a", "b"}), std::string());
        QCOMPARE(commonPath(Names{".a", "b"}), std::string()); // names are a file's to give
        QCOMPARE(commonPath(Names{"..a", "b"}), std::string());
    }
};

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
