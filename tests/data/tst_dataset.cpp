#include <filesystem>
#include <fstream>
#include <functional>
#include <stop_token>

#include <QTemporaryDir>
#include <QTest>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset.h"
#include "data/dataset_p.h"
#include "support/image_sets.h"
#include "support/shared_data.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

namespace {

const fs::path fashionMnist = "/usr/share/datasets/fashion-mnist";

using Spoil = std::function<void(const fs::path&)>;

Result<Dataset> load(const std::string& format, const fs::path& folder)
{
    return Dataset::load(*DataSpec::parse(format + ":" + folder.string()));
}

/// Every pixel against the formula that wrote it.
bool pixelsMatch(const at::Tensor& images, std::int64_t firstImage)
{
    const auto flat = images.flatten(1); // channel-major, whatever the strides
    const auto pixels = flat.accessor<std::uint8_t, 2>();
    for (std::int64_t i = 0; i < flat.size(0); ++i)
        for (std::int64_t p = 0; p < flat.size(1); ++p)
            if (pixels[i][p] != pixelValue(firstImage + i, p))
                return false;
    return true;
}

std::vector<std::int64_t> values(const at::Tensor& labels)
{
    return {labels.data_ptr<std::int64_t>(), labels.data_ptr<std::int64_t>() + labels.numel()};
}

void resize(const fs::path& path, std::uintmax_t size)
{
    fs::resize_file(path, size);
}

void setByte(const fs::path& path, std::streamoff offset, char value)
{
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(offset);
    file.put(value);
}

} // namespace

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(espalier::ErrorCode)

class TestDataset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsAndWritesSpecs_data();
    void readsAndWritesSpecs();
    void refusesForeignSpecs_data();
    void refusesForeignSpecs();
    void readsCifar10();
    void numbersTheClassesWithoutNames();
    void readsTheFineLabelsOfCifar100();
    void readsIdx_data();
    void readsIdx();
    void readsIdxWithDotsInItsNames();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void stopsWhenAsked();
    void measuresTheDefaultNormalisation();
    void readsFashionMnist();
    void readsTheRealCifar10();

private:
    fs::path folder() const { return m_folder->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDataset::readsAndWritesSpecs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("format");
    QTest::newRow("cifar10") << "cifar10:/a/b" << int(DataSpec::Format::Cifar10);
    QTest::newRow("cifar100") << "cifar100:c d" << int(DataSpec::Format::Cifar100);
    QTest::newRow("a colon in the folder") << "idx:x:y" << int(DataSpec::Format::Idx);
}

void TestDataset::readsAndWritesSpecs()
{
    QFETCH(QString, text);
    QFETCH(int, format);
    const auto spec = DataSpec::parse(text.toStdString());
    QVERIFY(spec.has_value());
    QCOMPARE(int(spec->format), format);
    QCOMPARE(QString::fromStdString(spec->text()), text);
}

void TestDataset::refusesForeignSpecs_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : {"", "cifar10", "cifar10:", "mnist:/a", "/a/b", "CIFAR10:/a"})
        QTest::newRow(text) << text;
}

void TestDataset::refusesForeignSpecs()
{
    QFETCH(QString, text);
    const auto spec = DataSpec::parse(text.toStdString());
    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::InvalidArgument);
    QVERIFY(spec.error().message.find("'" + text.toStdString() + "'") != std::string::npos);
}

void TestDataset::readsCifar10()
{
    writeCifar10(folder());
    const auto data = load("cifar10", folder());
    QVERIFY2(data.has_value(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), (Shape{3, 32, 32}));
    QCOMPARE(data->trainCount(), 20);
    QCOMPARE(data->testCount(), 4);
    QCOMPARE(data->classes().size(), std::size_t{10});
    QCOMPARE(data->classes()[9], std::string("truck"));
    const auto& tensors = data->tensors();
    QCOMPARE(
        values(tensors.trainLabels),
        (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    QCOMPARE(values(tensors.testLabels), (std::vector<std::int64_t>{3, 2, 1, 0}));
    QVERIFY(!pixelsMatch(tensors.trainImages.slice(0, 0, 20, 5), 0)); // images 0, 5, 10, 15
    for (const std::int64_t image : {0, 3, 4, 19})
        QVERIFY(pixelsMatch(tensors.trainImages.narrow(0, image, 1), image));
    QVERIFY(pixelsMatch(tensors.testImages, 20));
}

void TestDataset::numbersTheClassesWithoutNames()
{
    writeCifar10(folder());
    fs::remove(folder() / "batches.meta.txt");
    const auto data = load("cifar10", folder());
    QVERIFY(data.has_value());
    QCOMPARE(data->classes().size(), std::size_t{10});
    QCOMPARE(data->classes()[9], std::string("9"));
}

void TestDataset::readsTheFineLabelsOfCifar100()
{
    writeFile(folder() / "train.bin", cifarRecords({{19, 99}, {0, 5}}));
    writeFile(folder() / "test.bin", cifarRecords({{3, 42}}, 7));
    const auto data = load("cifar100", folder());
    QVERIFY2(data.has_value(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->classes().size(), std::size_t{100});
    QCOMPARE(values(data->tensors().trainLabels), (std::vector<std::int64_t>{99, 5}));
    QCOMPARE(values(data->tensors().testLabels), (std::vector<std::int64_t>{42}));
    QVERIFY(pixelsMatch(data->tensors().trainImages, 0));
    QVERIFY(pixelsMatch(data->tensors().testImages, 7));
}

void TestDataset::readsIdx_data()
{
    QTest::addColumn<bool>("gzipped");
    QTest::newRow("plain") << false;
    QTest::newRow("gzipped") << true;
}

void TestDataset::readsIdx()
{
    QFETCH(bool, gzipped);
    writeIdx(folder(), gzipped);
    const auto data = load("idx", folder());
    QVERIFY2(data.has_value(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), (Shape{1, 5, 4}));
    QCOMPARE(data->classes(), (std::vector<std::string>{"0", "1", "2"}));
    QCOMPARE(values(data->tensors().trainLabels), (std::vector<std::int64_t>{0, 1, 2, 0, 1, 2}));
    QCOMPARE(values(data->tensors().testLabels), (std::vector<std::int64_t>{2, 1, 0}));
    QVERIFY(pixelsMatch(data->tensors().trainImages, 0));
    QVERIFY(pixelsMatch(data->tensors().testImages, 0));
}

void TestDataset::readsIdxWithDotsInItsNames()
{
    writeIdx(folder(), /*gzipped=*/false);
    for (const std::string part : {"train", "t10k"}) {
        fs::rename(folder() / (part + "-images-idx3-ubyte"),
                   folder() / (part + "-images.idx3-ubyte"));
        fs::rename(folder() / (part + "-labels-idx1-ubyte"),
                   folder() / (part + "-labels.idx1-ubyte"));
    }
    QVERIFY(load("idx", folder()).has_value());
}

void TestDataset::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("fragment");
    const auto cifar = [](const char* name, Spoil spoil, ErrorCode code, const char* file,
                          const char* fragment) {
        QTest::newRow(name) << "cifar10" << std::move(spoil) << code << file << fragment;
    };
    cifar(
        "cifar: no folder", [](const fs::path& dir) { fs::remove_all(dir); }, ErrorCode::NotFound,
        "data_batch_1.bin", "does not exist");
    cifar(
        "cifar: a batch is missing",
        [](const fs::path& dir) { fs::remove(dir / "data_batch_3.bin"); }, ErrorCode::NotFound,
        "data_batch_3.bin", "binary version of CIFAR-10");
    cifar(
        "cifar: truncated", [](const fs::path& dir) { resize(dir / "data_batch_2.bin", 9000); },
        ErrorCode::BadFormat, "data_batch_2.bin", "9000 bytes");
    cifar(
        "cifar: empty", [](const fs::path& dir) { resize(dir / "test_batch.bin", 0); },
        ErrorCode::BadFormat, "test_batch.bin", "0 bytes");
    cifar(
        "cifar: a label out of range",
        [](const fs::path& dir) { setByte(dir / "data_batch_4.bin", 2 * 3073, 10); },
        ErrorCode::BadFormat, "data_batch_4.bin", "image 2 has the label 10");
    cifar(
        "cifar: a folder for a file",
        [](const fs::path& dir) {
            fs::remove(dir / "test_batch.bin");
            fs::create_directory(dir / "test_batch.bin");
        },
        ErrorCode::BadFormat, "test_batch.bin", "not a file");

    const auto idx = [](const char* name, Spoil spoil, ErrorCode code, const char* file,
                        const char* fragment) {
        QTest::newRow(name) << "idx" << std::move(spoil) << code << file << fragment;
    };
    const std::string images = "train-images-idx3-ubyte";
    const std::string labels = "train-labels-idx1-ubyte";
    idx(
        "idx: images are missing", [=](const fs::path& dir) { fs::remove(dir / images); },
        ErrorCode::NotFound, images.c_str(), "does not exist");
    idx(
        "idx: test labels are missing",
        [](const fs::path& dir) { fs::remove(dir / "t10k-labels-idx1-ubyte"); },
        ErrorCode::NotFound, "t10k-labels-idx1-ubyte", "does not exist");
    idx(
        "idx: foreign magic number", [=](const fs::path& dir) { setByte(dir / images, 2, 13); },
        ErrorCode::BadFormat, images.c_str(), "3331 instead of 2051");
    idx(
        "idx: labels for images",
        [=](const fs::path& dir) {
            fs::copy_file(dir / labels, dir / images, fs::copy_options::overwrite_existing);
        },
        ErrorCode::BadFormat, images.c_str(), "instead of 2051");
    idx(
        "idx: truncated within the header", [=](const fs::path& dir) { resize(dir / images, 10); },
        ErrorCode::BadFormat, images.c_str(), "truncated");
    idx(
        "idx: truncated", [=](const fs::path& dir) { resize(dir / images, 100); },
        ErrorCode::BadFormat, images.c_str(), "truncated");
    idx(
        "idx: empty", [=](const fs::path& dir) { resize(dir / labels, 0); }, ErrorCode::BadFormat,
        labels.c_str(), "truncated");
    idx(
        "idx: longer than it says", [=](const fs::path& dir) { resize(dir / images, 137); },
        ErrorCode::BadFormat, images.c_str(), "longer");
    idx(
        "idx: huge extents",
        [=](const fs::path& dir) {
            writeFile(dir / images, idxFile({0xffffffff, 0xffffffff, 0xffffffff}, {1, 2, 3}));
        },
        ErrorCode::BadFormat, images.c_str(), "claims to hold");
    idx(
        "idx: no images",
        [=](const fs::path& dir) {
            writeFile(dir / images, idxFile({0, 5, 4}, {}));
        },
        ErrorCode::BadFormat, images.c_str(), "claims to hold");
    idx(
        "idx: fewer labels than images",
        [=](const fs::path& dir) {
            writeFile(dir / labels, idxFile({2}, {0, 1}));
        },
        ErrorCode::BadFormat, labels.c_str(), "holds 2 labels");
    idx(
        "idx: test images of another size",
        [](const fs::path& dir) {
            writeFile(dir / "t10k-images-idx3-ubyte", idxFile({3, 4, 4}, idxPixels(3, 16)));
        },
        ErrorCode::BadFormat, "t10k-images-idx3-ubyte", "another size");
    idx(
        "idx: a test label out of range",
        [](const fs::path& dir) {
            writeFile(dir / "t10k-labels-idx1-ubyte", idxFile({3}, {2, 3, 0}));
        },
        ErrorCode::BadFormat, "t10k-labels-idx1-ubyte", "the label 3");
    idx(
        "idx: damaged gzip",
        [=](const fs::path& dir) {
            fs::remove(dir / images);
            writeFile(dir / (images + ".gz"), idxFile({6, 5, 4}, idxPixels(6, 20)), true);
            setByte(dir / (images + ".gz"), 30, 'x');
        },
        ErrorCode::BadFormat, "train-images-idx3-ubyte.gz", "damaged");
    idx(
        "idx: truncated gzip",
        [=](const fs::path& dir) {
            fs::remove(dir / images);
            writeFile(dir / (images + ".gz"), idxFile({6, 5, 4}, idxPixels(6, 20)), true);
            resize(dir / (images + ".gz"), 60);
        },
        ErrorCode::BadFormat, "train-images-idx3-ubyte.gz", "truncated");
}

void TestDataset::namesWhatIsWrong()
{
    QFETCH(QString, format);
    QFETCH(Spoil, spoil);
    QFETCH(ErrorCode, code);
    QFETCH(QString, file);
    QFETCH(QString, fragment);
    if (format == "idx")
        writeIdx(folder(), /*gzipped=*/false);
    else
        writeCifar10(folder());
    QVERIFY(load(format.toStdString(), folder()).has_value());
    spoil(folder());
    const auto data = load(format.toStdString(), folder());
    QVERIFY(!data);
    const auto message = QString::fromStdString(data.error().message);
    QVERIFY2(message.contains(file), qPrintable(message));
    QVERIFY2(message.contains(fragment), qPrintable(message));
    QCOMPARE(data.error().code, code);
}

void TestDataset::stopsWhenAsked()
{
    writeCifar10(folder());
    writeIdx(folder(), /*gzipped=*/true);
    std::stop_source source;
    source.request_stop();
    for (const auto format : {DataSpec::Format::Cifar10, DataSpec::Format::Idx}) {
        const auto data = Dataset::load({format, folder()}, {}, {}, source.get_token());
        QVERIFY(!data);
        QVERIFY(isStopped(data.error()));
    }
}

void TestDataset::measuresTheDefaultNormalisation()
{
    const ModelMetadata nothing;
    const auto colour = randomDataset({3, 4, 4}, 8, 2, 2);
    QCOMPARE(colour.defaultNormalisation(nothing).mean, (std::vector<double>{0.485, 0.456, 0.406}));

    auto tensors = randomDataset({1, 1, 2}, 2, 1, 1).tensors();
    tensors.trainImages = at::tensor({0, 51, 102, 255}).to(at::kByte).view({2, 1, 1, 2});
    const Dataset grey(std::make_shared<const Dataset::Tensors>(tensors));
    const auto measured = grey.defaultNormalisation(nothing); // of 0, 0.2, 0.4, 1
    QVERIFY(qFuzzyCompare(measured.mean.at(0), 0.4));
    QVERIFY(qFuzzyCompare(measured.deviation.at(0), std::sqrt(0.14)));

    ModelMetadata own;
    own.normalisation.emplace();
    own.normalisation->kind = Normalisation::Kind::PixelMean;
    QCOMPARE(int(grey.defaultNormalisation(own).kind), int(Normalisation::Kind::PixelMean));
}

void TestDataset::readsFashionMnist()
{
    if (!fs::exists(fashionMnist))
        QSKIP("needs Debian's package dataset-fashion-mnist");
    const auto data = load("idx", fashionMnist);
    QVERIFY2(data.has_value(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->imageShape(), (Shape{1, 28, 28}));
    QCOMPARE(data->trainCount(), 60000);
    QCOMPARE(data->testCount(), 10000);
    QCOMPARE(data->classes().size(), std::size_t{10});
    QCOMPARE(values(data->tensors().trainLabels.slice(0, 0, 10)),
             (std::vector<std::int64_t>{9, 0, 0, 3, 0, 2, 7, 2, 5, 5}));
    const auto normalisation = data->defaultNormalisation({});
    QVERIFY(std::abs(normalisation.mean.at(0) - 0.2860) < 1e-4);
    QVERIFY(std::abs(normalisation.deviation.at(0) - 0.3530) < 1e-4);
}

void TestDataset::readsTheRealCifar10()
{
    ESPALIER_CIFAR10(cifar);
    const auto data = load("cifar10", cifar);
    QVERIFY2(data.has_value(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->trainCount(), 50000);
    const auto counts = at::bincount(data->tensors().testLabels);
    QVERIFY(at::all(counts == 1000).item<bool>());
    const auto& images = data->tensors().trainImages;
    const auto means = images.sum(at::IntArrayRef{0, 2, 3}, false, at::kLong).to(at::kDouble)
        / (255.0 * 50000 * 1024);
    const auto known = at::tensor({0.49140, 0.48216, 0.44653}).to(at::kDouble);
    QVERIFY((means - known).abs().max().item<double>() < 1e-5);
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
