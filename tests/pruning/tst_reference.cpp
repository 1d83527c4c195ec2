#include <chrono>
#include <cmath>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "criteria/kl_p.h"
#include "formats/torchscript.h"
#include "network/runtime.h"
#include "pruning/contest.h"
#include "support/image_views.h"
#include "support/shared_data.h"

using namespace espalier;

// Agreement with ../shared/reference, an independent scorer in plain PyTorch: see its README.

namespace {

const Normalisation imageNet{.mean = {0.485, 0.456, 0.406}, .deviation = {0.229, 0.224, 0.225}};

QJsonObject read(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

Network imported(const std::filesystem::path& path)
{
    const auto network = importTorchScript(path);
    if (!network)
        qFatal("%s", network.error().message.c_str());
    const auto placed = onDevice(*network, DeviceSpec{.kind = DeviceSpec::Kind::Cpu});
    if (!placed)
        qFatal("%s", placed.error().message.c_str());
    return *placed;
}

DataView images(const std::filesystem::path& folder, Split split, std::int64_t count)
{
    const auto dataset = Dataset::load({.format = DataSpec::Format::Cifar10, .directory = folder});
    if (!dataset)
        qFatal("%s", dataset.error().message.c_str());
    return test::firstImages(*dataset, split, count, imageNet);
}

void near(double actual, double expected, double tolerance, const std::string& what)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QStringLiteral("%1: %2, expected %3")
                            .arg(QString::fromStdString(what))
                            .arg(actual, 0, 'g', 8)
                            .arg(expected, 0, 'g', 8)));
}

void compareCandidate(const Candidate& candidate, const QJsonObject& expected)
{
    near(*candidate.cka->linear, expected["cka"].toDouble(), 1e-4, candidate.name + " linear");
    near(*candidate.cka->debiased, expected["cka_debiased"].toDouble(), 1e-4,
         candidate.name + " debiased");
    near(*candidate.accuracyBefore, expected["accuracy"].toDouble(), 0.5 / 2000 + 1e-6,
         candidate.name + " accuracy");
    QCOMPARE(candidate.macs, expected["macs"].toInteger());
    QCOMPARE(candidate.params, expected["params"].toInteger());
}

QJsonObject asJson(const std::map<std::string, std::vector<std::int64_t>>& removed)
{
    QJsonObject object;
    for (const auto& [name, channels] : removed) {
        QJsonArray array;
        for (const auto channel : channels)
            array.append(static_cast<qint64>(channel));
        object[QString::fromStdString(name)] = array;
    }
    return object;
}

/// Every removable block and the lowest-L1 filters, over the first test images.
void comparePreview(const Network& network, const QJsonObject& expected, const DataView& data)
{
    const auto preview =
        previewCandidates(network, findStructures(network.graph()), {.ratio = 0.1}, data);
    QVERIFY2(preview, preview ? "" : preview.error().message.c_str());
    QCOMPARE(preview->samples, expected["samples"].toInteger());
    near(preview->baselineAccuracy, expected["sample_accuracy"].toDouble(), 0.5 / 2000 + 1e-6,
         "baseline accuracy");
    const auto blocks = expected["blocks"].toObject();
    QCOMPARE(static_cast<qsizetype>(preview->candidates.size()), blocks.size() + 1);
    for (const auto& candidate : preview->candidates) {
        if (candidate.kind == StructureKind::Filter) {
            const auto filters = expected["filters_l1"].toObject();
            QCOMPARE(asJson(candidate.removal.filters), filters["removed"].toObject());
            compareCandidate(candidate, filters);
        } else {
            const auto name = QString::fromStdString(candidate.name);
            QVERIFY2(blocks.contains(name), candidate.name.c_str());
            compareCandidate(candidate, blocks[name].toObject());
        }
    }
}

/// KL of each removal against the value of the same position, over the first training images.
void compareKl(const Network& network, const std::vector<Removal>& removals,
               const std::vector<double>& expected, const DataView& data)
{
    const auto start = std::chrono::steady_clock::now();
    const auto scores =
        klOfRemovals(network, findStructures(network.graph()), removals, data, {}, {});
    QVERIFY2(scores, scores ? "" : scores.error().message.c_str());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    qInfo("%zu parts x %lld images in %.1f s: %.0f images a second", removals.size(),
          static_cast<long long>(data.count()), seconds.count(),
          static_cast<double>(removals.size()) * static_cast<double>(data.count())
              / seconds.count());
    for (std::size_t i = 0; i < removals.size(); ++i) // 1 % or 1e-5: what float32 allows
        near((*scores)[i], expected[i], std::max(1e-5, 0.01 * expected[i]),
             removalText(removals[i]));
}

/// The reference's blocks, and every `step`-th of its filters.
void compareKl(const Network& network, const QJsonObject& expected, std::int64_t step,
               const DataView& data)
{
    std::vector<Removal> removals;
    std::vector<double> values;
    const auto blocks = expected["blocks"].toObject();
    for (auto block = blocks.begin(); block != blocks.end(); ++block) {
        removals.push_back({.layers = {block.key().toStdString()}, .filters = {}});
        values.push_back(block.value().toDouble());
    }
    const auto filters = expected["filters"].toObject();
    std::int64_t position = 0;
    for (auto group = filters.begin(); group != filters.end(); ++group) {
        const auto scores = group.value().toArray();
        for (qsizetype i = 0; i < scores.size(); ++i) {
            if (position++ % step != 0)
                continue;
            removals.push_back({.layers = {}, .filters = {{group.key().toStdString(), {i}}}});
            values.push_back(scores[i].toDouble());
        }
    }
    QVERIFY(!removals.empty());
    compareKl(network, removals, values, data);
}

} // namespace

class TestReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void previewOfResnet20()
    {
        ESPALIER_SHARED_FILE(model, "models/resnet20_cifar10.pt");
        ESPALIER_SHARED_FILE(reference, "../reference/expected_resnet20.json");
        ESPALIER_CIFAR10(cifar);
        comparePreview(imported(model), read(reference), images(cifar, Split::Test, 2000));
    }

    void klOfResnet20()
    {
        ESPALIER_SHARED_FILE(model, "models/resnet20_cifar10.pt");
        ESPALIER_SHARED_FILE(reference, "../reference/expected_resnet20.json");
        ESPALIER_CIFAR10(cifar);
        const bool all = qEnvironmentVariableIsSet("ESPALIER_TEST_ALL_FILTERS");
        compareKl(imported(model), read(reference)["kl"].toObject(), all ? 1 : 17,
                  images(cifar, Split::Train, 1000));
    }

    void blocksOfResnet56()
    {
        ESPALIER_SHARED_FILE(model, "models/resnet56_cifar10.pt");
        ESPALIER_SHARED_FILE(reference, "../reference/expected_resnet56.json");
        ESPALIER_CIFAR10(cifar);
        if (!qEnvironmentVariableIsSet("ESPALIER_TEST_RESNET56"))
            QSKIP("takes minutes; set ESPALIER_TEST_RESNET56 to run it");
        const auto network = imported(model);
        const auto expected = read(reference);
        comparePreview(network, expected, images(cifar, Split::Test, 2000));
        compareKl(network, expected["kl"].toObject(), 1, images(cifar, Split::Train, 1000));
    }
};

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
