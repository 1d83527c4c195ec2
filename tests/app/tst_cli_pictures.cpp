#include <filesystem>

#include <QJsonObject>
#include <QTest>

#include "cli_workspace.h"
#include "support/picture_files.h"

namespace fs = std::filesystem;
using namespace espalier::test;

namespace {

/// 5 red and 5 blue pictures for training, as many for the test, and a broken one.
void writePictures(const fs::path& folder)
{
    for (const auto* part : {"train", "val"}) {
        for (std::uint8_t i = 0; i < 5; ++i) {
            const auto name = std::to_string(i) + ".png";
            const auto shade = static_cast<std::uint8_t>(200 + 10 * i);
            writePicture(folder / part / "blue" / name, pngFile(plainPicture(20, 16, 0, 0, shade)));
            writePicture(folder / part / "red" / name, pngFile(plainPicture(16, 20, shade, 0, 0)));
        }
    }
    writePicture(folder / "val" / "red" / "broken.jpg", {1, 2, 3});
}

} // namespace

class TestCliPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        writePictures(m_workspace.path("pictures").toStdString());
        const auto trained =
            m_workspace.run({"train", "resnet20", "--data", "folder:pictures", "--input", "3x12x12",
                             "-o", "net.pt", "--epochs", "1", "--batch", "4"});
        QVERIFY2(trained.exitCode == 0, trained.text());
    }

    void evaluatesPicturesAndNamesBrokenOnes()
    {
        const auto outcome = evaluate({});
        QVERIFY2(outcome.exitCode == 0, outcome.text());
        QCOMPARE(outcome.json()["images"].toInt(), 10);
        QVERIFY2(outcome.err.contains("1 of 21 files"), outcome.text());
        QVERIFY2(outcome.err.contains("broken.jpg"), outcome.text());
    }

    void mapsClasses()
    {
        const auto same = evaluate({});
        const auto swapped = evaluate({"--classes", "red=0,blue=1", "--mapped-only"});
        QVERIFY2(swapped.exitCode == 0, swapped.text());
        QCOMPARE(swapped.json()["accuracy"].toDouble(), 1.0 - same.json()["accuracy"].toDouble());
        const auto unfit = evaluate({"--classes", "0,7"});
        QCOMPARE(unfit.exitCode, 1);
        QVERIFY2(unfit.isOneSentenceNaming("output 7"), unfit.text());
    }

    void theSizeMustBeKnown()
    {
        const auto outcome =
            m_workspace.run({"train", "resnet20", "--data", "folder:pictures", "-o", "other.pt"});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.isOneSentenceNaming("--input"), outcome.text());
    }

private:
    Outcome evaluate(const QStringList& more) const
    {
        return m_workspace.run(QStringList{"evaluate", "net.pt", "--data", "folder:pictures",
                                           "--input", "3x12x12", "--json"}
                               + more);
    }

    CliWorkspace m_workspace;
};

QTEST_GUILESS_MAIN(TestCliPictures)
#include "tst_cli_pictures.moc"
