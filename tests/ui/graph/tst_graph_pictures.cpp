#include <cmath>
#include <random>

#include <QAction>
#include <QDir>
#include <QTest>

#include "formats/model_file.h"
#include "graph/card_item.h"
#include "graph/ghosts.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "panels/inspector_panel.h"
#include "panels/network_panel.h"
#include "session/selection.h"
#include "style/text.h"
#include "surgery/plan.h"
#include "ui/fixtures.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Pictures to look at, light and dark: written only where ESPALIER_PICTURES names a folder;
/// ESPALIER_PICTURE_MODELS may list model files (separated by ':') to draw besides the built-in.
class TestPictures : public QObject {
    Q_OBJECT

    QDir m_folder;

    static Scores inventedScores(const Structures& structures)
    {
        std::mt19937 random(7); // NOLINT: the same pictures every time
        std::normal_distribution<double> normal(1.0, 0.35);
        Scores scores;
        for (const auto& group : structures.filters) {
            auto& values = scores.filters[group.name];
            for (std::size_t i = 0; i < group.units.size(); ++i)
                values.push_back(std::abs(normal(random))
                                 * static_cast<double>(group.units.size()));
        }
        return scores;
    }

    static std::shared_ptr<const Graph> graphNamed(const QString& name)
    {
        if (const auto builtIn = builtInGraph(name.toStdString()))
            return builtIn;
        const auto model = importModel(toPath(name));
        return model ? model->sharedGraph() : nullptr;
    }

    void save(QWidget& widget, const QString& name) const
    {
        QTest::qWait(0);
        QVERIFY(widget.grab().save(m_folder.filePath(name + QStringLiteral(".png"))));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto folder = qEnvironmentVariable("ESPALIER_PICTURES");
        if (folder.isEmpty())
            QSKIP("Set ESPALIER_PICTURES to a folder to have the pictures written");
        m_folder.setPath(folder);
        QVERIFY(m_folder.mkpath(QStringLiteral(".")));
    }

    void draws_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* name : {"resnet20", "vit_4x64"})
            QTest::newRow(name) << name;
        const auto files = qEnvironmentVariable("ESPALIER_PICTURE_MODELS");
        for (const auto& file : files.split(QLatin1Char(':'), Qt::SkipEmptyParts))
            QTest::newRow(qPrintable(QFileInfo(file).baseName())) << file;
    }
    void draws()
    {
        QFETCH(QString, model);
        const auto graph = graphNamed(model);
        if (!graph)
            QSKIP("There is no such model here");
        const auto structures = std::make_shared<const Structures>(findStructures(*graph));
        const auto scores = inventedScores(*structures);
        const auto name = QFileInfo(model).baseName();
        for (const bool dark : {false, true}) {
            qApp->setPalette(dark ? darkPalette() : QPalette(QColor(0xef, 0xef, 0xef)));
            const auto suffix = dark ? QStringLiteral("_dark") : QStringLiteral("_light");
            Selection selection;
            NetworkPanel panel(selection);
            panel.resize(1280, 760);
            panel.show();
            panel.setNetwork(graph, structures);
            panel.setScores(scores, Criterion::L1);
            save(panel, name + suffix);
            if (panel.scene().cards().size() < 60) {
                panel.findChild<QAction*>("downwards")->trigger();
                save(panel, name + suffix + QStringLiteral("_down"));
                panel.findChild<QAction*>("downwards")->trigger();
            }
            panel.findChild<QAction*>("unfoldAll")->trigger();
            save(panel, name + suffix + QStringLiteral("_unfolded"));
            const auto& group =
                structures->filters.empty() ? FilterGroup{} : structures->filters.back();
            if (group.units.empty())
                continue;
            Removal removal;
            for (std::size_t i = 0; i < group.channels.size(); i += 5)
                removal.filters[group.name].push_back(group.channels[i]);
            selection.previewRemoval(removal);
            panel.view().zoomToActualSize();
            selection.selectUnit(group.first, group.units[1]);
            panel.view().bringNear(*panel.scene().cardOf(group.first));
            save(panel, name + suffix + QStringLiteral("_near"));
        }
    }

    void drawsWhatWentEarlier()
    {
        const auto dense = builtInGraph("resnet20");
        std::vector<GraphOnBench> networks{
            {dense, std::make_shared<const Structures>(findStructures(*dense))}};
        std::vector<Iteration> history{Iteration{.id = IterationId(0)}};
        Removal filters;
        for (const auto& group : networks.front().structures->filters) {
            for (std::size_t i = 1; i < group.channels.size(); i += 4)
                filters.filters[group.name].push_back(group.channels[i]);
        }
        const auto& layers = networks.front().structures->layers;
        const std::vector<Removal> cuts{{{layers[1].name}, {}}, filters, {{layers[4].name}, {}}};
        for (auto removal : cuts) {
            const auto& parent = networks.back();
            std::erase_if(removal.filters, [&](const auto& entry) {
                return !parent.structures->filterGroup(entry.first);
            });
            auto plan = planSurgery(*parent.graph, *parent.structures, removal);
            QVERIFY(plan.has_value());
            auto graph = std::make_shared<const Graph>(std::move(plan->graph));
            networks.push_back({graph, std::make_shared<const Structures>(findStructures(*graph))});
            Candidate candidate;
            candidate.removal = removal;
            Iteration iteration{.id = IterationId(std::ssize(history)),
                                .parent = history.back().id};
            iteration.candidates = {candidate};
            iteration.choice = Choice{};
            history.push_back(std::move(iteration));
        }
        const auto line = lineOf(history, history.back().id);
        const auto ghosts = ghostsBetween(
            networks.front(), std::span<const Iteration* const>(line).subspan(1), networks.back());
        for (const bool dark : {false, true}) {
            qApp->setPalette(dark ? darkPalette() : QPalette(QColor(0xef, 0xef, 0xef)));
            const auto suffix = dark ? QStringLiteral("_dark") : QStringLiteral("_light");
            Selection selection;
            NetworkPanel panel(selection);
            panel.resize(1280, 760);
            panel.show();
            panel.setNetwork(networks.back().graph, networks.back().structures, ghosts);
            panel.setScores(inventedScores(*networks.back().structures), Criterion::L1);
            panel.scene().setLocks(std::set<std::string>{"layer2.0.conv1"});
            save(panel, QStringLiteral("ghosts") + suffix);
            panel.view().zoomToActualSize();
            panel.view().bringNear(
                *panel.scene().cardOf(*networks.back().graph->find("layer2.0.conv1")));
            selection.selectNode(networks.back().graph->find("layer2.0.conv2"));
            save(panel, QStringLiteral("ghosts_near") + suffix);
        }
    }

    void drawsTheInspector()
    {
        const auto graph = builtInGraph("resnet20");
        const auto structures = std::make_shared<const Structures>(findStructures(*graph));
        const auto& group = *structures->filterGroup("layer1.1.conv1");
        PartsScored parts;
        parts.scores = inventedScores(*structures);
        parts.weights.resize(graph->nodes().size());
        auto& weights = parts.weights[group.first.index()];
        weights = {
            .count = 2304, .minimum = -0.41, .maximum = 0.52, .mean = 0.01, .deviation = 0.1};
        for (int i = 0; i < 32; ++i)
            weights.histogram.push_back(
                static_cast<std::int64_t>(300 * std::exp(-0.5 * std::pow((i - 14) / 5.0, 2))));
        for (const bool dark : {false, true}) {
            qApp->setPalette(dark ? darkPalette() : QPalette(QColor(0xef, 0xef, 0xef)));
            Selection selection;
            InspectorPanel inspector(selection);
            inspector.resize(280, 620);
            inspector.show();
            inspector.setNetwork(graph, structures);
            inspector.setParts(parts);
            inspector.setLocks(std::set<std::string>{structures->layers[1].name});
            selection.selectUnit(group.first, group.units[3]);
            save(inspector,
                 dark ? QStringLiteral("inspector_dark") : QStringLiteral("inspector_light"));
        }
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle(QStringLiteral("fusion"));
    TestPictures test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_graph_pictures.moc"
