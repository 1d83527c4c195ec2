#include <cmath>

#include <QtTest>

#include <ATen/core/grad_mode.h>

#include "data/batch_stream_p.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "pruning/contest.h"
#include "pruning/layer_cka.h"
#include "similarity/cka_p.h"
#include "support/image_views.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;

namespace {

const Shape input{3, 8, 8};

Network resnet()
{
    return test::randomNetwork(makeNetwork("resnet14", input, 10, 1)->graph());
}

Preview previewOf(const Network& network, const PreviewRequest& request, const DataView& data)
{
    const auto preview = previewCandidates(network, findStructures(network.graph()), request, data);
    if (!preview)
        qFatal("%s", preview.error().message.c_str());
    return *preview;
}

void near(std::optional<double> actual, std::optional<double> expected, double tolerance)
{
    QVERIFY(actual && expected);
    QVERIFY2(std::abs(*actual - *expected) <= tolerance,
             qPrintable(QStringLiteral("%1, expected %2").arg(*actual).arg(*expected)));
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void aNetworkIsFullySimilarToItself()
    {
        const auto network = resnet();
        const auto comparison = compare(network, network, test::noiseImages(60, input, 10));
        QVERIFY(comparison.has_value());
        near(comparison->cka.linear, 1.0, 1e-12);
        near(comparison->cka.debiased, 1.0, 1e-12);
        near(comparison->cka.minibatch, 1.0, 1e-12);
    }

    void comparesEveryLayerWithEveryLayer()
    {
        const auto network = resnet();
        const auto structures = findStructures(network.graph());
        const auto data = test::noiseImages(60, input, 10); // one batch
        const auto same = compareLayers(network, network, data);
        QVERIFY2(same.has_value(), same ? "" : same.error().message.c_str());
        const auto nodes = layersToCompare(network.graph(), structures);
        QCOMPARE(same->rows.size(), nodes.size());
        QCOMPARE(same->samples, 60);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            near(same->at(i, i), 1.0, 1e-6);
            for (std::size_t k = 0; k < i; ++k)
                near(same->at(i, k), same->at(k, i), 1e-9);
        }
        // The same number by the accumulator that the contest uses.
        const auto cut = prune(network, structures, {.layers = {structures.layers[0].name}});
        QVERIFY(cut.has_value());
        const auto pair = compareLayers(network, *cut, data);
        const auto others = layersToCompare(cut->graph(), findStructures(cut->graph()));
        QCOMPARE(pair->columns.size(), others.size());
        QVERIFY(others.size() < nodes.size());
        const at::NoGradGuard noGrad;
        BatchStream stream(data, inOrder(60, 60));
        const auto batch = stream.next({});
        const auto x =
            forward(network.graph(), network.weights(), batch->images, Mode::Evaluate, nodes);
        const auto y = forward(cut->graph(), cut->weights(), batch->images, Mode::Evaluate, others);
        CkaAccumulator expected;
        expected.add(x[1], y.back());
        near(pair->at(1, others.size() - 1), expected.values().minibatch, 1e-5);
    }

    void fewImagesAreNotEnoughToCompareLayers()
    {
        const auto network = resnet();
        const auto refused = compareLayers(network, network, test::noiseImages(3, input, 10));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
    }

    void previewsByAblationWhatCuttingGives()
    {
        const auto network = resnet();
        const auto structures = findStructures(network.graph());
        const auto data = test::noiseImages(120, input, 10);
        const auto preview =
            previewOf(network, {.filterRule = FilterRule::All, .ratio = 0.3}, data);
        QCOMPARE(preview.samples, 120);
        QCOMPARE(preview.candidates.size(), structures.layers.size() + 1);
        for (const auto& candidate : preview.candidates) {
            const auto cut = prune(network, structures, candidate.removal);
            QVERIFY(cut.has_value());
            const auto comparison = compare(network, *cut, data);
            QVERIFY(comparison.has_value());
            QVERIFY(*comparison->cka.linear < 0.99999);
            near(candidate.cka->linear, comparison->cka.linear, 1e-5);
            near(candidate.cka->debiased, comparison->cka.debiased, 1e-5);
            near(candidate.cka->minibatch, comparison->cka.minibatch, 1e-5);
            near(candidate.accuracyBefore, comparison->accuracy, 1.5 / 120); // one near-tie
            QCOMPARE(candidate.macs, cut->graph().macs());
            QCOMPARE(candidate.params, cut->graph().params());
        }
    }

    void previewListsLayersInOrderThenFilters()
    {
        const auto network = resnet();
        const auto data = test::noiseImages(20, input, 10);
        QStringList names;
        for (const auto& candidate : previewOf(network, {}, data).candidates)
            names << QString::fromStdString(candidate.name);
        // No floors and locks: layer1.0 too.
        QCOMPARE(names,
                 QStringList({"layer1.0", "layer1.1", "layer2.1", "layer3.1", "filters (l1)"}));
        QCOMPARE(previewOf(network, {.layers = false}, data).candidates.size(), std::size_t{1});
        QCOMPARE(previewOf(network, {.units = {}}, data).candidates.size(), std::size_t{4});
        QCOMPARE(previewOf(network, {.ratio = 0.0}, data).candidates.size(), std::size_t{4});
        const auto nothing = previewOf(network, {.layers = false, .units = {}}, data);
        QVERIFY(nothing.candidates.empty());
        QVERIFY(nothing.baselineAccuracy >= 0.0);
    }

    void theRatioIsThatOfEachGroup()
    {
        const auto network = resnet();
        const auto data = test::noiseImages(20, input, 10);
        const auto counts = [&](double ratio) {
            const auto preview = previewOf(network, {.layers = false, .ratio = ratio}, data);
            QStringList list;
            for (const auto& [name, channels] : preview.candidates.at(0).removal.filters)
                list << QString::number(channels.size());
            return list.join(' ');
        };
        QCOMPARE(counts(0.1), QString("2 2 3 3 6 6"));
        QCOMPARE(counts(1.0), QString("15 15 31 31 63 63")); // one stays
    }

    void theBaselineIsTheNetworksOwnAccuracy()
    {
        const auto network = resnet();
        const auto data = test::noiseImages(90, input, 10);
        const auto comparison = compare(network, network, data);
        QCOMPARE(previewOf(network, {}, data).baselineAccuracy, comparison->accuracy);
    }

    void everyCriterionRanksAPreview()
    {
        const auto network = *makeNetwork("resnet8", input, 10, 1);
        const auto data = test::noiseImages(20, input, 10);
        for (const auto criterion :
             {Criterion::L1, Criterion::L2, Criterion::Random, Criterion::Kl}) {
            const auto preview = previewOf(network, {.criterion = criterion}, data);
            QCOMPARE(preview.candidates.back().name, "filters (" + criterionName(criterion) + ")");
            for (std::size_t i = 0; i + 1 < preview.candidates.size(); ++i)
                QVERIFY(preview.candidates[i].score.has_value());
        }
    }

    void refusesWhatDoesNotFit()
    {
        const auto network = resnet();
        const auto structures = findStructures(network.graph());
        const auto other = test::noiseImages(20, {1, 28, 28}, 10);
        QCOMPARE(compare(network, network, other).error().code, ErrorCode::Mismatch);
        QCOMPARE(compare(network, network, {}).error().code, ErrorCode::Mismatch);
        QCOMPARE(previewCandidates(network, structures, {}, other).error().code,
                 ErrorCode::Mismatch);
        const auto data = test::noiseImages(20, input, 10);
        for (const double ratio : {-0.1, 1.1, std::nan("")})
            QCOMPARE(previewCandidates(network, structures, {.ratio = ratio}, data).error().code,
                     ErrorCode::InvalidArgument);
    }

    void stopsWhenAsked()
    {
        const auto network = resnet();
        const auto data = test::noiseImages(20, input, 10);
        std::stop_source source;
        source.request_stop();
        const auto comparison = compare(network, network, data, {}, source.get_token());
        QVERIFY(!comparison && isStopped(comparison.error()));
        const auto preview = previewCandidates(network, findStructures(network.graph()), {}, data,
                                               {}, source.get_token());
        QVERIFY(!preview && isStopped(preview.error()));
    }

    void reportsProgressToTheEnd()
    {
        const auto network = resnet();
        const auto data = test::noiseImages(20, input, 10);
        Progress last;
        const auto keep = [&](const Progress& progress) { last = progress; };
        QVERIFY(compare(network, network, data, keep));
        QCOMPARE(last.done, 20);
        QCOMPARE(last.total, 20);
        QVERIFY(previewCandidates(network, findStructures(network.graph()), {}, data, keep));
        QCOMPARE(last.done, 5 * 20);
        QCOMPARE(last.total, 5 * 20);
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
