#include <chrono>
#include <numeric>
#include <thread>

#include <QtTest>

#include "measure/latency.h"
#include "network/architectures.h"
#include "network/runtime.h"
#include "support/tensors.h"

using namespace espalier;

class TestLatency : public QObject {
    Q_OBJECT

private:
    static Network network(const std::string& name)
    {
        return *makeNetwork(name, {3, 32, 32}, 10, 1);
    }

    Network m_deep = network("resnet56");
    Network m_shallow = network("resnet20");

private Q_SLOTS:
    void initTestCase() { prepareThread(1); }

    void timesAPass()
    {
        const auto latency = measureLatency(m_shallow, {.batch = 2});
        QVERIFY(latency);
        QVERIFY(latency->median > 1e-5 && latency->median < 5.0);
        QVERIFY(latency->lowerQuartile <= latency->median);
        QVERIFY(latency->median <= latency->upperQuartile);
        QVERIFY(latency->runs >= 5 && latency->runs <= 50);
        QCOMPARE(latency->batch, 2);
        QCOMPARE(latency->device, std::string("cpu, 1 thread"));
    }

    /// 27 blocks against 9: a third of the time, whatever the machine does beside it.
    void aThirdOfTheLayersIsQuickerByFar()
    {
        const auto comparison = compareLatency(m_deep, m_shallow, {.batch = 4});
        QVERIFY(comparison);
        QVERIFY2(comparison->ratio > 0.15 && comparison->ratio < 0.65,
                 qPrintable(QString::number(comparison->ratio)));
        QVERIFY(comparison->network.median < 0.8 * comparison->reference.median);
        QCOMPARE(comparison->network.runs, comparison->reference.runs);
    }

    void aNetworkBesideItselfTakesAsLong()
    {
        const auto comparison = compareLatency(m_shallow, m_shallow, {.batch = 4});
        QVERIFY(comparison);
        QVERIFY2(comparison->ratio > 0.8 && comparison->ratio < 1.25,
                 qPrintable(QString::number(comparison->ratio)));
    }

    /// One leads as often as the other: a ratio of medians far from the median ratio of pairs would
    /// tell of pairs that were put together wrongly.
    void theRatioIsThatOfTheNetworksInTheirOrder()
    {
        const auto there = compareLatency(m_deep, m_shallow, {.runs = 11});
        const auto back = compareLatency(m_shallow, m_deep, {.runs = 11});
        QVERIFY(there && back);
        QVERIFY(there->ratio < 1.0 && back->ratio > 1.0);
        const double product = there->ratio * back->ratio;
        QVERIFY2(product > 0.5 && product < 2.0, qPrintable(QString::number(product)));
    }

    void theOperatorsMakeUpThePass()
    {
        const auto layers = measureLayers(m_deep, {.batch = 4});
        QVERIFY(layers);
        const auto& graph = m_deep.graph();
        QCOMPARE(layers->seconds.size(), graph.nodes().size());
        QCOMPARE(layers->seconds[graph.input().index()], 0.0);
        const double sum = std::accumulate(layers->seconds.begin(), layers->seconds.end(), 0.0);
        // What other processes take from a pass is in few of its operators, so in no median.
        QVERIFY2(sum > 0 && sum < 1.4 * layers->whole.upperQuartile,
                 qPrintable(QString("%1 of %2").arg(sum).arg(layers->whole.upperQuartile)));
        double convolutions = 0.0;
        for (const auto& node : graph.nodes()) {
            if (std::holds_alternative<Conv2d>(node.operation))
                convolutions += layers->seconds[node.id.index()];
        }
        QVERIFY(convolutions > 0.3 * sum);
    }

    void staysWithinItsTime()
    {
        const auto start = std::chrono::steady_clock::now();
        const auto latency =
            measureLatency(m_deep, {.batch = 1, .minRuns = 1, .runs = 1'000'000, .seconds = 0.2});
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
        QVERIFY(latency);
        QVERIFY(latency->runs >= 1 && latency->runs < 1'000'000);
        QVERIFY2(passed.count() < 10.0, qPrintable(QString::number(passed.count())));
        QCOMPARE(measureLatency(m_shallow, {.minRuns = 7, .runs = 9, .seconds = 100})->runs, 9);
    }

    void doesNotCountPauses()
    {
        // As a pause makes every report late, each pass has one.
        const auto pausing = [](const Progress&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1600));
        };
        const LatencySettings settings{.minRuns = 1, .runs = 4, .seconds = 3.0};
        QCOMPARE(measureLatency(m_shallow, settings, pausing)->runs, 4);
    }

    void stopsInTheMiddleOfAPass()
    {
        std::stop_source stop;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150));
            stop.request_stop();
        });
        const auto start = std::chrono::steady_clock::now();
        // A pass over so many images takes seconds.
        const auto latency = measureLatency(m_deep, {.batch = 512, .runs = 1000, .seconds = 100},
                                            {}, stop.get_token());
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
        QVERIFY(!latency && isStopped(latency.error()));
        QVERIFY2(passed.count() < 1.5, qPrintable(QString::number(passed.count())));
        QVERIFY(isStopped(compareLatency(m_deep, m_shallow, {}, {}, stop.get_token()).error()));
        QVERIFY(isStopped(measureLayers(m_deep, {}, {}, stop.get_token()).error()));
    }

    void refusesToTimeNothing()
    {
        const auto latency = measureLatency(m_shallow, {.batch = 0});
        QVERIFY(!latency && latency.error().code == ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestLatency)
#include "tst_latency.moc"
