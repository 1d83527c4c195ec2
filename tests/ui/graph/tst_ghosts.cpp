#include <QTest>

#include "graph/card_item.h"
#include "graph/ghosts.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "surgery/plan.h"
#include "ui/fixtures.h"
#include "ui/window.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Cuts are planned on the graph alone, so that the pictures are those of real pruned networks.
class TestGhosts : public QObject {
    Q_OBJECT

    struct Line {
        std::vector<Iteration> history{Iteration{.id = IterationId(0)}};
        std::vector<GraphOnBench> networks;

        explicit Line(const std::string& architecture)
        {
            const auto graph = builtInGraph(architecture);
            networks.push_back({graph, std::make_shared<const Structures>(findStructures(*graph))});
        }

        void cut(const Removal& removal)
        {
            const auto& parent = networks.back();
            auto plan = planSurgery(*parent.graph, *parent.structures, removal);
            QVERIFY2(plan.has_value(), plan ? "" : plan.error().message.c_str());
            auto graph = std::make_shared<const Graph>(std::move(plan->graph));
            networks.push_back({graph, std::make_shared<const Structures>(findStructures(*graph))});
            Iteration iteration;
            iteration.id = IterationId(std::ssize(history));
            iteration.parent = history.back().id;
            Candidate candidate;
            candidate.removal = removal;
            iteration.candidates = {candidate};
            iteration.choice = Choice{};
            history.push_back(std::move(iteration));
        }

        std::shared_ptr<const Ghosts> ghosts() const
        {
            const auto line = lineOf(history, history.back().id);
            return ghostsBetween(networks.front(),
                                 std::span<const Iteration* const>(line).subspan(1),
                                 networks.back());
        }
    };

    static Removal filters(const std::string& group, std::vector<std::int64_t> channels)
    {
        Removal removal;
        removal.filters[group] = std::move(channels);
        return removal;
    }

    static std::vector<std::size_t> gone(const Ghosts& ghosts, const char* name)
    {
        const auto present = ghosts.present(*ghosts.ancestor.graph->find(name));
        std::vector<std::size_t> positions;
        for (std::size_t i = 0; i < present.size(); ++i) {
            if (!present[i])
                positions.push_back(i);
        }
        return positions;
    }

private Q_SLOTS:
    void channelsAreFollowedThroughSeveralCuts()
    {
        Line line("resnet20");
        line.cut(filters("layer1.0.conv1", {0, 3}));
        line.cut(filters("layer1.0.conv1", {0, 1})); // by then the first two that are left: 1, 2
        const auto ghosts = line.ghosts();
        QVERIFY(ghosts);
        QCOMPARE(gone(*ghosts, "layer1.0.conv1"), (std::vector<std::size_t>{0, 1, 2, 3}));
        QVERIFY(gone(*ghosts, "layer1.1.conv1").empty());
        const auto node = *line.networks.front().graph->find("layer1.0.conv1");
        QCOMPARE(ghosts->units.at(ghosts->cells.of(node)[3]), IterationId(1));
        QCOMPARE(ghosts->units.at(ghosts->cells.of(node)[2]), IterationId(2));
    }

    void whatIsCoupledIsAGhostToo()
    {
        Line line("resnet20");
        const auto& groups = line.networks.front().structures->filters;
        const auto coupled = std::ranges::find_if(
            groups, [](const auto& group) { return group.producers.size() > 1; });
        QVERIFY(coupled != groups.end());
        const auto names = [&] {
            std::vector<std::string> all;
            for (const auto producer : coupled->producers)
                all.push_back(line.networks.front().graph->node(producer).name);
            return all;
        }();
        line.cut(filters(coupled->name, {coupled->channels[1]}));
        const auto ghosts = line.ghosts();
        QVERIFY(ghosts);
        for (const auto& name : names)
            QCOMPARE(gone(*ghosts, name.c_str()).size(), std::size_t(1));
    }

    void headsAreFollowed()
    {
        Line line("vit_4x64");
        const auto& groups = line.networks.front().structures->filters;
        const auto heads = std::ranges::find(groups, StructureKind::Head, &FilterGroup::kind);
        QVERIFY(heads != groups.end());
        const auto name = heads->name;
        line.cut(filters(name, {heads->channels[1]}));
        const auto& left = *line.networks.back().structures->filterGroup(name);
        line.cut(filters(name, {left.channels[1]})); // the third of the four
        const auto ghosts = line.ghosts();
        QVERIFY(ghosts);
        QCOMPARE(gone(*ghosts, name.c_str()), (std::vector<std::size_t>{1, 2}));
    }

    void aNetworkOfAnotherFamilyHasNoGhosts()
    {
        const Line resnet("resnet20");
        const Line transformer("vit_4x64");
        QVERIFY(!ghostsBetween(resnet.networks.front(), {}, transformer.networks.front()));
        QVERIFY(lineOf(resnet.history, IterationId(7)).empty());
    }

    void aReopenedSessionHasItsGhosts()
    {
        Line line("resnet20");
        line.cut(filters("layer2.1.conv1", {4}));
        line.cut(filters("layer2.1.conv1", {4, 5}));
        const auto& dense = line.networks.front();
        const auto& now = line.networks.back();
        Window w;
        const auto open = [&] {
            w.controller().openSession("session.espalier");
            SessionOpened opened;
            opened.file = "session.espalier";
            opened.history = line.history;
            opened.current = line.history.back().id;
            opened.denseGraph = dense.graph;
            opened.denseStructures = dense.structures;
            w.post(opened);
            w.post(NetworkChanged{opened.current, now.graph, now.structures});
            w.finish();
        };
        open();
        const auto& scene = *qobject_cast<GraphScene*>(w.child<GraphView>("graphView").scene());
        QVERIFY(scene.hasGhosts());
        const auto* card = scene.cardOf(*now.graph->find("layer2.1.conv1"));
        QCOMPARE(card->strip().slotCount(), std::size_t(32));
        QCOMPARE(card->strip().cells(), std::size_t(29));
        // of a model alone nothing is known
        w.controller().openModel("model.pt");
        w.post(ModelOpened{"model.pt", {}});
        w.post(NetworkChanged{IterationId(), now.graph, now.structures});
        w.finish();
        QVERIFY(!w.controller().state().denseGraph);
        QVERIFY(!scene.hasGhosts());
    }

    void removedBlocksAndFiltersStayInThePicture()
    {
        Line line("resnet20");
        const auto block = line.networks.front().structures->layers.front();
        line.cut({{block.name}, {}});
        line.cut(filters("layer2.1.conv1", {4}));
        GraphScene scene;
        const auto& now = line.networks.back();
        scene.setNetwork(now.graph, now.structures, line.ghosts());
        const auto ghost = std::ranges::find_if(scene.cards(), &CardItem::isGhost);
        QVERIFY(ghost != scene.cards().end());
        QCOMPARE((*ghost)->text().title, QString::fromStdString(block.name));
        QVERIFY((*ghost)->text().operation.contains("iteration 1"));
        QVERIFY(!(*ghost)->flags().testFlag(QGraphicsItem::ItemIsSelectable));
        const auto* card = scene.cardOf(*now.graph->find("layer2.1.conv1"));
        QCOMPARE(card->strip().slotCount(), std::size_t(32));
        QCOMPARE(card->strip().cells(), std::size_t(31));
        QVERIFY(!card->strip().cellIn(4));
        QVERIFY(scene.ghostTip(*card, 4).contains("iteration 2"));
        QCOMPARE(card->head(), *now.graph->find("layer2.1.conv1"));

        scene.setGhostsVisible(false);
        QVERIFY(std::ranges::none_of(scene.cards(), &CardItem::isGhost));
        QCOMPARE(scene.cardOf(*now.graph->find("layer2.1.conv1"))->strip().slotCount(),
                 std::size_t(31));
    }
};

QTEST_MAIN(TestGhosts)
#include "tst_ghosts.moc"
