#include <cmath>

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "plots/accuracy_plot.h"
#include "plots/epoch_plot.h"
#include "plots/iteration_plot.h"
#include "plots/layer_map.h"
#include "plots/plot_library.h"
#include "plots/plot_tools.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accuracyRunsAgainstMacsRemoved()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        plot.setHistory(bench.controller().state().history, IterationId(2));
        const auto path = plot.currentPath();
        QCOMPARE(path.size(), std::size_t(3));
        QCOMPARE(path[0].x(), 0.0);
        QCOMPARE(path[0].y(), 92.5);
        QVERIFY(qAbs(path[1].x() - 4.0) < 1e-3);
        QVERIFY(qAbs(path[2].x() - 7.84) < 1e-3);
        QVERIFY(qAbs(path[2].y() - 92.1) < 1e-9);
        QVERIFY(qAbs(plot.testPath()[2].y() - 91.1) < 1e-9);
        QVERIFY(plot.plot().xAxis->range().contains(7.84));
        QCOMPARE(plot.branchCount(), 0);
    }

    void undoneIterationsBecomeABranch()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        auto history = bench.controller().state().history;
        plot.setHistory(history, IterationId(1));
        QCOMPARE(plot.currentPath().size(), std::size_t(2));
        QCOMPARE(plot.branchCount(), 1);
        history.push_back(bench.iteration(3, 1));
        plot.setHistory(history, IterationId(3));
        QCOMPARE(plot.currentPath().size(), std::size_t(3));
        QCOMPARE(plot.branchCount(), 1);
        plot.setHistory({}, {});
        QVERIFY(plot.currentPath().empty());
        QCOMPARE(plot.branchCount(), 0);
    }

    void theFullFineTuningContinuesTheBriefOne()
    {
        Bench bench;
        bench.openSession();
        const std::vector<TrainingCurve> curves{
            {"layer1.0, brief",
             0,
             true,
             {bench.epoch(0, true, 1).result, bench.epoch(0, true, 2).result}},
            {"filters, brief",
             1,
             true,
             {bench.epoch(1, true, 1).result, bench.epoch(1, true, 2).result}},
            {"layer1.0", 0, false, {bench.epoch(0, false, 1).result}},
        };
        EpochPlot loss(EpochPlot::Quantity::Loss);
        loss.setCurves(curves, bench.contest(true));
        const auto lines = loss.lines();
        QCOMPARE(lines.size(), std::size_t(3));
        QCOMPARE(lines[1].points[1].x(), 2.0);
        QCOMPARE(lines[2].name, "layer1.0");
        QCOMPARE(lines[2].points[0].x(), 3.0);
        QCOMPARE(lines[2].points[0].y(), curves[2].epochs[0].trainLoss);
        EpochPlot accuracy(EpochPlot::Quantity::Accuracy);
        accuracy.setCurves(curves, bench.contest(true));
        QCOMPARE(accuracy.lines().size(), std::size_t(6)); // training and validation of each
        QCOMPARE(accuracy.lines()[1].points[0].y(),
                 100.0 * *curves[0].epochs[0].validationAccuracy);
    }

    void publishedPointsStandBesideANetworkThatIsKnown()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        auto history = bench.controller().state().history;
        AccuracyPlot plot;
        plot.setHistory(history, IterationId(2));
        QVERIFY(plot.published().empty()); // nothing was published for ResNet-20
        history[0].macs = 125'485'696; // ResNet-56
        history[0].testAccuracy = 0.9229;
        plot.setHistory(history, IterationId(2));
        const auto points = plot.published();
        QCOMPARE(points.size(), std::size_t(6));
        QCOMPARE(points[0].x(), 53.70);
        QVERIFY(qAbs(points[0].y() - 93.20) < 1e-9); // 92.29 + 0.91
        QVERIFY(plot.plot().xAxis->range().contains(86.37));
        // A click on the legend hides them, and the plot shows what is left.
        const auto* line = plot.plot().graph(plot.plot().graphCount() - 2);
        for (int i : {2, 1})
            plot.tools().setHidden(plot.plot().graph(plot.plot().graphCount() - i)->name(), true);
        QVERIFY(!plot.plot().xAxis->range().contains(86.37));
        QVERIFY(line); // still in the legend, to be shown again
        QCOMPARE(plot.published().size(), std::size_t(6));
    }

    void distancesByIterationSayWhatWasChosen()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        const auto& history = bench.controller().state().history;
        IterationPlot plot(IterationPlot::Quantity::Distance);
        plot.setHistory(history, IterationId(2), CkaKind::Linear);
        auto lines = plot.lines();
        const auto& candidates = history[2].candidates;
        QVERIFY(!candidates.empty());
        for (const auto& candidate : candidates) {
            const auto name = candidate.kind == StructureKind::Layer ? "layer" : "filters";
            QVERIFY(lines.contains(name));
            QCOMPARE(lines[name].back().x(), 2.0);
            QVERIFY(qAbs(lines[name].back().y() - (1.0 - *candidate.cka->linear)) < 1e-12);
        }
        plot.setHistory(history, IterationId(0), CkaKind::Linear);
        QVERIFY(plot.lines().empty());
    }

    void sizesAreSharesOfTheDenseNetwork()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        const auto& history = bench.controller().state().history;
        IterationPlot plot(IterationPlot::Quantity::Size);
        plot.setHistory(history, IterationId(2), CkaKind::Linear);
        const auto lines = plot.lines();
        const auto& macs = lines.at("MACs");
        QCOMPARE(macs.size(), std::size_t(3));
        QCOMPARE(macs[0].y(), 100.0);
        QVERIFY(qAbs(macs[2].y() - 92.16) < 1e-3);
        const auto& latency = lines.at("latency, measured");
        QCOMPARE(latency.size(), std::size_t(3));
        QCOMPARE(latency[0].y(), 100.0);
        QVERIFY(qAbs(latency[2].y() - 90.0) < 1e-3);
    }

    void whatWasNotTimedHasNoPointInTheCurve()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        auto history = bench.controller().state().history;
        history[1].latency.reset();
        IterationPlot plot(IterationPlot::Quantity::Size);
        plot.setHistory(history, IterationId(2), CkaKind::Linear);
        QCOMPARE(plot.lines().at("latency, measured").size(), std::size_t(2));
        for (auto& iteration : history)
            iteration.latency.reset();
        plot.setHistory(history, IterationId(2), CkaKind::Linear);
        QVERIFY(!plot.lines().contains("latency, measured"));
    }

    void curvesAreExported()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        plot.resize(400, 300);
        plot.setHistory(bench.controller().state().history, IterationId(2));
        const auto csv = plot.tools().csv();
        QVERIFY2(csv.startsWith("series,\"MACs removed, %\",\"accuracy, %\"\n"), qPrintable(csv));
        QVERIFY2(csv.contains("\nvalidation,0,92.5\n"), qPrintable(csv));
        QTemporaryDir folder;
        for (const QString name : {"curve.png", "curve.pdf", "curve.csv"}) {
            QVERIFY(plot.tools().exportTo(folder.filePath(name)));
            QVERIFY(QFileInfo(folder.filePath(name)).size() > 100);
        }
        QVERIFY(!plot.tools().exportTo(folder.filePath("no/such/folder.csv")));
        QCOMPARE(QImage(folder.filePath("curve.png")).size(), plot.plot().size() * 2);
    }

    void theValueUnderThePointerIsSaid()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        plot.resize(400, 300);
        plot.grab(); // lays it out
        plot.setHistory(bench.controller().state().history, IterationId(2));
        const auto* line = plot.plot().graph(1);
        const auto at = line->coordsToPixels(line->data()->at(0)->key, line->data()->at(0)->value);
        QCOMPARE(plot.tools().valueAt(at + QPointF(3, 0)), "validation: 0, 92.5");
        QVERIFY(plot.tools().valueAt(at + QPointF(0, 60)).isEmpty());
    }

    void keysMoveAboutAPlot()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        plot.setHistory(bench.controller().state().history, IterationId(2));
        const auto whole = plot.plot().xAxis->range();
        QTest::keyClick(&plot.plot(), Qt::Key_Plus);
        QVERIFY(plot.plot().xAxis->range().size() < whole.size());
        QTest::keyClick(&plot.plot(), Qt::Key_Right);
        QTest::keyClick(&plot.plot(), Qt::Key_Home);
        QCOMPARE(plot.plot().xAxis->range().lower, whole.lower);
    }

    void layersAreAMap()
    {
        LayerMap map;
        LayersCompared layers{.rows = "the dense network",
                              .columns = "layer1.0 removed",
                              .cka = {.rows = {"a", "b"},
                                      .columns = {"a", "b", "c"},
                                      .values = {1.0, 0.5, std::nan(""), 0.25, 1.0, 0.75},
                                      .samples = 512}};
        map.setLayers(layers);
        QCOMPARE(map.cellText(1, 2), "b and c: 0.7500");
        QCOMPARE(map.cellText(0, 2), "a and c: does not vary");
        QVERIFY(map.cellText(2, 0).isEmpty());
        QVERIFY2(map.csv().startsWith("row,column,cka\na,a,1\na,b,0.5\na,c,nan\nb,a,0.25\n"),
                 qPrintable(map.csv()));
        auto* button = map.findChild<QPushButton*>("compareLayers");
        QVERIFY(!button->isEnabled());
        map.setCompareEnabled(true);
        QSignalSpy asked(&map, &LayerMap::compareRequested);
        button->click();
        QCOMPARE(asked.count(), 1);
    }

    void colourFollowsThePalette()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        AccuracyPlot plot;
        plot.setHistory(bench.controller().state().history, IterationId(2));
        plot.setPalette(darkPalette());
        QCOMPARE(plot.plot().xAxis->tickLabelColor().lightness() > 150, true);
        QVERIFY(plot.plot().graph(0)->pen().color().lightness() > 100);
    }
};

QTEST_MAIN(TestPlots)
#include "tst_plots.moc"
