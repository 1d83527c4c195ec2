#include <algorithm>
#include <numeric>

#include <QtTest>

#include "network/architectures.h"
#include "network/runtime.h"
#include "pruning/contest.h"
#include "pruning/filter_pool_p.h"
#include "support/image_views.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;

namespace {

const Shape input{3, 8, 8};

Network resnet(std::string_view name = "resnet20")
{
    return test::randomNetwork(makeNetwork(name, input, 10, 1)->graph());
}

PruningSettings byL1()
{
    PruningSettings settings;
    settings.criterion = Criterion::L1;
    return settings;
}

QStringList texts(const std::vector<std::string>& names)
{
    QStringList list;
    for (const auto& name : names)
        list << QString::fromStdString(name);
    return list;
}

std::vector<Candidate> proposed(const Network& network, const PruningSettings& settings,
                                std::uint64_t seed = 1, const DataView& data = {})
{
    const auto candidates =
        proposeCandidates(network, findStructures(network.graph()), settings, data, seed);
    if (!candidates)
        qFatal("%s", candidates.error().message.c_str());
    return *candidates;
}

/// A network, its structures and scores, for choosing filters with any budget.
struct Bench {
    Network network = resnet();
    Structures structures = findStructures(network.graph());
    PruningSettings settings = byL1();
    Scores scores;

    explicit Bench(FilterRule rule = FilterRule::FirstOfBlock)
    {
        settings.filterRule = rule;
        scores = *scoreParts(network, structures,
                             {.criterion = Criterion::L1, .filterGroups = groups()}, {});
    }

    const Graph& graph() const { return network.graph(); }
    std::vector<std::string> groups() const
    {
        return eligibleParts(graph(), structures, settings).filterGroups;
    }
    Graph without(const Removal& removal) const
    {
        return *prunedGraph(graph(), structures, removal);
    }
    Removal choose(const std::string& layer, std::uint64_t seed = 1) const
    {
        const auto target = without({.layers = {layer}});
        const auto removal =
            chooseFilters(graph(), structures, groups(), scores, settings, target, seed);
        if (!removal)
            qFatal("%s", removal.error().message.c_str());
        return *removal;
    }
    double score(const std::string& group, std::int64_t channel) const
    {
        const auto& channels = structures.filterGroup(group)->channels;
        const auto at = std::ranges::find(channels, channel) - channels.begin();
        return scores.filters.at(group)[static_cast<std::size_t>(at)];
    }
};

} // namespace

class TestCandidates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void floorsKeepTheFirstBlockAndTwoPerStage()
    {
        const Bench bench;
        auto settings = byL1();
        QCOMPARE(
            texts(eligibleParts(bench.graph(), bench.structures, settings).layers),
            QStringList({"layer1.1", "layer1.2", "layer2.1", "layer2.2", "layer3.1", "layer3.2"}));
        settings.keepFirstBlockOfStage = false;
        QVERIFY(texts(eligibleParts(bench.graph(), bench.structures, settings).layers)
                    .contains("layer1.0"));
        settings.minBlocksPerStage = 3; // each has 3, the first of two of them not removable
        QVERIFY(eligibleParts(bench.graph(), bench.structures, settings).layers.empty());
    }

    void aStageAtItsFloorKeepsItsBlocks()
    {
        const Bench bench;
        const auto smaller = bench.without({.layers = {"layer1.1", "layer3.2"}});
        QCOMPARE(texts(eligibleParts(smaller, findStructures(smaller), byL1()).layers),
                 QStringList({"layer2.1", "layer2.2"}));
        auto settings = byL1();
        settings.minBlocksPerStage = 1;
        QCOMPARE(texts(eligibleParts(smaller, findStructures(smaller), settings).layers),
                 QStringList({"layer1.2", "layer2.1", "layer2.2", "layer3.1"}));
    }

    void theFilterRuleSelectsGroups()
    {
        const Bench bench;
        auto settings = byL1();
        const auto first =
            texts(eligibleParts(bench.graph(), bench.structures, settings).filterGroups);
        QCOMPARE(first.size(), 9);
        for (const auto& name : first)
            QVERIFY(name.endsWith(".conv1"));
        settings.filterRule = FilterRule::All;
        const auto all =
            texts(eligibleParts(bench.graph(), bench.structures, settings).filterGroups);
        QVERIFY(all.contains("conv1"));
        QVERIFY(all.size() > first.size());
    }

    void aGroupAtItsFloorIsNotEligible()
    {
        const Bench bench;
        auto settings = byL1();
        settings.minFilters = 32;
        QCOMPARE(texts(eligibleParts(bench.graph(), bench.structures, settings).filterGroups),
                 QStringList({"layer3.0.conv1", "layer3.1.conv1", "layer3.2.conv1"}));
    }

    void locksKeepLayersGroupsAndConvolutions()
    {
        const Bench bench;
        auto settings = byL1();
        settings.filterRule = FilterRule::All;
        settings.locked = {"layer1.1"};
        auto eligible = eligibleParts(bench.graph(), bench.structures, settings);
        QVERIFY(!texts(eligible.layers).contains("layer1.1"));
        QVERIFY(texts(eligible.layers).contains("layer1.2"));
        QVERIFY(!texts(eligible.filterGroups).contains("layer1.1.conv1"));
        QVERIFY(texts(eligible.filterGroups).contains("layer1.2.conv1"));
        // layer1.1.conv2 writes into the stream that the stem's group is.
        QVERIFY(!texts(eligible.filterGroups).contains("conv1"));

        settings.locked = {"layer2.1.conv1"};
        eligible = eligibleParts(bench.graph(), bench.structures, settings);
        QVERIFY(!texts(eligible.filterGroups).contains("layer2.1.conv1"));
        QVERIFY(!texts(eligible.layers).contains("layer2.1")); // it would go with the block
        QVERIFY(texts(eligible.filterGroups).contains("conv1"));

        settings.locked = {"layer1.2.conv2"}; // not a group's name, but a producer of one
        eligible = eligibleParts(bench.graph(), bench.structures, settings);
        QVERIFY(!texts(eligible.filterGroups).contains("conv1"));
    }

    void takesExactlyTheBudgetOfFilters()
    {
        const Bench bench;
        QCOMPARE(filterCount(bench.graph()), 16 + 6 * 16 + 6 * 32 + 6 * 64);
        QCOMPARE(bench.choose("layer1.1").filterCount(), 2 * 16);
        QCOMPARE(bench.choose("layer2.1").filterCount(), 2 * 32);
        QCOMPARE(bench.choose("layer3.1").filterCount(), 2 * 64);
    }

    void takesTheShareOfEachGroupThenSinglesAtRandom()
    {
        const Bench bench;
        const auto removal = bench.choose("layer1.1");
        // p = 32/688: round(p*16) = 1, round(p*32) = 1, round(p*64) = 3; 17 more at random.
        for (const auto& name : bench.groups()) {
            const auto units = static_cast<double>(bench.scores.filters.at(name).size());
            const auto least = static_cast<std::size_t>(std::nearbyint(32.0 / 688.0 * units));
            QVERIFY(removal.filters.at(name).size() >= least);
        }
        QVERIFY(bench.choose("layer1.1", 1) == removal);
        QVERIFY(bench.choose("layer1.1", 2) != removal);
    }

    void takesTheLowestScoresOfEachGroup()
    {
        const Bench bench;
        for (const auto& [group, channels] : bench.choose("layer3.2").filters) {
            QVERIFY(std::ranges::is_sorted(channels));
            double highestTaken = 0.0;
            for (const auto channel : channels)
                highestTaken = std::max(highestTaken, bench.score(group, channel));
            for (const auto channel : bench.structures.filterGroup(group)->channels) {
                if (!std::ranges::binary_search(channels, channel))
                    QVERIFY(bench.score(group, channel) >= highestTaken);
            }
        }
    }

    void theFloorLeavesACandidateAsLargeAsPossible()
    {
        Bench bench;
        bench.settings.minFilters = 60;
        QCOMPARE(bench.choose("layer3.1").filterCount(), 3 * 4);
        bench.settings.minFilters = 64;
        QVERIFY(bench.choose("layer3.1").isEmpty());
    }

    void coupledUnitsCountEveryFilterTheyTake()
    {
        const Bench bench(FilterRule::All);
        const auto removal = bench.choose("layer3.1");
        const auto lost = filterCount(bench.graph()) - filterCount(bench.without(removal));
        QCOMPARE(lost, 128);
        QVERIFY(removal.filters.contains("conv1")); // the stream of stage 1 among them
    }

    void otherBudgetsArePassedByOneFilterAtMost()
    {
        for (const auto rule : {FilterRule::FirstOfBlock, FilterRule::All}) {
            for (const auto budget : {Budget::Macs, Budget::Params}) {
                Bench bench(rule);
                bench.settings.budget = budget;
                const auto cost = [&](const Graph& graph) {
                    return budget == Budget::Macs ? graph.macs() : graph.params();
                };
                const auto target = cost(bench.without({.layers = {"layer2.1"}}));
                auto removal = bench.choose("layer2.1");
                QVERIFY(cost(bench.without(removal)) <= target);
                dropHighest(bench, removal);
                QVERIFY(cost(bench.without(removal)) > target);
            }
        }
    }

    void refusesGroupsThatAreNotThereOrNotScored()
    {
        const Bench bench;
        const auto target = bench.without({.layers = {"layer1.1"}});
        const auto choose = [&](const std::vector<std::string>& groups, const Scores& scores) {
            return chooseFilters(bench.graph(), bench.structures, groups, scores, bench.settings,
                                 target, 1);
        };
        QCOMPARE(choose({"conv9"}, bench.scores).error().code, ErrorCode::NotFound);
        QCOMPARE(choose({"layer1.0.conv1"}, {}).error().code, ErrorCode::NotFound);
    }

    void proposesTheLowestLayerAndAsManyFilters()
    {
        const auto network = resnet();
        const auto structures = findStructures(network.graph());
        const auto eligible = eligibleParts(network.graph(), structures, byL1());
        const auto scores = *scoreParts(
            network, structures, {.criterion = Criterion::L1, .layers = eligible.layers}, {});
        const auto lowest = std::ranges::min_element(
            scores.layers, {}, [](const auto& entry) { return entry.second; });

        const auto candidates = proposed(network, byL1());
        QCOMPARE(candidates.size(), std::size_t{2});
        const auto& layer = candidates[0];
        QCOMPARE(layer.kind, StructureKind::Layer);
        QCOMPARE(layer.name, lowest->first);
        QCOMPARE(*layer.score, lowest->second);
        const auto without = *prunedGraph(network.graph(), structures, layer.removal);
        QCOMPARE(layer.macs, without.macs());
        QCOMPARE(layer.params, without.params());
        const auto& filters = candidates[1];
        QCOMPARE(filters.name, std::string("filters (l1)"));
        QCOMPARE(filters.removal.filterCount(),
                 filterCount(network.graph()) - filterCount(without));
        QVERIFY(filters.macs < network.graph().macs());
        QVERIFY(!filters.cka && !layer.cka);
    }

    void theContestDecidesWhatIsProposed()
    {
        const auto network = resnet();
        auto settings = byL1();
        settings.contest = Contest::LayersOnly;
        auto candidates = proposed(network, settings);
        QCOMPARE(candidates.size(), std::size_t{1});
        QCOMPARE(candidates[0].kind, StructureKind::Layer);
        const auto lost = candidates[0].name.starts_with("layer1") ? 32
            : candidates[0].name.starts_with("layer2")             ? 64
                                                                   : 128;
        settings.contest = Contest::FiltersOnly;
        candidates = proposed(network, settings);
        QCOMPARE(candidates.size(), std::size_t{1});
        QCOMPARE(candidates[0].removal.filterCount(), lost); // as in the contest
    }

    void withoutLayersAStepTakesAShareOfTheFilters()
    {
        auto settings = byL1();
        settings.minBlocksPerStage = 3;
        const auto candidates = proposed(resnet(), settings);
        QCOMPARE(candidates.size(), std::size_t{1});
        QCOMPARE(candidates[0].removal.filterCount(), 34); // 5 % of 688
    }

    void withoutFiltersThereAreLayersOnly()
    {
        auto settings = byL1();
        settings.minFilters = 64;
        const auto candidates = proposed(resnet(), settings);
        QCOMPARE(candidates.size(), std::size_t{1});
        QCOMPARE(candidates[0].kind, StructureKind::Layer);
    }

    void nothingLeftIsAnEmptyList()
    {
        auto settings = byL1();
        settings.minFilters = 64;
        settings.minBlocksPerStage = 3;
        QVERIFY(proposed(resnet(), settings).empty());
    }

    void theLoopEndsByItself()
    {
        auto settings = byL1();
        settings.minBlocksPerStage = 1;
        settings.keepFirstBlockOfStage = false;
        auto network = resnet("resnet14");
        int iterations = 0;
        for (; iterations < 500; ++iterations) {
            const auto candidates = proposed(network, settings, 7);
            if (candidates.empty())
                break;
            const auto structures = findStructures(network.graph());
            network = *prune(network, structures, candidates.back().removal);
        }
        QVERIFY2(iterations > 2 && iterations < 500, qPrintable(QString::number(iterations)));
        for (const auto& node : network.graph().nodes()) {
            if (const auto* conv = std::get_if<Conv2d>(&node.operation))
                QVERIFY(conv->outChannels >= 1);
        }
    }

    void klReadsTheTrainingImages()
    {
        auto settings = byL1();
        settings.criterion = Criterion::Kl;
        settings.contest = Contest::LayersOnly;
        settings.criterionImages = 30;
        settings.minBlocksPerStage = 1;
        const auto network = *makeNetwork("resnet14", input, 10, 1);
        const auto images = test::noiseImages(60, input, 10);
        const auto candidates = proposed(network, settings, 1, images);
        QVERIFY(*candidates[0].score > 0.0);
        const auto limited = proposed(network, settings, 1, images.first(30));
        QCOMPARE(*limited[0].score, *candidates[0].score);
        QVERIFY(!proposeCandidates(network, findStructures(network.graph()), settings, {}, 1));
    }

private:
    /// Puts back the unit that a ranking over all groups took last.
    static void dropHighest(const Bench& bench, Removal& removal)
    {
        std::string group;
        std::int64_t channel = 0;
        double highest = -1.0;
        for (const auto& [name, channels] : removal.filters) {
            for (const auto candidate : channels) {
                if (bench.score(name, candidate) > highest) {
                    highest = bench.score(name, candidate);
                    group = name;
                    channel = candidate;
                }
            }
        }
        auto& channels = removal.filters.at(group);
        std::erase(channels, channel);
        if (channels.empty())
            removal.filters.erase(group);
    }
};

QTEST_GUILESS_MAIN(TestCandidates)
#include "tst_candidates.moc"
