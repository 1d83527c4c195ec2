#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include <QTemporaryDir>
#include <QTest>

#include <png.h>

#include "data/picture.h"
#include "support/picture_files.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

Q_DECLARE_METATYPE(espalier::test::Bytes)

namespace {

int largestDifference(const Bytes& a, const Bytes& b)
{
    int largest = a.size() == b.size() ? 0 : 256;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(int{a[i]} - int{b[i]}));
    return largest;
}

/// Red above blue on the left, green above white on the right; 32 x 16.
Picture corners()
{
    Picture picture = plainPicture(32, 16, 0, 0, 0);
    for (std::int64_t y = 0; y < 16; ++y) {
        for (std::int64_t x = 0; x < 32; ++x) {
            auto* pixel = picture.pixels.data() + 3 * (32 * y + x);
            const bool right = x >= 16;
            const bool below = y >= 8;
            pixel[0] = right == below ? 255 : 0;
            pixel[1] = right ? 255 : 0;
            pixel[2] = below ? 255 : 0;
        }
    }
    return picture;
}

/// The colours in the corners, in reading order: "RGBW".
QString cornersOf(const Picture& picture)
{
    QString text;
    for (const auto y : {std::int64_t{2}, picture.height - 3}) {
        for (const auto x : {std::int64_t{2}, picture.width - 3}) {
            const auto* pixel = picture.pixels.data() + 3 * (picture.width * y + x);
            const bool red = pixel[0] > 128;
            const bool green = pixel[1] > 128;
            const bool blue = pixel[2] > 128;
            text += red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : '?';
        }
    }
    return text;
}

} // namespace

class TestPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFormat_data();
    void readsEveryFormat();
    void makesEightBitColoursOfEveryPng_data();
    void makesEightBitColoursOfEveryPng();
    void mixesTheInksOfCmyk();
    void turnsPicturesUpright_data();
    void turnsPicturesUpright();
    void ignoresDamagedExif();
    void refusesWhatIsNoPicture_data();
    void refusesWhatIsNoPicture();
    void survivesDamageAnywhere_data();
    void survivesDamageAnywhere();
    void namesTheFile();
};

void TestPicture::readsEveryFormat_data()
{
    QTest::addColumn<Bytes>("file");
    QTest::addColumn<int>("tolerance");
    const auto picture = corners();
    QTest::newRow("png") << pngFile(picture) << 0;
    QTest::newRow("webp") << webpFile(picture) << 0;
    QTest::newRow("jpeg") << jpegFile(picture) << 2;
}

void TestPicture::readsEveryFormat()
{
    QFETCH(Bytes, file);
    QFETCH(int, tolerance);
    const auto picture = decodePicture(file);
    QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
    QCOMPARE(picture->width, 32);
    QCOMPARE(picture->height, 16);
    QVERIFY(largestDifference(picture->pixels, corners().pixels) <= tolerance);
}

void TestPicture::makesEightBitColoursOfEveryPng_data()
{
    QTest::addColumn<Bytes>("file");
    QTest::addColumn<Bytes>("pixels"); // 2 x 1
    QTest::newRow("grey") << pngFile(2, 1, 8, PNG_COLOR_TYPE_GRAY, {7, 200})
                          << Bytes{7, 7, 7, 200, 200, 200};
    QTest::newRow("1 bit") << pngFile(2, 1, 1, PNG_COLOR_TYPE_GRAY, {0x40})
                           << Bytes{0, 0, 0, 255, 255, 255};
    QTest::newRow("grey of 16 bits")
        << pngFile(2, 1, 16, PNG_COLOR_TYPE_GRAY, {0x12, 0x34, 0xab, 0xff})
        << Bytes{0x12, 0x12, 0x12, 0xab, 0xab, 0xab};
    QTest::newRow("colours of 16 bits")
        << pngFile(2, 1, 16, PNG_COLOR_TYPE_RGB, {1, 9, 2, 9, 3, 9, 4, 9, 5, 9, 6, 9})
        << Bytes{1, 2, 3, 4, 5, 6};
    QTest::newRow("alpha") << pngFile(2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, {1, 2, 3, 0, 4, 5, 6, 128})
                           << Bytes{1, 2, 3, 4, 5, 6};
    QTest::newRow("grey and alpha")
        << pngFile(2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, {9, 0, 8, 128}) << Bytes{9, 9, 9, 8, 8, 8};
    QTest::newRow("palette") << pngFile(2, 1, 8, PNG_COLOR_TYPE_PALETTE, {2, 0})
                             << Bytes{70, 80, 90, 10, 20, 30};
}

void TestPicture::makesEightBitColoursOfEveryPng()
{
    QFETCH(Bytes, file);
    QFETCH(Bytes, pixels);
    const auto picture = decodePicture(file);
    QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
    QCOMPARE(picture->pixels, pixels);
}

void TestPicture::mixesTheInksOfCmyk()
{
    // Inverted: 255 is no ink. Cyan and half black leave no red and half of green and blue.
    Bytes inks;
    for (int pixel = 0; pixel < 64; ++pixel)
        inks.insert(inks.end(), {0, 255, 255, 128});
    const auto picture = decodePicture(cmykJpegFile(8, 8, inks));
    QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
    QVERIFY(largestDifference(picture->pixels, plainPicture(8, 8, 0, 128, 128).pixels) <= 2);
}

void TestPicture::turnsPicturesUpright_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QString>("seen");
    int orientation = 1;
    for (const auto* seen : {"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"}) {
        QTest::addRow("orientation %d", orientation) << orientation << seen;
        ++orientation;
    }
    QTest::newRow("none that exists") << 9 << "RGBW";
}

void TestPicture::turnsPicturesUpright()
{
    QFETCH(int, orientation);
    QFETCH(QString, seen);
    for (const bool bigEndian : {false, true}) {
        const auto picture = decodePicture(withOrientation(
            jpegFile(corners()), static_cast<std::uint8_t>(orientation), bigEndian));
        QVERIFY(picture);
        QCOMPARE(cornersOf(*picture), seen);
        const bool lying = orientation >= 5 && orientation <= 8;
        QCOMPARE(picture->width, lying ? 16 : 32);
    }
}

void TestPicture::ignoresDamagedExif()
{
    const auto file = withOrientation(jpegFile(corners()), 6);
    for (std::size_t at = 12; at < 38; ++at) { // within the segment
        auto damaged = file;
        damaged[at] = 0xff;
        const auto picture = decodePicture(damaged);
        QVERIFY(picture);
        QVERIFY(cornersOf(*picture) == "RGBW" || cornersOf(*picture) == "BRWG");
    }
}

void TestPicture::refusesWhatIsNoPicture_data()
{
    QTest::addColumn<Bytes>("file");
    QTest::addColumn<QString>("problem");
    const auto text = [](std::string_view bytes) { return Bytes(bytes.begin(), bytes.end()); };
    const auto half = [](Bytes file) {
        file.resize(file.size() / 2);
        return file;
    };
    const auto picture = patternPicture(40, 30);
    QTest::newRow("nothing") << Bytes{} << "is no JPEG, PNG or WebP";
    QTest::newRow("text") << text("hello") << "is no JPEG, PNG or WebP";
    QTest::newRow("gif") << text("GIF89a....") << "is a GIF";
    QTest::newRow("tiff") << text({"II*\0....", 8}) << "is a TIFF";
    QTest::newRow("half a jpeg") << half(jpegFile(picture)) << "damaged JPEG";
    QTest::newRow("half a png") << half(pngFile(picture)) << "damaged PNG (it is truncated)";
    QTest::newRow("half a webp") << half(webpFile(picture)) << "WebP";
    QTest::newRow("only a jpeg's start") << Bytes{0xff, 0xd8, 0xff, 0xe0} << "has no pixels";
    QTest::newRow("a bomb") << pngHeader(100'000, 100'000) << "100000 x 100000";
    QTest::newRow("a wide bomb") << pngHeader(900'000, 200) << "900000 x 200";
    QTest::newRow("no pixels") << pngHeader(0, 5) << "damaged PNG";
}

void TestPicture::refusesWhatIsNoPicture()
{
    QFETCH(Bytes, file);
    QFETCH(QString, problem);
    const auto picture = decodePicture(file);
    QVERIFY(!picture);
    QCOMPARE(picture.error().code, ErrorCode::BadFormat);
    const auto message = QString::fromStdString(picture.error().message);
    QVERIFY2(message.contains(problem), qPrintable(message));
}

void TestPicture::survivesDamageAnywhere_data()
{
    QTest::addColumn<Bytes>("file");
    const auto picture = patternPicture(24, 18);
    QTest::newRow("png") << pngFile(picture);
    QTest::newRow("webp") << webpFile(picture);
    QTest::newRow("jpeg") << withOrientation(jpegFile(picture), 3);
}

void TestPicture::survivesDamageAnywhere()
{
    QFETCH(Bytes, file);
    int readable = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const auto mask : {0x01, 0x80, 0xff}) {
            auto damaged = file;
            damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ mask);
            const auto picture = decodePicture(damaged);
            readable += picture ? 1 : 0;
            if (picture)
                QCOMPARE(std::ssize(picture->pixels), 3 * picture->width * picture->height);
        }
        const auto start = decodePicture({file.data(), at});
        QVERIFY(!start || at + 16 > file.size()); // all but the end marker may be enough
    }
    QVERIFY(readable < 3 * std::ssize(file));
}

void TestPicture::namesTheFile()
{
    const QTemporaryDir dir;
    const fs::path folder = dir.path().toStdString();
    const auto picture = readPicture(folder / "none.png");
    QVERIFY(!picture);
    QCOMPARE(picture.error().code, ErrorCode::NotFound);
    QCOMPARE(picture.error().message, "'" + (folder / "none.png").string() + "' does not exist.");
    QCOMPARE(readPicture(folder).error().message, "'" + folder.string() + "' is not a file.");
    writeFile(folder / "empty.png", {});
    QVERIFY(readPicture(folder / "empty.png").error().message.ends_with("empty.png' is empty."));
}

QTEST_GUILESS_MAIN(TestPicture)
#include "tst_picture.moc"
