#include <algorithm>

#include <QTest>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset.h"
#include "data/dataset_p.h"
#include "support/image_sets.h"

using namespace espalier;
using namespace espalier::test;

namespace {

const Normalisation grey{.mean = {0.0}, .deviation = {1.0}};
const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};

Result<DataView::All> split(const Dataset& data, const SplitSettings& settings)
{
    return DataView::makeAll(data, grey, settings, cpu);
}

const at::Tensor& indices(const DataView& view)
{
    return view.impl().indices;
}

std::vector<std::int64_t> perClass(const Dataset& data, const at::Tensor& which)
{
    const auto labels = data.tensors().trainLabels.index_select(0, which);
    const auto counts = at::bincount(labels, {}, std::ssize(data.classes()));
    return {counts.data_ptr<std::int64_t>(), counts.data_ptr<std::int64_t>() + counts.numel()};
}

bool isFileOrder(const at::Tensor& which)
{
    return at::equal(which, at::arange(which.numel()));
}

/// 60 images of class 0, then 30 of class 1, then 10 of class 2.
Dataset unevenDataset()
{
    std::vector<std::int64_t> labels(60, 0);
    labels.insert(labels.end(), 30, 1);
    labels.insert(labels.end(), 10, 2);
    return labelledDataset({1, 2, 2}, labels, 3);
}

} // namespace

class TestSplits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesSplits();
    void dividesWithoutOverlap();
    void keepsTheProportionsOfTheClasses();
    void spreadsTheClassesOverEveryBeginning();
    void drawsFromTheSeed();
    void keepsFileOrderWithoutHoldOuts();
    void limitsTheTrainingImages();
    void holdsOutEverythingWhenAsked();
    void limitsGiveWayToSmallSets_data();
    void limitsGiveWayToSmallSets();
    void sizesThatAreAskedForDoNot();
    void saysWhatASmallSetHoldsOut();
    void refusesMoreThanThereIs_data();
    void refusesMoreThanThereIs();
};

void TestSplits::namesSplits()
{
    for (const auto value : {Split::Train, Split::Calibration, Split::Validation, Split::Test})
        QCOMPARE(int(*parseSplit(splitName(value))), int(value));
    const auto wrong = parseSplit("testing");
    QVERIFY(!wrong);
    QVERIFY(wrong.error().message.find("'testing'") != std::string::npos);
}

void TestSplits::dividesWithoutOverlap()
{
    const auto data = unevenDataset();
    const auto views = split(data, {.calibration = 20, .validation = 13, .train = {}, .seed = 3});
    QVERIFY(views.has_value());
    const auto all =
        at::cat({indices(views->train), indices(views->calibration), indices(views->validation)});
    QVERIFY(isFileOrder(std::get<0>(all.sort()))); // each image once
    QCOMPARE(views->calibration.count(), 20);
    QCOMPARE(views->validation.count(), 13);
    QCOMPARE(views->train.count(), 67);
    QCOMPARE(int((*views)[Split::Validation].split()), int(Split::Validation));
}

void TestSplits::keepsTheProportionsOfTheClasses()
{
    const auto data = unevenDataset();
    const auto views = split(data, {.calibration = 20, .validation = 10, .train = 40, .seed = 3});
    QVERIFY(views.has_value());
    QCOMPARE(perClass(data, indices(views->calibration)), (std::vector<std::int64_t>{12, 6, 2}));
    QCOMPARE(perClass(data, indices(views->validation)), (std::vector<std::int64_t>{6, 3, 1}));
    QCOMPARE(perClass(data, indices(views->train)), (std::vector<std::int64_t>{24, 12, 4}));
}

void TestSplits::spreadsTheClassesOverEveryBeginning()
{
    const auto data = unevenDataset();
    const auto views = split(data, {.calibration = 40, .validation = 10, .train = {}, .seed = 3});
    QVERIFY(views.has_value());
    for (std::int64_t limit = 1; limit <= 40; ++limit) {
        const auto part = views->calibration.first(limit);
        QCOMPARE(part.count(), limit);
        const auto counts = perClass(data, indices(part));
        for (std::size_t i = 0; i < 3; ++i) {
            const double share = std::array{0.6, 0.3, 0.1}[i] * double(limit);
            QVERIFY(std::abs(double(counts[i]) - share) <= 1.0);
        }
    }
    QCOMPARE(views->calibration.first(1000).count(), 40);
}

void TestSplits::drawsFromTheSeed()
{
    const auto data = unevenDataset();
    const SplitSettings settings{.calibration = 20, .validation = 10, .train = {}, .seed = 3};
    auto other = settings;
    other.seed = 4;
    const auto a = split(data, settings);
    const auto b = split(data, settings);
    const auto c = split(data, other);
    QVERIFY(at::equal(indices(a->calibration), indices(b->calibration)));
    QVERIFY(at::equal(indices(a->train), indices(b->train)));
    QVERIFY(!at::equal(indices(a->calibration), indices(c->calibration)));
}

void TestSplits::keepsFileOrderWithoutHoldOuts()
{
    const auto data = unevenDataset();
    const auto views = split(data, {.calibration = 0, .validation = 0, .train = {}, .seed = 3});
    QVERIFY(isFileOrder(indices(views->train)));
    QVERIFY(isFileOrder(indices(views->test)));
    const auto divided = split(data, {.calibration = 5, .validation = 5, .train = {}, .seed = 3});
    QVERIFY(isFileOrder(indices(divided->test)));
    QVERIFY(!isFileOrder(indices(divided->train)));
}

void TestSplits::limitsTheTrainingImages()
{
    const auto data = unevenDataset();
    const auto limited = split(data, {.calibration = 0, .validation = 0, .train = 20, .seed = 3});
    QCOMPARE(perClass(data, indices(limited->train)), (std::vector<std::int64_t>{12, 6, 2}));
    const auto generous =
        split(data, {.calibration = 10, .validation = 0, .train = 500, .seed = 3});
    QCOMPARE(generous->train.count(), 90);
}

void TestSplits::holdsOutEverythingWhenAsked()
{
    const auto views =
        split(unevenDataset(), {.calibration = 60, .validation = 40, .train = {}, .seed = 3});
    QVERIFY(views.has_value());
    QCOMPARE(views->train.count(), 0);
}

void TestSplits::limitsGiveWayToSmallSets_data()
{
    QTest::addColumn<qint64>("images");
    QTest::addColumn<qint64>("classes");
    QTest::addColumn<qint64>("heldOut"); // of at most 50
    QTest::newRow("large") << qint64{1000} << qint64{10} << qint64{50};
    QTest::newRow("a tenth") << qint64{200} << qint64{10} << qint64{20};
    QTest::newRow("one per class") << qint64{200} << qint64{30} << qint64{30};
    QTest::newRow("four in all") << qint64{30} << qint64{2} << qint64{4};
    QTest::newRow("a quarter at most") << qint64{40} << qint64{30} << qint64{10};
    QTest::newRow("one image") << qint64{1} << qint64{1} << qint64{0};
}

void TestSplits::limitsGiveWayToSmallSets()
{
    QFETCH(qint64, images);
    QFETCH(qint64, classes);
    QFETCH(qint64, heldOut);
    std::vector<std::int64_t> labels;
    for (std::int64_t i = 0; i < images; ++i)
        labels.push_back(i % classes);
    const auto data = labelledDataset({1, 2, 2}, labels, classes);
    const auto views =
        split(data, {.calibration = atMost(50), .validation = atMost(50), .train = {}, .seed = 3});
    QVERIFY2(views, views ? "" : views.error().message.c_str());
    QCOMPARE(views->calibration.count(), heldOut);
    QCOMPARE(views->validation.count(), heldOut);
    QCOMPARE(views->train.count(), images - 2 * heldOut);
    if (heldOut >= classes)
        QVERIFY(std::ranges::min(perClass(data, indices(views->validation))) > 0);
}

void TestSplits::sizesThatAreAskedForDoNot()
{
    const auto data = unevenDataset();
    const auto views =
        split(data, {.calibration = 40, .validation = atMost(40), .train = {}, .seed = 3});
    QCOMPARE(views->calibration.count(), 40);
    QCOMPARE(views->validation.count(), 10);
    QVERIFY(!split(data, {.calibration = 101, .validation = atMost(40), .train = {}, .seed = 3}));
}

void TestSplits::saysWhatASmallSetHoldsOut()
{
    const SplitSettings settings{
        .calibration = atMost(10), .validation = atMost(2000), .train = {}, .seed = 3};
    const auto views = split(unevenDataset(), settings);
    const auto notice = smallSplitNotice(views->validation, settings);
    QVERIFY(notice);
    QCOMPARE(*notice,
             "10 of 100 training images are held out for validation, not 2000, because the "
             "training set is small.");
    QVERIFY(!smallSplitNotice(views->calibration, settings)); // all that was wanted
    QVERIFY(!smallSplitNotice(views->train, settings));
    QVERIFY(!smallSplitNotice(views->test, settings));
}

void TestSplits::refusesMoreThanThereIs_data()
{
    QTest::addColumn<qint64>("calibration");
    QTest::addColumn<qint64>("validation");
    QTest::addColumn<qint64>("train");
    QTest::addColumn<QString>("fragment");
    QTest::newRow("together") << qint64{60} << qint64{41} << qint64{1} << "only 100 training";
    QTest::newRow("one") << qint64{101} << qint64{0} << qint64{1} << "101 calibration";
    QTest::newRow("overflow") << qint64{1} << std::numeric_limits<qint64>::max() << qint64{1}
                              << "ask for fewer";
    QTest::newRow("negative") << qint64{-1} << qint64{0} << qint64{1} << "negative";
    QTest::newRow("negative limit") << qint64{0} << qint64{0} << qint64{-5} << "negative";
}

void TestSplits::refusesMoreThanThereIs()
{
    QFETCH(qint64, calibration);
    QFETCH(qint64, validation);
    QFETCH(qint64, train);
    QFETCH(QString, fragment);
    const auto views =
        split(unevenDataset(),
              {.calibration = calibration, .validation = validation, .train = train, .seed = 0});
    QVERIFY(!views);
    QCOMPARE(views.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(views.error().message.find(fragment.toStdString()) != std::string::npos,
             views.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestSplits)
#include "tst_splits.moc"
