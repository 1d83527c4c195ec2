#include "session/session_p.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/core_text.h"
#include "formats/model_file.h"
#include "network/runtime.h"
#include "surgery/surgery.h"
#include "training/evaluate.h"
#include "training/restore_norm.h"

namespace espalier {

namespace {

struct Bench {
    DeviceSpec device;
    DataView::All data;
    std::vector<std::string> notices; ///< of the data set and the device
};

/// Everything an experiment needs beside the network.
Result<Bench> prepareBench(const Experiment& experiment, const Network& network,
                           const JobContext& job)
{
    prepareThread(experiment.threads);
    const auto device = resolveDevice(experiment.device);
    if (!device)
        return fail(device.error());
    if (auto works = checkPrecision(experiment.training.precision, *device); !works)
        return fail(works.error());
    const auto dataset =
        Dataset::load(experiment.data, network.graph().inputShape(), job.progress, job.stop);
    if (!dataset)
        return fail(dataset.error());
    const auto normalisation =
        experiment.normalisation.value_or(dataset->defaultNormalisation(network.metadata()));
    auto data = DataView::makeAll(*dataset, normalisation, experiment.splits, *device);
    if (!data)
        return fail(data.error());
    auto notices = dataset->notices();
    for (const auto split : {Split::Calibration, Split::Validation})
        if (auto notice = smallSplitNotice((*data)[split], experiment.splits))
            notices.push_back(*std::move(notice));
    if (auto notice = precisionNotice(experiment.training.precision, *device))
        notices.push_back(*std::move(notice));
    if (auto notice = unmappedNotice(network, data->test))
        notices.push_back(*std::move(notice));
    return Bench{*device, std::move(*data), std::move(notices)};
}

constexpr std::int64_t layerImages = 512; ///< enough for a picture of layers

std::string iterationText(IterationId id)
{
    return id == IterationId(0) ? CoreText::tr("the dense network")
                                : CoreText::tr("iteration {1}", id.value());
}

/// Exports carry how their pixels were normalised.
Network withNormalisation(const Network& network, const Experiment& experiment)
{
    auto metadata = network.metadata();
    if (experiment.normalisation)
        metadata.normalisation = experiment.normalisation;
    return Network(network.sharedGraph(), network.sharedWeights(), std::move(metadata));
}

/// Statistics of so many training images are those that batch norm is put back with.
constexpr std::int64_t normImages = 1000;

/// On the device of the data, with what the experiment wants put back.
Result<Network> prepared(const Network& model, const Experiment& experiment, const Bench& bench,
                         const JobContext& job)
{
    auto network = onDevice(model, bench.device);
    if (!network || !experiment.restoreBatchNorm)
        return network;
    return restoreBatchNorm(*network, bench.data.train.first(normImages), job.progress, job.stop);
}

Result<Iteration> measureDense(const Network& network, const DataView::All& data,
                               Precision precision, const JobContext& job)
{
    Iteration dense{
        .id = IterationId(0), .macs = network.graph().macs(), .params = network.graph().params()};
    const auto validation = evaluate(network, data.validation, job.progress, job.stop, precision);
    if (!validation)
        return fail(validation.error());
    const auto test = evaluate(network, data.test, job.progress, job.stop, precision);
    if (!test)
        return fail(test.error());
    dense.accuracy = validation->accuracy;
    dense.testAccuracy = test->accuracy;
    return dense;
}

} // namespace

void announceNetwork(const Network& network, const std::shared_ptr<const Structures>& structures,
                     IterationId iteration, Criterion criterion, const JobContext& job)
{
    job.emit(NetworkChanged{iteration, network.sharedGraph(), structures});
    const bool readsWeights = criterion == Criterion::L1 || criterion == Criterion::L2;
    ScoreRequest request{.criterion = readsWeights ? criterion : Criterion::L1};
    for (const auto& layer : structures->layers)
        request.layers.push_back(layer.name);
    for (const auto& group : structures->filters)
        request.filterGroups.push_back(group.name);
    auto scores = scoreParts(network, *structures, request, DataView());
    auto weights = summariseWeights(network);
    if (!scores || !weights) { // the picture does without
        job.emit(Logged{{LogLevel::Warning, (scores ? weights.error() : scores.error()).message}});
        return;
    }
    job.emit(PartsScored{iteration, request.criterion, *std::move(scores), *std::move(weights)});
}

std::string percentText(double fraction)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), 100.0 * fraction,
                                   std::chars_format::fixed, 2)
                         .ptr;
    return std::string(buffer.data(), end) + " %";
}

Session::Session(Experiment experiment, SessionStore store, std::shared_ptr<const Graph> dense,
                 DeviceSpec device, DataView::All data)
    : m_experiment(std::move(experiment))
    , m_store(std::move(store))
    , m_dense(std::move(dense))
    , m_device(device)
    , m_data(std::move(data))
{
}

Result<std::unique_ptr<Session>>
Session::create(Experiment experiment, const std::filesystem::path& file, const JobContext& job)
{
    std::error_code error;
    if (std::filesystem::exists(file, error))
        return fail(ErrorCode::Io,
                    CoreText::tr("'{1}' exists already; resume it, or give another session file.",
                                 file.string()));
    if (auto ok = checkExperiment(experiment); !ok)
        return fail(ok.error());
    const auto imported = importModel(experiment.model, experiment.input,
                                      experiment.architecture.value_or(std::string()));
    if (!imported)
        return fail(imported.error());
    const auto model = withNormalisation(*imported, experiment);
    const auto bench = prepareBench(experiment, model, job);
    if (!bench)
        return fail(bench.error());
    if (auto fits = checkFits(model, bench->data.test); !fits)
        return fail(fits.error());
    job.emit(ModelOpened{experiment.model, model.metadata().notices});
    const auto network = prepared(model, experiment, *bench, job);
    if (!network)
        return fail(network.error());
    auto dense = measureDense(*network, bench->data, experiment.training.precision, job);
    if (!dense)
        return fail(dense.error());
    const auto latency = denseLatency(*network, experiment.latencyBatch, job);
    if (!latency)
        return fail(latency.error());
    dense->latency = *latency;
    auto store = SessionStore::create(file, experimentText(experiment), *dense, *network);
    if (!store)
        return fail(store.error());
    std::unique_ptr<Session> session(new Session(std::move(experiment), std::move(*store),
                                                 network->sharedGraph(), bench->device,
                                                 bench->data));
    for (const auto& notice : bench->notices)
        session->log(LogLevel::Warning, notice, job);
    if (auto ok = session->loadCurrent(); !ok)
        return fail(ok.error());
    return session;
}

Result<std::unique_ptr<Session>> Session::open(const std::filesystem::path& file,
                                               const JobContext& job)
{
    auto store = SessionStore::open(file, SessionStore::Access::ReadWrite);
    if (!store)
        return fail(store.error());
    const auto text = store->experimentText();
    if (!text)
        return fail(text.error());
    auto experiment = parseExperiment(*text, file.string(), file.parent_path());
    if (!experiment)
        return fail(experiment.error());
    const auto dense = store->network(IterationId(0));
    if (!dense)
        return fail(dense.error());
    const auto bench = prepareBench(*experiment, *dense, job);
    if (!bench)
        return fail(bench.error());
    if (auto fits = checkFits(*dense, bench->data.test); !fits)
        return fail(fits.error());
    std::unique_ptr<Session> session(new Session(std::move(*experiment), std::move(*store),
                                                 dense->sharedGraph(), bench->device, bench->data));
    for (const auto& notice : bench->notices)
        session->log(LogLevel::Warning, notice, job);
    if (auto ok = session->loadCurrent(); !ok)
        return fail(ok.error());
    return session;
}

Status Session::loadCurrent()
{
    auto history = m_store.iterations();
    if (!history)
        return fail(history.error());
    const auto current = m_store.current();
    if (!current)
        return fail(current.error());
    auto loaded = network(*current);
    if (!loaded)
        return fail(loaded.error());
    m_history = std::move(*history);
    take(*current, *std::move(loaded));
    return {};
}

void Session::take(IterationId current, Network network)
{
    m_current = current;
    m_structures = std::make_shared<const Structures>(findStructures(network.graph()));
    m_network = std::move(network);
}

Result<Network> Session::network(IterationId id) const
{
    if (!id.isValid())
        id = m_current;
    const auto stored = m_store.network(id);
    if (!stored)
        return fail(stored.error());
    return onDevice(*stored, m_device);
}

bool Session::isAt(const std::filesystem::path& file) const
{
    std::error_code error;
    return std::filesystem::equivalent(file, m_store.file(), error);
}

void Session::announce(const JobContext& job) const
{
    const auto pending = m_store.pending();
    job.emit(SessionOpened{.file = m_store.file(),
                           .experiment = m_experiment,
                           .history = m_history,
                           .current = m_current,
                           .hasPending = pending && pending->has_value(),
                           .device = m_device.text(),
                           .denseGraph = m_dense,
                           .denseStructures =
                               std::make_shared<const Structures>(findStructures(*m_dense))});
    announceCurrent(job);
    if (pending && pending->has_value())
        emitCandidates(**pending, job);
}

void Session::announceCurrent(const JobContext& job) const
{
    announceNetwork(*m_network, m_structures, m_current, m_experiment.pruning.criterion, job);
}

Result<Preview> Session::preview(const PreviewRequest& request, const JobContext& job) const
{
    return previewCandidates(*m_network, *m_structures, request, similarityData(), job.progress,
                             job.stop);
}

Result<LayersCompared> Session::compareLayers(const Removal& removal, const JobContext& job) const
{
    const auto cut = prune(*m_network, *m_structures, removal);
    if (!cut)
        return fail(cut.error());
    auto cka = espalier::compareLayers(*m_network, *cut, similarityData().first(layerImages),
                                       job.progress, job.stop);
    if (!cka)
        return fail(cka.error());
    const auto* group = removal.filters.empty()
        ? nullptr
        : m_structures->filterGroup(removal.filters.begin()->first);
    const auto what = removalText(removal, group ? group->kind : StructureKind::Layer);
    return LayersCompared{iterationText(m_current), CoreText::tr("{1} removed", what),
                          *std::move(cka)};
}

Result<LayersCompared> Session::compareLayers(IterationId iteration, const JobContext& job) const
{
    if (!iteration.isValid() || iteration.index() >= m_history.size())
        return fail(ErrorCode::NotFound, CoreText::tr("The session has no such iteration."));
    const auto parent = m_history[iteration.index()].parent;
    if (!parent)
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("The dense network has no parent to compare its layers with."));
    const auto before = network(*parent);
    const auto after = network(iteration);
    if (!before || !after)
        return fail(before ? after.error() : before.error());
    auto cka = espalier::compareLayers(*before, *after, similarityData().first(layerImages),
                                       job.progress, job.stop);
    if (!cka)
        return fail(cka.error());
    return LayersCompared{iterationText(*parent), iterationText(iteration), *std::move(cka)};
}

Status Session::undo(const JobContext& job)
{
    const auto pending = m_store.pending();
    if (!pending)
        return fail(pending.error());
    if (pending->has_value())
        return goTo(m_current, job);
    const auto parent = current().parent;
    if (!parent)
        return fail(ErrorCode::InvalidArgument,
                    CoreText::tr("This is the dense network; there is nothing to undo."));
    return goTo(*parent, job);
}

Status Session::goTo(IterationId iteration, const JobContext& job)
{
    if (!iteration.isValid() || iteration.index() >= m_history.size())
        return fail(ErrorCode::NotFound, CoreText::tr("The session has no such iteration."));
    auto loaded = network(iteration); // first: a network that cannot be had changes nothing
    if (!loaded)
        return fail(loaded.error());
    if (auto ok = m_store.setCurrent(iteration); !ok)
        return ok;
    take(iteration, *std::move(loaded));
    job.emit(CurrentChanged{m_current});
    announceCurrent(job);
    return {};
}

Status Session::setStopRules(const StopRules& rules, const JobContext& job)
{
    auto changed = m_experiment;
    changed.stop = rules;
    return setExperiment(std::move(changed), job);
}

Status Session::setLocks(const std::vector<std::string>& names, const JobContext& job)
{
    auto changed = m_experiment;
    changed.pruning.locked = names;
    if (auto ok = setExperiment(std::move(changed), job); !ok)
        return ok;
    const auto pending = m_store.pending();
    if (!pending)
        return fail(pending.error());
    if (!pending->has_value())
        return {};
    // A proposal that would remove what is locked now is none any more.
    for (const auto& candidate : (*pending)->candidates) {
        if (!checkLocks(m_network->graph(), *m_structures, candidate.removal, names))
            return goTo(m_current, job);
    }
    return {};
}

Status Session::setExperiment(Experiment changed, const JobContext& job)
{
    if (auto ok = checkExperiment(changed); !ok)
        return ok;
    if (auto ok = m_store.setExperimentText(experimentText(changed)); !ok)
        return ok;
    m_experiment = std::move(changed);
    job.emit(ExperimentChanged{m_experiment});
    return {};
}

DataView Session::similarityData() const
{
    const auto& settings = m_experiment.pruning;
    return m_data[settings.similaritySplit].first(settings.similarityImages);
}

std::int64_t Session::depth() const
{
    std::int64_t count = 0;
    for (auto parent = current().parent; parent; parent = m_history[parent->index()].parent)
        ++count;
    return count;
}

std::optional<std::string> Session::stopReason() const
{
    const auto& rules = m_experiment.stop;
    if (rules.iterations && depth() >= *rules.iterations)
        return CoreText::tr("all {1} iterations done", *rules.iterations);
    const auto removed =
        1.0 - static_cast<double>(current().macs) / static_cast<double>(m_history[0].macs);
    if (rules.macsRemoved && removed >= *rules.macsRemoved)
        return CoreText::tr("target reached: {1} of the MACs removed", percentText(removed));
    return std::nullopt;
}

Result<std::string> Session::run(const JobContext& job)
{
    for (;;) {
        const auto pending = m_store.pending();
        if (!pending)
            return fail(pending.error());
        if (auto reason = stopReason(); reason && !pending->has_value())
            return *reason;
        const auto ended = step(job);
        if (!ended)
            return fail(ended.error());
        if (*ended)
            return **ended;
        const auto& floor = m_experiment.stop.minAccuracy;
        if (floor && current().accuracy < *floor) {
            const auto accuracy = percentText(current().accuracy);
            if (auto ok = undo(job); !ok)
                return fail(ok.error());
            return CoreText::tr("validation accuracy fell to {1}, below the floor of {2}; the "
                                "network before it stays current",
                                accuracy, percentText(*floor));
        }
    }
}

void Session::emitCandidates(const PendingIteration& pending, const JobContext& job) const
{
    job.emit(CandidatesChanged{pending.parent, pending.candidates, pending.choice});
}

void Session::log(LogLevel level, const std::string& text, const JobContext& job)
{
    const LogLine line{level, text};
    // A log line that cannot be stored must not end the work it tells about.
    if (const auto stored = m_store.appendLog(line); !stored)
        job.emit(Logged{{LogLevel::Warning, stored.error().message}});
    job.emit(Logged{line});
}

} // namespace espalier
