#include <filesystem>
#include <memory>

#include <QTemporaryDir>
#include <QTest>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>

#include "data/batch_stream_p.h"
#include "support/image_sets.h"
#include "support/picture_files.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

namespace {

const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
const SplitSettings noHoldOuts{.calibration = 0, .validation = 0, .train = {}, .seed = 0};
constexpr std::int64_t pictureCount = 23;

at::Generator seeded(std::uint64_t seed)
{
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

std::vector<fs::path> writeFiles(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (std::int64_t i = 0; i < pictureCount; ++i) {
        files.push_back(folder / (std::to_string(i) + ".png"));
        writePicture(files.back(), pngFile(patternPicture(20 + i, 40 - i)));
    }
    return files;
}

/// The files as they are, or kept decoded.
std::shared_ptr<const Pictures> checkedPictures(std::vector<fs::path> files, bool kept)
{
    PictureBudget budget = kept ? 1 << 24 : 0;
    ProgressMeter meter({}, "checking", pictureCount, "pictures");
    return Pictures::check(std::move(files), {.shape = {3, 12, 10}}, 2, budget, meter, {})
        ->pictures;
}

DataView viewOf(std::shared_ptr<const Pictures> pictures)
{
    Dataset::Tensors tensors{.imageShape = {3, 12, 10},
                             .classes = {"even", "odd"},
                             .trainLabels = at::arange(pictureCount).remainder(2),
                             .testLabels = at::zeros({0}, at::kLong),
                             .trainPictures = pictures,
                             .testPictures = pictures};
    const Dataset data(std::make_shared<const Dataset::Tensors>(std::move(tensors)));
    return DataView::makeAll(data, {.mean = {0, 0, 0}, .deviation = {1, 1, 1}}, noHoldOuts, cpu)
        ->train;
}

/// All images of a pass.
at::Tensor pass(const DataView& view, std::int64_t batchSize,
                std::optional<std::uint64_t> seed = {})
{
    const auto order = at::randperm(view.count(), seeded(5), at::kLong);
    std::vector<at::Tensor> batches;
    for (const auto& positions : inOrder(view.count(), batchSize))
        batches.push_back(order.index_select(0, positions));
    std::optional<BatchStream::Augmentation> augmentation;
    if (seed)
        augmentation = BatchStream::Augmentation{{}, seeded(*seed)};
    BatchStream stream(view, batches, augmentation);
    std::vector<at::Tensor> images;
    for (const auto& positions : batches) {
        const auto batch = stream.next({}).value();
        images.push_back(batch.images);
        if (!at::equal(batch.labels, positions.remainder(2)))
            qFatal("labels of other images");
    }
    return at::cat(images);
}

} // namespace

class TestBatchStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_files = writeFiles(m_folder.path().toStdString()); }
    void givesWhatSingleBatchesGive();
    void drawsInMemorySetsAsBefore();
    void augmentsAnewInEveryPass();
    void doesNotDependOnThreadsOrMemory();
    void batchesMayBeLeft();
    void saysWhichPictureVanished();
    void stopsWhenAsked();

private:
    QTemporaryDir m_folder;
    std::vector<fs::path> m_files;
};

void TestBatchStream::givesWhatSingleBatchesGive()
{
    const auto view = viewOf(checkedPictures(m_files, true));
    const auto batches = inOrder(view.count(), 4);
    QCOMPARE(batches.size(), std::size_t{6});
    BatchStream stream(view, batches);
    for (std::int64_t i = 0; i < 6; ++i) {
        const auto batch = stream.next({});
        QVERIFY(batch);
        const auto single = batchOf(view, 4 * i, 4 * i + 4);
        QVERIFY(at::equal(batch->images, single.images));
        QVERIFY(at::equal(batch->labels, single.labels));
    }
    // And these are the pictures: the last one, from (4, 0) on as wide as it is high.
    const auto& picture = patternPicture(42, 18);
    Bytes pixels(3 * 12 * 10);
    render(picture, centreCrop(42, 18, 10, 12, {}), 3, pixels);
    const auto expected = at::from_blob(pixels.data(), {12, 10, 3}, at::TensorOptions(at::kByte));
    const auto found = batchOf(view, 22, 23).images[0].permute({1, 2, 0});
    QVERIFY(at::allclose(found * 255.0, expected.to(at::kFloat), 0.0, 1e-3));
}

void TestBatchStream::drawsInMemorySetsAsBefore()
{
    const auto data = randomDataset({3, 8, 8}, 10, 2, 2);
    const auto view =
        DataView::makeAll(data, data.defaultNormalisation({}), noHoldOuts, cpu)->train;
    auto generator = seeded(7);
    BatchStream stream(view, inOrder(10, 4), BatchStream::Augmentation{{}, seeded(7)});
    for (const auto& positions : inOrder(10, 4))
        QVERIFY(at::equal(stream.next({})->images,
                          augmentedBatchAt(view, positions, {}, generator).images));
}

void TestBatchStream::augmentsAnewInEveryPass()
{
    const auto view = viewOf(checkedPictures(m_files, true));
    QVERIFY(at::equal(pass(view, 4, 1), pass(view, 4, 1)));
    QVERIFY(!at::equal(pass(view, 4, 1), pass(view, 4, 2)));
    QVERIFY(!at::equal(pass(view, 4, 1), pass(view, 4)));
}

void TestBatchStream::doesNotDependOnThreadsOrMemory()
{
    const auto threads = at::get_num_threads();
    std::vector<at::Tensor> plain;
    std::vector<at::Tensor> augmented;
    for (const bool kept : {false, true}) {
        for (const int count : {1, 4}) {
            at::set_num_threads(count);
            const auto view = viewOf(checkedPictures(m_files, kept));
            plain.push_back(pass(view, 5));
            augmented.push_back(pass(view, 5, 3));
        }
    }
    at::set_num_threads(threads);
    for (std::size_t i = 1; i < plain.size(); ++i) {
        QVERIFY(at::equal(plain[0], plain[i]));
        QVERIFY(at::equal(augmented[0], augmented[i]));
    }
}

void TestBatchStream::batchesMayBeLeft()
{
    const auto view = viewOf(checkedPictures(m_files, false));
    for (int i = 0; i < 20; ++i) {
        BatchStream stream(view, inOrder(view.count(), 3));
        if (i % 2 == 0)
            QVERIFY(stream.next({}));
    }
}

void TestBatchStream::saysWhichPictureVanished()
{
    const QTemporaryDir dir;
    const auto files = writeFiles(dir.path().toStdString());
    const auto view = viewOf(checkedPictures(files, false));
    fs::remove(files[6]);
    BatchStream stream(view, inOrder(view.count(), 4));
    QVERIFY(stream.next({}));
    const auto batch = stream.next({});
    QVERIFY(!batch);
    QCOMPARE(batch.error().code, ErrorCode::NotFound);
    QCOMPARE(batch.error().message, "'" + files[6].string() + "' does not exist.");
}

void TestBatchStream::stopsWhenAsked()
{
    const auto view = viewOf(checkedPictures(m_files, false));
    std::stop_source source;
    BatchStream stream(view, inOrder(view.count(), 4));
    QVERIFY(stream.next(source.get_token()));
    source.request_stop();
    const auto batch = stream.next(source.get_token());
    QVERIFY(!batch);
    QVERIFY(isStopped(batch.error()));
}

QTEST_GUILESS_MAIN(TestBatchStream)
#include "tst_batch_stream.moc"
