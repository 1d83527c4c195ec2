#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "graph/card_item.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "graph/legend.h"
#include "panels/curves_panel.h"
#include "panels/message_bar.h"
#include "plots/accuracy_plot.h"
#include "plots/epoch_plot.h"
#include "ui/fixtures.h"
#include "windows/assistant/experiment_assistant.h"
#include "windows/main_window.h"
#include "windows/path_edit.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestMainWindow : public QObject {
    Q_OBJECT

    struct Window : Bench {
        MainWindow window{controller()};

        Window() { window.show(); }
        QAction& action(const char* name)
        {
            return *window.findChild<QAction*>(QLatin1String(name));
        }
        template <class T> T& child(const char* name)
        {
            return *window.findChild<T*>(QLatin1String(name));
        }
        /// The actions that can be used, in a fixed order.
        QString enabled()
        {
            QStringList names;
            for (const char* name : {"step", "run", "pause", "stop", "undo", "export"}) {
                if (action(name).isEnabled())
                    names << QLatin1String(name);
            }
            return names.join(' ');
        }
    };

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anEmptyWindowSaysWhatToDo()
    {
        Window w;
        QCOMPARE(w.child<QStackedWidget>("centre").currentIndex(), 0);
        QVERIFY(w.child<QWidget>("emptyState").isVisible());
        QVERIFY(w.child<QPushButton>("openModelButton").isEnabled());
        QCOMPARE(w.enabled(), "");
        QVERIFY(!w.child<MessageBar>("messageBar").isVisible());
    }

    void actionsAreEnabledWhenTheyMakeSense()
    {
        Window w;
        w.openSession("resnet20", 0);
        QCOMPARE(w.enabled(), "step run export"); // nothing to undo yet
        w.action("step").trigger();
        QCOMPARE(w.enabled(), "pause stop");
        w.post(PauseChanged{true});
        QVERIFY(w.action("pause").isChecked());
        QCOMPARE(w.action("pause").text(), "Resu&me");
        w.action("pause").trigger();
        QCOMPARE(w.engine().commands.back(), std::string("resume"));
        w.post(PauseChanged{false});
        QCOMPARE(w.action("pause").text(), "&Pause");
        w.action("stop").trigger();
        QCOMPARE(w.enabled(), "");
        w.finish(Error{ErrorCode::Stopped, "Stopped."});
        QCOMPARE(w.enabled(), "step run export");
        w.action("step").trigger();
        w.post(IterationFinished{w.iteration(1, 0)});
        w.finish();
        QCOMPARE(w.enabled(), "step run undo export");
    }

    void aModelWithoutDataCanOnlyBeExported()
    {
        Window w;
        w.window.openFile("resnet20.pt");
        QCOMPARE(w.engine().commands.back(), std::string("openModel"));
        w.graph = builtInGraph("resnet20");
        w.post(ModelOpened{"resnet20.pt", {"Batch norm was frozen."}});
        w.post(NetworkChanged{
            {}, w.graph, std::make_shared<const Structures>(findStructures(*w.graph))});
        w.finish();
        QCOMPARE(w.child<QStackedWidget>("centre").currentIndex(), 1);
        QCOMPARE(w.enabled(), "export");
        QVERIFY(w.child<QLabel>("messageText").text().contains("Batch norm was frozen."));
        w.child<QPushButton>("messageButton").click();
        auto* assistant = w.window.findChild<ExperimentAssistant*>();
        QVERIFY(assistant); // the way on: a session with this model
        QVERIFY(assistant->findChild<PathEdit*>("assistantModel")->path() == "resnet20.pt");
    }

    void runGoesToTheTargetThatIsSet()
    {
        Window w;
        w.openSession();
        QCOMPARE(w.child<QSpinBox>("target").value(), 50);
        w.child<QSpinBox>("target").setValue(35);
        w.action("run").trigger();
        QCOMPARE(w.engine().lastRules.macsRemoved.value(), 0.35);
        QCOMPARE(w.engine().commands.back(), std::string("run"));
        QVERIFY(!w.child<QSpinBox>("target").isEnabled());
    }

    void theContestIsShownInTableAndPicture()
    {
        Window w;
        w.openSession();
        w.action("step").trigger();
        w.post(CandidatesChanged{IterationId(0), w.contest(true),
                                 Choice{0, false, "CKA 0.9842 (layer) against 0.9811 (filters)"}});
        auto& table = w.child<QTableView>("candidatesTable");
        QCOMPARE(table.model()->rowCount(), 2);
        QVERIFY(w.child<QLabel>("candidatesSummary").text().contains("0.9842"));
        const auto& scene = *qobject_cast<GraphScene*>(w.child<GraphView>("graphView").scene());
        const auto marked = [&] {
            return std::ranges::count_if(scene.cards(), [](const auto* card) {
                return card->mark().whole || !card->mark().cells.empty();
            });
        };
        QCOMPARE(marked(), 2); // both convolutions of the chosen layer
        table.selectRow(1);
        QCOMPARE(marked(), 1); // the convolution that would lose filters
        w.post(IterationFinished{w.iteration(1, 0)});
        w.post(NetworkChanged{IterationId(1), w.graph, w.structures});
        QCOMPARE(marked(), 0); // the candidates were those of the network before
    }

    void latencyIsMeasuredWhenItIsPaintedAndNothingElseRuns()
    {
        Window w;
        w.openSession();
        const auto asked = [&] {
            w.deliver();
            return std::ranges::count(w.engine().commands, std::string("measureLayers"));
        };
        QCOMPARE(asked(), 0); // nobody looks at it
        auto& box = w.child<QComboBox>("paintedNumber");
        w.action("step").trigger();
        box.setCurrentIndex(box.findData(static_cast<int>(PaintedNumber::Latency)));
        QCOMPARE(asked(), 0); // the engine works
        const auto& legend = w.child<Legend>("legend");
        QVERIFY(legend.lines().join(' ').contains("when the work is done"));
        w.post(IterationFinished{w.iteration(1, 0)});
        w.post(NetworkChanged{IterationId(1), w.graph, w.structures});
        w.finish({}, "iteration finished");
        QCOMPARE(asked(), 1);
        QVERIFY(legend.lines().join(' ').contains("being measured"));
        QVERIFY(w.child<QWidget>("messageBar").isVisible()); // what the step reached stays told
        w.post(w.layersMeasured());
        w.finish();
        const auto& scene = *qobject_cast<GraphScene*>(w.child<GraphView>("graphView").scene());
        QVERIFY(scene.cardOf(*w.graph->find("layer1.0.conv1"))->heat());
        QCOMPARE(asked(), 1);
        // Another network is another time; one that cannot be measured is not asked for again.
        w.action("undo").trigger();
        const auto other = builtInGraph("resnet32");
        w.post(CurrentChanged{IterationId(0)});
        w.post(NetworkChanged{IterationId(0), other,
                              std::make_shared<const Structures>(findStructures(*other))});
        w.finish();
        QCOMPARE(asked(), 2);
        w.finish(Error{ErrorCode::Internal, "No memory is left."});
        QCOMPARE(asked(), 2);
        QVERIFY(legend.lines().join(' ').contains("not measured"));
    }

    void curvesMoveWhileItRuns()
    {
        Window w;
        w.openSession();
        w.action("run").trigger();
        w.post(CandidatesChanged{IterationId(0), w.contest(false), std::nullopt});
        auto& curves = w.child<CurvesPanel>("curves");
        for (std::int64_t epoch = 1; epoch <= 3; ++epoch) {
            w.post(w.epoch(0, true, epoch));
            QCOMPARE(curves.loss().lines()[0].points.size(), static_cast<std::size_t>(epoch));
        }
        QCOMPARE(curves.accuracy().currentPath().size(), std::size_t(1));
        w.post(IterationFinished{w.iteration(1, 0)});
        QCOMPARE(curves.accuracy().currentPath().size(), std::size_t(2));
    }

    void anIterationSelectedInTheHistoryShowsItsContest()
    {
        Window w;
        w.openSession("resnet20", 3);
        w.child<QTableView>("historyTable").selectRow(2);
        QVERIFY(
            w.child<QLabel>("candidatesSummary").text().startsWith("Contest after iteration 1"));
        QCOMPARE(w.child<QTableView>("candidatesTable").model()->rowCount(), 2);
        QCOMPARE(w.child<CurvesPanel>("curves").loss().lines().size(), std::size_t(1));
    }

    void scoringAsksForAPreview()
    {
        Window w;
        w.openSession();
        w.child<QPushButton>("scoreCandidates").click();
        QCOMPARE(w.engine().commands.back(), std::string("preview"));
        QCOMPARE(w.engine().lastPreview.ratio, 0.1);
        QVERIFY(!w.child<QPushButton>("scoreCandidates").isEnabled());
        Preview preview;
        preview.samples = 2000;
        preview.baselineAccuracy = 0.917;
        preview.candidates = w.contest(true);
        w.post(PreviewReady{preview});
        w.finish();
        QVERIFY(w.child<QLabel>("candidatesSummary").text().contains("2,000 images"));
    }

    void errorsAreOneMessageThatTheNextReplaces()
    {
        Window w;
        w.openSession();
        w.action("step").trigger();
        w.finish(Error{ErrorCode::Io, "The disk is full."});
        auto& bar = w.child<MessageBar>("messageBar");
        QVERIFY(bar.isVisible());
        QVERIFY(bar.isError());
        QCOMPARE(bar.text(), "The disk is full.");
        w.action("step").trigger();
        w.finish(Error{ErrorCode::Busy, "Another process has the session."});
        QCOMPARE(bar.text(), "Another process has the session.");
        QVERIFY(w.window.findChildren<QMessageBox*>().isEmpty());
        w.child<QPushButton>("messageButton").click(); // the way on: again
        QVERIFY(!bar.isVisible());
        QCOMPARE(std::ranges::count(w.engine().commands, "step"), 3);
    }

    void anExperimentThatCannotBeReadIsAMessage()
    {
        Window w;
        w.window.openFile("no such.yaml");
        QVERIFY(w.child<MessageBar>("messageBar").isVisible());
        QVERIFY(w.child<MessageBar>("messageBar").text().contains("no such.yaml"));
        QVERIFY(w.engine().commands.empty());
    }

    void aSessionThatIsDroppedIsOpened()
    {
        Window w;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile("/a folder/b.espalier")});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&w.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&w.window, &drop);
        QCOMPARE(w.engine().commands.back(), std::string("openSession"));
    }

    void closingWhileItWorksAsksOnceAndStops()
    {
        Window w;
        w.openSession();
        w.action("run").trigger();
        w.window.close();
        w.window.close();
        QVERIFY(w.window.isVisible());
        QCOMPARE(w.window.findChildren<QMessageBox*>().size(), 1);
        w.child<QPushButton>("closeQuestionStop").click();
        QCOMPARE(w.engine().commands.back(), std::string("stop"));
        QVERIFY(w.window.isVisible()); // until the engine has stopped
        w.finish(Error{ErrorCode::Stopped, "Stopped."});
        QVERIFY(!w.window.isVisible());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
