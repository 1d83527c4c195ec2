#include <QApplication>
#include <QTest>

#include "plots/accuracy_plot.h"
#include "plots/epoch_plot.h"
#include "plots/plot_library.h"
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
