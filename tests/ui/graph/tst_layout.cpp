#include <set>

#include <QTest>

#include "graph/layout.h"
#include "graph/marks.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestLayout : public QObject {
    Q_OBJECT

    static const Card& card(const GraphLayout& layout, const Graph& graph, const char* name)
    {
        return layout.cards[layout.cardOf[graph.find(name)->index()]];
    }

    /// input -> a -> {b, c -> d} -> b + d -> linear, with names that say nothing.
    static Graph branched()
    {
        const auto conv = [](std::int64_t in, std::int64_t out) {
            Conv2d made;
            made.inChannels = in;
            made.outChannels = out;
            return made;
        };
        const auto graph = Graph::build(
            {
                {"input", Input{}, {}},
                {"a", conv(3, 8), {NodeId(0)}},
                {"b", conv(8, 8), {NodeId(1)}},
                {"c", conv(8, 8), {NodeId(1)}},
                {"relu", Activation{}, {NodeId(3)}},
                {"d", conv(8, 8), {NodeId(4)}},
                {"add", Add{}, {NodeId(2), NodeId(5)}},
                {"pool", AdaptiveAvgPool2d{}, {NodeId(6)}},
                {"flat", Flatten{}, {NodeId(7)}},
                {"fc", Linear{8, 10, true}, {NodeId(8)}},
            },
            {3, 8, 8});
        return *graph;
    }

private Q_SLOTS:
    void cardsDoNotOverlap_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("downwards");
        for (const char* name : {"resnet20", "resnet56", "resnet110"}) {
            QTest::newRow(name) << name << false;
            QTest::addRow("%s downwards", name) << name << true;
        }
    }
    void cardsDoNotOverlap()
    {
        QFETCH(QString, architecture);
        QFETCH(bool, downwards);
        const auto graph = builtInGraph(architecture.toStdString());
        const auto structures = findStructures(*graph);
        const auto layout = layoutGraph(*graph, structures, {.downwards = downwards});
        for (std::size_t i = 0; i < layout.cards.size(); ++i) {
            QVERIFY(layout.bounds.contains(layout.cards[i].rect));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY2(!layout.cards[i].rect.intersects(layout.cards[j].rect),
                         graph->node(layout.cards[i].head).name.c_str());
        }
        QCOMPARE(layout.frames.size(), structures.blocks.size());
        for (std::size_t i = 0; i < layout.frames.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!layout.frames[i].rect.intersects(layout.frames[j].rect));
        }
        const double aspect = layout.bounds.width() / layout.bounds.height();
        QVERIFY2(aspect > 0.8 && aspect < 3.2, qPrintable(QString::number(aspect)));
    }

    void everyNodeHasACardAndEveryEdgeEndsAtOne()
    {
        const auto graph = builtInGraph("resnet20");
        const auto layout = layoutGraph(*graph, findStructures(*graph));
        std::size_t nodes = 0;
        for (const auto& card : layout.cards)
            nodes += card.nodes.size();
        QCOMPARE(nodes, graph->nodes().size());
        for (const auto& edge : layout.edges) {
            QVERIFY(edge.points.size() >= 2);
            const auto touches = [](const QRectF& rect, QPointF point) {
                return rect.adjusted(-3, -3, 3, 3).contains(point);
            };
            QVERIFY(touches(layout.cards[edge.from].rect, edge.points.front()));
            QVERIFY(touches(layout.cards[edge.to].rect, edge.points.back()));
            for (std::size_t i = 1; i < edge.points.size(); ++i) { // orthogonal
                const auto step = edge.points[i] - edge.points[i - 1];
                QVERIFY(qAbs(step.x()) < 0.5 || qAbs(step.y()) < 0.5);
            }
        }
    }

    void normalisationAndActivationShareTheCardOfTheirConvolution()
    {
        const auto graph = builtInGraph("resnet20");
        const auto layout = layoutGraph(*graph, findStructures(*graph));
        const auto& first = card(layout, *graph, "layer1.0.conv1");
        QCOMPARE(first.nodes.size(), std::size_t(3)); // convolution, batch norm, ReLU
        QVERIFY(!first.isCircle);
    }

    void timeRunsFromLeftToRight()
    {
        const auto graph = builtInGraph("resnet20");
        const auto layout = layoutGraph(*graph, findStructures(*graph));
        for (const auto& edge : layout.edges) {
            const auto& from = layout.cards[edge.from];
            const auto& to = layout.cards[edge.to];
            QVERIFY(from.row <= to.row);
            if (from.row == to.row)
                QVERIFY(from.rect.right() < to.rect.left());
            else
                QVERIFY(from.rect.bottom() < to.rect.top());
        }
    }

    void eachStageBeginsARow()
    {
        const auto graph = builtInGraph("resnet20");
        const auto structures = findStructures(*graph);
        const auto layout = layoutGraph(*graph, structures);
        QCOMPARE(layout.stages.size(), std::size_t(3));
        for (const auto& stage : layout.stages)
            QCOMPARE(stage.blocks, 3);
        QVERIFY(card(layout, *graph, "layer2.0.conv1").row
                > card(layout, *graph, "layer1.2.conv2").row);
        QVERIFY(card(layout, *graph, "layer3.0.conv1").row
                > card(layout, *graph, "layer2.2.conv2").row);
    }

    void theShorterBranchLiesAboveTheLonger()
    {
        const auto graph = branched();
        const auto layout = layoutGraph(graph, findStructures(graph));
        const auto centre = [&](const char* name) {
            return card(layout, graph, name).rect.center();
        };
        QCOMPARE(centre("c").y(), centre("d").y());
        QVERIFY(centre("b").y() < centre("c").y());
        QVERIFY(centre("c").x() < centre("d").x());
        QVERIFY(!card(layout, graph, "b").rect.intersects(card(layout, graph, "c").rect));
    }

    void aLayerIsMarkedWithItsWholeBranch()
    {
        const auto graph = builtInGraph("resnet20");
        const auto structures = findStructures(*graph);
        const auto& layer = structures.layers.front();
        const CellMap cells(*graph, structures);
        const auto marks = marksOf(*graph, structures, cells, {{layer.name}, {}});
        for (const auto& node : graph->nodes()) {
            const bool inBranch = std::ranges::find(layer.nodes, node.id) != layer.nodes.end();
            QCOMPARE(marks[node.id.index()].whole, inBranch);
        }
    }

    void filtersAreMarkedWithAllThatIsCoupled()
    {
        const auto graph = builtInGraph("resnet20");
        const auto structures = findStructures(*graph);
        const auto coupled = std::ranges::find_if(
            structures.filters, [](const auto& group) { return group.producers.size() > 1; });
        QVERIFY(coupled != structures.filters.end());
        Removal removal;
        removal.filters[coupled->name] = {coupled->channels[0]};
        const CellMap cells(*graph, structures);
        const auto marks = marksOf(*graph, structures, cells, removal);
        for (const auto producer : coupled->producers)
            QCOMPARE(marks[producer.index()].cells.size(), std::size_t(1));
        QVERIFY(marksOf(*graph, structures, cells, {{"no such"}, {{"nor such", {1}}}})[1]
                    .cells.empty());
    }

    void aFoldedGroupIsOneCardWithEveryNode()
    {
        const auto graph = builtInGraph("resnet20");
        const auto structures = findStructures(*graph);
        const auto open = layoutGraph(*graph, structures);
        QCOMPARE(open.groups.size(), std::size_t(9));
        const auto& group = open.groups[4];
        QCOMPARE(group.name, std::string("layer2.1"));
        LayoutOptions options;
        options.folded = {group.key};
        options.thin = {group.key};
        const auto layout = layoutGraph(*graph, structures, options);
        QCOMPARE(layout.cards.size(), open.cards.size() - group.cards + 1);
        QCOMPARE(layout.frames.size(), std::size_t(8));
        const auto& folded = card(layout, *graph, "layer2.1.conv1");
        QVERIFY(folded.isFolded && folded.isThin && !folded.isCircle);
        QCOMPARE(folded.nodes.size(), group.nodes.size());
        QCOMPARE(graph->node(folded.head).name, group.key);
        std::size_t nodes = 0;
        for (const auto& one : layout.cards)
            nodes += one.nodes.size();
        QCOMPARE(nodes, graph->nodes().size());
        QVERIFY(std::ranges::none_of(layout.edges,
                                     [](const Edge& edge) { return edge.from == edge.to; }));
    }

    void bigNetworksAreFoldedWhole()
    {
        const auto graph = builtInGraph("resnet110");
        const auto structures = findStructures(*graph);
        QVERIFY(layoutGraph(*graph, structures).cards.size() > 150);
        QVERIFY(layoutGraph(*graph, structures, {.foldAbove = 150}).cards.size() < 62);
    }

    void aFrameHoldsItsCardsAndTheShortcutsOverThem_data()
    {
        QTest::addColumn<bool>("downwards");
        QTest::newRow("to the right") << false;
        QTest::newRow("downwards") << true;
    }
    void aFrameHoldsItsCardsAndTheShortcutsOverThem()
    {
        QFETCH(bool, downwards);
        const auto graph = builtInGraph("resnet20");
        const auto layout = layoutGraph(*graph, findStructures(*graph), {.downwards = downwards});
        std::size_t shortcuts = 0;
        for (const auto& frame : layout.frames) {
            const auto isInside = [&](std::size_t i) {
                return layout.cards[i].group == frame.group;
            };
            for (std::size_t i = 0; i < layout.cards.size(); ++i)
                QCOMPARE(frame.rect.contains(layout.cards[i].rect), isInside(i));
            for (const auto& edge : layout.edges) {
                if (!edge.isShortcut || !isInside(edge.to))
                    continue;
                QVERIFY(frame.rect.contains(edge.points[edge.points.size() - 2]));
                ++shortcuts;
            }
            QVERIFY(layout.bounds.contains(frame.rect));
        }
        QCOMPARE(shortcuts, std::size_t(7)); // the other two blocks pad theirs, on cards beside
    }

    /// In a dense block every layer reads all before it.
    void shortcutsOfOneSourceRunTogether()
    {
        std::vector<NodeSpec> specs{{"input", Input{}, {}}};
        std::vector<NodeId> features;
        const auto addConv = [&](std::int64_t in, NodeId from) {
            Conv2d conv;
            conv.inChannels = in;
            conv.outChannels = 4;
            specs.push_back({"conv" + std::to_string(specs.size()), conv, {from}});
            features.emplace_back(std::ssize(specs) - 1);
        };
        addConv(3, NodeId(0));
        constexpr std::int64_t layers = 10;
        for (std::int64_t i = 1; i < layers; ++i) {
            NodeId from = features.front();
            if (i > 1) {
                specs.push_back({"cat" + std::to_string(i), Concat{}, features});
                from = NodeId(std::ssize(specs) - 1);
            }
            addConv(4 * i, from);
        }
        specs.push_back({"last", Concat{}, features});
        const auto graph = *Graph::build(specs, {3, 8, 8});
        const auto layout = layoutGraph(graph, findStructures(graph));
        std::set<double> heights;
        for (const auto& edge : layout.edges) {
            if (edge.isShortcut)
                heights.insert(edge.points[1].y());
        }
        QVERIFY(heights.size() > 1 && heights.size() <= static_cast<std::size_t>(layers));
    }

    void isFastForADeepNetwork()
    {
        const auto graph = builtInGraph("resnet110");
        const auto structures = findStructures(*graph);
        QBENCHMARK_ONCE
        {
            layoutGraph(*graph, structures);
        }
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
