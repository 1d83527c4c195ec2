#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

#include "chart.h"
#include "history_report.h"
#include "table.h"
#include "text.h"

using namespace espalier;
using namespace espalier::cli;

/// Numbers, tables and charts as espalier-cli prints them.
class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersReadWell();
    void tableAlignsItsColumns();
    void chartIsWellFormedAndHoldsEveryPoint();
    void chartOfNothingIsStillAChart();
    void historyTellsTheContest();
};

namespace {

std::vector<Iteration> twoIterations()
{
    Candidate layer;
    layer.kind = StructureKind::Layer;
    layer.name = "layer1.2";
    layer.removal.layers = {"layer1.2"};
    layer.cka = CkaValues{.linear = 0.75, .debiased = 0.5, .minibatch = {}};
    Candidate filters;
    filters.kind = StructureKind::Filter;
    filters.name = "filters (l1)";
    filters.removal.filters["layer1.0.conv1"] = {1, 2};
    filters.cka = CkaValues{.linear = 0.5, .debiased = {}, .minibatch = {}};

    Iteration dense;
    dense.id = IterationId(0);
    dense.macs = 1000;
    dense.params = 100;
    dense.accuracy = 0.9;
    Iteration first = dense;
    first.id = IterationId(1);
    first.parent = IterationId(0);
    first.candidates = {layer, filters};
    first.choice = Choice{.chosen = 0, .byUser = false, .reason = "CKA 0.75 (layer)"};
    first.macs = 600;
    first.accuracyBefore = 0.8;
    const auto timed = [](double seconds) {
        return Latency{.median = seconds, .runs = 5, .batch = 2, .device = "cpu, 1 thread"};
    };
    dense.latency = LatencyComparison{timed(0.004), timed(0.004), 1.0};
    first.latency = LatencyComparison{timed(0.004), timed(0.00225), 0.5625};
    first.candidates[0].latency = LatencyComparison{timed(0.004), timed(0.0025), 0.625};
    return {dense, first};
}

} // namespace

void TestReport::numbersReadWell()
{
    QCOMPARE(countText(125485696), std::string("125,485,696"));
    QCOMPARE(countText(-1000), std::string("-1,000"));
    QCOMPARE(countText(-100), std::string("-100"));
    QCOMPARE(countText(999), std::string("999"));
    QCOMPARE(percentText(0.9339), std::string("93.39 %"));
    QCOMPARE(percentText(std::optional<double>()), std::string("-"));
    QCOMPARE(durationText(192.4), std::string("3:12"));
    QCOMPARE(durationText(59.7), std::string("1:00"));
    QCOMPARE(durationText(3723), std::string("1:02:03"));
    QCOMPARE(dissimilarityText(0.984217), std::string("0.0158"));
}

void TestReport::tableAlignsItsColumns()
{
    Table table({{"name", Table::Align::Left}, {"n", Table::Align::Right}});
    table.addRow({"a", "1,000"});
    table.addRow({"longer", "2"});
    QCOMPARE(table.text(),
             std::string("name        n\n"
                         "a       1,000\n"
                         "longer      2\n"));
}

void TestReport::chartIsWellFormedAndHoldsEveryPoint()
{
    const Chart chart{
        .title = "A < B & C",
        .xLabel = "x",
        .yLabel = "y",
        .series = {{.name = "s", .points = {{0, 1}, {1, 2}, {2, std::nan("")}, {3, 1}}}}};
    QXmlStreamReader reader(QByteArray::fromStdString(svgOf(chart)));
    int circles = 0;
    bool hasTitle = false;
    while (!reader.atEnd()) {
        reader.readNext();
        circles += reader.isStartElement() && reader.name() == QStringLiteral("circle") ? 1 : 0;
        hasTitle = hasTitle || reader.text() == QStringLiteral("A < B & C");
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(circles, 3);
    QVERIFY(hasTitle);
}

void TestReport::chartOfNothingIsStillAChart()
{
    const std::string svg =
        svgOf({.title = "t", .xLabel = "x", .yLabel = "y", .series = {{.name = "s"}}});
    QVERIFY(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
    const std::string single = svgOf({.title = "t",
                                      .xLabel = "x",
                                      .yLabel = "y",
                                      .series = {{.name = "s", .points = {{5, 5}}}}});
    QVERIFY(single.find("<circle") != std::string::npos);
    QVERIFY(single.find("nan") == std::string::npos);
}

void TestReport::historyTellsTheContest()
{
    const auto history = twoIterations();
    const std::string table = historyTable(history, CkaKind::Linear);
    for (const char* part : {"(dense)", "layer1.2", "0.25", "0.5", "80.00 %", "40.00 %",
                             "100.00 % (4.00 ms)", "56.25 % (2.25 ms)"})
        QVERIFY2(table.find(part) != std::string::npos, table.c_str());
    // An absent CKA is said, not taken for 0.
    QVERIFY(historyTable(history, CkaKind::Debiased).find(" - ") != std::string::npos);

    const auto object =
        QJsonDocument::fromJson(QByteArray::fromStdString(historyJson(history, IterationId(1))))
            .object();
    QCOMPARE(object[QStringLiteral("current")].toInt(), 1);
    const auto iteration = object[QStringLiteral("iterations")].toArray()[1].toObject();
    QCOMPARE(iteration[QStringLiteral("macs_removed")].toDouble(), 0.4);
    QCOMPARE(iteration[QStringLiteral("choice")].toObject()[QStringLiteral("kind")].toString(),
             QStringLiteral("layer"));
    const auto filters = iteration[QStringLiteral("candidates")].toArray()[1].toObject();
    QCOMPARE(filters[QStringLiteral("cka")].toDouble(), 0.5);
    QVERIFY(filters[QStringLiteral("cka_debiased")].isNull());
    const auto latency = iteration[QStringLiteral("latency")].toObject();
    QCOMPARE(latency[QStringLiteral("seconds")].toDouble(), 0.00225);
    QCOMPARE(latency[QStringLiteral("dense_seconds")].toDouble(), 0.004);
    QCOMPARE(latency[QStringLiteral("batch")].toInt(), 2);
    const auto layer = iteration[QStringLiteral("candidates")].toArray()[0].toObject();
    QCOMPARE(layer[QStringLiteral("latency")].toObject()[QStringLiteral("ratio")].toDouble(),
             0.625);
    QVERIFY(filters[QStringLiteral("latency")].isNull());
    // A history in which nothing was timed has no column for it.
    auto untimed = history;
    for (auto& one : untimed)
        one.latency.reset();
    QVERIFY(table.find("latency") != std::string::npos);
    QVERIFY(historyTable(untimed, CkaKind::Linear).find("latency") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
