#include <functional>

#include <QTest>

#include "training/finetune.h"

using namespace espalier;

namespace {

using Change = std::function<void(TrainSettings&)>;

void compare(double actual, double expected)
{
    QVERIFY2(std::abs(actual - expected) < 1e-12, qPrintable(QString::number(actual)));
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestTrainSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsDownAtMilestones();
    void followsTheCosinePerBatch();
    void warmsUpLinearly();
    void acceptsTheDefaults();
    void refusesImpossibleValues_data();
    void refusesImpossibleValues();
};

void TestTrainSettings::stepsDownAtMilestones()
{
    const TrainSettings settings; // 0.01, a tenth at 100 and at 150
    compare(learningRateAt(settings, 0, 0, 391), 0.01);
    compare(learningRateAt(settings, 99, 390, 391), 0.01);
    compare(learningRateAt(settings, 100, 0, 391), 0.001);
    compare(learningRateAt(settings, 149, 5, 391), 0.001);
    compare(learningRateAt(settings, 150, 0, 391), 0.0001);
}

void TestTrainSettings::followsTheCosinePerBatch()
{
    TrainSettings settings;
    settings.schedule = Schedule::Cosine;
    settings.epochs = 4;
    settings.learningRate = 0.2;
    compare(learningRateAt(settings, 0, 0, 10), 0.2);
    compare(learningRateAt(settings, 2, 0, 10), 0.1);
    compare(learningRateAt(settings, 1, 0, 10), 0.1 * (1.0 + std::sqrt(0.5)));
    compare(learningRateAt(settings, 3, 5, 10), 0.1 * (1.0 + std::cos(std::numbers::pi * 0.875)));
}

void TestTrainSettings::warmsUpLinearly()
{
    TrainSettings settings;
    settings.schedule = Schedule::Cosine;
    settings.epochs = 6;
    settings.warmupEpochs = 2;
    settings.learningRate = 1.0;
    compare(learningRateAt(settings, 0, 0, 5), 0.1);
    compare(learningRateAt(settings, 0, 4, 5), 0.5);
    compare(learningRateAt(settings, 1, 4, 5), 1.0);
    compare(learningRateAt(settings, 2, 0, 5), 1.0); // the cosine's whole way lies behind it
    compare(learningRateAt(settings, 4, 0, 5), 0.5);
}

void TestTrainSettings::acceptsTheDefaults()
{
    QVERIFY(checkTrainSettings(TrainSettings{}).has_value());
}

void TestTrainSettings::refusesImpossibleValues_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("fragment");
    const auto row = [](const char* name, Change change, const char* fragment) {
        QTest::newRow(name) << std::move(change) << fragment;
    };
    row(
        "epochs", [](TrainSettings& s) { s.epochs = -1; }, "epochs");
    row(
        "warm-up", [](TrainSettings& s) { s.warmupEpochs = -1; }, "epochs");
    row(
        "copies", [](TrainSettings& s) { s.copiesPerEpoch = 0; }, "copies");
    row(
        "batch", [](TrainSettings& s) { s.batchSize = 0; }, "Batch size");
    row(
        "rate", [](TrainSettings& s) { s.learningRate = 0.0; }, "learning rate");
    row(
        "rate NaN", [](TrainSettings& s) { s.learningRate = qQNaN(); }, "learning rate");
    row(
        "rate infinite", [](TrainSettings& s) { s.learningRate = qInf(); }, "learning rate");
    row(
        "momentum", [](TrainSettings& s) { s.momentum = 1.5; }, "momentum");
    row(
        "decay", [](TrainSettings& s) { s.weightDecay = -1e-4; }, "weight decay");
    row(
        "smoothing", [](TrainSettings& s) { s.labelSmoothing = 1.1; }, "label smoothing");
    row(
        "gamma", [](TrainSettings& s) { s.gamma = 0.0; }, "gamma");
    row(
        "milestones",
        [](TrainSettings& s) {
            s.milestones = {150, 100};
        },
        "milestones");
    row(
        "padding", [](TrainSettings& s) { s.augment.cropPadding = -2; }, "padding");
}

void TestTrainSettings::refusesImpossibleValues()
{
    QFETCH(Change, change);
    QFETCH(QString, fragment);
    TrainSettings settings;
    change(settings);
    const auto status = checkTrainSettings(settings);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(status.error().message.find(fragment.toStdString()) != std::string::npos,
             status.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestTrainSettings)
#include "tst_train_settings.moc"
