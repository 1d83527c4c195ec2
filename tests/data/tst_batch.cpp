#include <array>
#include <set>
#include <tuple>

#include <QTest>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset.h"
#include "data/dataset_p.h"
#include "network/architectures.h"
#include "support/image_sets.h"
#include "support/tensors.h"

using namespace espalier;
using namespace espalier::test;

namespace {

const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
const SplitSettings noHoldOuts{.calibration = 0, .validation = 0, .train = {}, .seed = 0};

/// One pixel of one image, by the definition of both normalisations.
double normalised(const Dataset& data, const Normalisation& normalisation, std::int64_t image,
                  std::int64_t channel, std::int64_t y, std::int64_t x)
{
    const auto& images = data.tensors().trainImages;
    const auto raw = images[image][channel][y][x].item<double>() / 255.0;
    const auto c = static_cast<std::size_t>(channel);
    if (normalisation.kind == Normalisation::Kind::Constants)
        return (raw - normalisation.mean[c]) / normalisation.deviation[c];
    double sum = 0.0;
    for (std::int64_t other = 0; other < images.size(0); ++other)
        sum += images[other][channel][y][x].item<double>() / 255.0;
    return raw - sum / double(images.size(0));
}

at::Tensor normalisedImage(const Dataset& data, const Normalisation& normalisation,
                           std::int64_t image)
{
    const auto& shape = data.imageShape();
    auto result = at::empty({shape[0], shape[1], shape[2]});
    for (std::int64_t c = 0; c < shape[0]; ++c)
        for (std::int64_t y = 0; y < shape[1]; ++y)
            for (std::int64_t x = 0; x < shape[2]; ++x)
                result[c][y][x].fill_(normalised(data, normalisation, image, c, y, x));
    return result;
}

/// The crop of `image` (C x H x W) that starts `top` and `left` of the padded image, flipped or
/// not.
at::Tensor naiveCrop(const at::Tensor& image, std::int64_t padding, std::int64_t top,
                     std::int64_t left, bool flip)
{
    auto result = at::zeros_like(image);
    const auto from = image.accessor<float, 3>();
    auto to = result.accessor<float, 3>();
    for (std::int64_t c = 0; c < image.size(0); ++c) {
        for (std::int64_t y = 0; y < image.size(1); ++y) {
            for (std::int64_t x = 0; x < image.size(2); ++x) {
                const auto sourceY = top + y - padding;
                const auto sourceX = left + (flip ? image.size(2) - 1 - x : x) - padding;
                if (sourceY >= 0 && sourceY < image.size(1) && sourceX >= 0
                    && sourceX < image.size(2))
                    to[c][y][x] = from[c][sourceY][sourceX];
            }
        }
    }
    return result;
}

} // namespace

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normalises_data();
    void normalises();
    void takesTheImagesAskedFor();
    void laysBatchesOutChannelsLast();
    void cropsAndFlipsAsTheNaiveLoopDoes_data();
    void cropsAndFlipsAsTheNaiveLoopDoes();
    void leavesImagesAloneWithoutAugmentation();
    void drawsFromTheGenerator();
    void refusesBadNormalisations_data();
    void refusesBadNormalisations();
    void checksThatNetworkAndDataFit();
};

void TestBatch::normalises_data()
{
    QTest::addColumn<bool>("pixelMean");
    QTest::addColumn<int>("channels");
    QTest::newRow("constants, colour") << false << 3;
    QTest::newRow("constants, grey") << false << 1;
    QTest::newRow("pixel mean, colour") << true << 3;
    QTest::newRow("pixel mean, grey") << true << 1;
}

void TestBatch::normalises()
{
    QFETCH(bool, pixelMean);
    QFETCH(int, channels);
    const auto data = randomDataset({channels, 4, 5}, 6, 2, 2);
    Normalisation normalisation{.mean = {0.485, 0.456, 0.406}, .deviation = {0.229, 0.224, 0.225}};
    normalisation.mean.resize(std::size_t(channels));
    normalisation.deviation.resize(std::size_t(channels));
    if (pixelMean)
        normalisation = {.kind = Normalisation::Kind::PixelMean, .mean = {}, .deviation = {}};
    // The mean image is that of all training images, those held out included.
    const auto views = DataView::makeAll(
        data, normalisation, {.calibration = 2, .validation = 0, .train = {}, .seed = 1}, cpu);
    QVERIFY(views.has_value());
    const auto batch = batchOf(views->train, 1, 3);
    for (std::int64_t i = 0; i < 2; ++i) {
        const auto image = views->train.impl().indices[i + 1].item<std::int64_t>();
        QVERIFY(maxDifference(batch.images[i], normalisedImage(data, normalisation, image)) < 1e-5);
        QCOMPARE(batch.labels[i].item<std::int64_t>(), image % 2);
    }
}

void TestBatch::takesTheImagesAskedFor()
{
    const auto data = randomDataset({1, 2, 3}, 10, 4, 5);
    const auto views =
        DataView::makeAll(data, {.mean = {0.0}, .deviation = {1.0 / 255.0}}, noHoldOuts, cpu);
    const auto batch = batchAt(views->train, at::tensor({7, 0, 7}).to(at::kLong));
    const auto& raw = data.tensors().trainImages;
    QVERIFY(maxDifference(batch.images, at::stack({raw[7], raw[0], raw[7]}).to(at::kFloat)) < 1e-4);
    QVERIFY(at::equal(batch.labels, at::tensor({2, 0, 2}).to(at::kLong)));
    const auto test = batchOf(views->test, 0, 4);
    QVERIFY(maxDifference(test.images, data.tensors().testImages.to(at::kFloat)) < 1e-4);
    QCOMPARE(batchOf(views->test, 2, 4).labels.numel(), 2);
}

void TestBatch::laysBatchesOutChannelsLast()
{
    const auto data = randomDataset({3, 8, 8}, 4, 4, 2);
    const auto views = DataView::makeAll(data, data.defaultNormalisation({}), noHoldOuts, cpu);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
    const auto plain = batchOf(views->train, 0, 4).images;
    const auto augmented = augmentedBatchAt(views->train, at::arange(4), {}, generator).images;
    for (const auto& images : {plain, augmented}) {
        QVERIFY(images.is_contiguous(at::MemoryFormat::ChannelsLast));
        QCOMPARE(images.scalar_type(), at::kFloat);
    }
}

void TestBatch::cropsAndFlipsAsTheNaiveLoopDoes_data()
{
    QTest::addColumn<int>("padding");
    QTest::addColumn<bool>("flip");
    QTest::addColumn<bool>("pixelMean");
    QTest::newRow("crop and flip") << 2 << true << false;
    QTest::newRow("crop") << 2 << false << false;
    QTest::newRow("flip") << 0 << true << false;
    QTest::newRow("crop and flip after subtracting the mean image") << 1 << true << true;
}

void TestBatch::cropsAndFlipsAsTheNaiveLoopDoes()
{
    QFETCH(int, padding);
    QFETCH(bool, flip);
    QFETCH(bool, pixelMean);
    const auto data = randomDataset({3, 5, 6}, 4, 2, 2);
    Normalisation normalisation{.mean = {0.4, 0.5, 0.6}, .deviation = {0.2, 0.3, 0.4}};
    if (pixelMean)
        normalisation = {.kind = Normalisation::Kind::PixelMean, .mean = {}, .deviation = {}};
    const auto views = DataView::makeAll(data, normalisation, noHoldOuts, cpu);
    const auto positions = at::arange(600).remainder(4);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{7});
    const auto batch = augmentedBatchAt(views->train, positions,
                                        {.cropPadding = padding, .flip = flip}, generator);
    QVERIFY(at::equal(batch.labels, positions.remainder(2)));

    // All possible results of each image; every one must occur, and nothing else.
    using Draw = std::tuple<std::int64_t, std::int64_t, bool>;
    std::set<Draw> seen;
    int flips = 0;
    const std::int64_t places = 2 * padding + 1;
    for (std::int64_t image = 0; image < 4; ++image) {
        const auto original = normalisedImage(data, normalisation, image);
        for (std::int64_t i = image; i < 600; i += 4) {
            int matches = 0;
            for (std::int64_t d = 0; d < places * places * (flip ? 2 : 1); ++d) {
                const Draw draw{d % places, d / places % places, d >= places * places};
                const auto [top, left, flipped] = draw;
                if (maxDifference(batch.images[i], naiveCrop(original, padding, top, left, flipped))
                    < 1e-5) {
                    ++matches;
                    seen.insert(draw);
                    flips += flipped;
                }
            }
            QCOMPARE(matches, 1);
        }
    }
    QCOMPARE(std::int64_t(seen.size()), places * places * (flip ? 2 : 1));
    if (flip)
        QVERIFY2(flips > 240 && flips < 360, qPrintable(QString::number(flips)));
}

void TestBatch::leavesImagesAloneWithoutAugmentation()
{
    const auto data = randomDataset({1, 4, 4}, 4, 2, 2);
    const auto views = DataView::makeAll(data, data.defaultNormalisation({}), noHoldOuts, cpu);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
    const auto batch =
        augmentedBatchAt(views->train, at::arange(4), {.cropPadding = 0, .flip = false}, generator);
    QVERIFY(at::equal(batch.images, batchOf(views->train, 0, 4).images));
}

void TestBatch::drawsFromTheGenerator()
{
    const auto data = randomDataset({1, 8, 8}, 16, 2, 2);
    const auto views = DataView::makeAll(data, data.defaultNormalisation({}), noHoldOuts, cpu);
    const auto draw = [&](at::Generator& generator) {
        return augmentedBatchAt(views->train, at::arange(16), {}, generator).images;
    };
    auto one = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
    auto again = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{1});
    const auto first = draw(one);
    QVERIFY(at::equal(first, draw(again)));
    QVERIFY(!at::equal(first, draw(one)));
}

void TestBatch::refusesBadNormalisations_data()
{
    QTest::addColumn<QList<double>>("mean");
    QTest::addColumn<QList<double>>("deviation");
    QTest::addColumn<QString>("fragment");
    QTest::newRow("too few means") << QList{0.5} << QList{1.0, 1.0, 1.0} << "1 means";
    QTest::newRow("too many deviations")
        << QList{0.5, 0.5, 0.5} << QList{1.0, 1.0, 1.0, 1.0} << "3 channels";
    QTest::newRow("zero deviation") << QList{0.5, 0.5, 0.5} << QList{1.0, 0.0, 1.0} << "above 0";
    QTest::newRow("not a number") << QList{0.5, qQNaN(), 0.5} << QList{1.0, 1.0, 1.0} << "finite";
}

void TestBatch::refusesBadNormalisations()
{
    QFETCH(QList<double>, mean);
    QFETCH(QList<double>, deviation);
    QFETCH(QString, fragment);
    const Normalisation normalisation{.mean = {mean.begin(), mean.end()},
                                      .deviation = {deviation.begin(), deviation.end()}};
    const auto views =
        DataView::makeAll(randomDataset({3, 4, 4}, 4, 2, 2), normalisation, noHoldOuts, cpu);
    QVERIFY(!views);
    QCOMPARE(views.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(views.error().message.find(fragment.toStdString()) != std::string::npos,
             views.error().message.c_str());
}

void TestBatch::checksThatNetworkAndDataFit()
{
    const auto views = [](const Dataset& data) {
        return *DataView::makeAll(
            data, {.kind = Normalisation::Kind::PixelMean, .mean = {}, .deviation = {}}, noHoldOuts,
            cpu);
    };
    const auto network = *makeNetwork("resnet8", {3, 32, 32}, 10, 1);
    QVERIFY(checkFits(network, views(randomDataset({3, 32, 32}, 4, 2, 4)).test).has_value());
    const auto size = checkFits(network, views(randomDataset({1, 28, 28}, 4, 2, 4)).test);
    QCOMPARE(size.error().code, ErrorCode::Mismatch);
    QVERIFY(size.error().message.find("3x32x32") != std::string::npos);
    QVERIFY(size.error().message.find("1x28x28") != std::string::npos);
    const auto classes = checkFits(network, views(randomDataset({3, 32, 32}, 12, 2, 11)).test);
    QCOMPARE(classes.error().code, ErrorCode::Mismatch);
    QVERIFY(classes.error().message.find("11 classes") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
