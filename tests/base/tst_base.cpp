#include <QtTest>

#include "base/device.h"
#include "base/progress.h"

using namespace espalier;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDevices_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("means");
        QTest::newRow("auto") << "auto"
                              << "auto";
        QTest::newRow("cpu") << "cpu"
                             << "cpu";
        QTest::newRow("first") << "cuda"
                               << "cuda:0";
        QTest::newRow("third") << "cuda:2"
                               << "cuda:2";
        for (const char* bad : {"", "gpu", "cuda:", "cuda:-1", "cuda:1x", "CPU"})
            QTest::addRow("'%s'", bad) << bad << "";
    }

    void readsDevices()
    {
        QFETCH(QString, text);
        QFETCH(QString, means);
        const auto device = DeviceSpec::parse(text.toStdString());
        QCOMPARE(device.has_value(), !means.isEmpty());
        if (device)
            QCOMPARE(QString::fromStdString(device->text()), means);
    }

    void reportsTheFirstAndTheLastStepAndFewBetween()
    {
        std::vector<Progress> reports;
        ProgressMeter meter([&](const Progress& progress) { reports.push_back(progress); }, "task",
                            10'000, "images");
        for (int i = 0; i < 10'000; ++i)
            meter.advance();
        QVERIFY(reports.size() >= 2);
        QVERIFY(reports.size() < 1'000);
        QCOMPARE(reports.front().done, 1);
        QCOMPARE(reports.back().done, 10'000);
        QCOMPARE(reports.back().secondsLeft, 0.0);
        QVERIFY(reports.back().rate > 0.0);
    }

    void doesNotGuessTheTimeOfAnUnknownTotal()
    {
        Progress last;
        ProgressMeter meter([&](const Progress& progress) { last = progress; }, "task", 0, "bytes");
        meter.advance(5);
        QVERIFY(last.secondsLeft < 0.0);
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
