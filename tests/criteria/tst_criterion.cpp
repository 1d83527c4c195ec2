#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <QtTest>

#include "criteria/batches_p.h"
#include "criteria/criterion.h"
#include "data/dataset_p.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/network_p.h"
#include "network/runtime.h"
#include "support/image_views.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;

namespace {

Network withWeights(std::vector<NodeSpec> specs, const Shape& input,
                    const std::vector<at::Tensor>& weights)
{
    auto graph = std::make_shared<const Graph>(*Graph::build(std::move(specs), input));
    auto values = std::make_shared<Network::Weights>();
    for (const auto& weight : weights)
        values->nodes.push_back({.weight = weight});
    return Network(graph, values);
}

/// One pixel x -> conv1 (two filters, log 3 and 0) -> class scores (x log 3, 0): for x = 1 the
/// softmax is (3/4, 1/4), and (1/2, 1/2) without the first filter.
Network twoFilters(bool endsInSoftmax = false)
{
    std::vector<NodeSpec> specs{
        {"input", Input{}, {}},
        {"conv1", Conv2d{.inChannels = 1, .outChannels = 2}, {NodeId(0)}},
        {"flatten", Flatten{}, {NodeId(1)}},
        {"linear", Linear{.inFeatures = 2, .outFeatures = 2}, {NodeId(2)}},
    };
    std::vector<at::Tensor> weights{
        {}, at::tensor({std::log(3.0F), 0.0F}).view({2, 1, 1, 1}), {}, at::eye(2)};
    if (endsInSoftmax) {
        specs.push_back({"softmax", Softmax{}, {NodeId(3)}});
        weights.emplace_back();
    }
    return withWeights(std::move(specs), {1, 1, 1}, weights);
}

/// Images of one pixel that normalise to 1.
DataView ones(std::int64_t count)
{
    return test::viewOf(at::full({count, 1, 1, 1}, 255, at::kByte), at::zeros({count}, at::kLong),
                        2, {.mean = {0.0}, .deviation = {1.0}});
}

/// stem (3, -4) and a residual branch a (1x1, two inputs each): a channel of the stem is coupled
/// with the same one of a. The layer "a" has the L1 norms 1 + 2 and 3 + 5.
Network coupled()
{
    return withWeights(
        {
            {"input", Input{}, {}},
            {"stem", Conv2d{.inChannels = 1, .outChannels = 2}, {NodeId(0)}},
            {"a", Conv2d{.inChannels = 2, .outChannels = 2}, {NodeId(1)}},
            {"add", Add{}, {NodeId(2), NodeId(1)}},
            {"flatten", Flatten{}, {NodeId(3)}},
            {"linear", Linear{.inFeatures = 2, .outFeatures = 2}, {NodeId(4)}},
        },
        {1, 1, 1},
        {{},
         at::tensor({3.0F, -4.0F}).view({2, 1, 1, 1}),
         at::tensor({1.0F, -2.0F, 3.0F, 5.0F}).view({2, 2, 1, 1}),
         {},
         {},
         at::eye(2)});
}

Scores scored(const Network& network, ScoreRequest request, const DataView& data = {})
{
    const auto scores = scoreParts(network, findStructures(network.graph()), request, data, {}, {});
    if (!scores)
        qFatal("%s", scores.error().message.c_str());
    return *scores;
}

/// Mean KL(q||p), q of the cut network, p of the whole one: the definition.
double klOf(const Network& cut, const Network& whole, const DataView& data)
{
    const auto batch = batchOf(data, 0, data.count());
    const auto logs = [&](const Network& network) {
        const auto logits =
            forward(network.graph(), network.weights(), batch.images, Mode::Evaluate);
        return at::log_softmax(logits.to(at::kDouble), /*dim=*/1);
    };
    const auto logQ = logs(cut);
    return (logQ.exp() * (logQ - logs(whole))).sum(/*dim=*/1).mean().item<double>();
}

void compareTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QStringLiteral("%1, expected %2").arg(actual).arg(expected)));
}

} // namespace

class TestCriterion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void namesSurviveARoundTrip()
    {
        for (const auto criterion :
             {Criterion::L1, Criterion::L2, Criterion::Random, Criterion::Kl})
            QCOMPARE(*parseCriterion(criterionName(criterion)), criterion);
        const auto unknown = parseCriterion("taylor");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.find("'taylor'") != std::string::npos);
    }

    void normsAreThoseOfTheKernels()
    {
        const auto network = coupled();
        const auto l1 = scored(
            network, {.criterion = Criterion::L1, .layers = {"a"}, .filterGroups = {"stem"}});
        compareTo(l1.layers.at("a"), (3.0 + 8.0) / 2, 1e-12);
        const auto l2 = scored(
            network, {.criterion = Criterion::L2, .layers = {"a"}, .filterGroups = {"stem"}});
        compareTo(l2.layers.at("a"), (std::sqrt(5.0) + std::sqrt(34.0)) / 2, 1e-12);
    }

    void aCoupledUnitScoresTheMeanOfItsFilters()
    {
        const auto scores =
            scored(coupled(), {.criterion = Criterion::L1, .filterGroups = {"stem"}});
        const auto& units = scores.filters.at("stem");
        QCOMPARE(units.size(), std::size_t{2});
        compareTo(units[0], (3.0 + 3.0) / 2, 1e-12);
        compareTo(units[1], (4.0 + 8.0) / 2, 1e-12);
        QVERIFY(scores.layers.empty()); // not asked for
    }

    void klIsThatWorkedOutByHand()
    {
        for (const bool endsInSoftmax : {false, true}) { // one softmax either way
            const auto scores =
                scored(twoFilters(endsInSoftmax),
                       {.criterion = Criterion::Kl, .filterGroups = {"conv1"}}, ones(7));
            const auto& units = scores.filters.at("conv1");
            compareTo(units[0], 0.5 * std::log(4.0 / 3.0), 1e-7);
            compareTo(units[1], 0.0, 1e-12);
        }
    }

    void klOfALayerIsThatOfTheNetworkWithoutIt()
    {
        const auto network = coupled();
        const auto scores = scored(network, {.criterion = Criterion::Kl, .layers = {"a"}}, ones(3));
        // Class scores: 3 + (1*3 + 2*4) and -4 + (3*3 - 5*4) with the branch, 3 and -4 without.
        const double margin = 14.0 + 15.0;
        const double q = 1.0 / (1.0 + std::exp(-7.0));
        const double p = 1.0 / (1.0 + std::exp(-margin));
        const double expected =
            q * std::log(q / p) + (1 - q) * (std::log1p(-q) + margin - std::log(p));
        compareTo(scores.layers.at("a"), expected, 1e-6);
    }

    void klAgreesWithTheCutNetwork()
    {
        const auto network =
            test::randomNetwork(makeNetwork("resnet8", {3, 16, 16}, 10, 1)->graph());
        const auto structures = findStructures(network.graph());
        const auto data = test::noiseImages(50, {3, 16, 16}, 10);
        ScoreRequest request{.criterion = Criterion::Kl};
        for (const auto& group : structures.filters)
            request.filterGroups.push_back(group.name);
        for (const auto& layer : structures.layers)
            request.layers.push_back(layer.name);
        const auto scores = scored(network, request, data);

        const auto check = [&](const Removal& removal, double score) {
            const auto cut = prune(network, structures, removal);
            QVERIFY(cut.has_value());
            compareTo(score, klOf(*cut, network, data), 1e-4 * std::max(1.0, score));
        };
        for (const auto& group : structures.filters)
            check({.filters = {{group.name, {group.channels[2]}}}},
                  scores.filters.at(group.name)[2]);
        for (const auto& layer : structures.layers)
            check({.layers = {layer.name}}, scores.layers.at(layer.name));
    }

    void klDoesNotDependOnThreads()
    {
        const auto network = test::randomNetwork(makeNetwork("resnet8", {3, 8, 8}, 10, 1)->graph());
        const auto data = test::noiseImages(40, {3, 8, 8}, 10);
        const ScoreRequest request{.criterion = Criterion::Kl,
                                   .filterGroups = {"layer1.0.conv1", "layer3.0.conv1"}};
        prepareThread(1);
        const auto single = scored(network, request, data);
        prepareThread(3);
        const auto several = scored(network, request, data);
        prepareThread();
        for (const auto& [name, units] : single.filters) {
            for (std::size_t i = 0; i < units.size(); ++i)
                compareTo(several.filters.at(name)[i], units[i], 1e-5 * std::max(1.0, units[i]));
        }
    }

    void randomScoresComeFromTheSeed()
    {
        const ScoreRequest request{
            .criterion = Criterion::Random, .layers = {"a"}, .filterGroups = {"stem"}, .seed = 3};
        auto other = request;
        other.seed = 4;
        const auto scores = scored(coupled(), request);
        QVERIFY(scores.filters == scored(coupled(), request).filters);
        QVERIFY(scores.filters != scored(coupled(), other).filters);
        for (const double score : scores.filters.at("stem"))
            QVERIFY(score >= 0.0 && score < 1.0);
    }

    void refusesWhatItCannotScore()
    {
        const auto network = twoFilters();
        const auto structures = findStructures(network.graph());
        const auto error = [&](const ScoreRequest& request, const DataView& data) {
            return scoreParts(network, structures, request, data).error();
        };
        QCOMPARE(error({.layers = {"layer9"}}, {}).code, ErrorCode::NotFound);
        QCOMPARE(error({.filterGroups = {"conv9"}}, {}).code, ErrorCode::NotFound);
        const ScoreRequest kl{.criterion = Criterion::Kl, .filterGroups = {"conv1"}};
        QCOMPARE(error(kl, {}).code, ErrorCode::Mismatch);
        QCOMPARE(error(kl, test::noiseImages(4, {3, 8, 8}, 2)).code, ErrorCode::Mismatch);
    }

    void outputsThatAreNotFiniteAreAnError()
    {
        const auto network = twoFilters();
        network.weights()[NodeId(3)].weight.fill_(std::numeric_limits<float>::infinity());
        const auto scores =
            scoreParts(network, findStructures(network.graph()),
                       {.criterion = Criterion::Kl, .filterGroups = {"conv1"}}, ones(2));
        QVERIFY(!scores);
        QCOMPARE(scores.error().code, ErrorCode::InvalidArgument);
    }

    void stopsAtTheNextBatch()
    {
        const auto network = twoFilters();
        std::stop_source source;
        std::atomic<int> reports = 0;
        const auto scores = scoreParts(
            network, findStructures(network.graph()),
            {.criterion = Criterion::Kl, .filterGroups = {"conv1"}}, ones(5000),
            [&](const Progress&) {
                ++reports;
                source.request_stop();
            },
            source.get_token());
        QVERIFY(!scores);
        QVERIFY(isStopped(scores.error()));
        QVERIFY(reports <= 2);
    }

    void countsEachImageOncePerPart()
    {
        const auto network = twoFilters();
        Progress last;
        const auto caller = std::this_thread::get_id();
        bool onCaller = true;
        QVERIFY(scoreParts(network, findStructures(network.graph()),
                           {.criterion = Criterion::Kl, .filterGroups = {"conv1"}}, ones(3000),
                           [&](const Progress& progress) {
                               last = progress;
                               onCaller = onCaller && std::this_thread::get_id() == caller;
                           }));
        QCOMPARE(last.done, 6000);
        QCOMPARE(last.total, 6000);
        QVERIFY(onCaller);
    }

    void batchesAreEvenAndCoverEverything()
    {
        for (const std::int64_t count : {0, 1, 9, 250, 2002, 10000}) {
            std::int64_t next = 0;
            for (const auto& [begin, end] : evenBatches(count, 250)) {
                QCOMPARE(begin, next);
                QVERIFY(end - begin <= 250 && (end - begin >= 4 || count < 4));
                next = end;
            }
            QCOMPARE(next, count);
        }
    }
};

QTEST_GUILESS_MAIN(TestCriterion)
#include "tst_criterion.moc"
