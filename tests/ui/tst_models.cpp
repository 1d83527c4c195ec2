#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include "models/candidates_model.h"
#include "models/history_model.h"
#include "models/words.h"
#include "style/text.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestModels : public QObject {
    Q_OBJECT

    static QString cell(const QAbstractItemModel& model, int row, int column)
    {
        return model.index(row, column).data().toString().replace(QChar(0x00a0), QLatin1Char(' '));
    }

    static CandidateSet contest(const Bench& bench, bool compared)
    {
        CandidateSet set;
        set.source = CandidateSet::Source::Contest;
        set.parent = IterationId(0);
        set.parentMacs = bench.graph->macs();
        set.parentParams = bench.graph->params();
        set.candidates = bench.contest(compared);
        return set;
    }

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void candidatesShowCostAndGain()
    {
        Bench bench;
        bench.openSession();
        CandidatesModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto set = contest(bench, true);
        set.choice = Choice{0, false, "CKA 0.9842 (layer) against 0.9811 (filters)"};
        model.setCandidates(set);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, CandidatesModel::Kind), "layer");
        QCOMPARE(cell(model, 1, CandidatesModel::Name), "10 in 1 convolution");
        QCOMPARE(cell(model, 0, CandidatesModel::Distance), "0.0158");
        QCOMPARE(cell(model, 0, CandidatesModel::DebiasedDistance), "0.0169");
        QCOMPARE(cell(model, 1, CandidatesModel::MacsSaved), "-3.00 %");
        QCOMPARE(cell(model, 1, CandidatesModel::ParamsSaved), "-2.00 %");
        QCOMPARE(cell(model, 0, CandidatesModel::AccuracyBefore), "81.25 %");
        QCOMPARE(cell(model, 0, CandidatesModel::AccuracyAfterBrief), "90.75 %");
        QCOMPARE(cell(model, 0, CandidatesModel::Mark), QString(QChar(0x2605)));
        QCOMPARE(cell(model, 1, CandidatesModel::Mark), QString());
        QCOMPARE(model.index(0, CandidatesModel::Mark).data(Qt::ToolTipRole).toString(),
                 "CKA 0.9842 (layer) against 0.9811 (filters)");
    }

    void candidatesShowTheirMeasuredLatency()
    {
        Bench bench;
        bench.openSession();
        CandidatesModel model;
        model.setCandidates(contest(bench, true));
        QCOMPARE(cell(model, 0, CandidatesModel::LatencySaved), "-12.50 %");
        QCOMPARE(cell(model, 1, CandidatesModel::LatencySaved), "+2.50 %");
        const auto index = model.index(0, CandidatesModel::LatencySaved);
        QCOMPARE(index.data(CandidatesModel::SortRole).toDouble(), 0.875);
        auto tip = index.data(Qt::ToolTipRole).toString().replace(QChar(0x00a0), ' ');
        for (const char* part : {"3.50 ms", "4.00 ms", "50 passes", "batch 1", "cpu, 2 threads"})
            QVERIFY2(tip.contains(part), qPrintable(tip));
        // Not measured: a dash, last whichever way it is sorted by.
        model.setCandidates(contest(bench, false));
        QCOMPARE(cell(model, 0, CandidatesModel::LatencySaved), absentText());
        tip = index.data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.startsWith("Not measured"), qPrintable(tip));
    }

    void timesReadWell()
    {
        const auto text = [](double seconds) {
            return latencyText(seconds).replace(QChar(0x00a0), ' ');
        };
        QCOMPARE(text(0.00321), "3.21 ms");
        QCOMPARE(text(0.0321), "32.1 ms");
        QCOMPARE(text(0.00085), QString::fromUtf8("850 µs"));
        QCOMPARE(text(0.00099999), "1.00 ms");
        QCOMPARE(text(1.2), "1.20 s");
        QCOMPARE(text(0.0), QString::fromUtf8("0.00 µs"));
    }

    void aCandidateWithinTheIntervalOfTheChosenOneIsANearTie()
    {
        Bench bench;
        bench.openSession();
        auto set = contest(bench, true);
        set.choice = Choice{0, false, "CKA 0.9842 (layer1.0) against 0.9811 (filters)"};
        CandidatesModel model;
        model.setCandidates(set);
        QCOMPARE(cell(model, 0, CandidatesModel::Spread), "±0.0013");
        QCOMPARE(cell(model, 1, CandidatesModel::Mark), QString());
        const auto& state = bench.controller().state();
        QVERIFY(!candidatesText(set, true, state).contains("near-tie"));

        set.candidates[1].cka->interval->high = 0.9830; // above the other's 0.9829
        model.setCandidates(set);
        QCOMPARE(cell(model, 1, CandidatesModel::Mark), QString(QChar(0x2248)));
        QVERIFY(model.index(1, CandidatesModel::Mark)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains("interval of layer1.0"));
        QVERIFY(candidatesText(set, true, state).contains("within the interval of 10 filters"));
        const auto interval = model.index(1, CandidatesModel::Spread);
        QVERIFY(interval.data(Qt::ToolTipRole).toString().startsWith("From 0.0170 to 0.0204"));
        model.showSimilarity(true);
        QVERIFY(interval.data(Qt::ToolTipRole).toString().startsWith("From 0.9796 to 0.9830"));
    }

    void theEnginesChoiceKeepsItsStarWhereTheUserTookAnother()
    {
        Bench bench;
        bench.openSession();
        auto set = contest(bench, true);
        set.choice = Choice{1, true, "by hand, instead of layer1.0", 0};
        CandidatesModel model;
        model.setCandidates(set);
        QCOMPARE(cell(model, 0, CandidatesModel::Mark), QString(QChar(0x2605)));
        QCOMPARE(cell(model, 1, CandidatesModel::Mark), QString(QChar(0x2713)));
        set.choice->insteadOf.reset(); // no contest was held
        model.setCandidates(set);
        QCOMPARE(cell(model, 0, CandidatesModel::Mark), QString());
    }

    void withoutAChoiceTheClosestCandidateIsTheReference()
    {
        Bench bench;
        bench.openSession();
        auto set = contest(bench, true);
        QCOMPARE(referenceOf(set), std::optional<std::size_t>(0));
        set.candidates[0].cka.reset();
        QCOMPARE(referenceOf(set), std::optional<std::size_t>(1));
        QVERIFY(!isNearTie(set, 0)); // it has no interval
        set.candidates[1].cka.reset();
        QVERIFY(!referenceOf(set));
    }

    void newValuesOfTheSameCandidatesAreNoReset()
    {
        Bench bench;
        bench.openSession();
        CandidatesModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCandidates(contest(bench, false));
        QCOMPARE(cell(model, 0, CandidatesModel::Distance), absentText());
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setCandidates(contest(bench, true));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        auto other = contest(bench, true);
        other.candidates.pop_back();
        model.setCandidates(other);
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.rowCount(), 1);
    }

    void absentValuesSortLast()
    {
        Bench bench;
        bench.openSession();
        auto set = contest(bench, true);
        set.candidates[0].cka.reset();
        CandidatesModel model;
        model.setCandidates(set);
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(CandidatesModel::SortRole);
        sorted.sort(CandidatesModel::Distance);
        QCOMPARE(sorted.mapToSource(sorted.index(0, 0)).row(), 1);
    }

    void historyGrowsByRows()
    {
        Bench bench;
        bench.openSession("resnet20", 1);
        HistoryModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto history = bench.controller().state().history;
        model.setHistory(history, IterationId(1));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        history.push_back(bench.iteration(2, 1));
        model.setHistory(history, IterationId(2));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(cell(model, 0, HistoryModel::Choice), "dense");
        QCOMPARE(cell(model, 1, HistoryModel::Choice), "10 filters");
        QCOMPARE(cell(model, 2, HistoryModel::Accuracy), "92.10");
        QCOMPARE(cell(model, 2, HistoryModel::MacsRemoved), QString(QChar(0x2212)) + "7.8 %");
        QCOMPARE(cell(model, 2, HistoryModel::LayerDistance), "0.0158");
        QCOMPARE(cell(model, 2, HistoryModel::FilterDistance), "0.0189");
        model.setHistory({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void undoneIterationsAreGreyed()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        HistoryModel model;
        auto history = bench.controller().state().history;
        history.push_back(bench.iteration(3, 1)); // a branch off iteration 1
        model.setHistory(history, IterationId(3));
        const auto isGrey = [&](int row) {
            return model.index(row, 0).data(Qt::ForegroundRole).isValid();
        };
        QVERIFY(!isGrey(0));
        QVERIFY(!isGrey(1));
        QVERIFY(isGrey(2));
        QVERIFY(!isGrey(3));
        QVERIFY(cell(model, 3, HistoryModel::Number).startsWith(QChar(0x25b8)));
        QVERIFY(model.index(3, 0).data(Qt::ToolTipRole).toString().contains("iteration 1"));
    }

    void numbersAreReadable()
    {
        QCOMPARE(shortCountText(125485696).replace(QChar(0x00a0), ' '), "125.5 M");
        QCOMPARE(shortCountText(999), "999");
        QCOMPARE(shortCountText(999999).replace(QChar(0x00a0), ' '), "1.0 M");
        QCOMPARE(durationText(7), "0:07");
        QCOMPARE(durationText(192), "3:12");
        QCOMPARE(durationText(3765), "1:02:45");
        QCOMPARE(percentText(std::nullopt), absentText());
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
