#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_workspace.h"
#include "formats/torchscript.h"
#include "network/architectures.h"
#include "ui/fixtures.h"
#include "windows/assistant/experiment_assistant.h"
#include "windows/path_edit.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

namespace {

std::filesystem::path toPath(const QString& path)
{
    return path.toStdString();
}

/// The assistant's widgets, by name.
struct Fields {
    ExperimentAssistant& assistant;

    template <class T> T& child(const char* name) const
    {
        return *assistant.findChild<T*>(QLatin1String(name));
    }
    PathEdit& path(const char* name) const { return child<PathEdit>(name); }
    QPushButton& next() const { return child<QPushButton>("assistantNext"); }
    QString findings() const { return child<QLabel>("assistantFindings").text(); }
    int page() const { return child<QStackedWidget>("assistantPages").currentIndex(); }
};

} // namespace

class TestExperimentAssistant : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    void touch(const char* name) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly));
    }

    static int checks(const Bench& bench)
    {
        const auto& commands = const_cast<Bench&>(bench).engine().commands;
        return static_cast<int>(std::ranges::count(commands, "checkExperiment"));
    }

    static ExperimentChecked knownModel()
    {
        ExperimentChecked known;
        known.graph = builtInGraph("resnet20");
        known.structures = std::make_shared<const Structures>(findStructures(*known.graph));
        return known;
    }

    static ExperimentChecked knownData()
    {
        auto known = knownModel();
        known.data = ExperimentChecked::Data{.imageShape = {3, 32, 32},
                                             .classes = {"aeroplane", "car", "bird", "cat", "deer",
                                                         "dog", "frog", "horse", "ship", "lorry"},
                                             .train = 5000,
                                             .calibration = 1000,
                                             .validation = 1000,
                                             .test = 10000};
        return known;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        QCoreApplication::setOrganizationName(QStringLiteral("espalier-test"));
        touch("model.pt");
        QVERIFY(QDir(m_folder.path()).mkdir("cifar"));
        touch("cifar/data_batch_1.bin");
    }

    void init() { QSettings().clear(); } // the assistant remembers the data of the last time

    void leadsFromTheModelToTheSession()
    {
        Bench bench;
        ExperimentAssistant assistant(bench.controller(), {});
        const Fields fields{assistant};
        QSignalSpy accepted(&assistant, &QDialog::accepted);
        QVERIFY(fields.findings().contains("Choose the model"));
        QVERIFY(!fields.next().isEnabled());

        assistant.setModel(toPath(path("model.pt")));
        QVERIFY(!fields.next().isEnabled()); // not tried yet
        QTRY_COMPARE(checks(bench), 1);
        QVERIFY(bench.engine().lastChecked.data.directory.empty());
        bench.post(knownModel());
        bench.finish();
        QVERIFY(fields.findings().contains("3 × 32 × 32"));
        QVERIFY(fields.findings().contains(
            QStringLiteral("%1 layer").arg(knownModel().structures->layers.size())));
        fields.next().click();
        QCOMPARE(fields.page(), 1);

        QVERIFY(!fields.next().isEnabled());
        fields.path("assistantData").setPath(toPath(path("cifar")));
        QCOMPARE(fields.child<QComboBox>("assistantFormat").currentText(), "CIFAR-10 (binary)");
        QTRY_COMPARE(checks(bench), 2);
        QVERIFY(bench.engine().lastChecked.data.directory == toPath(path("cifar")));
        bench.post(knownData());
        QVERIFY(fields.findings().contains("aeroplane, car"));
        QVERIFY(fields.findings().contains("Measuring"));
        fields.next().click(); // the baseline is measured meanwhile
        QCOMPARE(fields.page(), 2);
        fields.child<QSpinBox>("assistantTarget").setValue(40);
        fields.next().click();
        QCOMPARE(fields.page(), 3);
        QCOMPARE(fields.next().text(), "&Create");
        QVERIFY(!fields.next().isEnabled());
        auto known = knownData();
        known.accuracy = 0.9165;
        bench.post(known);
        bench.finish();
        QVERIFY(fields.findings().contains("91.65"));
        QCOMPARE(checks(bench), 2); // the target does not change the baseline
        fields.next().click();
        QCOMPARE(accepted.size(), 1);
        const auto experiment = assistant.experiment();
        QVERIFY(experiment.has_value());
        QCOMPARE(experiment->stop.macsRemoved.value(), 0.4);
        QVERIFY(assistant.sessionFile() == toPath(path("model.espalier")));
    }

    void whatDoesNotWorkIsSaidAndHoldsUp()
    {
        Bench bench;
        ExperimentAssistant assistant(bench.controller(), {});
        const Fields fields{assistant};
        assistant.setModel(toPath(path("none.pt")));
        QVERIFY(fields.findings().contains("none.pt"));
        QCOMPARE(checks(bench), 0);
        assistant.setModel(toPath(path("model.pt")));
        QTRY_COMPARE(checks(bench), 1);
        bench.finish(Error{ErrorCode::BadFormat, "'model.pt' is empty."});
        QCOMPARE(fields.findings(), "'model.pt' is empty.");
        QVERIFY(!fields.next().isEnabled());
        fields.child<QLineEdit>("assistantInput").setText("3x32x32");
        QTRY_COMPARE(checks(bench), 2);
        QVERIFY(!fields.findings().contains("is empty"));
        bench.post(knownModel());
        bench.finish();
        fields.next().click();
        fields.path("assistantData").setPath(toPath(path("cifar")));
        QTRY_COMPARE(checks(bench), 3);
        bench.post(knownData());
        bench.finish(Error{ErrorCode::Mismatch, "The network takes other images."});
        QVERIFY(fields.findings().endsWith("The network takes other images."));
        QVERIFY(!fields.next().isEnabled());
        fields.child<QPushButton>("assistantBack").click();
        QCOMPARE(fields.page(), 0);
    }

    void anAccuracyNoBetterThanGuessingIsPointedAt()
    {
        Bench bench;
        ExperimentAssistant assistant(bench.controller(), {});
        const Fields fields{assistant};
        assistant.setModel(toPath(path("model.pt")));
        fields.path("assistantData").setPath(toPath(path("cifar")));
        QTRY_COMPARE(checks(bench), 1);
        auto known = knownData();
        known.accuracy = 0.103;
        bench.post(known);
        bench.finish();
        fields.child<QPushButton>("assistantStep3").click();
        QVERIFY(fields.findings().contains("Guessing would reach 10.00"));
    }

    void closingGivesTheCheckUp()
    {
        Bench bench;
        ExperimentAssistant assistant(bench.controller(), {});
        assistant.setModel(toPath(path("model.pt")));
        QTRY_COMPARE(checks(bench), 1);
        assistant.reject();
        QCOMPARE(bench.engine().commands.back(), std::string("stop"));
    }

    void aSessionThatIsThereIsNotOverwritten()
    {
        Bench bench;
        touch("model.espalier");
        ExperimentAssistant assistant(bench.controller(), {});
        const Fields fields{assistant};
        assistant.setModel(toPath(path("model.pt")));
        QVERIFY(assistant.sessionFile() == toPath(path("model-2.espalier")));
        fields.path("assistantSession").setPath(toPath(path("model.espalier")));
        fields.path("assistantData").setPath(toPath(path("cifar")));
        const auto experiment = assistant.experiment();
        QVERIFY(!experiment
                && experiment.error().message.find("exists already") != std::string::npos);
        QFile::remove(path("model.espalier"));
    }

    void everyFieldIsTakenOver()
    {
        Bench bench;
        auto wanted = presetExperiment("paper").value();
        wanted.model = toPath(path("model.pt"));
        wanted.input = Shape{3, 32, 32};
        wanted.restoreBatchNorm = true;
        wanted.normalisation =
            Normalisation{Normalisation::Kind::Constants, {0.5, 0.4, 0.25}, {0.2, 0.25, 0.125}};
        wanted.splits.calibration = 123;
        wanted.stop = {.iterations = 7, .macsRemoved = 0.25, .minAccuracy = 0.875};
        wanted.pruning.contest = Contest::FiltersOnly;
        wanted.pruning.budget = Budget::Params;
        wanted.pruning.locked = {"layer1.0"};
        wanted.training.learningRate = 0.005;
        wanted.device = {DeviceSpec::Kind::Cuda, 1};
        wanted.threads = 3;
        wanted.training.precision = Precision::Tf32;
        for (const auto* format : {"cifar10:", "cifar100:", "idx:", "folder:", "npy:"}) {
            wanted.data = DataSpec::parse(format + path("settings").toStdString()).value();
            wanted.data.classes = std::vector<std::int64_t>{0, 217};
            wanted.data.mappedOnly = true;
            wanted.data.resize = 40;
            QDir().mkpath(path("settings"));
            ExperimentAssistant assistant(bench.controller(), {});
            assistant.setExperiment(wanted, toPath(path("new.espalier")));
            const auto experiment = assistant.experiment();
            QVERIFY2(experiment.has_value(), experiment ? "" : experiment.error().message.c_str());
            QVERIFY(*experiment == wanted);
        }
    }

    void theBaselineIsThatOfTheSession()
    {
        CliWorkspace workspace;
        const auto network = makeNetwork("resnet14", {1, 12, 12}, /*classes=*/4, /*seed=*/1);
        QVERIFY(network && exportTorchScript(*network, toPath(workspace.path("model.pt"))));
        SessionController controller;
        ExperimentAssistant assistant(controller, {});
        const Fields fields{assistant};
        assistant.setModel(toPath(workspace.path("model.pt")));
        fields.path("assistantData").setPath(toPath(workspace.path("data")));
        fields.child<QSpinBox>("assistantCalibration").setValue(40);
        fields.child<QSpinBox>("assistantValidation").setValue(40);
        auto& last = fields.child<QPushButton>("assistantStep4");
        QTRY_VERIFY_WITH_TIMEOUT(last.isEnabled(), 60'000);
        last.click();
        QTRY_VERIFY_WITH_TIMEOUT(fields.findings().contains("Accuracy to begin with"), 60'000);
        const QString found = fields.findings();
        QTRY_VERIFY2_WITH_TIMEOUT(fields.next().isEnabled(), found.toUtf8(), 60'000);
        const auto experiment = assistant.experiment();
        QVERIFY(experiment.has_value());
        controller.createSession(*experiment, assistant.sessionFile());
        QTRY_VERIFY_WITH_TIMEOUT(!controller.state().isBusy(), 60'000);
        QVERIFY(controller.state().hasSession());
        const auto accuracy = controller.state().history.front().accuracy;
        QVERIFY(fields.findings().contains(QLocale().toString(100.0 * accuracy, 'f', 2)));
    }
};

QTEST_MAIN(TestExperimentAssistant)
#include "tst_experiment_assistant.moc"
