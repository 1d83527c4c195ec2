#include <filesystem>

#include <QTemporaryDir>
#include <QTest>

#include <ATen/Functions.h>

#include "formats/model_file.h"
#include "network/architectures.h"
#include "network/network_p.h"
#include "network/runtime.h"
#include "support/picture_files.h"
#include "support/shared_data.h"
#include "training/evaluate.h"
#include "training/finetune.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;

namespace {

const DeviceSpec cpu{.kind = DeviceSpec::Kind::Cpu};
const Shape input{3, 8, 8};

/// Reddish and bluish pictures of several sizes.
DataView::All colouredViews(const fs::path& folder)
{
    for (const auto* part : {"train", "val"}) {
        for (std::uint8_t i = 0; i < 10; ++i) {
            const auto shade = static_cast<std::uint8_t>(100 + 10 * i);
            const auto name = std::to_string(i) + ".png";
            writePicture(folder / part / "blue" / name,
                         pngFile(plainPicture(9 + i, 12, 40, 60, shade)));
            writePicture(folder / part / "red" / name,
                         pngFile(plainPicture(10, 30 - i, shade, 60, 40)));
        }
    }
    const auto data =
        Dataset::load({.format = DataSpec::Format::Folder, .directory = folder}, input);
    return *DataView::makeAll(*data, data->defaultNormalisation({}),
                              {.calibration = 0, .validation = 0, .seed = 0}, cpu);
}

TrainState start()
{
    return {.network = *makeNetwork("resnet20", input, 2, /*seed=*/1)};
}

bool sameWeights(const Network& a, const Network& b)
{
    bool same = true;
    for (std::size_t i = 0; i < a.weights().nodes.size(); ++i) {
        std::vector<at::Tensor> tensors;
        forEachTensor(a.weights().nodes[i],
                      [&](std::string_view, const at::Tensor& t) { tensors.push_back(t); });
        std::size_t at = 0;
        forEachTensor(b.weights().nodes[i], [&](std::string_view, const at::Tensor& t) {
            const auto& other = tensors[at++];
            same = same && t.defined() == other.defined() && (!t.defined() || at::equal(t, other));
        });
    }
    return same;
}

} // namespace

class TestPictureTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learnsFromPictures();
    void resumesBitForBit();
    void efficientNetScoresOnRealPictures();
};

void TestPictureTraining::learnsFromPictures()
{
    const QTemporaryDir dir;
    const auto views = colouredViews(dir.path().toStdString());
    const auto trained = train(start(), views.train, {.epochs = 6, .batchSize = 8}, /*seed=*/2);
    QVERIFY2(trained, trained ? "" : trained.error().message.c_str());
    QCOMPARE(evaluate(trained->network, views.test)->accuracy, 1.0);
}

void TestPictureTraining::resumesBitForBit()
{
    const QTemporaryDir dir;
    const auto views = colouredViews(dir.path().toStdString());
    const TrainSettings settings{.epochs = 2, .batchSize = 8};
    std::optional<TrainState> afterOne;
    TrainHooks hooks;
    hooks.epochFinished = [&](const EpochResult& epoch, const TrainState& state) -> Status {
        if (epoch.epoch == 1)
            afterOne = state;
        return {};
    };
    const auto whole = train(start(), views.train, settings, 3, hooks);
    QVERIFY(whole && afterOne);
    QVERIFY(!sameWeights(whole->network, afterOne->network));
    const auto again = colouredViews(dir.path().toStdString()); // as in another process
    const auto resumed = train(*afterOne, again.train, settings, 3);
    QVERIFY(resumed);
    QVERIFY(sameWeights(whole->network, resumed->network));
}

void TestPictureTraining::efficientNetScoresOnRealPictures()
{
    ESPALIER_SHARED_FILE(model, "models/efficientnet_lite0_imagenet.pt");
    ESPALIER_SHARED_FILE(folder, "imagenette-sample");
    prepareThread();
    const auto network = importModel(model, Shape{3, 224, 224});
    QVERIFY2(network, network ? "" : network.error().message.c_str());
    DataSpec spec{.format = DataSpec::Format::Folder,
                  .directory = folder,
                  .classes =
                      std::vector<std::int64_t>{0, 217, 482, 491, 497, 566, 569, 571, 574, 701}};
    const Normalisation normalisation{.mean = std::vector<double>(3, 127.0 / 255.0),
                                      .deviation = std::vector<double>(3, 128.0 / 255.0)};
    for (const auto& [mappedOnly, right] : {std::pair{false, 0.67}, std::pair{true, 0.98}}) {
        spec.mappedOnly = mappedOnly;
        const auto data = Dataset::load(spec, network->graph().inputShape());
        QVERIFY2(data, data ? "" : data.error().message.c_str());
        QVERIFY(data->notices().empty());
        QCOMPARE(data->trainCount(), 200);
        const auto views = DataView::makeAll(*data, normalisation,
                                             {.calibration = 20, .validation = 20, .seed = 0}, cpu);
        const auto result =
            evaluate(*network, views->test, {}, {}, Precision::Float32, /*batchSize=*/20);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(result->images, 100);
        QVERIFY(std::abs(result->accuracy - right) < 1e-9);
    }
}

QTEST_GUILESS_MAIN(TestPictureTraining)
#include "tst_pictures.moc"
