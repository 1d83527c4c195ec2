#include "session/session_state.h"

#include <algorithm>

#include "base/overloaded.h"

namespace espalier::ui {

namespace {

bool opens(Command command)
{
    return command == Command::OpenModel || command == Command::CreateSession
        || command == Command::OpenSession;
}

} // namespace

std::vector<TrainingCurve> curvesOf(const Iteration& iteration)
{
    if (iteration.epochs.empty() || !iteration.choice)
        return {};
    return {{iteration.chosen()->name, iteration.choice->chosen, false, iteration.epochs}};
}

bool SessionState::isOpening() const
{
    return std::ranges::any_of(active, [](const auto& other) { return opens(other.command); });
}

bool SessionState::isRunning(Command command) const
{
    return std::ranges::any_of(active, [&](const auto& run) { return run.command == command; });
}

bool SessionState::isOnlyMeasuring() const
{
    return isBusy() && std::ranges::all_of(active, [](const ActiveRun& run) {
               return run.command == Command::MeasureLayers;
           });
}

bool SessionState::canUndo() const
{
    const auto* now = currentIteration();
    return canStep() && (hasPending || (now && now->parent));
}

std::optional<IterationId> SessionState::redoTarget() const
{
    std::optional<IterationId> latest;
    for (const auto& made : history) {
        if (made.parent == current)
            latest = made.id;
    }
    return latest;
}

bool SessionState::isLocked(const std::string& name) const
{
    return std::ranges::find(experiment.pruning.locked, name) != experiment.pruning.locked.end();
}

const Iteration* SessionState::iteration(IterationId id) const
{
    const auto found = std::ranges::find(history, id, &Iteration::id);
    return found == history.end() ? nullptr : &*found;
}

const Iteration* SessionState::denseIteration() const
{
    const auto found = std::ranges::find_if(
        history, [](const auto& iteration) { return !iteration.parent.has_value(); });
    return found == history.end() ? nullptr : &*found;
}

double SessionState::macsRemoved() const
{
    const auto* dense = denseIteration();
    const auto* now = currentIteration();
    if (!dense || !now || dense->macs <= 0)
        return 0.0;
    return 1.0 - static_cast<double>(now->macs) / static_cast<double>(dense->macs);
}

CandidateSet SessionState::contest(IterationId parentId, const std::vector<Candidate>& competing,
                                   const std::optional<Choice>& choice) const
{
    const auto* parent = iteration(parentId);
    return {
        .source = CandidateSet::Source::Contest,
        .parent = parentId,
        .parentMacs = parent ? parent->macs : 0,
        .parentParams = parent ? parent->params : 0,
        .candidates = competing,
        .choice = choice,
        .samples = 0,
        .baselineAccuracy = std::nullopt,
    };
}

CandidateSet SessionState::contestOf(const Iteration& iteration) const
{
    auto past =
        contest(iteration.parent.value_or(IterationId()), iteration.candidates, iteration.choice);
    past.source = CandidateSet::Source::Past;
    return past;
}

CandidateSet SessionState::contestAtCurrent() const
{
    const auto* nearest = iteration(redoTarget().value_or(current));
    return nearest && nearest->parent ? contestOf(*nearest) : CandidateSet();
}

bool SessionState::isStale(RunId run) const
{
    const auto isActive = std::ranges::any_of(active, [&](const auto& a) { return a.run == run; });
    const auto isOvertaken = std::ranges::any_of(
        active, [&](const auto& other) { return opens(other.command) && run < other.run; });
    return !isActive || isOvertaken;
}

Change SessionState::begin(ActiveRun run)
{
    // A preview that waits is replaced by the engine, which reports its end; the newest one counts.
    active.push_back(run);
    return Change::Activity;
}

Change SessionState::apply(const Event& event)
{
    const auto run = event.run;
    return std::visit(Overloaded{
                          [&](const ModelOpened& what) { return take(run, what); },
                          [&](const SessionOpened& what) { return take(what); },
                          [&](const ExperimentChanged& what) { return take(what); },
                          [&](const NetworkChanged& what) { return take(what); },
                          [&](const PartsScored& what) { return take(what); },
                          [&](const PreviewReady& what) { return take(run, what); },
                          [&](const LayersCompared& what) { return take(run, what); },
                          [&](const LayersMeasured& what) { return take(what); },
                          [&](const CandidatesChanged& what) { return take(run, what); },
                          [&](const EpochFinished& what) { return take(run, what); },
                          [&](const IterationFinished& what) { return take(what); },
                          [&](const CurrentChanged& what) { return take(what); },
                          [&](const ProgressChanged& what) { return take(run, what); },
                          [&](const PauseChanged& what) { return take(run, what); },
                          [&](const RunFinished&) { return finish(run); },
                          [](const ExperimentChecked&) { return Change::None; },
                          [](const NetworkShown&) { return Change::None; },
                          [](const Exported&) { return Change::None; },
                          [](const Logged&) { return Change::None; },
                      },
                      event.what);
}

void SessionState::closeSession()
{
    sessionFile.clear();
    experiment = {};
    history.clear();
    current = {};
    hasPending = false;
    device.clear();
    denseGraph.reset();
    denseStructures.reset();
    candidates = {};
    curves.clear();
    curvesAreOld = false;
    layers.reset();
}

Change SessionState::take(RunId run, const ModelOpened& event)
{
    modelFile = event.file;
    notices = event.notices;
    const auto isCreating = std::ranges::any_of(active, [&](const auto& other) {
        return other.run == run && other.command == Command::CreateSession;
    });
    if (isCreating) // the open session stays until the new one is there
        return Change::None;
    closeSession();
    return Change::Session | Change::History | Change::Candidates | Change::Curves | Change::Layers;
}

Change SessionState::take(const SessionOpened& event)
{
    closeSession();
    modelFile = event.experiment.model;
    sessionFile = event.file;
    experiment = event.experiment;
    history = event.history;
    current = event.current;
    hasPending = event.hasPending;
    device = event.device;
    candidates = contestAtCurrent();
    denseGraph = event.denseGraph;
    denseStructures = event.denseStructures;
    return Change::Session | Change::History | Change::Candidates | Change::Curves | Change::Layers;
}

Change SessionState::take(const ExperimentChanged& event)
{
    experiment = event.experiment;
    return Change::Session;
}

Change SessionState::take(const NetworkChanged& event)
{
    shown = event.iteration;
    graph = event.graph;
    structures = event.structures;
    parts.reset();
    latency.reset();
    return Change::Network | Change::Parts;
}

Change SessionState::take(const PartsScored& event)
{
    parts = event;
    return Change::Parts;
}

Change SessionState::take(RunId run, const PreviewReady& event)
{
    const auto newest = std::ranges::find_if(active.rbegin(), active.rend(), [](const auto& other) {
        return other.command == Command::Preview;
    });
    if (isStale(run) || newest == active.rend() || newest->run != run)
        return Change::None;
    candidates = {
        .source = CandidateSet::Source::Preview,
        .parent = shown,
        .parentMacs = graph ? graph->macs() : 0,
        .parentParams = graph ? graph->params() : 0,
        .candidates = event.preview.candidates,
        .choice = std::nullopt,
        .samples = event.preview.samples,
        .baselineAccuracy = event.preview.baselineAccuracy,
    };
    return Change::Candidates;
}

Change SessionState::take(RunId run, const LayersCompared& event)
{
    if (isStale(run))
        return Change::None;
    layers = event;
    return Change::Layers;
}

Change SessionState::take(const LayersMeasured& event)
{
    // Another model may have come meanwhile.
    if (!graph || event.iteration != shown || event.latency.seconds.size() != graph->nodes().size())
        return Change::None;
    latency = event;
    return Change::Parts;
}

Change SessionState::take(RunId run, const CandidatesChanged& event)
{
    hasPending = true;
    if (isStale(run))
        return Change::None;
    candidates = contest(event.parent, event.candidates, event.choice);
    if (!std::exchange(curvesAreOld, false))
        return Change::Candidates;
    curves.clear();
    return Change::Candidates | Change::Curves;
}

Change SessionState::take(RunId run, const EpochFinished& event)
{
    if (isStale(run))
        return Change::None;
    auto curve = std::ranges::find_if(curves, [&](const auto& known) {
        return known.candidate == event.candidate && known.brief == event.brief;
    });
    if (curve == curves.end()) {
        curves.push_back({event.task, event.candidate, event.brief, {}});
        curve = std::prev(curves.end());
    }
    // A resumed fine-tuning repeats the epoch that was in flight.
    std::erase_if(curve->epochs,
                  [&](const auto& known) { return known.epoch >= event.result.epoch; });
    curve->epochs.push_back(event.result);
    return Change::Curves;
}

Change SessionState::take(const IterationFinished& event)
{
    const auto known = std::ranges::find(history, event.iteration.id, &Iteration::id);
    if (known == history.end())
        history.push_back(event.iteration);
    else
        *known = event.iteration;
    current = event.iteration.id;
    hasPending = false;
    curvesAreOld = true;
    if (candidates.source != CandidateSet::Source::Contest)
        return Change::History;
    candidates.source = CandidateSet::Source::Past;
    return Change::History | Change::Candidates;
}

Change SessionState::take(const CurrentChanged& event)
{
    current = event.current;
    curvesAreOld = true;
    hasPending = false; // a proposal that was dropped is nothing to choose from any more
    if (candidates.source != CandidateSet::Source::Preview || candidates.parent != current)
        candidates = contestAtCurrent();
    return Change::History | Change::Candidates;
}

Change SessionState::take(RunId run, const ProgressChanged& event)
{
    if (isStale(run))
        return Change::None;
    progress = event.progress;
    return Change::Progress;
}

Change SessionState::take(RunId run, const PauseChanged& event)
{
    if (isStale(run) || paused == event.paused)
        return Change::None;
    paused = event.paused;
    return Change::Activity;
}

Change SessionState::finish(RunId run)
{
    std::erase_if(active, [&](const auto& other) { return other.run == run; });
    if (!active.empty())
        return Change::Activity;
    paused = false;
    stopping = false;
    progress.reset();
    return Change::Activity | Change::Progress;
}

} // namespace espalier::ui
