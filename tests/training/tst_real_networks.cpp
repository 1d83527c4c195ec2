#include <QtTest>

#include "formats/model_file.h"
#include "network/runtime.h"
#include "support/shared_data.h"
#include "training/evaluate.h"

using namespace espalier;

/// Real networks on the 10,000 CIFAR-10 test images: the accuracies that plain PyTorch measured
/// (../shared/data/README.md), to 0.02 points.
class TestRealNetworks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void scoresAsPyTorchDoes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("pixelMean");
        QTest::addColumn<double>("accuracy");
        for (const char* form : {"", "_script", "_trace_train", "_torch215"})
            QTest::addRow("resnet20%s", form)
                << QString("resnet20_cifar10%1").arg(form) << false << 0.9173;
        QTest::newRow("resnet56") << "resnet56_cifar10" << false << 0.9339;
        QTest::newRow("authors' resnet56") << "authors_resnet56_cifar10" << true << 0.9229;
    }

    void scoresAsPyTorchDoes()
    {
        QFETCH(QString, name);
        QFETCH(bool, pixelMean);
        QFETCH(double, accuracy);
        const auto file = test::sharedFile("models/" + name.toStdString() + ".pt");
        if (!file)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        ESPALIER_CIFAR10(folder);
        const auto network = importModel(*file);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto dataset = Dataset::load({DataSpec::Format::Cifar10, folder});
        QVERIFY2(dataset.has_value(), dataset ? "" : dataset.error().message.c_str());
        const auto normalisation = pixelMean ? Normalisation{Normalisation::Kind::PixelMean, {}, {}}
                                             : dataset->defaultNormalisation(network->metadata());
        const auto device = *resolveDevice({});
        const auto data = DataView::makeAll(*dataset, normalisation, {}, device);
        const auto result = evaluate(*onDevice(*network, device), data->test);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->images, 10'000);
        QVERIFY2(std::abs(result->accuracy - accuracy) <= 0.0002 + 1e-9,
                 std::to_string(result->accuracy).c_str());
    }

    /// The network that the repository ships, on the data of Debian's dataset-fashion-mnist.
    void theDemoNetworkScoresAsTheReadmeSays()
    {
        const std::filesystem::path folder = "/usr/share/datasets/fashion-mnist";
        if (!std::filesystem::exists(folder))
            QSKIP("needs the package dataset-fashion-mnist");
        const auto network =
            importModel(test::sourceFolder() / "resources/demo/fashion_resnet20.pt");
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QVERIFY(network->metadata().normalisation.has_value());
        const auto dataset = Dataset::load({DataSpec::Format::Idx, folder});
        QVERIFY2(dataset.has_value(), dataset ? "" : dataset.error().message.c_str());
        const auto device = *resolveDevice({});
        const auto data = DataView::makeAll(
            *dataset, dataset->defaultNormalisation(network->metadata()), {}, device);
        const auto result = evaluate(*onDevice(*network, device), data->test);
        QVERIFY2(std::abs(result->accuracy - 0.9319) <= 0.0002 + 1e-9,
                 std::to_string(result->accuracy).c_str());
    }
};

QTEST_GUILESS_MAIN(TestRealNetworks)
#include "tst_real_networks.moc"
