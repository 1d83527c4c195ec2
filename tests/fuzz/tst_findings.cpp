#include <QtTest>

#include <filesystem>
#include <fstream>

#include "fuzz/feeders.h"
#include "support/shared_data.h"

using namespace espalier;
namespace fs = std::filesystem;

/// What fuzzers found once, and what they start from: findings/FUZZER/* and seeds/FUZZER/*.
class TestFindings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void surviveEveryFile_data()
    {
        QTest::addColumn<int>("feeder");
        QTest::addColumn<QString>("file");
        const auto& all = fuzz::feeders();
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (const auto* kind : {"findings", "seeds"}) {
                const auto folder = test::testFile("fuzz") / kind / all[i].name;
                if (!fs::is_directory(folder))
                    continue;
                for (const auto& entry : fs::directory_iterator(folder))
                    QTest::addRow("%s %s", all[i].name.c_str(), entry.path().filename().c_str())
                        << static_cast<int>(i) << QString::fromStdString(entry.path().string());
            }
        }
    }

    void surviveEveryFile()
    {
        QFETCH(int, feeder);
        QFETCH(QString, file);
        std::ifstream stream(file.toStdString(), std::ios::binary);
        QVERIFY(stream.good());
        const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(stream)), {});
        fuzz::feeders()[static_cast<std::size_t>(feeder)].feed(bytes);
    }

    void everyFolderBelongsToAFuzzer()
    {
        for (const auto* kind : {"findings", "seeds"}) {
            const auto folder = test::testFile("fuzz") / kind;
            if (!fs::is_directory(folder)) // nothing found yet
                continue;
            for (const auto& entry : fs::directory_iterator(folder)) {
                const auto name = entry.path().filename().string();
                QVERIFY2(!entry.is_directory()
                             || std::ranges::count(fuzz::feeders(), name, &fuzz::Feeder::name) == 1,
                         name.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
