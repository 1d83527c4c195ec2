#include <ctime>

#include <QElapsedTimer>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

#include "graph/card_item.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "panels/inspector_panel.h"
#include "panels/network_panel.h"
#include "session/selection.h"
#include "ui/fixtures.h"

#include <QLabel>
#include <QLineEdit>

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestGraphView : public QObject {
    Q_OBJECT

    struct Picture {
        Selection selection;
        NetworkPanel panel{selection};
        InspectorPanel inspector{selection};
        std::shared_ptr<const Graph> graph;
        std::shared_ptr<const Structures> structures;

        explicit Picture(const std::string& architecture = "resnet20")
            : graph(builtInGraph(architecture))
            , structures(std::make_shared<const Structures>(findStructures(*graph)))
        {
            panel.resize(1000, 640);
            panel.show();
            panel.setNetwork(graph, structures);
            inspector.setNetwork(graph, structures);
        }
    };

    static QString label(const QWidget& parent, const char* name)
    {
        return parent.findChild<QLabel*>(QLatin1String(name))->text().remove(QChar(0x200b));
    }

private Q_SLOTS:
    void showsTheWholeNetworkAtFirst()
    {
        Picture picture;
        auto& view = picture.panel.view();
        const QRectF seen = view.mapToScene(view.viewport()->rect()).boundingRect();
        QVERIFY(seen.adjusted(-2, -2, 2, 2).contains(picture.panel.scene().sceneRect()));
    }

    void keysZoomAndWalk()
    {
        Picture picture;
        auto& view = picture.panel.view();
        const double fitted = view.zoom();
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.zoom() > fitted);
        QTest::keyClick(&view, Qt::Key_Minus);
        QTest::keyClick(&view, Qt::Key_Minus);
        QVERIFY(view.zoom() < fitted);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.zoom(), fitted);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(picture.selection.node(), std::optional(picture.graph->input()));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(picture.selection.node(), picture.graph->find("conv1"));
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(!picture.selection.node());
    }

    void aClickSelectsTheCardAndTheInspectorTellsOfIt()
    {
        Picture picture;
        auto& view = picture.panel.view();
        const auto node = *picture.graph->find("layer1.0.conv1");
        auto* card = picture.panel.scene().cardOf(node);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.mapFromScene(card->scenePos()));
        QCOMPARE(picture.selection.node(), std::optional(node));
        QCOMPARE(label(picture.inspector, "inspectorName"), "layer1.0.conv1");
        QCOMPARE(label(picture.inspector, "inspectorShape"), QStringLiteral("16 × 32 × 32"));
        QVERIFY(label(picture.inspector, "inspectorBlock").startsWith("layer1.0, stage 1"));
        QVERIFY(label(picture.inspector, "inspectorRemovable").contains("16"));
    }

    void whatCannotGoIsDimAndSaysWhy()
    {
        Picture picture;
        QVERIFY(!picture.structures->notPrunable.empty());
        const auto fc = picture.graph->output();
        auto* card = picture.panel.scene().cardOf(fc);
        QVERIFY(card->text().isDim);
        QVERIFY(card->toolTip().contains("Stays"));
        picture.selection.selectNode(fc);
        QVERIFY(label(picture.inspector, "inspectorRemovable").startsWith("No: "));
    }

    void marksWhatTheSelectedCandidateRemoves()
    {
        Picture picture;
        const auto& layer = picture.structures->layers.front();
        picture.selection.previewRemoval({{layer.name}, {}});
        const auto& scene = picture.panel.scene();
        QVERIFY(scene.cardOf(layer.nodes.front())->mark().whole);
        picture.selection.previewRemoval({});
        QVERIFY(!scene.cardOf(layer.nodes.front())->mark().whole);
    }

    void aClickOnACellSelectsAllThatIsCoupledWithIt()
    {
        Picture picture;
        auto& view = picture.panel.view();
        auto& scene = picture.panel.scene();
        const auto coupled =
            std::ranges::find_if(picture.structures->filters,
                                 [](const auto& group) { return group.producers.size() > 1; });
        QVERIFY(coupled != picture.structures->filters.end());
        auto* card = scene.cardOf(coupled->first);
        view.zoomToActualSize();
        view.centerOn(card);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                          view.mapFromScene(card->cellRect(2).center()));
        QCOMPARE(picture.selection.node(), std::optional(coupled->first));
        QCOMPARE(picture.selection.unit(), std::optional(coupled->units[2]));
        for (const auto producer : coupled->producers) {
            QVERIFY(scene.cardOf(producer)->isCoupled());
            const auto cell = scene.cells().find(producer, coupled->units[2]);
            QVERIFY(cell);
            QCOMPARE(scene.cardOf(producer)->strip().selected(), cell);
        }
        QVERIFY(!scene.cardOf(*picture.graph->find("layer1.0.conv1"))->isCoupled());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.mapFromScene(card->scenePos()));
        QVERIFY(!picture.selection.unit());
        QCOMPARE(picture.selection.node(), std::optional(coupled->first));
        QVERIFY(!card->isCoupled());
    }

    void scoresColourTheCellsAndStandInTheirTips()
    {
        Picture picture;
        auto& scene = picture.panel.scene();
        const auto& group = picture.structures->filters[1];
        Scores scores;
        for (std::size_t i = 0; i < group.units.size(); ++i)
            scores.filters[group.name].push_back(static_cast<double>(i) + 0.5);
        picture.panel.setScores(scores, Criterion::L2);
        const auto& strip = scene.cardOf(group.first)->strip();
        QCOMPARE(strip.scores().front(), 0.0);
        QCOMPARE(strip.scores().back(), 1.0);
        const auto tip = scene.cellTip(group.first, 3);
        QVERIFY2(tip.contains("Filter 4 of"), qPrintable(tip));
        QVERIFY2(tip.contains("3.5 (L2), 4 of"), qPrintable(tip));
        QVERIFY(scene.cellTip(picture.graph->output(), 0).contains("Cannot go"));
        picture.panel.setScores(std::nullopt, Criterion::L2);
        QVERIFY(strip.scores().empty());
    }

    void searchGoesFromHitToHit()
    {
        Picture picture;
        auto* search = picture.panel.findChild<QLineEdit*>("nodeSearch");
        QTest::keyClicks(search, "LAYER2.0.CONV");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(picture.selection.node(), picture.graph->find("layer2.0.conv1"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(picture.selection.node(), picture.graph->find("layer2.0.conv2"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(picture.selection.node(), picture.graph->find("layer2.0.conv1"));
        QVERIFY(picture.panel.view().zoom() >= 0.79);
    }

    void anotherNetworkClearsTheSelection()
    {
        Picture picture;
        picture.selection.selectNode(NodeId(1));
        const auto smaller = builtInGraph("resnet8");
        picture.panel.setNetwork(smaller,
                                 std::make_shared<const Structures>(findStructures(*smaller)));
        QVERIFY(!picture.selection.node());
        picture.panel.setNetwork(nullptr, nullptr);
        QVERIFY(picture.panel.scene().cards().empty());
    }

    void resnet110StaysFluid()
    {
        QElapsedTimer opening;
        opening.start();
        Picture picture("resnet110");
        QTest::qWait(0);
        qInfo("ResNet-110: opened in %lld ms", opening.elapsed());
        auto& view = picture.panel.view();
        QPixmap canvas(view.viewport()->size());
        const auto milliseconds =
            [&](int frames) { // of processor time: the tests share their machine
                const auto start = std::clock();
                for (int i = 0; i < frames; ++i)
                    view.viewport()->render(&canvas);
                return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / frames;
            };
        const double fitted = milliseconds(10);
        view.zoomToActualSize();
        const double actual = milliseconds(10);
        qInfo("ResNet-110: %zu cards, %.1f ms a frame as a whole, %.1f ms at full size",
              picture.panel.scene().cards().size(), fitted, actual);
        QVERIFY(fitted < 50);
        QVERIFY(actual < 50);
    }
};

QTEST_MAIN(TestGraphView)
#include "tst_graph_view.moc"
