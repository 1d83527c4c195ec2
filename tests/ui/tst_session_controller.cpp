#include <QSignalSpy>
#include <QTest>

#include <thread>

#include "session/event_queue.h"
#include "session/file_kind.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Events become the window's state: in order, coalesced, without what is out of date.
class TestSessionController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesASession()
    {
        Bench bench;
        QSignalSpy network(&bench.controller(), &SessionController::networkChanged);
        QSignalSpy history(&bench.controller(), &SessionController::historyChanged);
        bench.openSession("resnet20", 2);
        const auto& state = bench.controller().state();
        QCOMPARE(state.sessionFile, std::filesystem::path("session.espalier"));
        QCOMPARE(state.history.size(), std::size_t(3));
        QCOMPARE(state.current, IterationId(2));
        QCOMPARE(network.size(), 1);
        QCOMPARE(history.size(), 1);
        QVERIFY(!state.isBusy());
        QVERIFY(qAbs(state.macsRemoved() - (1 - 0.96 * 0.96)) < 1e-6);
    }

    void eventsPostedOnAnotherThreadArriveOnTheGuiThreadInOrder()
    {
        Bench bench;
        bench.openSession();
        bench.controller().run();
        const auto run = bench.engine().lastRun();
        std::vector<std::int64_t> seen;
        QObject context;
        connect(&bench.controller(), &SessionController::logged, &context,
                [&](const LogLine& line) {
                    QCOMPARE(QThread::currentThread(), qApp->thread());
                    seen.push_back(std::stoll(line.text));
                });
        std::thread worker([&] {
            for (int i = 0; i < 500; ++i)
                bench.controller().post({run, Logged{{LogLevel::Info, std::to_string(i)}}});
        });
        QTRY_COMPARE(seen.size(), std::size_t(500));
        worker.join();
        QVERIFY(std::ranges::is_sorted(seen));
    }

    void onlyTheLastOfARowOfProgressEventsIsKept()
    {
        EventQueue queue;
        const auto progress = [](std::int64_t run, std::int64_t done) {
            Progress value;
            value.done = done;
            return Event{RunId(run), ProgressChanged{value}};
        };
        QVERIFY(queue.push(progress(1, 10)));
        QVERIFY(!queue.push(progress(1, 20)));
        QVERIFY(!queue.push({RunId(1), PauseChanged{true}}));
        QVERIFY(!queue.push(progress(1, 30)));
        QVERIFY(!queue.push(progress(2, 1)));
        const auto events = queue.take();
        QCOMPARE(events.size(), std::size_t(4));
        QCOMPARE(std::get<ProgressChanged>(events[0].what).progress.done, 20);
        QCOMPARE(std::get<ProgressChanged>(events[2].what).progress.done, 30);
        QVERIFY(queue.take().empty());
        QVERIFY(queue.push(progress(1, 1)));
    }

    void aBacklogOfProgressIsOneSignal()
    {
        Bench bench;
        bench.openSession();
        bench.controller().run();
        QSignalSpy progress(&bench.controller(), &SessionController::progressChanged);
        for (int i = 1; i <= 100; ++i)
            bench.controller().post(
                {bench.engine().lastRun(), ProgressChanged{Progress{"x", i, 100, "images", 1, 1}}});
        bench.deliver();
        QCOMPARE(progress.size(), 1);
        QCOMPARE(bench.controller().state().progress->done, 100);
    }

    void dropsProgressOfAFinishedRun()
    {
        Bench bench;
        bench.openSession();
        bench.controller().step();
        bench.finish();
        QSignalSpy progress(&bench.controller(), &SessionController::progressChanged);
        bench.post(ProgressChanged{Progress{"late", 1, 2, "images", 1, 1}});
        QCOMPARE(progress.size(), 0);
        QVERIFY(!bench.controller().state().progress);
    }

    void dropsCandidatesAndEpochsOfASessionThatIsBeingReplaced()
    {
        Bench bench;
        bench.openSession();
        bench.controller().run();
        const auto old = bench.engine().lastRun();
        bench.controller().openSession("other.espalier");
        QVERIFY(std::ranges::count(bench.engine().commands, "stop") == 1);
        bench.post(old, CandidatesChanged{IterationId(0), bench.contest(true), std::nullopt});
        bench.post(old, bench.epoch(0, true, 1));
        const auto& state = bench.controller().state();
        QVERIFY(state.candidates.candidates.empty());
        QVERIFY(state.curves.empty());
    }

    void keepsAnIterationThatFinishedWhileAnotherModelWasAskedFor()
    {
        Bench bench;
        bench.openSession();
        bench.controller().run();
        const auto old = bench.engine().lastRun();
        bench.controller().openModel("missing.pt");
        const auto opening = bench.engine().lastRun();
        bench.post(old, IterationFinished{bench.iteration(1, 0)});
        bench.post(old, RunFinished{Error{ErrorCode::Stopped, "Stopped."}, {}});
        bench.post(opening, RunFinished{Error{ErrorCode::NotFound, "No missing.pt."}, {}});
        const auto& state = bench.controller().state();
        QCOMPARE(state.history.size(),
                 std::size_t(2)); // the opening failed: the session is as it was
        QCOMPARE(state.current, IterationId(1));
        QVERIFY(!state.isBusy());
    }

    void dropsAPreviewThatANewerOneReplaced()
    {
        Bench bench;
        bench.openSession();
        bench.controller().preview({});
        const auto first = bench.engine().lastRun();
        bench.controller().preview({});
        Preview preview;
        preview.candidates = bench.contest(true);
        bench.post(first, PreviewReady{preview});
        QVERIFY(bench.controller().state().candidates.candidates.empty());
        bench.post(PreviewReady{preview});
        QCOMPARE(bench.controller().state().candidates.candidates.size(), std::size_t(2));
        QCOMPARE(bench.controller().state().candidates.parentMacs, bench.graph->macs());
    }

    void latencyIsThatOfTheNetworkOnTheBench()
    {
        Bench bench;
        bench.openSession("resnet20", 1);
        const auto& state = bench.controller().state();
        bench.controller().measureLayers();
        QVERIFY(state.isOnlyMeasuring() && !state.canMeasure());
        auto late = bench.layersMeasured();
        late.iteration = IterationId(0); // of the network before
        bench.post(late);
        QVERIFY(!state.latency);
        QSignalSpy changed(&bench.controller(), &SessionController::partsChanged);
        bench.post(bench.layersMeasured());
        bench.finish();
        QVERIFY(state.latency && state.canMeasure());
        QCOMPARE(changed.size(), 1);
        bench.post(NetworkChanged{IterationId(0), bench.graph, bench.structures});
        QVERIFY(!state.latency);
    }

    void aFailedCommandIsAFailureAndAStoppedOneIsNot()
    {
        Bench bench;
        bench.openSession();
        QSignalSpy failed(&bench.controller(), &SessionController::failed);
        QSignalSpy finished(&bench.controller(), &SessionController::finished);
        bench.controller().run();
        bench.controller().stop();
        QVERIFY(bench.controller().state().stopping);
        bench.finish(Error{ErrorCode::Stopped, "Stopped."});
        QCOMPARE(failed.size(), 0);
        QCOMPARE(finished.size(), 1);
        QVERIFY(!bench.controller().state().stopping);
        bench.controller().step();
        bench.finish(Error{ErrorCode::Io, "The disk is full."});
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed[0][1].value<Error>().message, std::string("The disk is full."));
    }

    void runsOnceTheSessionIsOpen()
    {
        Bench bench;
        bench.controller().openSession("a.espalier");
        bench.controller().runWhenOpened();
        bench.finish(Error{ErrorCode::NotFound, "No a.espalier."});
        QVERIFY(std::ranges::count(bench.engine().commands, "run") == 0);
        bench.controller().openSession("b.espalier");
        bench.controller().runWhenOpened();
        bench.finish();
        QCOMPARE(bench.engine().commands.back(), std::string("run"));
    }

    void newCurvesBeginWithTheNextIteration()
    {
        Bench bench;
        bench.openSession();
        const auto& state = bench.controller().state();
        bench.controller().run();
        bench.post(CandidatesChanged{IterationId(0), bench.contest(false), std::nullopt});
        bench.post(bench.epoch(0, true, 1));
        bench.post(bench.epoch(1, true, 1));
        bench.post(bench.epoch(0, false, 1));
        bench.post(bench.epoch(0, false, 2));
        bench.post(bench.epoch(0, false, 2)); // resumed: the epoch in flight is repeated
        QCOMPARE(state.curves.size(), std::size_t(3));
        QCOMPARE(state.curves[2].epochs.size(), std::size_t(2));
        QVERIFY(state.hasPending);
        bench.post(IterationFinished{bench.iteration(1, 0)});
        QVERIFY(!state.hasPending);
        QCOMPARE(state.curves.size(), std::size_t(3)); // still to be looked at
        bench.post(CandidatesChanged{IterationId(1), bench.contest(false), std::nullopt});
        QVERIFY(state.curves.empty());
    }

    void theTargetIsARuleOfTheSession()
    {
        Bench bench;
        bench.openSession();
        bench.controller().setTarget(0.5); // is so already
        QCOMPARE(bench.engine().commands.back(), std::string("openSession"));
        bench.controller().setTarget(0.3);
        QCOMPARE(bench.engine().commands.back(), std::string("setStopRules"));
        QCOMPARE(bench.engine().lastRules.macsRemoved.value(), 0.3);
    }

    void onlyTheLastCheckIsTold()
    {
        Bench bench;
        auto& controller = bench.controller();
        QSignalSpy failed(&controller, &SessionController::failed);
        std::vector<double> accuracies;
        std::vector<std::string> errors;
        connect(&controller, &SessionController::experimentChecked, this,
                [&](const ExperimentChecked& known) { accuracies.push_back(*known.accuracy); });
        connect(&controller, &SessionController::checkFinished, this,
                [&](const auto& error) { errors.push_back(error ? error->message : "well"); });
        ExperimentChecked known;
        controller.checkExperiment({});
        const auto first = bench.engine().lastRun();
        controller.checkExperiment({});
        QCOMPARE(bench.engine().commands,
                 (std::vector<std::string>{"checkExperiment", "stop", "checkExperiment"}));
        known.accuracy = 0.1;
        bench.post(first, known);
        bench.post(first, RunFinished{Error{ErrorCode::Stopped, "Stopped."}, {}});
        known.accuracy = 0.9;
        bench.post(known);
        bench.finish();
        QCOMPARE(accuracies, std::vector{0.9});
        QCOMPARE(errors, std::vector<std::string>{"well"});
        controller.checkExperiment({});
        bench.finish(Error{ErrorCode::NotFound, "No such file."});
        QCOMPARE(errors.back(), std::string("No such file."));
        QVERIFY(failed.isEmpty()); // whoever asked tells it, not the message bar
        QVERIFY(!controller.state().isBusy());
    }

    void filesAreTakenForWhatTheyAre_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("kind");
        QTest::newRow("model") << "a.pt" << QByteArray("PK") << int(FileKind::Model);
        QTest::newRow("experiment")
            << "a.yaml" << QByteArray("model: a.pt") << int(FileKind::Experiment);
        QTest::newRow("session") << "a.espalier" << QByteArray() << int(FileKind::Session);
        QTest::newRow("renamed session")
            << "a.db" << QByteArray("SQLite format 3\0....", 20) << int(FileKind::Session);
        QTest::newRow("empty") << "empty" << QByteArray() << int(FileKind::Model);
    }
    void filesAreTakenForWhatTheyAre()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(int, kind);
        QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content);
        file.close();
        QCOMPARE(int(fileKind(file.fileName().toStdString())), kind);
    }
};

QTEST_GUILESS_MAIN(TestSessionController)
#include "tst_session_controller.moc"
