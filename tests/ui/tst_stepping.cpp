#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include "models/candidates_model.h"
#include "panels/message_bar.h"
#include "ui/window.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Proposing, choosing, fine-tuning, undoing and going on, through the widgets.
class TestStepping : public QObject {
    Q_OBJECT

    static QString usable(Window& w)
    {
        return w.enabled({"propose", "fineTune", "step", "undo", "redo"});
    }
    static QString summary(Window& w) { return w.child<QLabel>("candidatesSummary").text(); }
    static QTableView& table(Window& w) { return w.child<QTableView>("candidatesTable"); }
    static QPushButton& prune(Window& w) { return w.child<QPushButton>("pruneInsteadButton"); }

    /// The engine has proposed and chosen the first of two candidates.
    static void propose(Window& w)
    {
        w.action("propose").trigger();
        w.post(CandidatesChanged{IterationId(0), w.contest(true), std::nullopt});
        w.post(
            CandidatesChanged{IterationId(0), w.contest(true),
                              Choice{0, false, "CKA 0.9842 (layer1.0) against 0.9811 (filters)"}});
        w.finish({}, "CKA 0.9842 (layer1.0) against 0.9811 (filters)");
    }
    static void preview(Window& w)
    {
        w.child<QPushButton>("scoreCandidates").click();
        Preview preview;
        preview.samples = 2000;
        preview.baselineAccuracy = 0.917;
        preview.candidates = w.contest(true);
        w.post(PreviewReady{preview});
        w.finish();
    }
    static std::string lastCommand(Window& w) { return w.engine().commands.back(); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aProposalIsGoneOnWithChangedOrDropped()
    {
        Window w;
        w.openSession();
        QCOMPARE(usable(w), "propose step");
        w.action("propose").trigger();
        QCOMPARE(lastCommand(w), std::string("propose"));
        QCOMPARE(usable(w), "");
        w.finish();
        propose(w);
        QCOMPARE(usable(w), "fineTune step undo");
        QVERIFY2(summary(w).startsWith("The engine chose layer1.0: CKA 0.9842"),
                 qPrintable(summary(w)));
        QVERIFY(summary(w).contains("Fine-tune, or prune another one instead."));
        w.action("fineTune").trigger();
        QCOMPARE(lastCommand(w), std::string("step"));
        QVERIFY(!summary(w).contains("Fine-tune, or")); // it is being done
        w.finish(Error{ErrorCode::Stopped, "Stopped."});
        w.action("undo").trigger();
        w.post(CurrentChanged{IterationId(0)});
        w.finish({}, "undone");
        QCOMPARE(usable(w), "propose step");
        QCOMPARE(table(w).model()->rowCount(), 0);
    }

    void anotherCandidateIsPrunedInstead()
    {
        Window w;
        w.openSession();
        propose(w);
        QVERIFY(!prune(w).isEnabled()); // the chosen one is selected: it is next anyway
        table(w).selectRow(1);
        QVERIFY(prune(w).isEnabled());
        prune(w).click();
        QCOMPARE(lastCommand(w), std::string("choose"));
        QCOMPARE(w.engine().lastChoice.kind, StructureKind::Filter);
        QVERIFY(!prune(w).isEnabled()); // until it is done
        w.post(CandidatesChanged{IterationId(0), w.contest(true),
                                 Choice{1, true, "by hand, instead of layer1.0"}});
        w.finish({}, "chosen by hand");
        QVERIFY2(summary(w).startsWith("You chose 10 filters"), qPrintable(summary(w)));
        QCOMPARE(table(w).selectionModel()->selectedRows().value(0).row(), 1);
        QVERIFY(!prune(w).isEnabled());
    }

    void oneOfAllCandidatesIsPrunedByTheReturnKey()
    {
        Window w;
        w.openSession();
        preview(w);
        QVERIFY(summary(w).contains("2,000 images"));
        QVERIFY(summary(w).contains("prune it"));
        w.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        table(w).setFocus();
        table(w).selectRow(1);
        QTest::keyClick(&table(w), Qt::Key_Return);
        QCOMPARE(lastCommand(w), std::string("choose"));
        QCOMPARE(w.engine().lastChoice.kind, StructureKind::Filter);
    }

    void candidatesOfAnotherNetworkCannotBePruned()
    {
        Window w;
        w.openSession("resnet20", 2); // on the bench: iteration 2
        w.child<QTableView>("historyTable").selectRow(1);
        QCOMPARE(table(w).model()->rowCount(), 2);
        table(w).selectRow(1);
        QVERIFY(!prune(w).isEnabled());
        QVERIFY2(summary(w).startsWith("Contest after iteration 0"), qPrintable(summary(w)));
    }

    void afterAnUndoItsContestCanBeChosenFromAgain()
    {
        Window w;
        w.openSession();
        propose(w);
        w.action("fineTune").trigger();
        w.post(IterationFinished{w.iteration(1, 0)});
        w.post(CurrentChanged{IterationId(1)});
        w.post(NetworkChanged{IterationId(1), w.graph, w.structures});
        w.finish({}, "iteration finished");
        auto& bar = w.child<MessageBar>("messageBar");
        QVERIFY2(bar.text().startsWith("Iteration 1: without"), qPrintable(bar.text()));
        QVERIFY(bar.text().contains("Undo takes it back"));
        w.child<QPushButton>("messageButton").click();
        QCOMPARE(lastCommand(w), std::string("undo"));
        w.post(CurrentChanged{IterationId(0)});
        w.post(NetworkChanged{IterationId(0), w.graph, w.structures});
        w.finish({}, "undone");
        QCOMPARE(usable(w), "propose step redo");
        QVERIFY2(summary(w).contains("branch off here"), qPrintable(summary(w)));
        table(w).selectRow(0);
        QVERIFY(prune(w).isEnabled());
        w.action("redo").trigger();
        QCOMPARE(lastCommand(w), std::string("goTo"));
        QCOMPARE(w.engine().lastGoTo, IterationId(1));
    }

    void candidatesAreFilteredByKindAndText()
    {
        Window w;
        w.openSession();
        preview(w);
        QCOMPARE(table(w).model()->rowCount(), 2);
        auto& kind = w.child<QComboBox>("candidatesKind");
        kind.setCurrentIndex(kind.findText("filters"));
        QCOMPARE(table(w).model()->rowCount(), 1);
        kind.setCurrentIndex(0);
        w.child<QLineEdit>("candidatesFilter")
            .setText("LAYER1.0.CONV"); // a convolution of the filters
        QCOMPARE(table(w).model()->rowCount(), 1);
        w.child<QLineEdit>("candidatesFilter").setText("nothing has this name");
        QCOMPARE(table(w).model()->rowCount(), 0);
        w.child<QLineEdit>("candidatesFilter").clear();
        QCOMPARE(table(w).model()->rowCount(), 2);
    }

    void theChosenCandidateIsListedWhateverTheFilter()
    {
        Window w;
        w.openSession();
        propose(w);
        w.child<QLineEdit>("candidatesFilter").setText("nothing has this name");
        QCOMPARE(table(w).model()->rowCount(), 1);
        QCOMPARE(table(w).model()->index(0, CandidatesModel::Kind).data().toString(), "layer");
    }

    void similarityIsShownAsCkaOrAsDistance()
    {
        Window w;
        w.openSession();
        preview(w);
        const auto& model = *table(w).model();
        QCOMPARE(model.index(0, CandidatesModel::Distance).data().toString(), "0.0158");
        w.child<QComboBox>("candidatesSimilarity").setCurrentIndex(1);
        QCOMPARE(model.index(0, CandidatesModel::Distance).data().toString(), "0.9842");
        QCOMPARE(model.headerData(CandidatesModel::Distance, Qt::Horizontal).toString(), "CKA");
    }
};

QTEST_MAIN(TestStepping)
#include "tst_stepping.moc"
