#include <filesystem>
#include <functional>
#include <memory>
#include <numeric>

#include <QTemporaryDir>
#include <QTest>

#include <ATen/Functions.h>

#include "data/dataset.h"
#include "data/dataset_p.h"
#include "data/npy_header.h"
#include "support/image_sets.h"
#include "support/picture_files.h"
#include "support/tensors.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

using Spoil = std::function<void(const fs::path&)>;

namespace {

/// A NumPy file as numpy.save writes it.
Bytes npyFile(const std::string& descr, const std::string& shape, const Bytes& values,
              std::uint8_t version = 1, const std::string& order = "False")
{
    std::string header =
        "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
    while ((header.size() + 11) % 64 != 0)
        header += ' ';
    header += '\n';
    Bytes file{0x93, 'N', 'U', 'M', 'P', 'Y', version, 0};
    for (std::size_t i = 0; i < (version == 1 ? 2 : 4); ++i)
        file.push_back(static_cast<std::uint8_t>(header.size() >> (8 * i)));
    file.insert(file.end(), header.begin(), header.end());
    file.insert(file.end(), values.begin(), values.end());
    return file;
}

Bytes counting(std::size_t count)
{
    Bytes values(count);
    std::iota(values.begin(), values.end(), std::uint8_t{0});
    return values;
}

/// 4 training images of 3 x 2 (labels 0 1 2 1) and 2 test images (labels 2 0).
void writeNpy(const fs::path& folder, const std::string& imageShape = "3, 2")
{
    writeFile(folder / "train_images.npy", npyFile("|u1", "(4, " + imageShape + ")", counting(24)));
    writeFile(folder / "train_labels.npy", npyFile("|u1", "(4,)", {0, 1, 2, 1}));
    writeFile(folder / "test_images.npy", npyFile("|u1", "(2, " + imageShape + ")", counting(12)));
    writeFile(folder / "test_labels.npy",
              npyFile("<i8", "(2,)", {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

Result<Dataset> load(const fs::path& folder, const std::optional<Shape>& input = {})
{
    return Dataset::load({.format = DataSpec::Format::Npy, .directory = folder}, input);
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestNpy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsGreyImages();
    void resizesAsPicturesWhenAsked_data();
    void resizesAsPicturesWhenAsked();
    void keepsItsSizeUnlessAsked();
    void refusesASizeBelowTheInput();
    void findsTheChannels_data();
    void findsTheChannels();
    void readsNamesOfClasses();
    void readsEveryVersion();
    void readsHeaders_data();
    void readsHeaders();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void survivesDamageAnywhere();

private:
    fs::path folder() const { return m_folder->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestNpy::readsGreyImages()
{
    writeNpy(folder());
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), (Shape{1, 3, 2}));
    QCOMPARE(data->trainCount(), 4);
    QCOMPARE(data->testCount(), 2);
    QCOMPARE(data->classes(), (std::vector<std::string>{"0", "1", "2"}));
    QVERIFY(at::equal(data->tensors().trainImages, at::arange(24, at::kByte).view({4, 1, 3, 2})));
    QVERIFY(at::equal(data->tensors().testLabels, at::tensor({2, 0}).to(at::kLong)));
}

void TestNpy::resizesAsPicturesWhenAsked_data()
{
    QTest::addColumn<Shape>("input");
    QTest::newRow("colour") << Shape{3, 4, 5};
    QTest::newRow("grey") << Shape{1, 5, 4};
}

void TestNpy::resizesAsPicturesWhenAsked()
{
    QFETCH(Shape, input);
    // The same pictures as arrays and as files.
    Bytes pixels;
    for (const auto& [name, picture] :
         {std::pair("a", patternPicture(9, 7)), std::pair("b", plainPicture(9, 7, 200, 30, 90))}) {
        pixels.insert(pixels.end(), picture.pixels.begin(), picture.pixels.end());
        for (const auto* part : {"train", "test"})
            writePicture(folder() / "files" / part / name / "0.png", pngFile(picture));
    }
    for (const std::string part : {"train", "test"}) {
        writeFile(folder() / (part + "_images.npy"), npyFile("|u1", "(2, 7, 9, 3)", pixels));
        writeFile(folder() / (part + "_labels.npy"), npyFile("|u1", "(2,)", {0, 1}));
    }
    const auto arrays =
        Dataset::load({.format = DataSpec::Format::Npy, .directory = folder(), .resize = 6}, input);
    QVERIFY2(arrays, arrays ? "" : arrays.error().message.c_str());
    const auto files = Dataset::load(
        {.format = DataSpec::Format::Folder, .directory = folder() / "files", .resize = 6}, input);
    QVERIFY2(files, files ? "" : files.error().message.c_str());
    QCOMPARE(arrays->imageShape(), input);
    const auto normalisation = arrays->defaultNormalisation({});
    QVERIFY(normalisation == files->defaultNormalisation({}));
    const auto batch = [&](const Dataset& data) {
        const auto views =
            DataView::makeAll(data, normalisation, {.calibration = 0, .validation = 0, .seed = 0},
                              {.kind = DeviceSpec::Kind::Cpu});
        return batchOf(views->test, 0, 2);
    };
    QVERIFY(at::equal(batch(*arrays).images, batch(*files).images));
    QVERIFY(at::equal(batch(*arrays).labels, batch(*files).labels));
}

void TestNpy::keepsItsSizeUnlessAsked()
{
    writeNpy(folder());
    const Shape input{1, 2, 2};
    const auto data = load(folder(), input);
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), (Shape{1, 3, 2}));
    const auto graph = Graph::build({{"input", Input{}, {}},
                                     {"flatten", Flatten{}, {NodeId(0)}},
                                     {"linear", Linear{4, 3}, {NodeId(1)}}},
                                    input);
    const auto views = DataView::makeAll(*data, data->defaultNormalisation({}),
                                         {.calibration = 0, .validation = 0, .seed = 0},
                                         {.kind = DeviceSpec::Kind::Cpu});
    const auto fits = checkFits(randomNetwork(*graph), views->test);
    QVERIFY(!fits);
    for (const auto* words : {"1x2x2", "1x3x2", "--resize 2"})
        QVERIFY2(fits.error().message.find(words) != std::string::npos,
                 fits.error().message.c_str());
}

void TestNpy::refusesASizeBelowTheInput()
{
    writeNpy(folder());
    const auto data = Dataset::load(
        {.format = DataSpec::Format::Npy, .directory = folder(), .resize = 3}, Shape{1, 4, 4});
    QVERIFY(!data);
    QVERIFY2(data.error().message.find("'resize' is 3") != std::string::npos,
             data.error().message.c_str());
}

void TestNpy::findsTheChannels_data()
{
    QTest::addColumn<QString>("shape"); // of an image, in the file
    QTest::addColumn<Shape>("input"); // empty: no network
    QTest::addColumn<Shape>("images");
    QTest::addColumn<bool>("last");
    QTest::newRow("first") << "1, 2, 3" << Shape{} << Shape{3, 1, 2} << true;
    QTest::newRow("last") << "2, 1, 3" << Shape{} << Shape{3, 2, 1} << true;
    QTest::newRow("only first can be") << "3, 1, 2" << Shape{} << Shape{3, 1, 2} << false;
    QTest::newRow("the network decides") << "1, 2, 3" << Shape{1, 2, 3} << Shape{1, 2, 3} << false;
    QTest::newRow("the network takes others")
        << "1, 2, 3" << Shape{3, 9, 9} << Shape{3, 1, 2} << true;
}

void TestNpy::findsTheChannels()
{
    QFETCH(QString, shape);
    QFETCH(Shape, input);
    QFETCH(Shape, images);
    QFETCH(bool, last);
    writeNpy(folder(), shape.toStdString());
    const auto data = load(folder(), input.empty() ? std::nullopt : std::optional(input));
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), images);
    const auto counted = at::arange(24, at::kByte);
    const auto expected = last
        ? counted.view({4, images[1], images[2], images[0]}).permute({0, 3, 1, 2})
        : counted.view({4, images[0], images[1], images[2]});
    QVERIFY(at::equal(data->tensors().trainImages, expected));
}

void TestNpy::readsNamesOfClasses()
{
    writeNpy(folder());
    writeFile(folder() / "classes.txt", {'a', '\n', 'b', '\n', 'c', '\n'});
    QCOMPARE(load(folder())->classes(), (std::vector<std::string>{"a", "b", "c"}));
}

void TestNpy::readsEveryVersion()
{
    for (const auto version : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
        writeNpy(folder());
        writeFile(folder() / "train_labels.npy",
                  npyFile("<u2", "(4, 1)", {0, 0, 1, 0, 2, 0, 1, 0}, version));
        const auto data = load(folder());
        QVERIFY2(data, data ? "" : data.error().message.c_str());
        QVERIFY(at::equal(data->tensors().trainLabels, at::tensor({0, 1, 2, 1}).to(at::kLong)));
    }
}

void TestNpy::readsHeaders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<Shape>("shape");
    const auto row = [](const char* text, std::optional<Shape> shape) {
        QTest::newRow(text) << text << shape.has_value() << shape.value_or(Shape{});
    };
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }   \n", Shape{2, 3});
    row("{\"shape\":(7,),\"descr\":\"<i4\",\"fortran_order\":True}", Shape{7});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': ()}", Shape{});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L)}", Shape{2, 3});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (-2, 3)}", {});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 3)}", {});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (2 3)}", {});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3)", {});
    row("{'descr': '|u1', 'fortran_order': False}", {});
    row("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", {});
    row("{'descr': '|u1', 'fortran_order': 0, 'shape': (2,)}", {});
    row("{'descr': [('r', '|u1')], 'fortran_order': False, 'shape': (2,)}", {});
    row("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} + 1", {});
    row("__import__('os')", {});
    row("{'descr': '", {});
}

void TestNpy::readsHeaders()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QFETCH(Shape, shape);
    const auto header = parseNpyDictionary(text.toStdString());
    QCOMPARE(header.has_value(), valid);
    if (valid)
        QCOMPARE(header->shape, shape);
}

void TestNpy::namesWhatIsWrong_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("fragment");
    const auto row = [](const char* name, const char* file, const char* fragment, Spoil spoil) {
        QTest::newRow(name) << std::move(spoil) << file << fragment;
    };
    const auto replaced = [&](const char* name, const char* file, const char* fragment,
                              const Bytes& bytes) {
        row(name, file, fragment,
            [file, bytes](const fs::path& dir) { writeFile(dir / file, bytes); });
    };
    row("missing", "test_labels.npy", "does not exist",
        [](const fs::path& dir) { fs::remove(dir / "test_labels.npy"); });
    replaced("empty", "train_images.npy", "truncated", {});
    replaced("text", "train_images.npy", "no NumPy array", counting(64));
    replaced("version 9", "train_images.npy", "version 9",
             npyFile("|u1", "(4, 3, 2)", counting(24), 9));
    replaced("no dictionary", "train_images.npy", "damaged header",
             {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 2, 0, '4', '2'});
    replaced("a header of gigabytes", "train_images.npy", "truncated",
             {0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff, '{'});
    replaced("fewer values than it says", "train_images.npy", "truncated",
             npyFile("|u1", "(4, 3, 2)", counting(23)));
    replaced("more values than it says", "train_images.npy", "longer than its header",
             npyFile("|u1", "(4, 3, 2)", counting(25)));
    replaced("terabytes", "train_images.npy", "claims to hold",
             npyFile("|u1", "(4611686018427387904, 4, 4)", counting(24)));
    replaced("no images", "train_images.npy", "empty", npyFile("|u1", "(0, 3, 2)", {}));
    replaced("floats", "train_images.npy", "type '<f4'", npyFile("<f4", "(4, 3, 2)", counting(96)));
    replaced("big-endian labels", "train_labels.npy", "type '>i2'",
             npyFile(">i2", "(4,)", {0, 0, 0, 1, 0, 2, 0, 1}));
    replaced("images of 16 bits", "train_images.npy", "does not hold bytes",
             npyFile("<u2", "(4, 3, 2)", counting(48)));
    replaced("Fortran order", "train_images.npy", "Fortran order",
             npyFile("|u1", "(4, 3, 2)", counting(24), 1, "True"));
    replaced("five channels", "train_images.npy", "1 or 3 channels",
             npyFile("|u1", "(4, 2, 2, 5)", counting(80)));
    replaced("labels in two columns", "train_labels.npy", "one whole number",
             npyFile("|u1", "(4, 2)", counting(8)));
    replaced("a negative label", "train_labels.npy", "label -1",
             npyFile("|i1", "(4,)", {0, 1, 255, 2}));
    replaced("fewer labels", "train_labels.npy", "do not belong together",
             npyFile("|u1", "(3,)", {0, 1, 2}));
    replaced("a label the training images lack", "test_labels.npy", "label 7",
             npyFile("|u1", "(2,)", {0, 7}));
    replaced("test images of another size", "test_images.npy", "another size",
             npyFile("|u1", "(2, 2, 3)", counting(12)));
    row("a folder", "train_images.npy", "is not a file", [](const fs::path& dir) {
        fs::remove(dir / "train_images.npy");
        fs::create_directory(dir / "train_images.npy");
    });
}

void TestNpy::namesWhatIsWrong()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, file);
    QFETCH(QString, fragment);
    writeNpy(folder());
    QVERIFY(load(folder()));
    spoil(folder());
    const auto data = load(folder());
    QVERIFY(!data);
    const auto message = QString::fromStdString(data.error().message);
    QVERIFY2(message.contains(file), qPrintable(message));
    QVERIFY2(message.contains(fragment), qPrintable(message));
}

void TestNpy::survivesDamageAnywhere()
{
    writeNpy(folder());
    const auto file = npyFile("|u1", "(4, 3, 2)", counting(24));
    int readable = 0;
    for (std::size_t at = 0; at < file.size() - 24; ++at) {
        auto damaged = file;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x15U);
        writeFile(folder() / "train_images.npy", damaged);
        readable += load(folder()) ? 1 : 0;
        writeFile(folder() / "train_images.npy",
                  Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(at)));
        QVERIFY(!load(folder()));
    }
    QVERIFY(readable < 5); // damage to the minor version changes nothing
}

QTEST_GUILESS_MAIN(TestNpy)
#include "tst_npy.moc"
