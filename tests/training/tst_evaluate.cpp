#include <cmath>

#include <QTest>

#include "support/image_sets.h"
#include "training/evaluate.h"
#include "training/linear_network.h"

using namespace espalier;
using namespace espalier::test;

class TestEvaluate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresAccuracyAndLoss_data();
    void measuresAccuracyAndLoss();
    void givesTheSameWithASoftmaxAtTheEnd();
    void reportsProgress();
    void stopsWhenAsked();
    void refusesWhatDoesNotFit();
    void refusesAnEmptySplit();
};

// Pixels 255 are 1: the outputs are the images, (1, 0), (0, 1), (1, 0), so two of three are right.
// Loss of a right one: log(1 + e^-1); of the wrong one: 1 more.
const std::vector<int> pixels{255, 0, 0, 255, 255, 0};
const std::vector<std::int64_t> labels{0, 1, 1};
const double rightLoss = std::log(1.0 + std::exp(-1.0));

void TestEvaluate::measuresAccuracyAndLoss_data()
{
    QTest::addColumn<qint64>("batchSize");
    QTest::newRow("one batch") << qint64{250};
    QTest::newRow("a smaller last batch") << qint64{2};
    QTest::newRow("one by one") << qint64{1};
}

void TestEvaluate::measuresAccuracyAndLoss()
{
    QFETCH(qint64, batchSize);
    const auto network = linearNetwork({1, 0, 0, 1}, {0, 0});
    const auto result =
        evaluate(network, smallViews(pixels, labels).test, {}, {}, Precision::Float32, batchSize);
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    QCOMPARE(result->images, 3);
    QCOMPARE(result->accuracy, 2.0 / 3.0);
    QVERIFY(std::abs(result->loss - (rightLoss + 1.0 / 3.0)) < 1e-6);
    QVERIFY(result->imagesPerSecond > 0.0);
}

void TestEvaluate::givesTheSameWithASoftmaxAtTheEnd()
{
    for (const bool logarithm : {false, true}) {
        const auto network = linearNetwork({1, 0, 0, 1}, {0, 0}, {Softmax{.logarithm = logarithm}});
        const auto result = evaluate(network, smallViews(pixels, labels).test);
        QCOMPARE(result->accuracy, 2.0 / 3.0);
        QVERIFY(std::abs(result->loss - (rightLoss + 1.0 / 3.0)) < 1e-6);
    }
}

void TestEvaluate::reportsProgress()
{
    Progress last;
    const auto sink = [&](const Progress& progress) { last = progress; };
    const auto network = linearNetwork({1, 0, 0, 1}, {0, 0});
    QVERIFY(evaluate(network, smallViews(pixels, labels).test, sink, {}, Precision::Float32, 2)
                .has_value());
    QCOMPARE(last.done, 3);
    QCOMPARE(last.total, 3);
    QCOMPARE(last.unit, std::string("images"));
}

void TestEvaluate::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    const auto result = evaluate(linearNetwork({1, 0, 0, 1}, {0, 0}),
                                 smallViews(pixels, labels).test, {}, source.get_token());
    QVERIFY(!result);
    QVERIFY(isStopped(result.error()));
}

void TestEvaluate::refusesWhatDoesNotFit()
{
    const auto data = randomDataset({3, 32, 32}, 4, 4, 2);
    const auto views =
        DataView::makeAll(data, data.defaultNormalisation({}),
                          {.calibration = 0, .validation = 0, .train = {}, .seed = 0},
                          {.kind = DeviceSpec::Kind::Cpu});
    const auto result = evaluate(linearNetwork({1, 0, 0, 1}, {0, 0}), views->test);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Mismatch);
    QVERIFY(result.error().message.find("3x32x32") != std::string::npos);
}

void TestEvaluate::refusesAnEmptySplit()
{
    const auto result =
        evaluate(linearNetwork({1, 0, 0, 1}, {0, 0}), smallViews(pixels, labels).validation);
    QVERIFY(!result);
    QVERIFY(result.error().message.find("validation") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
