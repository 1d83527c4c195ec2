#include <csignal>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "cli_workspace.h"
#include "formats/model_file.h"
#include "network/network_p.h"
#include "network/runtime.h"

using espalier::test::CliWorkspace;
using espalier::test::Outcome;

/// run, resume, history and export of sessions, with the process stopped and killed on the way.
class TestCliSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runWritesSessionPlotsAndNetwork();
    void historyPrintsOneObject();
    void everyIterationCanBeExported();
    void runRefusesToOverwriteASession();
    void resumeOfAFinishedSessionChangesNothing();
    void badExperimentIsOneSentence_data();
    void badExperimentIsOneSentence();
    void interruptedRunGoesOnToTheSameNetwork_data();
    void interruptedRunGoesOnToTheSameNetwork();
    void secondProcessOnASessionIsTurnedAway();
    void fullDiskHarmsNothingSaved();

private:
    QJsonArray iterationsOf(const QString& session) const;
    void compareWithUndisturbed(const QString& session) const;

    CliWorkspace m_workspace;
};

namespace {

QStringList words(const QString& text)
{
    return text.split(QLatin1Char(' '));
}

/// What may differ between two runs of one experiment: how long they took.
QJsonArray withoutTimes(const QJsonArray& iterations)
{
    QJsonArray result;
    for (const auto& value : iterations) {
        QJsonObject iteration = value.toObject();
        iteration.remove(QStringLiteral("seconds"));
        iteration.remove(QStringLiteral("latency"));
        QJsonArray candidates;
        for (const auto& of : iteration[QStringLiteral("candidates")].toArray()) {
            QJsonObject candidate = of.toObject();
            candidate.remove(QStringLiteral("latency"));
            candidates.append(candidate);
        }
        iteration[QStringLiteral("candidates")] = candidates;
        result.append(iteration);
    }
    return result;
}

bool haveEqualTensors(const espalier::Network& a, const espalier::Network& b)
{
    if (a.graph().nodes().size() != b.graph().nodes().size())
        return false;
    for (const auto& node : a.graph().nodes()) {
        std::vector<at::Tensor> tensors;
        espalier::forEachTensor(a.weights()[node.id],
                                [&](auto, const at::Tensor& tensor) { tensors.push_back(tensor); });
        std::size_t next = 0;
        bool equal = true;
        espalier::forEachTensor(b.weights()[node.id], [&](auto, const at::Tensor& tensor) {
            const at::Tensor& other = tensors[next++];
            equal = equal && tensor.defined() == other.defined()
                && (!tensor.defined() || tensor.equal(other));
        });
        if (!equal)
            return false;
    }
    return true;
}

} // namespace

void TestCliSession::initTestCase()
{
    espalier::prepareThread(1);
    const Outcome trained = m_workspace.run(
        words(QStringLiteral("train resnet14 --data idx:data -o model.pt --epochs 2 --lr 0.05"
                             " --batch 32 --seed 3 --device cpu --threads 1")));
    QVERIFY2(trained.exitCode == 0, trained.text());
    m_workspace.writeExperiment(QStringLiteral("whole.yaml"));
    const Outcome whole =
        m_workspace.run(words(QStringLiteral("run whole.yaml --plots plots --export whole.pt")));
    QVERIFY2(whole.exitCode == 0, whole.text());
    QVERIFY2(whole.out.contains("1-CKA layer"), whole.text());
}

QJsonArray TestCliSession::iterationsOf(const QString& session) const
{
    const Outcome outcome =
        m_workspace.run({QStringLiteral("history"), session, QStringLiteral("--json")});
    if (outcome.exitCode != 0)
        qWarning("%s", outcome.text().constData());
    return outcome.json()[QStringLiteral("iterations")].toArray();
}

void TestCliSession::compareWithUndisturbed(const QString& session) const
{
    QCOMPARE(withoutTimes(iterationsOf(session)),
             withoutTimes(iterationsOf(QStringLiteral("whole.espalier"))));
    const Outcome exported = m_workspace.run(
        {QStringLiteral("export"), session, QStringLiteral("-o"), QStringLiteral("other.pt")});
    QVERIFY2(exported.exitCode == 0, exported.text());
    const auto whole =
        espalier::importModel(m_workspace.path(QStringLiteral("whole.pt")).toStdString());
    const auto other =
        espalier::importModel(m_workspace.path(QStringLiteral("other.pt")).toStdString());
    QVERIFY(whole && other);
    QVERIFY(haveEqualTensors(*whole, *other));
}

void TestCliSession::runWritesSessionPlotsAndNetwork()
{
    for (const char* file :
         {"whole.espalier", "whole.pt", "plots/accuracy.svg", "plots/loss.svg", "plots/cka.svg"})
        QVERIFY2(QFileInfo(m_workspace.path(QString::fromUtf8(file))).size() > 0, file);
    QVERIFY(m_workspace.read(QStringLiteral("plots/accuracy.svg")).endsWith("</svg>\n"));
    const Outcome evaluated =
        m_workspace.run(words(QStringLiteral("evaluate whole.pt --data idx:data --json")));
    QVERIFY2(evaluated.exitCode == 0, evaluated.text());
    const double accuracy = evaluated.json()[QStringLiteral("accuracy")].toDouble();
    const QJsonObject last = iterationsOf(QStringLiteral("whole.espalier")).last().toObject();
    QCOMPARE(accuracy, last[QStringLiteral("test_accuracy")].toDouble());
}

void TestCliSession::historyPrintsOneObject()
{
    const Outcome outcome = m_workspace.run(words(QStringLiteral("history whole.espalier --json")));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    QCOMPARE(outcome.json()[QStringLiteral("current")].toInt(), 2);
    const QJsonArray iterations = outcome.json()[QStringLiteral("iterations")].toArray();
    QCOMPARE(iterations.size(), 3);
    const QJsonObject dense = iterations[0].toObject();
    QVERIFY(dense[QStringLiteral("parent")].isNull() && dense[QStringLiteral("choice")].isNull());
    for (int i = 1; i < iterations.size(); ++i) {
        const QJsonObject iteration = iterations[i].toObject();
        QCOMPARE(iteration[QStringLiteral("parent")].toInt(-1), i - 1);
        QVERIFY(iteration[QStringLiteral("macs")].toInteger()
                < iterations[i - 1].toObject()[QStringLiteral("macs")].toInteger());
        QVERIFY(!iteration[QStringLiteral("choice")]
                     .toObject()[QStringLiteral("reason")]
                     .toString()
                     .isEmpty());
        QVERIFY(iteration[QStringLiteral("accuracy_before")].isDouble());
        const QJsonArray candidates = iteration[QStringLiteral("candidates")].toArray();
        QCOMPARE(candidates.size(), 2);
        for (const auto& candidate : candidates)
            QVERIFY(candidate.toObject()[QStringLiteral("cka")].isDouble());
    }
    const Outcome table = m_workspace.run(words(QStringLiteral("history whole.espalier")));
    QVERIFY2(table.exitCode == 0 && table.out.contains("(dense)"), table.text());
}

void TestCliSession::everyIterationCanBeExported()
{
    const QJsonArray iterations = iterationsOf(QStringLiteral("whole.espalier"));
    for (int i = 0; i < iterations.size(); ++i) {
        const Outcome exported = m_workspace.run(
            words(QStringLiteral("export whole.espalier -o one.pt --iteration %1").arg(i)));
        QVERIFY2(exported.exitCode == 0, exported.text());
        const Outcome inspected = m_workspace.run(words(QStringLiteral("inspect one.pt --json")));
        QCOMPARE(inspected.json()[QStringLiteral("macs")],
                 iterations[i].toObject()[QStringLiteral("macs")]);
        QCOMPARE(inspected.json()[QStringLiteral("params")],
                 iterations[i].toObject()[QStringLiteral("params")]);
    }
    const Outcome beyond =
        m_workspace.run(words(QStringLiteral("export whole.espalier -o one.pt --iteration 9")));
    QCOMPARE(beyond.exitCode, 1);
    QVERIFY2(beyond.isOneSentenceNaming(QStringLiteral("9")), beyond.text());
}

void TestCliSession::runRefusesToOverwriteASession()
{
    const QByteArray before = m_workspace.read(QStringLiteral("whole.espalier"));
    const Outcome outcome = m_workspace.run(words(QStringLiteral("run whole.yaml")));
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.isOneSentenceNaming(QStringLiteral("espalier-cli resume whole.espalier")),
             outcome.text());
    QCOMPARE(m_workspace.read(QStringLiteral("whole.espalier")), before);
}

void TestCliSession::resumeOfAFinishedSessionChangesNothing()
{
    const Outcome outcome = m_workspace.run(words(QStringLiteral("resume whole.espalier")));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    QCOMPARE(iterationsOf(QStringLiteral("whole.espalier")).size(), 3);
}

void TestCliSession::badExperimentIsOneSentence_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const QByteArray& yaml, const char* named) {
        QTest::newRow(name) << yaml << QString::fromUtf8(named);
    };
    const QByteArray good = "model: model.pt\ndata: idx:data\n";
    row("empty", "", "bad.yaml");
    row("not YAML", "model: [model.pt\n", "bad.yaml");
    row("without a model", "data: idx:data\n", "model");
    row("without data", "model: model.pt\n", "data");
    row("unknown key", good + "colour: red\n", "colour");
    row("unknown key in a section", good + "pruning: {critereon: l1}\n", "critereon");
    row("wrong type", good + "fine_tuning: {epochs: many}\n", "epochs");
    row("list for a number", good + "seed: [1, 2]\n", "seed");
    row("impossible value", good + "fine_tuning: {learning_rate: -1}\n", "learning_rate");
    row("impossible fraction", good + "stop: {macs_removed: 1.5}\n", "macs_removed");
    row("unknown preset", good + "preset: slow\n", "slow");
    row("unknown criterion", good + "pruning: {criterion: l7}\n", "l7");
    row("missing model file", "model: missing.pt\ndata: idx:data\n", "missing.pt");
    row("missing data folder", "model: model.pt\ndata: idx:missing\n", "missing");
    row("more held-out images than there are", good + "splits: {calibration: 5000}\n", "5000");
}

void TestCliSession::badExperimentIsOneSentence()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, named);
    m_workspace.write(QStringLiteral("bad.yaml"), yaml);
    const Outcome outcome = m_workspace.run(words(QStringLiteral("run bad.yaml")));
    QVERIFY2(outcome.exitCode == 1, outcome.text());
    QVERIFY2(outcome.isOneSentenceNaming(named), outcome.text());
    QVERIFY(!QFileInfo::exists(m_workspace.path(QStringLiteral("bad.espalier"))));
}

void TestCliSession::interruptedRunGoesOnToTheSameNetwork_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<QByteArray>("marker");
    QTest::newRow("Ctrl-C while candidates are tuned") << SIGINT << QByteArray("epoch 1/1");
    QTest::newRow("termination after a choice") << SIGTERM << QByteArray("Iteration 1: ");
    QTest::newRow("kill -9 while candidates are tuned") << SIGKILL << QByteArray("epoch 1/1");
    QTest::newRow("kill -9 within full fine-tuning") << SIGKILL << QByteArray("epoch 1/2");
    QTest::newRow("kill -9 after an iteration") << SIGKILL << QByteArray("Iteration 1 done");
}

void TestCliSession::interruptedRunGoesOnToTheSameNetwork()
{
    QFETCH(int, signal);
    QFETCH(QByteArray, marker);
    QFile::remove(m_workspace.path(QStringLiteral("cut.espalier")));
    const auto process =
        m_workspace.start(words(QStringLiteral("run whole.yaml --session cut.espalier")));
    QVERIFY(CliWorkspace::awaitMarker(*process, marker));
    ::kill(static_cast<pid_t>(process->processId()), signal);
    const Outcome outcome = CliWorkspace::outcomeOf(*process);
    if (signal != SIGKILL) {
        QVERIFY2(outcome.exitCode == 130, outcome.text());
        QVERIFY2(outcome.err.contains("espalier-cli resume cut.espalier"), outcome.text());
    }
    QVERIFY(iterationsOf(QStringLiteral("cut.espalier")).size() < 3);
    const Outcome resumed = m_workspace.run(words(QStringLiteral("resume cut.espalier")));
    QVERIFY2(resumed.exitCode == 0, resumed.text());
    compareWithUndisturbed(QStringLiteral("cut.espalier"));
}

void TestCliSession::secondProcessOnASessionIsTurnedAway()
{
    m_workspace.writeExperiment(QStringLiteral("long.yaml"), "stop: {iterations: 3}\n");
    const auto process = m_workspace.start(words(QStringLiteral("run long.yaml")));
    QVERIFY(CliWorkspace::awaitMarker(*process, "dense network"));
    const Outcome second = m_workspace.run(words(QStringLiteral("resume long.espalier")));
    QVERIFY2(second.exitCode == 1, second.text());
    QVERIFY2(second.isOneSentenceNaming(QStringLiteral("long.espalier")), second.text());
    const Outcome first = CliWorkspace::outcomeOf(*process);
    QVERIFY2(first.exitCode == 0, first.text());
    QCOMPARE(iterationsOf(QStringLiteral("long.espalier")).size(), 4);
}

void TestCliSession::fullDiskHarmsNothingSaved()
{
    // A limit on the size of files stands for the full disk: writing fails in the same way.
    const auto kilobytes =
        QFileInfo(m_workspace.path(QStringLiteral("model.pt"))).size() / 1024 * 2;
    QProcess process;
    process.setWorkingDirectory(m_workspace.path({}));
    const QString program = m_workspace.program();
    process.start(QStringLiteral("bash"),
                  {QStringLiteral("-c"),
                   QStringLiteral("ulimit -f %1; exec '%2' run whole.yaml --session full.espalier")
                       .arg(kilobytes)
                       .arg(program)});
    const Outcome outcome = CliWorkspace::outcomeOf(process);
    QVERIFY2(outcome.exitCode == 1, outcome.text());
    QVERIFY2(outcome.err.trimmed().split('\n').last().contains("full.espalier"), outcome.text());
    const Outcome resumed = m_workspace.run(words(QStringLiteral("resume full.espalier")));
    QVERIFY2(resumed.exitCode == 0, resumed.text());
    compareWithUndisturbed(QStringLiteral("full.espalier"));
}

QTEST_GUILESS_MAIN(TestCliSession)
#include "tst_cli_session.moc"
