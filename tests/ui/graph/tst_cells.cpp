#include <cmath>

#include <QPainter>
#include <QTest>

#include "graph/cells.h"
#include "graph/marks.h"
#include "graph/strip.h"
#include "style/score_colours.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

class TestCells : public QObject {
    Q_OBJECT

    struct Net {
        std::shared_ptr<const Graph> graph;
        Structures structures;
        CellMap cells;

        explicit Net(const std::string& architecture)
            : graph(builtInGraph(architecture))
            , structures(findStructures(*graph))
            , cells(*graph, structures)
        {
        }
        NodeId node(const char* name) const { return *graph->find(name); }
    };

    /// Relative luminance as a person without red cones sees it (Viénot, Brettel & Mollon 1999):
    /// red and green mix to one.
    static double deuteranopeLightness(const QColor& colour)
    {
        const auto linear = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        const double r = linear(colour.redF());
        const double g = linear(colour.greenF());
        const double b = linear(colour.blueF());
        const double yellow = 0.29275 * r + 0.70725 * g;
        return 0.93 * yellow + 0.07 * b;
    }

private Q_SLOTS:
    void everyFilterIsACell()
    {
        const Net net("resnet20");
        QCOMPARE(net.cells.of(net.node("conv1")).size(), std::size_t(16));
        QCOMPARE(net.cells.of(net.node("layer3.0.conv1")).size(), std::size_t(64));
        QVERIFY(net.cells.of(net.graph->input()).empty());
        const auto unit = net.cells.of(net.node("layer1.0.conv1"))[3];
        const auto place = net.cells.place(unit);
        QVERIFY(place);
        QCOMPARE(net.structures.filters[place->group].name, std::string("layer1.0.conv1"));
        QCOMPARE(place->index, std::size_t(3));
        QCOMPARE(net.cells.find(net.node("layer1.0.conv1"), unit), std::optional(std::size_t(3)));
        QVERIFY(!net.cells.find(net.node("layer3.0.conv1"), unit));
    }

    void aHeadIsOneCellAndSoIsANeuron()
    {
        const Net net("vit_4x64");
        for (const auto& group : net.structures.filters) {
            const auto cells = net.cells.of(group.first);
            if (group.kind == StructureKind::Head)
                QCOMPARE(cells.size(), std::size_t(4));
            else if (group.kind == StructureKind::Neuron)
                QCOMPARE(cells.size(), group.units.size());
        }
        QVERIFY(std::ranges::any_of(net.structures.filters, [](const auto& group) {
            return group.kind == StructureKind::Head;
        }));
    }

    void anOutputOfTheNetworkIsACellWithoutAPlace()
    {
        const Net net("resnet20");
        const auto cells = net.cells.of(net.graph->output());
        QCOMPARE(cells.size(), std::size_t(10));
        QVERIFY(!net.cells.place(cells[0]));
    }

    void scoresRunFromTheLowestToTheHighestOfALayerOrOfAll()
    {
        const Net net("resnet20");
        Scores scores;
        const auto& first = net.structures.filters[0];
        const auto& second = net.structures.filters[1];
        scores.filters[first.name].assign(first.units.size(), 2.0);
        scores.filters[first.name][1] = 4.0;
        scores.filters[second.name].assign(second.units.size(), 8.0);
        scores.filters[second.name][0] = 10.0;
        auto scaled = scaledScores(net.structures, scores, ScoreScale::Layer);
        QCOMPARE(scaled[0][0], 0.0);
        QCOMPARE(scaled[0][1], 1.0);
        QCOMPARE(scaled[1][1], 0.0);
        QVERIFY(std::isnan(scaled[2][0]));
        scaled = scaledScores(net.structures, scores, ScoreScale::Network);
        QCOMPARE(scaled[0][1], 0.25);
        QCOMPARE(scaled[1][0], 1.0);
        scores.filters[second.name].pop_back(); // of another network
        QVERIFY(std::isnan(scaledScores(net.structures, scores, ScoreScale::Layer)[1][0]));
    }

    void aRemovalMarksTheCellsOfHeads()
    {
        const Net net("vit_4x64");
        const auto heads = std::ranges::find_if(net.structures.filters, [](const auto& group) {
            return group.kind == StructureKind::Head;
        });
        QVERIFY(heads != net.structures.filters.end());
        Removal removal;
        removal.filters[heads->name] = {heads->channels[2]};
        const auto marks = marksOf(*net.graph, net.structures, net.cells, removal);
        for (const auto producer : heads->producers)
            QCOMPARE(marks[producer.index()].cells, std::vector<std::size_t>{2});
    }

    void scoreColoursKeepTheirOrderForEveryEye_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << QPalette(Qt::white);
        QTest::newRow("dark") << darkPalette();
    }
    void scoreColoursKeepTheirOrderForEveryEye()
    {
        QFETCH(QPalette, palette);
        const double direction = deuteranopeLightness(scoreColour(1.0, palette))
                > deuteranopeLightness(scoreColour(0.0, palette))
            ? 1.0
            : -1.0;
        for (int i = 0; i < 32; ++i) {
            const double before = deuteranopeLightness(scoreColour(i / 32.0, palette));
            const double after = deuteranopeLightness(scoreColour((i + 1) / 32.0, palette));
            QVERIFY(direction * (after - before) > 0.001);
        }
    }

    void ghostsKeepTheirPlaces()
    {
        Strip strip(3);
        strip.setPresent({true, false, true, false, true});
        QCOMPARE(strip.slotCount(), std::size_t(5));
        QCOMPARE(strip.ghosts(), std::size_t(2));
        QCOMPARE(strip.cellIn(2), std::optional(std::size_t(1)));
        QVERIFY(!strip.cellIn(3));
        QCOMPARE(strip.slotAt(QRectF(0, 0, 50, 8), 45.0), std::optional(std::size_t(4)));
        QCOMPARE(strip.cellRect(QRectF(0, 0, 50, 8), 2), QRectF(40, 0, 10, 8));
        strip.setPresent({true, true}); // does not fit: no ghosts
        QCOMPARE(strip.slotCount(), std::size_t(3));
    }

    void smallStripsShowAverages()
    {
        Strip strip(4);
        strip.setScores({0, 1, 0, 1});
        const QPalette palette(Qt::white);
        QImage canvas(2, 1, QImage::Format_RGB32);
        QPainter painter(&canvas);
        strip.paint(painter, QRectF(0, 0, 2, 1), palette, 1.0);
        painter.end();
        const auto middle = [&](int (*part)(QRgb)) {
            return (part(scoreColour(0, palette).rgb()) + part(scoreColour(1, palette).rgb())) / 2;
        };
        for (int x = 0; x < 2; ++x) {
            QVERIFY(qAbs(qRed(canvas.pixel(x, 0)) - middle(qRed)) <= 1);
            QVERIFY(qAbs(qBlue(canvas.pixel(x, 0)) - middle(qBlue)) <= 1);
        }
    }
};

QTEST_MAIN(TestCells)
#include "tst_cells.moc"
