#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTableView>
#include <QTest>

#include "graph/card_item.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "models/comparison_model.h"
#include "models/history_lanes.h"
#include "models/history_model.h"
#include "models/removed_between.h"
#include "surgery/surgery.h"
#include "ui/window.h"
#include "windows/compare_dialog.h"
#include "windows/export_dialog.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

namespace {

/// "0 0 1": the parents of iterations 1, 2, 3, ...
std::vector<Iteration> treeOf(const char* parents)
{
    std::vector<Iteration> history(1);
    history[0].id = IterationId(0);
    for (const auto& parent : QString::fromLatin1(parents).split(' ')) {
        Iteration made;
        made.id = IterationId(static_cast<std::int64_t>(history.size()));
        made.parent = IterationId(parent.toInt());
        history.push_back(made);
    }
    return history;
}

/// The lane of each row.
QString lanesText(const std::vector<LaneRow>& rows)
{
    QStringList lanes;
    for (const auto& row : rows)
        lanes << QString::number(row.lane);
    return lanes.join(' ');
}

} // namespace

/// The history as a tree, going to a network, and comparing two.
class TestHistory : public QObject {
    Q_OBJECT

    static QTableView& table(Window& w) { return w.child<QTableView>("historyTable"); }

    /// 0 - 1 - 2 - 3, and 4 made of 1, which is current.
    static void openTree(Window& w)
    {
        w.openSession("resnet20", 3);
        w.action("step").trigger();
        w.post(IterationFinished{w.iteration(4, 1)});
        w.post(CurrentChanged{IterationId(4)});
        w.post(NetworkChanged{IterationId(4), w.graph, w.structures});
        w.finish({}, "iteration finished");
    }
    static void select(Window& w, std::initializer_list<int> rows)
    {
        table(w).clearSelection();
        for (const int row : rows)
            table(w).selectionModel()->select(table(w).model()->index(row, 0),
                                              QItemSelectionModel::Select
                                                  | QItemSelectionModel::Rows);
    }
    static std::string lastCommand(Window& w) { return w.engine().commands.back(); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void branchesGetLanesOfTheirOwn_data()
    {
        QTest::addColumn<QString>("parents");
        QTest::addColumn<QString>("lanes");
        QTest::newRow("a line") << "0 1 2"
                                << "0 0 0 0";
        QTest::newRow("a branch") << "0 1 1 3"
                                  << "0 0 0 1 1";
        QTest::newRow("two branches of one") << "0 0 0"
                                             << "0 0 1 2";
        QTest::newRow("beside a long one") << "0 1 1 2 3"
                                           << "0 0 0 1 0 1";
        QTest::newRow("two that overlap") << "0 1 0 1 4 2"
                                          << "0 0 0 1 2 2 0";
        QTest::newRow("a lane that is free again") << "0 0 1 3 3"
                                                   << "0 0 1 0 0 1";
    }
    void branchesGetLanesOfTheirOwn()
    {
        QFETCH(QString, parents);
        QFETCH(QString, lanes);
        const auto history = treeOf(parents.toLatin1().constData());
        QCOMPARE(lanesText(lanesOf(history, IterationId(0))), lanes);
    }

    void linesRunFromEveryNetworkToWhatWasMadeOfIt()
    {
        const auto rows = lanesOf(treeOf("0 1 1"), IterationId(3)); // 0 - 1 - 2, and 3 of 1
        const std::vector<LaneLine> first{{0, 0.5, 0, 1.0, true}};
        QCOMPARE(rows[0].lines, first);
        const std::vector<LaneLine> parting{
            {0, 0.0, 0, 0.5, true}, {0, 0.5, 0, 1.0, false}, {0, 0.5, 1, 1.0, true}};
        QCOMPARE(rows[1].lines, parting);
        const std::vector<LaneLine> passed{{0, 0.0, 0, 0.5, false}, {1, 0.0, 1, 1.0, true}};
        QCOMPARE(rows[2].lines, passed);
        QVERIFY(rows[1].leadsToCurrent);
        QVERIFY(!rows[2].leadsToCurrent);
        QVERIFY(rows[3].leadsToCurrent);
    }

    void theMarginSaysHowClearTheChoiceWas()
    {
        Bench bench;
        bench.openSession("resnet20", 2);
        HistoryModel model;
        model.setHistory(bench.controller().state().history, IterationId(2));
        const auto margin = [&](int row) {
            return model.index(row, HistoryModel::Margin).data().toString();
        };
        QCOMPARE(margin(1), "-0.0031"); // filters were cut, the layer was closer
        QCOMPARE(margin(2), "+0.0031");
    }

    void theContestOfTheNetworkThatIsGoneToIsShown()
    {
        Window w;
        openTree(w); // 2 and 4 were made of 1
        w.controller().goTo(IterationId(0));
        w.post(CurrentChanged{IterationId(0)});
        w.post(NetworkChanged{IterationId(0), w.graph, w.structures});
        w.finish({}, "iteration 0 is current");
        QCOMPARE(w.controller().state().candidates.parent, IterationId(0));
        QCOMPARE(w.controller().state().candidates.choice->chosen, std::size_t(1)); // of 1
        w.controller().goTo(IterationId(3)); // nothing was made of it
        w.post(CurrentChanged{IterationId(3)});
        QCOMPARE(w.controller().state().candidates.parent, IterationId(2));
    }

    void columnsArePickedByTheMenuOfTheHeader()
    {
        const auto open = [](Window& w) -> QMenu& {
            auto* header = table(w).horizontalHeader();
            Q_EMIT header->customContextMenuRequested({});
            return w.child<QMenu>("columnMenu");
        };
        Window w;
        w.openSession("resnet20", 3);
        QVERIFY(table(w).isColumnHidden(HistoryModel::Margin));
        auto& menu = open(w);
        QCOMPARE(menu.actions().size(), HistoryModel::ColumnCount - 2); // number and what went stay
        QCOMPARE(menu.actions().front()->text(), "Margin");
        menu.actions().front()->trigger();
        QVERIFY(!table(w).isColumnHidden(HistoryModel::Margin));
        Window next;
        QVERIFY(!table(next).isColumnHidden(HistoryModel::Margin)); // it is kept
        QSettings().remove("hiddenColumns");
    }

    void anyNetworkIsGoneToByButtonKeyAndDoubleClick()
    {
        Window w;
        openTree(w);
        auto& goTo = w.child<QPushButton>("goToIterationButton");
        QVERIFY(!goTo.isEnabled()); // nothing is selected
        select(w, {4});
        QVERIFY(!goTo.isEnabled()); // it is the current one
        select(w, {3});
        QVERIFY(goTo.isEnabled());
        QCOMPARE(goTo.text(), "Go To");
        select(w, {0});
        QCOMPARE(goTo.text(), "Branch from Here"); // others were made of it
        goTo.click();
        QCOMPARE(lastCommand(w), std::string("goTo"));
        QCOMPARE(w.engine().lastGoTo, IterationId(0));
        QVERIFY(!goTo.isEnabled()); // until it is there
        w.finish();

        w.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        table(w).setFocus();
        select(w, {2});
        QTest::keyClick(&table(w), Qt::Key_Return);
        QCOMPARE(w.engine().lastGoTo, IterationId(2));
        w.finish();
        const auto place = table(w).visualRect(table(w).model()->index(1, 1)).center();
        QTest::mouseClick(table(w).viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(table(w).viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(w.engine().lastGoTo, IterationId(1));
    }

    void anyNetworkIsExported()
    {
        Window w;
        openTree(w);
        select(w, {2});
        w.action("exportIteration").trigger();
        auto* dialog = w.window.findChild<ExportDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QComboBox*>("exportNetwork")->currentData().toInt(), 2);
    }

    void whatWentIsNamedAsInTheNetworkItBeganWith()
    {
        Bench bench;
        bench.openSession();
        const auto& group = bench.structures->filters[1].name;
        auto history = treeOf("0 1 1");
        const auto cut = [&](std::size_t id, Removal removal) {
            Candidate candidate;
            candidate.removal = std::move(removal);
            history[id].candidates = {candidate};
            history[id].choice = Choice{0, false, ""};
        };
        cut(1, {{"layer2.1"}, {{group, {0, 2}}}}); // leaves 1, 3, 4, ...
        cut(2, {{}, {{group, {0, 1, 2}}}}); // 1, 3 and 4
        const auto removed =
            removedBetween(history, IterationId(0), IterationId(2), *bench.structures);
        const Removal expected{{"layer2.1"}, {{group, {0, 1, 2, 3, 4}}}};
        QVERIFY(removed == expected);
        const auto aside =
            removedBetween(history, IterationId(2), IterationId(3), *bench.structures);
        QVERIFY(aside.isEmpty()); // neither was made of the other
    }

    void twoNetworksAreComparedSideBySide()
    {
        Window w;
        openTree(w);
        auto& compare = w.child<QPushButton>("compareIterationsButton");
        select(w, {0});
        QCOMPARE(compare.text(), "Compare with Current");
        select(w, {0, 2});
        QCOMPARE(compare.text(), "Compare");
        compare.click();
        QCOMPARE(w.engine().shown, (std::vector{IterationId(0), IterationId(2)}));
        auto* dialog = w.window.findChild<CompareDialog*>("compareDialog");
        QVERIFY(dialog && dialog->isVisible());

        const Removal layer{{"layer2.1"}, {}};
        const auto pruned = prunedGraph(*w.graph, *w.structures, layer).value();
        const auto smaller = std::make_shared<const Graph>(pruned);
        w.post(NetworkShown{IterationId(0), w.graph, w.structures});
        w.post(NetworkShown{IterationId(2), smaller,
                            std::make_shared<const Structures>(findStructures(*smaller))});
        auto& differences = *dialog->findChild<QTableView*>("differences");
        const auto cell = [&](int row, int column) {
            return differences.model()->index(row, column).data().toString();
        };
        // Two convolutions and their batch norms are gone; the last row is the whole network.
        QCOMPARE(differences.model()->rowCount(), 5);
        QVERIFY(cell(0, ComparisonModel::Layer).startsWith("layer2.1"));
        QCOMPARE(cell(0, ComparisonModel::MacsChange), "gone");
        QCOMPARE(cell(0, ComparisonModel::ChannelsA), "32");
        QCOMPARE(cell(4, ComparisonModel::Layer), "Whole network");
        dialog->findChild<QCheckBox*>("onlyDifferences")->setChecked(false);
        QVERIFY(differences.model()->rowCount() > 20);

        // Zooming one picture zooms the other; what is selected in it is selected in both.
        auto& a = *dialog->findChild<GraphView*>("compareA");
        auto& b = *dialog->findChild<GraphView*>("compareB");
        a.zoomToActualSize();
        a.zoomIn();
        QCOMPARE(b.zoom(), a.zoom());
        const auto& sceneA = *qobject_cast<GraphScene*>(a.scene());
        const auto& sceneB = *qobject_cast<GraphScene*>(b.scene());
        sceneA.cardOf(*w.graph->find("layer3.1.conv1"))->setSelected(true);
        QVERIFY(sceneB.cardOf(*smaller->find("layer3.1.conv1"))->isSelected());
        QVERIFY(cell(differences.currentIndex().row(), 0).startsWith("layer3.1.conv1"));
    }
};

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
