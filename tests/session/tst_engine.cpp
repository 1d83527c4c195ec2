#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <fstream>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>

#include <QtTest>

#include <ATen/Functions.h>

#include "formats/model_file.h"
#include "network/architectures.h"
#include "network/network_p.h"
#include "session/engine.h"
#include "session/store.h"
#include "support/image_sets.h"
#include "support/tensors.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

/// Keeps every event; commands are awaited by their RunFinished.
class Recorder {
public:
    Engine::Callback callback()
    {
        return [this](const Event& event) {
            {
                const std::lock_guard lock(m_mutex);
                m_events.push_back(event);
            }
            m_changed.notify_all();
            if (onEvent)
                onEvent(event);
        };
    }

    RunFinished await(RunId run) const
    {
        std::unique_lock lock(m_mutex);
        std::optional<RunFinished> finished;
        const auto isFinished = [&] {
            for (const auto& event : m_events) {
                const auto* end = std::get_if<RunFinished>(&event.what);
                if (end && event.run == run)
                    finished = *end;
            }
            return finished.has_value();
        };
        if (!m_changed.wait_for(lock, std::chrono::seconds(100), isFinished))
            qFatal("a command did not finish in time");
        return *finished;
    }

    template <class What> std::vector<What> all() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<What> found;
        for (const auto& event : m_events) {
            if (const auto* what = std::get_if<What>(&event.what))
                found.push_back(*what);
        }
        return found;
    }

    std::function<void(const Event&)> onEvent; ///< set before the engine is given work

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<Event> m_events;
};

std::string messageOf(const RunFinished& finished)
{
    return finished.error ? finished.error->message : finished.reason;
}

bool sameWeights(const Network& a, const Network& b)
{
    if (a.graph().params() != b.graph().params())
        return false;
    bool same = true;
    for (std::size_t i = 0; i < a.weights().nodes.size(); ++i) {
        std::vector<at::Tensor> left;
        std::vector<at::Tensor> right;
        forEachTensor(a.weights().nodes[i],
                      [&](std::string_view, const at::Tensor& tensor) { left.push_back(tensor); });
        forEachTensor(b.weights().nodes[i],
                      [&](std::string_view, const at::Tensor& tensor) { right.push_back(tensor); });
        for (std::size_t k = 0; k < left.size(); ++k)
            same = same && (!left[k].defined() || at::equal(left[k], right[k]));
    }
    return same;
}

} // namespace

/// A tiny ResNet-20 on 48 images of 1x8x8: the whole loop in seconds.
class TestEngine : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    fs::path path(const std::string& name) const
    {
        return fs::path(m_folder.path().toStdString()) / name;
    }

    Experiment experiment() const
    {
        auto experiment = *presetExperiment("quick");
        experiment.model = path("model.pt");
        experiment.data = {DataSpec::Format::Idx, path("data")};
        experiment.splits = {.calibration = 16, .validation = 8, .train = 24, .seed = 0};
        experiment.training.batchSize = 12;
        experiment.training.epochs = 2;
        experiment.briefEpochs = 1;
        experiment.threads = 1;
        experiment.stop = {.iterations = 2};
        experiment.latencyBatch = 0; // quicker, and it changes nothing, as one test shows
        return experiment;
    }

    /// Runs to the end in one go; the network that any interrupted run must reach too.
    Network undisturbed(const Experiment& of, const std::string& name)
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(of, path(name));
        const auto finished = recorder.await(engine.run());
        if (finished.error)
            qFatal("%s", finished.error->message.c_str());
        return finalNetwork(name);
    }

    Network finalNetwork(const std::string& name) const
    {
        const auto store = SessionStore::open(path(name), SessionStore::Access::ReadOnly);
        return *store->network(*store->current());
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto graph = makeNetwork("resnet20", {1, 8, 8}, 3, 1)->graph();
        QVERIFY(exportModel(test::randomNetwork(graph), path("model.pt")).has_value());
        fs::create_directories(path("data"));
        test::Bytes labels;
        for (int i = 0; i < 48; ++i)
            labels.push_back(static_cast<std::uint8_t>(i % 3));
        for (const auto* part : {"train", "t10k"}) {
            test::writeFile(path("data") / (std::string(part) + "-images-idx3-ubyte"),
                            test::idxFile({48, 8, 8}, test::idxPixels(48, 64)));
            test::writeFile(path("data") / (std::string(part) + "-labels-idx1-ubyte"),
                            test::idxFile({48}, labels));
        }
    }

    void runsTheLoopToItsTarget()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("loop.espalier"));
        const auto finished = recorder.await(engine.run());
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        QCOMPARE(finished.reason, std::string("all 2 iterations done"));

        const auto iterations = recorder.all<IterationFinished>();
        QCOMPARE(iterations.size(), 2u);
        auto macs = recorder.all<SessionOpened>()[0].history[0].macs;
        for (const auto& [iteration] : iterations) {
            QCOMPARE(iteration.candidates.size(), 2u);
            QVERIFY(iteration.choice.has_value());
            for (const auto& candidate : iteration.candidates) {
                QVERIFY(candidate.cka && candidate.cka->linear);
                QVERIFY(candidate.accuracyBefore && candidate.accuracyAfterBrief);
                QVERIFY(!candidate.latency); // switched off
            }
            QVERIFY(!iteration.latency);
            QCOMPARE(iteration.chosen()->macs, iteration.macs);
            QVERIFY(iteration.macs < macs);
            QCOMPARE(iteration.epochs.size(), 2u);
            macs = iteration.macs;
        }
        QCOMPARE(recorder.all<EpochFinished>().size(), 2u * (2 * 1 + 2));
        QCOMPARE(recorder.all<NetworkChanged>().back().graph->macs(), macs);
    }

    void putsFoldedBatchNormBackWhenAsked()
    {
        const auto model = importModel(path("model.pt"), Shape{1, 8, 8});
        QVERIFY(model);
        const auto folded = test::withoutBatchNorm(*model);
        QVERIFY(exportModel(folded, path("folded.onnx")));
        auto experiment = this->experiment();
        experiment.model = path("folded.onnx");
        experiment.restoreBatchNorm = true;
        Recorder recorder;
        Engine engine(recorder.callback());
        const auto finished =
            recorder.await(engine.createSession(experiment, path("put.espalier")));
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        const auto notices = recorder.all<ModelOpened>().at(0).notices;
        QVERIFY(std::ranges::any_of(notices, [](const std::string& notice) {
            return notice.find("restore_batch_norm") != std::string::npos;
        }));
        const auto network = finalNetwork("put.espalier");
        QVERIFY(network.graph().params() > folded.graph().params());
        QVERIFY(network.graph().find("conv1_bn"));
    }

    void choosesTheCandidateWithTheHigherCka()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("choice.espalier"));
        QVERIFY(!recorder.await(engine.step()).error);
        const auto iteration = recorder.all<IterationFinished>().at(0).iteration;
        const auto chosen = iteration.choice->chosen;
        QVERIFY(*iteration.candidates[chosen].cka->linear
                >= *iteration.candidates[1 - chosen].cka->linear);
    }

    void theSameExperimentGivesTheSameBits()
    {
        const auto first = undisturbed(experiment(), "first.espalier");
        QVERIFY(sameWeights(first, undisturbed(experiment(), "second.espalier")));
        auto other = experiment();
        other.seed = 1;
        QVERIFY(!sameWeights(first, undisturbed(other, "other.espalier")));
    }

    void resumesAfterAnyEpochToTheSameBits()
    {
        const auto expected = undisturbed(experiment(), "whole.espalier");
        auto timed = experiment(); // what is timed comes to the same bits as what is not
        timed.latencyBatch = 1;
        for (std::size_t epochs = 1; epochs <= 7; epochs += 2) {
            const auto name = "stopped" + std::to_string(epochs) + ".espalier";
            {
                Recorder recorder;
                std::unique_ptr<Engine> engine;
                recorder.onEvent = [&](const Event& event) {
                    if (std::holds_alternative<EpochFinished>(event.what)
                        && recorder.all<EpochFinished>().size() == epochs)
                        engine->stop();
                };
                engine = std::make_unique<Engine>(recorder.callback());
                engine->createSession(epochs == 3 ? timed : experiment(), path(name));
                const auto finished = recorder.await(engine->run());
                QVERIFY(finished.error && isStopped(*finished.error));
            }
            Recorder recorder;
            Engine engine(recorder.callback());
            engine.openSession(path(name));
            const auto finished = recorder.await(engine.run());
            QVERIFY2(!finished.error, messageOf(finished).c_str());
            // Without resuming mid-way all eight epochs would be trained again.
            QCOMPARE(recorder.all<EpochFinished>().size(), 8 - epochs);
            QVERIFY(sameWeights(finalNetwork(name), expected));
        }
    }

    void undoesBackToTheDenseNetwork()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("undo.espalier"));
        QVERIFY(!recorder.await(engine.step()).error);
        QVERIFY(!recorder.await(engine.undo()).error);
        QCOMPARE(recorder.all<CurrentChanged>().back().current, IterationId(0));
        QCOMPARE(recorder.all<NetworkChanged>().back().graph->macs(),
                 recorder.all<SessionOpened>()[0].history[0].macs);
        const auto again = recorder.await(engine.undo());
        QVERIFY(again.error && again.error->message.find("nothing to undo") != std::string::npos);
        // A new step from the dense network is a branch: the old child stays.
        QVERIFY(!recorder.await(engine.step()).error);
        const auto store =
            SessionStore::open(path("undo.espalier"), SessionStore::Access::ReadOnly);
        const auto history = *store->iterations();
        QCOMPARE(history.size(), 3u);
        QCOMPARE(history[2].parent, std::optional(IterationId(0)));
    }

    void takesAnotherCandidateThanTheProposedOne()
    {
        const auto name = path("instead.espalier");
        std::size_t proposed = 0;
        {
            Recorder recorder;
            Engine engine(recorder.callback());
            engine.createSession(experiment(), name);
            const auto finished = recorder.await(engine.propose());
            QVERIFY2(!finished.error, messageOf(finished).c_str());
            const auto choice = recorder.all<CandidatesChanged>().back().choice;
            QVERIFY(choice && !choice->byUser);
            QCOMPARE(finished.reason, choice->reason);
            proposed = choice->chosen;
            QVERIFY(recorder.all<IterationFinished>().empty());
        }
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(!recorder.await(engine.openSession(name)).error);
        const auto waiting =
            recorder.all<CandidatesChanged>().back(); // the proposal is still there
        QCOMPARE(waiting.choice->chosen, proposed);
        const auto other = waiting.candidates.at(1 - proposed);
        QVERIFY(!recorder.await(engine.choose(other)).error);
        const auto override = recorder.all<CandidatesChanged>().back().choice;
        QVERIFY(override->byUser);
        QCOMPARE(override->insteadOf, std::optional(proposed));
        QVERIFY(!recorder.await(engine.step()).error);
        const auto iteration = recorder.all<IterationFinished>().at(0).iteration;
        QVERIFY(iteration.chosen()->removal == other.removal);
        QCOMPARE(iteration.macs, other.macs);
        QCOMPARE(recorder.all<EpochFinished>().size(), 2u); // nothing was tuned briefly again
    }

    void anotherChoiceStartsItsFineTuningAnew()
    {
        auto plain = experiment();
        plain.stop = {.iterations = 1};
        Recorder recorder;
        std::unique_ptr<Engine> engine;
        recorder.onEvent = [&](const Event& event) {
            const auto* epoch = std::get_if<EpochFinished>(&event.what);
            if (epoch && !epoch->brief && recorder.all<EpochFinished>().size() == 3)
                engine->stop(); // two brief epochs, one full one
        };
        engine = std::make_unique<Engine>(recorder.callback());
        engine->createSession(plain, path("anew.espalier"));
        recorder.await(engine->step());
        const auto pending = recorder.all<CandidatesChanged>().back();
        const auto first = pending.choice->chosen;
        QVERIFY(!recorder.await(engine->choose(pending.candidates[1 - first])).error);
        QVERIFY(!recorder.await(engine->choose(pending.candidates[first])).error);
        QVERIFY(!recorder.await(engine->step()).error);
        QCOMPARE(recorder.all<IterationFinished>().at(0).iteration.epochs.size(), 2u);
        // There and back gives what going straight on gives: the brief fine-tuning is not lost.
        recorder.onEvent = {};
        engine.reset();
        QVERIFY(
            sameWeights(finalNetwork("anew.espalier"), undisturbed(plain, "straight.espalier")));
    }

    void takesAnyCandidateOfThePreview()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("any.espalier"));
        QVERIFY(!recorder.await(engine.preview({})).error);
        const auto wanted = recorder.all<PreviewReady>().at(0).preview.candidates.at(2);
        QVERIFY(!recorder.await(engine.choose(wanted)).error);
        QVERIFY(!recorder.await(engine.step()).error);
        const auto iteration = recorder.all<IterationFinished>().at(0).iteration;
        QCOMPARE(iteration.candidates.size(), 1u);
        QVERIFY(iteration.choice->byUser && iteration.chosen()->removal == wanted.removal);
        auto nowhere = wanted;
        nowhere.removal = {.layers = {"layer9.9"}};
        const auto refused = recorder.await(engine.choose(nowhere));
        QVERIFY(refused.error && refused.error->code == ErrorCode::NotFound);
    }

    void undoDropsAProposalFirst()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("drop.espalier"));
        QVERIFY(!recorder.await(engine.step()).error);
        QVERIFY(!recorder.await(engine.propose()).error);
        QVERIFY(!recorder.await(engine.undo()).error);
        QCOMPARE(recorder.all<CurrentChanged>().back().current, IterationId(1));
        QVERIFY(!recorder.await(engine.undo()).error);
        QCOMPARE(recorder.all<CurrentChanged>().back().current, IterationId(0));
    }

    void goesToAnyNetworkAndBranches()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("tree.espalier"));
        QVERIFY(!recorder.await(engine.run()).error); // 0 - 1 - 2
        QVERIFY(!recorder.await(engine.goTo(IterationId(1))).error);
        QCOMPARE(recorder.all<NetworkChanged>().back().iteration, IterationId(1));
        QVERIFY(!recorder.await(engine.step()).error);
        const auto branch = recorder.all<IterationFinished>().back().iteration;
        QCOMPARE(branch.id, IterationId(3));
        QCOMPARE(branch.parent, std::optional(IterationId(1)));
        QVERIFY(!recorder.await(engine.goTo(IterationId(2))).error);
        for (const auto nowhere : {IterationId(4), IterationId()}) {
            const auto refused = recorder.await(engine.goTo(nowhere));
            QVERIFY(refused.error && refused.error->code == ErrorCode::NotFound);
        }
        QVERIFY(!recorder.await(engine.showNetwork(IterationId(1))).error);
        const auto shown = recorder.all<NetworkShown>().back();
        QCOMPARE(shown.iteration, IterationId(1));
        QCOMPARE(shown.graph->macs(), recorder.all<IterationFinished>().front().iteration.macs);
        QVERIFY(recorder.await(engine.showNetwork(IterationId(4))).error);
        QCOMPARE(recorder.all<CurrentChanged>().back().current, IterationId(2)); // and stays
    }

    void aReopenedSessionBringsTheDenseNetwork()
    {
        {
            Recorder recorder;
            Engine engine(recorder.callback());
            engine.createSession(experiment(), path("dense.espalier"));
            QVERIFY(!recorder.await(engine.step()).error);
            const auto opened = recorder.all<SessionOpened>().at(0);
            QCOMPARE(opened.denseGraph->macs(), opened.history[0].macs);
        }
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(!recorder.await(engine.openSession(path("dense.espalier"))).error);
        const auto opened = recorder.all<SessionOpened>().at(0);
        QCOMPARE(opened.current, IterationId(1));
        QCOMPARE(opened.denseGraph->macs(), opened.history[0].macs);
        QVERIFY(opened.denseGraph->macs() > recorder.all<NetworkChanged>().at(0).graph->macs());
        // it has the parts that went
        const auto& removal = opened.history[1].chosen()->removal;
        for (const auto& name : removal.layers)
            QVERIFY(opened.denseStructures->layer(name));
        for (const auto& [name, channels] : removal.filters)
            QVERIFY(opened.denseGraph->find(name));
    }

    void aResumedSessionGoesOnInItsPrecision()
    {
        auto rounded = experiment();
        rounded.training.precision = Precision::BFloat16;
        const auto exact = undisturbed(experiment(), "float32.espalier");
        const auto inOneGo = undisturbed(rounded, "bfloat16.espalier");
        QVERIFY(!sameWeights(exact, inOneGo));
        {
            Recorder recorder;
            Engine engine(recorder.callback());
            engine.createSession(rounded, path("rounded.espalier"));
            QVERIFY(!recorder.await(engine.step()).error);
        }
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.openSession(path("rounded.espalier"));
        QVERIFY(!recorder.await(engine.run()).error);
        QCOMPARE(recorder.all<SessionOpened>().at(0).experiment.training.precision,
                 Precision::BFloat16);
        QVERIFY(sameWeights(finalNetwork("rounded.espalier"), inOneGo));
    }

    void saysWhenAPrecisionHasNoEffect()
    {
        auto rounded = experiment();
        rounded.device = {.kind = DeviceSpec::Kind::Cpu};
        rounded.training.precision = Precision::Tf32;
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(!recorder.await(engine.checkExperiment(rounded)).error);
        QVERIFY(!recorder.await(engine.createSession(rounded, path("tf32.espalier"))).error);
        const auto tells = [](const std::string& text) {
            return text.starts_with("The precision tf32 has no effect");
        };
        QVERIFY(std::ranges::any_of(recorder.all<ExperimentChecked>().back().notices, tells));
        const auto logged = recorder.all<Logged>();
        QVERIFY(std::ranges::any_of(logged, [&](const auto& l) { return tells(l.line.text); }));
    }

    void comparesLayersWithACandidateAndWithTheParent()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("layers.espalier"));
        QVERIFY(!recorder.await(engine.compareLayers(Removal{.layers = {"layer1.0"}})).error);
        const auto first = recorder.all<LayersCompared>().back();
        QCOMPARE(first.columns, std::string("layer1.0 removed"));
        QCOMPARE(first.cka.columns.size() + 1, first.cka.rows.size());
        const auto refused = recorder.await(engine.compareLayers(IterationId(0)));
        QVERIFY(refused.error && refused.error->message.find("no parent") != std::string::npos);
        QVERIFY(!recorder.await(engine.step()).error);
        QVERIFY(!recorder.await(engine.compareLayers(IterationId(1))).error);
        QCOMPARE(recorder.all<LayersCompared>().back().columns, std::string("iteration 1"));
    }

    void lockedPartsStay()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        auto layersOnly = experiment();
        layersOnly.pruning.contest = Contest::LayersOnly;
        engine.createSession(layersOnly, path("locks.espalier"));
        QVERIFY(!recorder.await(engine.propose()).error);
        const auto first = recorder.all<CandidatesChanged>().back().candidates.at(0);
        QVERIFY(!recorder.await(engine.undo()).error);
        QVERIFY(!recorder.await(engine.setLocks(first.removal.layers)).error);
        QCOMPARE(recorder.all<ExperimentChanged>().back().experiment.pruning.locked,
                 first.removal.layers);
        QVERIFY(!recorder.await(engine.propose()).error);
        QVERIFY(recorder.all<CandidatesChanged>().back().candidates.at(0).removal != first.removal);
        const auto refused = recorder.await(engine.choose(first));
        QVERIFY(refused.error && refused.error->message.find("is locked") != std::string::npos);
        // A locked layer keeps its filters, and a locked convolution its layer.
        const auto layer = first.removal.layers.at(0);
        const Candidate filters{.kind = StructureKind::Filter,
                                .removal = {.filters = {{layer + ".conv1", {0}}}}};
        QVERIFY(recorder.await(engine.choose(filters)).error);
        // A lock on what is proposed drops the proposal.
        QVERIFY(!recorder.await(engine.setLocks({layer + ".conv1"})).error);
        QVERIFY(recorder.await(engine.choose(first)).error);
        QVERIFY(!recorder.await(engine.propose()).error);
        const auto proposed = recorder.all<CandidatesChanged>().back().candidates.at(0);
        const auto changes = recorder.all<CurrentChanged>().size();
        QVERIFY(!recorder.await(engine.setLocks(proposed.removal.layers)).error);
        QCOMPARE(recorder.all<CurrentChanged>().size(), changes + 1);
    }

    void tellsTheScoresOfAllParts()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(!recorder.await(engine.openModel(path("model.pt"))).error);
        const auto parts = recorder.all<PartsScored>().at(0);
        const auto network = recorder.all<NetworkChanged>().at(0);
        QCOMPARE(parts.scores.layers.size(), network.structures->layers.size());
        QCOMPARE(parts.scores.filters.size(), network.structures->filters.size());
        for (const auto& group : network.structures->filters)
            QCOMPARE(parts.scores.filters.at(group.name).size(), group.channels.size());
        const auto model = importModel(path("model.pt"));
        const auto conv = *model->graph().find("layer1.0.conv1");
        const auto& summary = parts.weights.at(conv.index());
        const auto& weight = model->weights()[conv].weight;
        QCOMPARE(summary.count, weight.numel());
        QCOMPARE(summary.maximum, weight.max().item<double>());
        QCOMPARE(
            std::accumulate(summary.histogram.begin(), summary.histogram.end(), std::int64_t{0}),
            summary.count);
        QCOMPARE(parts.weights.at(0).count, 0); // the input has none
    }

    void timesCandidatesBesideTheirParentAndIterationsBesideTheDenseNetwork()
    {
        auto timed = experiment();
        timed.latencyBatch = 2;
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(timed, path("timed.espalier"));
        const auto finished = recorder.await(engine.step());
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        const auto dense = recorder.all<SessionOpened>().at(0).history.at(0);
        QVERIFY(dense.latency && dense.latency->network.median > 0);
        QCOMPARE(dense.latency->ratio, 1.0);
        const auto iteration = recorder.all<IterationFinished>().at(0).iteration;
        QVERIFY(iteration.latency && iteration.latency->ratio > 0);
        for (const auto& candidate : iteration.candidates) {
            QVERIFY(candidate.latency && candidate.latency->ratio > 0);
            for (const auto& one : {candidate.latency->reference, candidate.latency->network}) {
                QVERIFY(one.median > 0 && one.runs >= 1);
                QCOMPARE(one.batch, 2);
                QCOMPARE(one.device, std::string("cpu, 1 thread"));
            }
        }
        // Known before anything was chosen, and kept.
        const auto proposed = recorder.all<CandidatesChanged>().at(0);
        QVERIFY(!proposed.choice && proposed.candidates.at(0).latency);
        const auto store =
            SessionStore::open(path("timed.espalier"), SessionStore::Access::ReadOnly);
        QVERIFY(store->iterations()->at(1).latency == iteration.latency);
        // One that the user brings in competes from then on.
        QVERIFY(!recorder.await(engine.propose()).error);
        const auto structures = recorder.all<NetworkChanged>().back().structures;
        const auto& group = structures->filters.front();
        QVERIFY(!recorder
                     .await(engine.choose({.kind = StructureKind::Filter,
                                           .removal = {.filters = {{group.name, {0}}}}}))
                     .error);
        QVERIFY(recorder.all<CandidatesChanged>().back().candidates.back().latency);
    }

    void aPreviewComesFirstAndIsTimedThen()
    {
        auto timed = experiment();
        timed.latencyBatch = 1;
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(timed, path("timedpreview.espalier"));
        QVERIFY(!recorder.await(engine.preview({})).error);
        const auto previews = recorder.all<PreviewReady>();
        QCOMPARE(previews.size(), 2u);
        const auto isTimed = [](const Candidate& candidate) {
            return candidate.latency.has_value();
        };
        QVERIFY(std::ranges::none_of(previews[0].preview.candidates, isTimed));
        QVERIFY(std::ranges::all_of(previews[1].preview.candidates, isTimed));
        QCOMPARE(previews[1].preview.candidates.size(), previews[0].preview.candidates.size());
    }

    void tellsWhereTheTimeOfANetworkGoes()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(recorder.await(engine.measureLayers()).error); // no network
        QVERIFY(!recorder.await(engine.openModel(path("model.pt"))).error);
        QVERIFY(!recorder.await(engine.measureLayers()).error);
        const auto graph = recorder.all<NetworkChanged>().at(0).graph;
        const auto ofModel = recorder.all<LayersMeasured>().at(0);
        QVERIFY(!ofModel.iteration.isValid());
        QCOMPARE(ofModel.latency.seconds.size(), graph->nodes().size());
        QVERIFY(ofModel.latency.seconds[graph->find("layer1.0.conv1")->index()] > 0);
        QVERIFY(!recorder.await(engine.createSession(experiment(), path("slow.espalier"))).error);
        QVERIFY(!recorder.await(engine.measureLayers()).error);
        const auto ofSession = recorder.all<LayersMeasured>().at(1);
        QCOMPARE(ofSession.iteration, IterationId(0));
        QCOMPARE(ofSession.latency.whole.batch, 1);
        QCOMPARE(ofSession.latency.whole.device, std::string("cpu, 1 thread"));
    }

    void exportsWhatTheSessionHolds()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("export.espalier"));
        QVERIFY(!recorder.await(engine.step()).error);
        const auto finished = recorder.await(engine.exportNetwork(path("pruned.pt")));
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        QVERIFY(finished.reason.find("same outputs") != std::string::npos);
        const auto network = importModel(path("pruned.pt"));
        QCOMPARE(network->graph().macs(), recorder.all<IterationFinished>()[0].iteration.macs);
        QVERIFY(!recorder.await(engine.exportNetwork(path("dense.pt"), IterationId(0))).error);
        QCOMPARE(importModel(path("dense.pt"))->graph().macs(),
                 recorder.all<SessionOpened>()[0].history[0].macs);
        const auto nowhere = recorder.await(engine.exportNetwork(path("no/such/folder.pt")));
        QVERIFY(nowhere.error && nowhere.error->code == ErrorCode::Io);
    }

    void dividesASmallSetByItself()
    {
        auto small = experiment();
        small.splits = presetExperiment("quick")->splits; // at most 1000 each, of 48 images
        Recorder recorder;
        Engine engine(recorder.callback());
        const auto opened = recorder.await(engine.createSession(small, path("small.espalier")));
        QVERIFY2(!opened.error, messageOf(opened).c_str());
        std::vector<std::string> lines;
        for (const auto& logged : recorder.all<Logged>())
            lines.push_back(logged.line.text);
        for (const auto* split : {"calibration", "validation"}) {
            const auto start = std::string("4 of 48 training images are held out for ") + split;
            QVERIFY(
                std::ranges::any_of(lines, [&](const auto& l) { return l.starts_with(start); }));
        }
        small.splits.validation = 1000;
        const auto refused = recorder.await(engine.createSession(small, path("refused.espalier")));
        QVERIFY(refused.error && refused.error->message.find("ask for fewer") != std::string::npos);
    }

    void pausesAndResumes()
    {
        Recorder recorder;
        std::unique_ptr<Engine> engine;
        std::atomic<bool> paused = false;
        recorder.onEvent = [&](const Event& event) {
            if (std::holds_alternative<EpochFinished>(event.what) && !paused.exchange(true))
                engine->pause();
            if (const auto* change = std::get_if<PauseChanged>(&event.what);
                change && change->paused)
                std::thread([&] { engine->resume(); }).detach();
        };
        engine = std::make_unique<Engine>(recorder.callback());
        engine->createSession(experiment(), path("pause.espalier"));
        const auto finished = recorder.await(engine->step());
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        const auto changes = recorder.all<PauseChanged>();
        QCOMPARE(changes.size(), 2u);
        QVERIFY(changes[0].paused && !changes[1].paused);
    }

    void stopsWhilePausedAndIsIdleUntilThen()
    {
        Recorder recorder;
        std::unique_ptr<Engine> engine;
        std::atomic<bool> asked = false;
        std::atomic<bool> paused = false;
        recorder.onEvent = [&](const Event& event) {
            if (std::holds_alternative<EpochFinished>(event.what) && !asked.exchange(true))
                engine->pause();
            if (const auto* change = std::get_if<PauseChanged>(&event.what))
                paused = change->paused;
        };
        engine = std::make_unique<Engine>(recorder.callback());
        engine->createSession(experiment(), path("idle.espalier"));
        const auto run = engine->step();
        QTRY_VERIFY_WITH_TIMEOUT(paused, 60'000);
        const auto before = std::clock(); // of all threads
        QTest::qWait(300);
        const auto used = 1000 * (std::clock() - before) / CLOCKS_PER_SEC;
        QVERIFY2(used < 150, std::to_string(used).c_str());
        QVERIFY(recorder.all<RunFinished>().size() == 1u); // creating the session
        engine->stop();
        const auto finished = recorder.await(run);
        QVERIFY(finished.error && isStopped(*finished.error));
        QVERIFY(!paused);
    }

    void previewsEveryCandidate()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("preview.espalier"));
        QVERIFY(!recorder.await(engine.preview({})).error);
        const auto preview = recorder.all<PreviewReady>().at(0).preview;
        QCOMPARE(preview.samples, 16);
        QCOMPARE(preview.candidates.size(), 7u + 1u);
    }

    void theLatestPreviewReplacesAWaitingOne()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("latest.espalier"));
        std::vector<RunId> runs;
        for (int i = 0; i < 4; ++i)
            runs.push_back(engine.preview({.ratio = 0.1 * (i + 1)}));
        QVERIFY(!recorder.await(runs.back()).error);
        for (std::size_t i = 0; i + 1 < runs.size(); ++i)
            QVERIFY(recorder.await(runs[i]).error.has_value());
        QCOMPARE(recorder.all<PreviewReady>().size(), 1u);
    }

    void aFailedCommandLeavesTheSessionAlone()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(experiment(), path("alone.espalier"));
        const auto failed = recorder.await(engine.openModel(path("missing.pt")));
        QVERIFY(failed.error && failed.error->message.find("missing.pt") != std::string::npos);
        QVERIFY(!recorder.await(engine.step()).error);
    }

    void needsASession_data()
    {
        QTest::addColumn<int>("command");
        for (int i = 0; i < 6; ++i)
            QTest::addRow("%d", i) << i;
    }

    void needsASession()
    {
        QFETCH(int, command);
        Recorder recorder;
        Engine engine(recorder.callback());
        const std::array<std::function<RunId()>, 6> commands{[&] { return engine.step(); },
                                                             [&] { return engine.run(); },
                                                             [&] { return engine.undo(); },
                                                             [&] { return engine.preview({}); },
                                                             [&] { return engine.setStopRules({}); },
                                                             [&] { return engine.exportNetwork(path("x.pt")); }};
        const auto finished = recorder.await(commands[static_cast<std::size_t>(command)]());
        QVERIFY(finished.error.has_value());
        QCOMPARE(finished.error->code, ErrorCode::InvalidArgument);
    }

    void keepsTheLastNetworkAboveTheAccuracyFloor()
    {
        auto strict = experiment();
        strict.stop = {.iterations = 2, .minAccuracy = 1.0};
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(strict, path("floor.espalier"));
        const auto finished = recorder.await(engine.run());
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        QVERIFY(finished.reason.find("below the floor") != std::string::npos);
        QCOMPARE(recorder.all<CurrentChanged>().back().current, IterationId(0));
    }

    void stopsAtTheMacsTarget()
    {
        auto modest = experiment();
        modest.stop = {.macsRemoved = 0.05};
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(modest, path("macs.espalier"));
        const auto finished = recorder.await(engine.run());
        QVERIFY2(finished.reason.starts_with("target reached: "), messageOf(finished).c_str());
    }

    void endsWhenNothingIsLeft()
    {
        auto greedy = experiment();
        greedy.pruning.contest = Contest::LayersOnly;
        greedy.briefEpochs = 0;
        greedy.training.epochs = 0;
        greedy.stop = {};
        Recorder recorder;
        Engine engine(recorder.callback());
        engine.createSession(greedy, path("greedy.espalier"));
        const auto finished = recorder.await(engine.run());
        QVERIFY2(!finished.error, messageOf(finished).c_str());
        QCOMPARE(finished.reason, std::string("nothing is left to remove"));
        QCOMPARE(recorder.all<IterationFinished>().size(), 3u); // one block of each stage
    }

    void canBeDestroyedWhileItWorks()
    {
        Recorder recorder;
        {
            Engine engine(recorder.callback());
            engine.createSession(experiment(), path("destroyed.espalier"));
            engine.run();
        }
        QCOMPARE(recorder.all<RunFinished>().size(), 2u);
    }

    void checksAnExperimentBeforeItBegins()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        QVERIFY(
            !recorder.await(engine.createSession(experiment(), path("checked.espalier"))).error);
        const auto dense = recorder.all<SessionOpened>().back().history[0];
        QVERIFY(!recorder.await(engine.checkExperiment(experiment())).error);
        const auto found = recorder.all<ExperimentChecked>();
        QCOMPARE(found.size(), 3u); // the model, the data, the accuracy
        QVERIFY(found[0].graph && found[0].structures && !found[0].data);
        QVERIFY(found[1].data && !found[1].accuracy);
        QCOMPARE(found[2].data->imageShape, (Shape{1, 8, 8}));
        QCOMPARE(found[2].data->classes.size(), 3u);
        QCOMPARE(found[2].data->train, 24);
        QCOMPARE(found[2].data->validation, 8);
        QCOMPARE(found[2].data->test, 48);
        QCOMPARE(found[2].accuracy.value(), dense.accuracy);
        QVERIFY(!recorder.await(engine.step()).error); // the open session is as it was
    }

    void checksAModelWithoutData()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        auto draft = experiment();
        draft.data.directory.clear();
        QVERIFY(!recorder.await(engine.checkExperiment(draft)).error);
        QCOMPARE(recorder.all<ExperimentChecked>().size(), 1u);
    }

    void aCheckSaysWhatDoesNotFit()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        auto draft = experiment();
        draft.data.classes = std::vector<std::int64_t>{0, 1, 7};
        const auto outputs = recorder.await(engine.checkExperiment(draft));
        QVERIFY(outputs.error && outputs.error->code == ErrorCode::Mismatch);
        QCOMPARE(recorder.all<ExperimentChecked>().size(), 2u);
        QVERIFY(recorder.all<ExperimentChecked>().back().data); // what the data are is told
        draft = experiment();
        draft.model = path("none.pt");
        const auto model = recorder.await(engine.checkExperiment(draft));
        QVERIFY(model.error && model.error->message.find("none.pt") != std::string::npos);
    }

    void refusesToOverwriteASession()
    {
        Recorder recorder;
        Engine engine(recorder.callback());
        std::ofstream(path("taken.espalier")) << "precious";
        const auto finished =
            recorder.await(engine.createSession(experiment(), path("taken.espalier")));
        QVERIFY(finished.error
                && finished.error->message.find("taken.espalier") != std::string::npos);
        std::ifstream stream(path("taken.espalier"));
        std::string content;
        stream >> content;
        QCOMPARE(content, std::string("precious"));
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
