#include <atomic>
#include <functional>
#include <string_view>

#include <QtTest>

#include <ATen/record_function.h>

#include "network/architectures.h"
#include "network/runtime_p.h"
#include "pruning/contest.h"
#include "pruning/layer_cka.h"
#include "support/image_views.h"
#include "support/tensors.h"
#include "surgery/surgery.h"
#include "training/evaluate.h"
#include "training/finetune.h"
#include "training/restore_norm.h"

using namespace espalier;

namespace {

/// Asks for a stop when one operator is called for the n-th time, and counts the calls after that.
struct Interruption {
    std::string_view operation;
    int at = 0;
    std::stop_source source{};
    std::atomic<int> calls = 0;

    void count(std::string_view called)
    {
        if (called == operation && ++calls == at)
            source.request_stop();
    }
    int callsAfter() const { return calls - at; }
};

Interruption* interruption = nullptr; // callbacks of LibTorch are plain functions

std::unique_ptr<at::ObserverContext> onOperation(const at::RecordFunction& function)
{
    interruption->count(function.name());
    return nullptr;
}

/// Observes LibTorch on all threads while it lives.
class Observer {
public:
    explicit Observer(Interruption& observed)
    {
        interruption = &observed;
        m_handle = at::addGlobalCallback(
            at::RecordFunctionCallback(&onOperation).scopes({at::RecordScope::FUNCTION}));
    }
    ~Observer()
    {
        at::removeCallback(m_handle);
        interruption = nullptr;
    }
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;

private:
    at::CallbackHandle m_handle = at::INVALID_CALLBACK_HANDLE;
};

const Shape input{3, 16, 16};

Network network()
{
    return test::randomNetwork(makeNetwork("resnet8", input, 10, 1)->graph());
}

/// What takes long, on one batch: nothing but a look within it can end it early.
using Work = std::function<Status(const DataView&, std::stop_token)>;

template <class T> Status outcome(const Result<T>& result)
{
    return result ? Status() : fail(result.error());
}

} // namespace

Q_DECLARE_METATYPE(Work)

/// A batch may take seconds, so that a stop must not wait for its end.
class TestStopping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareThread(1); }

    void aThreadMayWaitBetweenOperators()
    {
        const auto data = test::noiseImages(8, input, 10);
        const std::stop_source never; // looks for a stop are where a pass may wait
        std::int64_t waits = 0;
        const BetweenOperators waiting([&] { ++waits; });
        QVERIFY(evaluate(network(), data));
        const auto forward = waits;
        QVERIFY(forward >= std::ssize(network().graph().nodes()) - 1);
        TrainSettings settings;
        settings.epochs = 1;
        waits = 0;
        QVERIFY(train({network(), nullptr, 0}, data, settings, 1, {}, never.get_token()));
        QVERIFY(waits > forward); // backward too
        waits = 0;
        {
            const BetweenOperators nothing({});
            QVERIFY(evaluate(network(), data));
        }
        QCOMPARE(waits, 0);
        QVERIFY(evaluate(network(), data));
        QVERIFY(waits > 0);
    }

    void endsWithinABatch_data()
    {
        QTest::addColumn<Work>("work");
        QTest::addColumn<QByteArray>("operation");
        QTest::newRow("evaluation") << Work([](const DataView& data, std::stop_token stop) {
            return outcome(evaluate(network(), data, {}, stop));
        }) << QByteArray("aten::conv2d");
        const Work training = [](const DataView& data, std::stop_token stop) {
            TrainSettings settings;
            settings.epochs = 1;
            return outcome(train({network(), nullptr, 0}, data, settings, 1, {}, stop));
        };
        QTest::newRow("training, forward") << training << QByteArray("aten::conv2d");
        QTest::newRow("training, backward") << training << QByteArray("aten::convolution_backward");
        QTest::newRow("comparison") << Work([](const DataView& data, std::stop_token stop) {
            return outcome(compare(network(), network(), data, {}, stop));
        }) << QByteArray("aten::conv2d");
        QTest::newRow("layers") << Work([](const DataView& data, std::stop_token stop) {
            return outcome(compareLayers(network(), network(), data, {}, stop));
        }) << QByteArray("aten::conv2d");
        QTest::newRow("preview") << Work([](const DataView& data, std::stop_token stop) {
            const auto whole = network();
            return outcome(
                previewCandidates(whole, findStructures(whole.graph()), {}, data, {}, stop));
        }) << QByteArray("aten::conv2d");
        QTest::newRow("batch norm") << Work([](const DataView& data, std::stop_token stop) {
            return outcome(restoreBatchNorm(test::withoutBatchNorm(network()), data, {}, stop));
        }) << QByteArray("aten::conv2d");
    }

    void endsWithinABatch()
    {
        QFETCH(Work, work);
        QFETCH(QByteArray, operation);
        const auto data = test::noiseImages(8, input, 10);
        // of the 9 convolutions of one pass
        Interruption stop{.operation = operation.constData(), .at = 4};
        const Observer observer(stop);
        const auto done = work(data, stop.source.get_token());
        QVERIFY(stop.source.stop_requested());
        QVERIFY(!done);
        QVERIFY2(isStopped(done.error()), done.error().message.c_str());
        QCOMPARE(stop.callsAfter(), 0);
    }
};

QTEST_GUILESS_MAIN(TestStopping)
#include "tst_stopping.moc"
