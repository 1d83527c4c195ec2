#include <QDir>
#include <QTest>
#include <random>

#include "formats/model_file.h"
#include "graph/card_item.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "panels/network_panel.h"
#include "session/selection.h"
#include "style/text.h"
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
