#include <filesystem>
#include <functional>
#include <memory>
#include <set>

#include <QTemporaryDir>
#include <QTest>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include "data/dataset.h"
#include "data/dataset_p.h"
#include "network/architectures.h"
#include "support/picture_files.h"
#include "support/shared_data.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

using Spoil = std::function<void(const fs::path&)>;

namespace {

const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
const Normalisation plain{.mean = {0.0, 0.0, 0.0}, .deviation = {1.0, 1.0, 1.0}};
const SplitSettings noHoldOuts{.calibration = 0, .validation = 0, .train = {}, .seed = 0};
const Shape input{3, 8, 8};

/// Of one grey each: 10 x class + picture, so that images can be told apart.
Bytes greyPng(int value, std::int64_t width = 8, std::int64_t height = 8)
{
    const auto grey = static_cast<std::uint8_t>(value);
    return pngFile(plainPicture(width, height, grey, grey, grey));
}

/// `count` pictures of each of three classes.
void writeClasses(const fs::path& folder, int count)
{
    int number = 0;
    for (const auto* name : {"ant", "bee", "cow"}) {
        for (int i = 0; i < count; ++i)
            writePicture(folder / name / ("p" + std::to_string(100 + i) + ".png"),
                         greyPng(10 * number + i));
        ++number;
    }
}

Result<Dataset> load(const fs::path& folder, const std::optional<Shape>& shape = input)
{
    return Dataset::load({.format = DataSpec::Format::Folder, .directory = folder}, shape);
}

DataView::All viewsOf(const Dataset& data, const SplitSettings& splits = noHoldOuts)
{
    return *DataView::makeAll(data, plain, splits, cpu);
}

/// The grey of each image of a view, 0..255.
std::vector<int> greys(const DataView& view)
{
    std::vector<int> result;
    if (view.count() == 0)
        return result;
    const auto images = batchOf(view, 0, view.count()).images;
    for (std::int64_t i = 0; i < view.count(); ++i)
        result.push_back(static_cast<int>(images[i].mean().item<double>() * 255.0 + 0.5));
    return result;
}

std::vector<std::int64_t> labelsOf(const DataView& view)
{
    const auto labels = batchOf(view, 0, view.count()).labels;
    return {labels.data_ptr<std::int64_t>(), labels.data_ptr<std::int64_t>() + labels.numel()};
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsTrainingAndValidationFolders();
    void readsAValidationFolderAlone();
    void keepsAValidationPartOfItsOwn();
    void givesAFifthToTheTestWhenNotDivided();
    void takesAClassNamedLikeAPartForAClass();
    void readsFormatsByContentWithinSubFolders();
    void leavesBrokenPicturesOutAndNamesThem();
    void namesEmptyClasses();
    void followsLinksOnce();
    void refusesWhatIsNoDataSet_data();
    void refusesWhatIsNoDataSet();
    void takesTheCommonSizeWithoutANetwork();
    void makesPicturesGreyForGreyNetworks();
    void takesTheMeanImageOfPictures();
    void resizesBeforeTheCrop();
    void mapsClassesToOutputs();
    void answersAmongMappedOutputsOnly();
    void saysWhenOutputsAreNotMapped();
    void stopsWhenAsked();

private:
    fs::path folder() const { return m_folder->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFolder::readsTrainingAndValidationFolders()
{
    writeClasses(folder() / "train", 3);
    writeClasses(folder() / "val", 1);
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QVERIFY(data->notices().empty());
    QCOMPARE(data->classes(), (std::vector<std::string>{"ant", "bee", "cow"}));
    QCOMPARE(data->imageShape(), input);
    QCOMPARE(data->trainCount(), 9);
    const auto views = viewsOf(*data);
    QCOMPARE(greys(views.train), (std::vector<int>{0, 1, 2, 10, 11, 12, 20, 21, 22}));
    QCOMPARE(labelsOf(views.train), (std::vector<std::int64_t>{0, 0, 0, 1, 1, 1, 2, 2, 2}));
    QCOMPARE(greys(views.test), (std::vector<int>{0, 10, 20}));
    QCOMPARE(labelsOf(views.test), (std::vector<std::int64_t>{0, 1, 2}));
}

void TestFolder::readsAValidationFolderAlone()
{
    writeClasses(folder() / "val", 2);
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->trainCount(), 0);
    QCOMPARE(greys(viewsOf(*data).test), (std::vector<int>{0, 1, 10, 11, 20, 21}));
}

void TestFolder::keepsAValidationPartOfItsOwn()
{
    writeClasses(folder() / "train", 4);
    writeClasses(folder() / "valid", 2);
    writeClasses(folder() / "test", 1);
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->trainCount(), 12);
    const auto views = viewsOf(*data, {.calibration = 3, .validation = 100, .seed = 1});
    QCOMPARE(views.calibration.count(), 3);
    QCOMPARE(views.train.count(), 9);
    QCOMPARE(views.test.count(), 3);
    auto validation = greys(views.validation);
    std::ranges::sort(validation);
    QCOMPARE(validation, (std::vector<int>{0, 1, 10, 11, 20, 21}));
    const auto few = viewsOf(*data, {.calibration = 3, .validation = 3, .seed = 1});
    QCOMPARE(few.validation.count(), 3);
    const SplitSettings limits{.calibration = 3, .validation = atMost(5), .seed = 1};
    const auto limited = viewsOf(*data, limits);
    QCOMPARE(limited.validation.count(), 5); // not a tenth: these cost no training pictures
    QVERIFY(!smallSplitNotice(limited.validation, limits));
    auto classes = labelsOf(few.validation);
    std::ranges::sort(classes);
    QCOMPARE(classes, (std::vector<std::int64_t>{0, 1, 2}));
}

void TestFolder::givesAFifthToTheTestWhenNotDivided()
{
    writeClasses(folder(), 10);
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    const auto views = viewsOf(*data);
    QCOMPARE(labelsOf(views.test), (std::vector<std::int64_t>{0, 0, 1, 1, 2, 2}));
    const auto test = greys(views.test);
    std::set<int> all(test.begin(), test.end());
    for (const auto grey : greys(views.train))
        all.insert(grey);
    QCOMPARE(all.size(), std::size_t{30});
    QCOMPARE(views.train.count(), 24);
    QCOMPARE(greys(viewsOf(*load(folder()), {.calibration = 0, .validation = 0, .seed = 9}).test),
             test);
}

void TestFolder::takesAClassNamedLikeAPartForAClass()
{
    for (const auto* name : {"bus", "train", "test"})
        writePicture(folder() / name / "a.png", greyPng(1));
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->classes(), (std::vector<std::string>{"bus", "test", "train"}));
}

void TestFolder::readsFormatsByContentWithinSubFolders()
{
    writePicture(folder() / "val" / "a" / "x" / "y" / "1.JPEG",
                 jpegFile(plainPicture(8, 8, 1, 1, 1)));
    writePicture(folder() / "val" / "a" / "2", webpFile(plainPicture(8, 8, 2, 2, 2)));
    writePicture(folder() / "val" / "a" / "3.jpg", greyPng(3)); // a PNG
    writePicture(folder() / "val" / "a" / ".hidden.png", {1, 2, 3});
    writePicture(folder() / "val" / ".git" / "4.png", greyPng(4));
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(greys(viewsOf(*data).test), (std::vector<int>{2, 3, 1}));
    QVERIFY(data->notices().empty());
}

void TestFolder::leavesBrokenPicturesOutAndNamesThem()
{
    writeClasses(folder() / "train", 2);
    writeClasses(folder() / "val", 2);
    const auto ant = folder() / "val" / "ant";
    auto half = greyPng(7);
    half.resize(half.size() - 20);
    writeFile(ant / "a_half.png", half);
    writeFile(ant / "b_empty.jpg", {});
    writeFile(ant / "c_bomb.png", pngHeader(60'000, 60'000));
    writeFile(ant / "d_notes.txt", {'h', 'i'});
    fs::create_symlink(folder() / "gone", ant / "e_link.png");
    writeFile(ant / "f.gif", {'G', 'I', 'F', '8', '9', 'a'});
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    const auto views = viewsOf(*data);
    QCOMPARE(greys(views.test), (std::vector<int>{0, 1, 10, 11, 20, 21}));
    QCOMPARE(labelsOf(views.test), (std::vector<std::int64_t>{0, 0, 1, 1, 2, 2}));
    QCOMPARE(data->notices().size(), std::size_t{1});
    const auto notice = QString::fromStdString(data->notices().front());
    for (const auto* part :
         {"6 of 18 files", "a_half.png' is a damaged PNG", "b_empty.jpg' is empty",
          "c_bomb.png' claims 60000 x 60000", "d_notes.txt' is no JPEG",
          "e_link.png' does not exist", "And 1 more."})
        QVERIFY2(notice.contains(part), qPrintable(notice));
}

void TestFolder::namesEmptyClasses()
{
    writeClasses(folder() / "train", 1);
    writeClasses(folder() / "val", 1);
    fs::create_directories(folder() / "train" / "ape");
    const auto data = load(folder());
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    QCOMPARE(data->classes().size(), std::size_t{4});
    QCOMPARE(labelsOf(viewsOf(*data).test), (std::vector<std::int64_t>{0, 2, 3}));
    QCOMPARE(data->notices().size(), std::size_t{1});
    QVERIFY(data->notices().front().find("ape' is empty") != std::string::npos);
}

void TestFolder::followsLinksOnce()
{
    writePicture(folder() / "elsewhere.png", greyPng(5));
    writeClasses(folder() / "set" / "val", 1);
    const auto ant = folder() / "set" / "val" / "ant";
    writePicture(folder() / "more" / "1.png", greyPng(6));
    fs::create_directory_symlink(folder() / "more", ant / "more");
    fs::create_directory_symlink(folder() / "more", ant / "again");
    fs::create_directory_symlink(folder() / "set", ant / "circle");
    fs::create_directory_symlink(ant, folder() / "more" / "back");
    fs::create_directory_symlink("self", ant / "self");
    fs::create_symlink(folder() / "elsewhere.png", ant / "z.png");
    const auto data = load(folder() / "set");
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    // A link up to the whole set brings all its pictures, but none of them twice.
    auto seen = greys(viewsOf(*data).test);
    seen.resize(static_cast<std::size_t>(
        std::ranges::count(labelsOf(viewsOf(*data).test), std::int64_t{0})));
    std::ranges::sort(seen);
    QCOMPARE(seen, (std::vector<int>{0, 5, 6, 10, 20}));
}

void TestFolder::refusesWhatIsNoDataSet_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<DataSpec>("spec");
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const char* problem, Spoil spoil, Shape shape = input,
                        DataSpec spec = {}) {
        QTest::newRow(name) << std::move(spoil) << std::move(spec) << std::move(shape) << problem;
    };
    const auto nothing = [](const fs::path&) {};
    row("no folder", "does not exist", [](const fs::path& dir) { fs::remove_all(dir); });
    row("a file", "is not a folder", [](const fs::path& dir) {
        fs::remove_all(dir);
        writeFile(dir, {1});
    });
    row("no class folders", "holds no class folders", [](const fs::path& dir) {
        fs::remove_all(dir);
        writePicture(dir / "1.png", greyPng(1));
    });
    row("no picture that can be read", "1.png' is empty", [](const fs::path& dir) {
        fs::remove_all(dir);
        writePicture(dir / "ant" / "1.png", {});
    });
    row("nothing at all", "holds no picture", [](const fs::path& dir) {
        fs::remove_all(dir);
        fs::create_directories(dir / "ant");
    });
    row("a class of the test only", "dog' is a class that the training",
        [](const fs::path& dir) { writePicture(dir / "val" / "dog" / "1.png", greyPng(1)); });
    row("a network for four channels", "takes 4x8x8", nothing, {4, 8, 8});
    row("a network for vectors", "takes 3", nothing, {3});
    row("several sizes and no network", "several sizes",
        [](const fs::path& dir) {
            writePicture(dir / "val" / "ant" / "wide.png", greyPng(1, 9, 8));
        },
        {});
    row("resized too small", "'resize' is 7", nothing, input, {.resize = 7});
    row("a short class map", "lists 2 outputs", nothing, input,
        {.classes = std::vector<std::int64_t>{1, 2}});
}

void TestFolder::refusesWhatIsNoDataSet()
{
    QFETCH(Spoil, spoil);
    QFETCH(DataSpec, spec);
    QFETCH(Shape, shape);
    QFETCH(QString, problem);
    spec.format = DataSpec::Format::Folder;
    spec.directory = folder() / "set";
    writeClasses(spec.directory / "train", 1);
    writeClasses(spec.directory / "val", 1);
    spoil(spec.directory);
    const auto data = Dataset::load(spec, shape.empty() ? std::nullopt : std::optional(shape));
    QVERIFY(!data);
    const auto message = QString::fromStdString(data.error().message);
    QVERIFY2(message.contains(problem), qPrintable(message));
}

void TestFolder::takesTheCommonSizeWithoutANetwork()
{
    writePicture(folder() / "val" / "a" / "1.png", greyPng(1, 6, 4));
    QCOMPARE(load(folder(), {})->imageShape(), (Shape{3, 4, 6}));
}

void TestFolder::makesPicturesGreyForGreyNetworks()
{
    writePicture(folder() / "val" / "a" / "1.png", pngFile(plainPicture(8, 8, 255, 0, 0)));
    writePicture(folder() / "val" / "a" / "2.png", greyPng(176));
    const auto data = load(folder(), Shape{1, 8, 8});
    QVERIFY2(data, data ? "" : data.error().message.c_str());
    // Greys of 76 and 176: mean 126, deviation 50.
    const auto statistics = data->defaultNormalisation({});
    QVERIFY(std::abs(statistics.mean.at(0) - 126.0 / 255.0) < 1e-9);
    QVERIFY(std::abs(statistics.deviation.at(0) - 50.0 / 255.0) < 1e-9);
    const auto views = DataView::makeAll(*data, statistics, noHoldOuts, cpu);
    const auto images = batchOf(views->test, 0, 2).images;
    QVERIFY(at::allclose(images[0], at::full({1, 8, 8}, -1.0)));
    QVERIFY(at::allclose(images[1], at::full({1, 8, 8}, 1.0)));
}

void TestFolder::takesTheMeanImageOfPictures()
{
    writeClasses(folder() / "train", 2); // 0 1 10 11 20 21: mean 10.5
    writeClasses(folder() / "val", 1);
    const Normalisation mean{.kind = Normalisation::Kind::PixelMean};
    const auto views = DataView::makeAll(*load(folder()), mean, noHoldOuts, cpu);
    QVERIFY2(views, views ? "" : views.error().message.c_str());
    QVERIFY(at::allclose(batchOf(views->test, 1, 2).images,
                         at::full({1, 3, 8, 8}, (10.0 - 10.5) / 255.0)));
}

void TestFolder::resizesBeforeTheCrop()
{
    writePicture(folder() / "val" / "a" / "1.png", pngFile(patternPicture(40, 24)));
    const DataSpec spec{.format = DataSpec::Format::Folder, .directory = folder(), .resize = 24};
    const auto views = viewsOf(*Dataset::load(spec, input));
    // Nothing is resized: the middle of the picture as it is, from (16, 8) on.
    const auto image = (batchOf(views.test, 0, 1).images * 255.0).round();
    const auto expected = at::from_blob(patternPicture(40, 24).pixels.data(), {24, 40, 3},
                                        at::TensorOptions(at::kByte))
                              .slice(0, 8, 16)
                              .slice(1, 16, 24)
                              .permute({2, 0, 1})
                              .clone();
    QVERIFY(at::equal(image[0].to(at::kByte), expected));
}

void TestFolder::mapsClassesToOutputs()
{
    writeClasses(folder() / "train", 5);
    writeClasses(folder() / "val", 1);
    const DataSpec spec{.format = DataSpec::Format::Folder,
                        .directory = folder(),
                        .classes = std::vector<std::int64_t>{7, 3, 9}};
    const auto views =
        viewsOf(*Dataset::load(spec, input), {.calibration = 3, .validation = 3, .seed = 0});
    QCOMPARE(labelsOf(views.test), (std::vector<std::int64_t>{7, 3, 9}));
    auto calibration = labelsOf(views.calibration); // still stratified by class
    std::ranges::sort(calibration);
    QCOMPARE(calibration, (std::vector<std::int64_t>{3, 7, 9}));
    QCOMPARE(views.test.classCount(), 3);
    QCOMPARE(views.test.outputsNeeded(), 10);
    const auto nine = checkFits(*makeNetwork("resnet20", {3, 8, 8}, 9, 0), views.test);
    QVERIFY(!nine);
    QVERIFY(nine.error().message.find("up to output 9") != std::string::npos);
    QVERIFY(checkFits(*makeNetwork("resnet20", {3, 8, 8}, 10, 0), views.test));
}

void TestFolder::answersAmongMappedOutputsOnly()
{
    writeClasses(folder() / "val", 1);
    DataSpec spec{.format = DataSpec::Format::Folder,
                  .directory = folder(),
                  .classes = std::vector<std::int64_t>{3, 1, 0}};
    // Output 2 belongs to no class and is the largest of the first two images.
    const auto outputs = at::tensor({0.1, 0.2, 0.9, 0.3, //
                                     0.5, 0.2, 0.9, 0.3, //
                                     0.9, 0.2, 0.1, 0.3})
                             .view({3, 4});
    const auto right = [&] {
        const auto batch = batchOf(viewsOf(*Dataset::load(spec, input)).test, 0, 3);
        const auto answers = rightAnswers(outputs, batch);
        return std::vector<bool>{answers[0].item<bool>(), answers[1].item<bool>(),
                                 answers[2].item<bool>()};
    };
    QCOMPARE(right(), (std::vector<bool>{false, false, true}));
    spec.mappedOnly = true;
    QCOMPARE(right(), (std::vector<bool>{true, false, true}));
}

void TestFolder::saysWhenOutputsAreNotMapped()
{
    writeClasses(folder() / "val", 1);
    const auto network = *makeNetwork("resnet20", {3, 8, 8}, 5, 0);
    const auto notice = unmappedNotice(network, viewsOf(*load(folder())).test);
    QVERIFY(notice && notice->find("5 outputs") != std::string::npos);
    const DataSpec spec{.format = DataSpec::Format::Folder,
                        .directory = folder(),
                        .classes = std::vector<std::int64_t>{0, 1, 2}};
    QVERIFY(!unmappedNotice(network, viewsOf(*Dataset::load(spec, input)).test));
}

void TestFolder::stopsWhenAsked()
{
    writeClasses(folder() / "val", 1);
    std::stop_source source;
    source.request_stop();
    const auto data = Dataset::load({.format = DataSpec::Format::Folder, .directory = folder()},
                                    input, {}, source.get_token());
    QVERIFY(!data);
    QVERIFY(isStopped(data.error()));
}

QTEST_GUILESS_MAIN(TestFolder)
#include "tst_folder.moc"
