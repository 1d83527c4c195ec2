#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "cli_workspace.h"

using espalier::test::CliWorkspace;
using espalier::test::Outcome;

/// espalier-cli as scripts see it: exit codes, JSON, sentences on stderr.
class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inspectPrintsTheDocumentedObject();
    void evaluatePrintsTheDocumentedObject();
    void scorePrintsTheDocumentedObject();
    void scoreOfOneKindHoldsNoOther();
    void scoreHoldsOutWhatASmallSetCanSpare();
    void tablesAreForPeople();
    void exportedModelIsTheSameNetwork();
    void badInputIsOneSentence_data();
    void badInputIsOneSentence();
    void nothingIsWrittenWhenTrainingCannotStart();

private:
    CliWorkspace m_workspace;
};

namespace {

QStringList keysOf(const QJsonObject& object)
{
    QStringList keys = object.keys();
    keys.sort();
    return keys;
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

} // namespace

void TestCli::initTestCase()
{
    const Outcome trained = m_workspace.run(
        words("train resnet14 --data idx:data -o model.pt --epochs 2 --lr 0.05 --batch 32 --seed 3"
              " --device cpu --threads 1"));
    QVERIFY2(trained.exitCode == 0, trained.text());
    QVERIFY2(trained.out.startsWith("test accuracy "), trained.text());

    m_workspace.writeExperiment(QStringLiteral("experiment.yaml"));
    m_workspace.write(QStringLiteral("empty"), {});
    m_workspace.write(QStringLiteral("foreign"), "This is no model, and no session either.\n");
    m_workspace.write(QStringLiteral("truncated.pt"),
                      m_workspace.read(QStringLiteral("model.pt")).first(20'000));
    m_workspace.writeDataSet(QStringLiteral("smaller"), 8);
    m_workspace.writeDataSet(QStringLiteral("nine-classes"), 12, 9);
    m_workspace.writeDataSet(QStringLiteral("short"), 12);
    const QString images = QStringLiteral("short/train-images-idx3-ubyte");
    m_workspace.write(images, m_workspace.read(images).first(5'000));
    m_workspace.writeDataSet(QStringLiteral("damaged"), 12);
    m_workspace.write(QStringLiteral("damaged/t10k-labels-idx1-ubyte"), "no labels");
}

void TestCli::inspectPrintsTheDocumentedObject()
{
    const Outcome outcome = m_workspace.run(words("inspect model.pt --json"));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    const QJsonObject object = outcome.json();
    QCOMPARE(keysOf(object), words("macs nodes not_prunable params structures"));

    // By hand, for 1x12x12 and option-A shortcuts: 144 positions x (9*16 + 4 * 9*16*16),
    // 36 x (9*16*32 + 3 * 9*32*32), 9 x (9*32*64 + 3 * 9*64*64), and 64*4 of the classifier.
    QCOMPARE(object[QStringLiteral("macs")].toInteger(),
             144 * (144 + 4 * 2304) + 36 * (4608 + 3 * 9216) + 9 * (18432 + 3 * 36864) + 256);
    const QJsonArray structures = object[QStringLiteral("structures")].toArray();
    int layers = 0;
    for (const auto& value : structures) {
        const QJsonObject part = value.toObject();
        QCOMPARE(keysOf(part), words("id kind macs name params units"));
        if (part[QStringLiteral("kind")].toString() != QStringLiteral("layer"))
            continue;
        ++layers;
        QCOMPARE(part[QStringLiteral("units")].toInt(), 1);
        QVERIFY(part[QStringLiteral("macs")].toInteger() > 0);
    }
    QCOMPARE(layers, 4); // both blocks of stage 1, the second of stages 2 and 3
    QVERIFY(structures.size() > layers);
    for (const auto& value : object[QStringLiteral("not_prunable")].toArray()) {
        QCOMPARE(keysOf(value.toObject()), words("name op reason"));
        QVERIFY(!value.toObject()[QStringLiteral("reason")].toString().isEmpty());
    }
}

void TestCli::evaluatePrintsTheDocumentedObject()
{
    const Outcome outcome = m_workspace.run(words("evaluate model.pt --data idx:data --json"));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    const QJsonObject object = outcome.json();
    QCOMPARE(keysOf(object), words("accuracy images images_per_second loss"));
    QCOMPARE(object[QStringLiteral("images")].toInt(), 80);
    const double accuracy = object[QStringLiteral("accuracy")].toDouble();
    QVERIFY2(accuracy > 0.3 && accuracy <= 1.0, outcome.text()); // 0.25 is chance
}

void TestCli::scorePrintsTheDocumentedObject()
{
    const Outcome outcome =
        m_workspace.run(words("score model.pt --data idx:data --samples 50 --ratio 0.25 --json"));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    const QJsonObject object = outcome.json();
    QCOMPARE(keysOf(object), words("baseline_accuracy candidates samples"));
    QCOMPARE(object[QStringLiteral("samples")].toInt(), 50);
    const QJsonArray candidates = object[QStringLiteral("candidates")].toArray();
    QVERIFY(candidates.size() >= 2);
    for (const auto& value : candidates) {
        const QJsonObject candidate = value.toObject();
        QCOMPARE(keysOf(candidate),
                 words("accuracy cka cka_debiased kind macs name params removed"));
        const double cka = candidate[QStringLiteral("cka")].toDouble(-1);
        QVERIFY(cka > 0.0 && cka <= 1.0);
        const QJsonObject removed = candidate[QStringLiteral("removed")].toObject();
        if (candidate[QStringLiteral("kind")].toString() == QStringLiteral("layer")) {
            const QString name = candidate[QStringLiteral("name")].toString();
            QCOMPARE(removed.keys(), QStringList{name});
            QVERIFY(removed[name].toArray().isEmpty());
        } else {
            QCOMPARE(removed.size(), 6); // the first convolution of each block
            for (const auto& channels : removed)
                QVERIFY(!channels.toArray().isEmpty());
        }
    }
}

void TestCli::scoreOfOneKindHoldsNoOther()
{
    const Outcome outcome =
        m_workspace.run(words("score model.pt --data idx:data --kind layer --split test --json"));
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    QCOMPARE(outcome.json()[QStringLiteral("samples")].toInt(), 80);
    for (const auto& value : outcome.json()[QStringLiteral("candidates")].toArray())
        QCOMPARE(value.toObject()[QStringLiteral("kind")].toString(), QStringLiteral("layer"));
}

void TestCli::scoreHoldsOutWhatASmallSetCanSpare()
{
    const QStringList score = words("score model.pt --data idx:data --kind layer --json");
    const Outcome outcome = m_workspace.run(score);
    QVERIFY2(outcome.exitCode == 0, outcome.text());
    QCOMPARE(outcome.json()[QStringLiteral("samples")].toInt(), 24); // of 240
    QVERIFY2(outcome.err.contains("24 of 240 training images are held out for calibration"),
             outcome.text());
    const Outcome most = m_workspace.run(score + words("--samples 5000"));
    QVERIFY2(most.exitCode == 0, most.text());
    QCOMPARE(most.json()[QStringLiteral("samples")].toInt(), 216); // beside 24 for validation
}

void TestCli::tablesAreForPeople()
{
    const Outcome inspected = m_workspace.run(words("inspect model.pt"));
    QVERIFY2(inspected.exitCode == 0 && inspected.out.contains("parameters"), inspected.text());
    const Outcome scored =
        m_workspace.run(words("score model.pt --data idx:data --samples 50 --kind layer"));
    QVERIFY2(scored.exitCode == 0 && scored.out.contains("1 - CKA"), scored.text());
}

void TestCli::exportedModelIsTheSameNetwork()
{
    const Outcome exported = m_workspace.run(words("export model.pt -o copy.pt"));
    QVERIFY2(exported.exitCode == 0, exported.text());
    const Outcome before = m_workspace.run(words("evaluate model.pt --data idx:data --json"));
    const Outcome after = m_workspace.run(words("evaluate copy.pt --data idx:data --json"));
    QCOMPARE(after.json()[QStringLiteral("loss")], before.json()[QStringLiteral("loss")]);
}

void TestCli::badInputIsOneSentence_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const QString& arguments, int exitCode,
                        const char* named) {
        QTest::newRow(name) << arguments << exitCode << QString::fromUtf8(named);
    };

    row("no command", {}, 2, "subcommand");
    row("unknown command", QStringLiteral("grow model.pt"), 2, "grow");
    row("unknown option", QStringLiteral("inspect model.pt --colour"), 2, "--colour");
    row("impossible shape", QStringLiteral("inspect model.pt --input 3x0x3"), 2, "--input");
    row("unknown data format", QStringLiteral("evaluate model.pt --data jpeg:data"), 2, "jpeg");
    row("ratio above one", QStringLiteral("score model.pt --data idx:data --ratio 2"), 2,
        "--ratio");
    row("mean without deviation", QStringLiteral("evaluate model.pt --data idx:data --mean 0.5"), 1,
        "--std");
    row("mean of three channels",
        QStringLiteral("evaluate model.pt --data idx:data --mean 0,0,0 --std 1,1,1"), 1, "mean");

    row("missing model", QStringLiteral("inspect missing.pt"), 1, "missing.pt");
    row("empty model", QStringLiteral("inspect empty"), 1, "empty");
    row("foreign model", QStringLiteral("export foreign -o out.pt"), 1, "foreign");
    row("truncated model", QStringLiteral("inspect truncated.pt"), 1, "truncated.pt");
    row("folder as model", QStringLiteral("inspect data"), 1, "data");
    row("export without a known suffix", QStringLiteral("export model.pt -o out.docx"), 1,
        "out.docx");
    row("export onto a folder", QStringLiteral("export model.pt -o data"), 1, "data");
    row("export onto a read-only place", QStringLiteral("export model.pt -o /proc/out.pt"), 1,
        "/proc/out.pt");
    row("iteration of a model", QStringLiteral("export model.pt --iteration 1 -o out.pt"), 1,
        "model.pt");

    row("missing data", QStringLiteral("evaluate model.pt --data idx:missing"), 1, "missing");
    row("truncated data", QStringLiteral("evaluate model.pt --data idx:short"), 1,
        "train-images-idx3-ubyte");
    row("foreign labels", QStringLiteral("evaluate model.pt --data idx:damaged"), 1,
        "t10k-labels-idx1-ubyte");
    row("data of another shape", QStringLiteral("evaluate model.pt --data idx:smaller"), 1,
        "1x8x8");
    row("more classes than outputs", QStringLiteral("evaluate model.pt --data idx:nine-classes"), 1,
        "9");

    row("unknown architecture", QStringLiteral("train vgg --data idx:data -o out.pt"), 1, "vgg");
    row("training without data", QStringLiteral("train resnet8 -o out.pt"), 1, "--data");
    row("missing recipe", QStringLiteral("train --recipe missing.yaml -o out.pt"), 1,
        "missing.yaml");
    row("foreign recipe", QStringLiteral("train --recipe foreign -o out.pt"), 1, "foreign");

    row("missing session", QStringLiteral("resume missing.espalier"), 1, "missing.espalier");
    row("empty session", QStringLiteral("history empty"), 1, "empty");
    row("foreign session", QStringLiteral("resume foreign"), 1, "foreign");
    row("model as session", QStringLiteral("history model.pt"), 1, "model.pt");
    row("missing experiment", QStringLiteral("run missing.yaml"), 1, "missing.yaml");
    row("foreign experiment", QStringLiteral("run foreign"), 1, "foreign");
    row("plots in a read-only place", QStringLiteral("run experiment.yaml --plots /proc/plots"), 1,
        "/proc/plots");
}

void TestCli::badInputIsOneSentence()
{
    QFETCH(QString, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, named);
    const Outcome outcome = m_workspace.run(arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QVERIFY2(outcome.exitCode == exitCode, outcome.text());
    QVERIFY2(outcome.isOneSentenceNaming(named), outcome.text());
    QVERIFY2(outcome.out.isEmpty(), outcome.text());
}

void TestCli::nothingIsWrittenWhenTrainingCannotStart()
{
    const Outcome outcome =
        m_workspace.run(words("train resnet8 --data idx:short -o unwritten.pt --epochs 1"));
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(m_workspace.read(QStringLiteral("unwritten.pt")).isEmpty());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
