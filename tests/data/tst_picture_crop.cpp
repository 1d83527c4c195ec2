#include <cmath>
#include <random>

#include <QTest>

#include <zlib.h>

#include "data/picture_crop.h"
#include "support/picture_files.h"

using namespace espalier;
using namespace espalier::test;

// Check sums of what Pillow 9.4 makes of patternPicture(13, 9):
//   zlib.crc32(np.asarray(picture.resize((width, height), Image.BICUBIC)).tobytes())

namespace {

quint32 checkSum(const Bytes& bytes)
{
    return static_cast<quint32>(crc32(0, bytes.data(), static_cast<unsigned>(bytes.size())));
}

Bytes rendered(const Picture& picture, const PictureCrop& crop, std::int64_t channels = 3)
{
    Bytes pixels(static_cast<std::size_t>(crop.crop.width * crop.crop.height * channels));
    render(picture, crop, channels, pixels);
    return pixels;
}

PictureCrop wholeTo(const Picture& picture, std::int64_t width, std::int64_t height)
{
    return {.source = {.width = picture.width, .height = picture.height},
            .width = width,
            .height = height,
            .crop = {.width = width, .height = height}};
}

CropDraws randomDraws(std::mt19937_64& random)
{
    CropDraws draws{};
    for (auto& draw : draws)
        draw = std::uniform_real_distribution(0.0, 1.0)(random);
    return draws;
}

} // namespace

class TestPictureCrop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resizesLikePillow_data();
    void resizesLikePillow();
    void resizesAPartLikePillow();
    void cropsTheMiddleLikeTorchvision_data();
    void cropsTheMiddleLikeTorchvision();
    void coversEveryShape();
    void greyIsTheLumaPillowTakes();
    void keepsPixelsOfPicturesThatFit();
    void randomCropsStayWithinThePicture_data();
    void randomCropsStayWithinThePicture();
    void takesTheMiddleWhereNoCropFits();
    void flipsHalfOfThem();
    void flippedIsMirrored();
};

void TestPictureCrop::resizesLikePillow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<quint32>("sum");
    QTest::newRow("smaller") << 5 << 4 << 523296317U;
    QTest::newRow("larger") << 20 << 17 << 2282275637U;
    QTest::newRow("higher only") << 13 << 30 << 2293472615U;
    QTest::newRow("narrower only") << 7 << 9 << 4129070713U;
}

void TestPictureCrop::resizesLikePillow()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(quint32, sum);
    const auto picture = patternPicture(13, 9);
    const auto whole = rendered(picture, wholeTo(picture, width, height));
    QCOMPARE(checkSum(whole), sum);
    // A crop holds what the whole holds there.
    auto crop = wholeTo(picture, width, height);
    crop.crop = {.x = 2, .y = 1, .width = width - 3, .height = height - 2};
    const auto part = rendered(picture, crop);
    for (std::int64_t y = 0; y < height - 2; ++y)
        for (std::int64_t i = 0; i < 3 * (width - 3); ++i)
            QCOMPARE(part[static_cast<std::size_t>(3 * (width - 3) * y + i)],
                     whole[static_cast<std::size_t>(3 * (width * (y + 1) + 2) + i)]);
}

void TestPictureCrop::resizesAPartLikePillow()
{
    const auto picture = patternPicture(13, 9);
    const PictureCrop crop{.source = {.x = 2, .y = 1, .width = 9, .height = 6},
                           .width = 8,
                           .height = 8,
                           .crop = {.width = 8, .height = 8}};
    QCOMPARE(checkSum(rendered(picture, crop)), 3558630592U);
}

void TestPictureCrop::cropsTheMiddleLikeTorchvision_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("resize");
    QTest::addColumn<quint32>("sum");
    QTest::newRow("wide") << 13 << 9 << 6 << 172442130U;
    QTest::newRow("wide, resized to 8 first") << 13 << 9 << 8 << 3312487876U;
    QTest::newRow("tall, resized to 7 first") << 9 << 13 << 7 << 3086313571U;
}

void TestPictureCrop::cropsTheMiddleLikeTorchvision()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, resize);
    QFETCH(quint32, sum);
    QCOMPARE(
        checkSum(rendered(patternPicture(width, height), centreCrop(width, height, 6, 6, resize))),
        sum);
}

void TestPictureCrop::coversEveryShape()
{
    for (const auto& [width, height] :
         {std::pair{1, 1}, {1, 5000}, {5000, 1}, {7, 8}, {400, 300}}) {
        for (const auto& [w, h] : {std::pair{224, 224}, {1, 1}, {320, 240}, {3, 200}}) {
            const auto crop = centreCrop(width, height, w, h, {});
            QVERIFY(crop.crop.x >= 0 && crop.crop.x + w <= crop.width);
            QVERIFY(crop.crop.y >= 0 && crop.crop.y + h <= crop.height);
            QVERIFY(crop.width == w || crop.height == h);
        }
    }
}

void TestPictureCrop::greyIsTheLumaPillowTakes()
{
    QCOMPARE(checkSum(rendered(patternPicture(13, 9), centreCrop(13, 9, 6, 6, {}), 1)),
             3161986696U);
    QCOMPARE(rendered(plainPicture(2, 2, 255, 0, 0), centreCrop(2, 2, 1, 1, {}), 1), Bytes{76});
}

void TestPictureCrop::keepsPixelsOfPicturesThatFit()
{
    const auto picture = patternPicture(13, 9);
    QCOMPARE(rendered(picture, centreCrop(13, 9, 13, 9, {})), picture.pixels);
}

void TestPictureCrop::randomCropsStayWithinThePicture_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("as usual") << 0.08;
    QTest::newRow("mild") << 0.7;
}

void TestPictureCrop::randomCropsStayWithinThePicture()
{
    QFETCH(double, scale);
    std::mt19937_64 random(3);
    double least = 1.0;
    double sum = 0.0;
    for (int i = 0; i < 2000; ++i) {
        const auto [source, width, height, crop, flipped] =
            randomCrop(300, 200, 64, 48, {.cropScale = scale}, randomDraws(random));
        QVERIFY(source.x >= 0 && source.x + source.width <= 300);
        QVERIFY(source.y >= 0 && source.y + source.height <= 200);
        QVERIFY((crop == PixelBox{.width = 64, .height = 48}));
        QVERIFY(width == 64 && height == 48);
        const auto proportions =
            static_cast<double>(source.width) / static_cast<double>(source.height);
        QVERIFY(proportions > 0.73 && proportions < 1.36);
        const auto area = static_cast<double>(source.width * source.height) / (300.0 * 200.0);
        least = std::min(least, area);
        sum += area;
    }
    QVERIFY(least > scale - 0.01 && least < scale + 0.02);
    QVERIFY(sum / 2000 > scale + 0.05); // not the least one always
}

void TestPictureCrop::takesTheMiddleWhereNoCropFits()
{
    CropDraws draws;
    draws.fill(0.99);
    // All of a strip's area in proportions of 4:3 at most never fits.
    const auto wide = randomCrop(900, 30, 8, 8, {.cropScale = 1.0}, draws);
    QVERIFY((wide.source == PixelBox{.x = 430, .y = 0, .width = 40, .height = 30}));
    const auto tall = randomCrop(30, 900, 8, 8, {.cropScale = 1.0}, draws);
    QVERIFY((tall.source == PixelBox{.x = 0, .y = 430, .width = 30, .height = 40}));
}

void TestPictureCrop::flipsHalfOfThem()
{
    std::mt19937_64 random(4);
    int flipped = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto draws = randomDraws(random);
        flipped += randomCrop(30, 20, 8, 8, {.flip = true}, draws).flipped ? 1 : 0;
        QVERIFY(!randomCrop(30, 20, 8, 8, {.flip = false}, draws).flipped);
    }
    QVERIFY(flipped > 440 && flipped < 560);
}

void TestPictureCrop::flippedIsMirrored()
{
    const auto picture = patternPicture(13, 9);
    for (const std::int64_t channels : {1, 3}) {
        auto crop = centreCrop(13, 9, 7, 5, {});
        const auto plain = rendered(picture, crop, channels);
        crop.flipped = true;
        const auto mirrored = rendered(picture, crop, channels);
        for (std::int64_t y = 0; y < 5; ++y)
            for (std::int64_t x = 0; x < 7; ++x)
                for (std::int64_t c = 0; c < channels; ++c)
                    QCOMPARE(mirrored[static_cast<std::size_t>((7 * y + x) * channels + c)],
                             plain[static_cast<std::size_t>((7 * y + 6 - x) * channels + c)]);
    }
}

QTEST_GUILESS_MAIN(TestPictureCrop)
#include "tst_picture_crop.moc"
