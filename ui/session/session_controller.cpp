#include "session/session_controller.h"

#include <algorithm>

#include <QMetaObject>

#include "style/text.h"

namespace espalier::ui {

SessionController::SessionController(const EngineFactory& factory, QObject* parent)
    : QObject(parent)
    , m_engine(factory([this](const Event& event) { post(event); }))
{
}

SessionController::~SessionController() = default;

void SessionController::openModel(const std::filesystem::path& file,
                                  const std::optional<Shape>& input)
{
    stopForOpening();
    begin(m_engine->openModel(file, input), Command::OpenModel);
}

void SessionController::checkExperiment(const Experiment& experiment)
{
    stopCheck();
    m_check = m_engine->checkExperiment(experiment);
    begin(*m_check, Command::Check);
}

void SessionController::stopCheck()
{
    m_check.reset();
    if (m_state.isRunning(Command::Check))
        m_engine->stop();
}

void SessionController::createSession(const Experiment& experiment,
                                      const std::filesystem::path& file)
{
    stopForOpening();
    begin(m_engine->createSession(experiment, file), Command::CreateSession);
}

void SessionController::openSession(const std::filesystem::path& file)
{
    stopForOpening();
    begin(m_engine->openSession(file), Command::OpenSession);
}

void SessionController::runWhenOpened()
{
    m_runWhenOpened = true;
}

void SessionController::preview(const PreviewRequest& request)
{
    begin(m_engine->preview(request), Command::Preview);
}

void SessionController::compareLayers(const Removal& removal)
{
    begin(m_engine->compareLayers(removal), Command::CompareLayers);
}

void SessionController::compareLayers(IterationId iteration)
{
    begin(m_engine->compareLayers(iteration), Command::CompareLayers);
}

void SessionController::measureLayers()
{
    begin(m_engine->measureLayers(), Command::MeasureLayers);
}

void SessionController::propose()
{
    begin(m_engine->propose(), Command::Propose);
}

void SessionController::choose(const Candidate& candidate)
{
    begin(m_engine->choose(candidate), Command::Choose);
}

void SessionController::step()
{
    begin(m_engine->step(), Command::Step);
}

void SessionController::run()
{
    begin(m_engine->run(), Command::Run);
}

void SessionController::setTarget(double macsRemoved)
{
    auto rules = m_state.experiment.stop;
    rules.macsRemoved = macsRemoved;
    rules.iterations.reset(); // the target is what ends the run, not a count
    if (rules == m_state.experiment.stop)
        return;
    m_state.experiment.stop = rules;
    begin(m_engine->setStopRules(rules), Command::SetStopRules);
    announce(Change::Session);
}

void SessionController::undo()
{
    begin(m_engine->undo(), Command::Undo);
}

void SessionController::redo()
{
    if (const auto target = m_state.redoTarget())
        goTo(*target);
}

void SessionController::goTo(IterationId iteration)
{
    begin(m_engine->goTo(iteration), Command::GoTo);
}

void SessionController::setLocked(const std::string& name, bool locked)
{
    if (!m_state.canLock() || locked == m_state.isLocked(name))
        return;
    auto names = m_state.experiment.pruning.locked;
    if (locked)
        names.push_back(name);
    else
        std::erase(names, name);
    begin(m_engine->setLocks(names), Command::SetLocks); // shown when the engine has done it
}

void SessionController::showNetwork(IterationId iteration)
{
    begin(m_engine->showNetwork(iteration), Command::ShowNetwork);
}

void SessionController::exportNetwork(const std::filesystem::path& file, IterationId iteration)
{
    begin(m_engine->exportNetwork(file, iteration), Command::Export);
}

void SessionController::pause()
{
    m_engine->pause();
}

void SessionController::resume()
{
    m_engine->resume();
}

void SessionController::stop()
{
    if (!m_state.canStop())
        return;
    m_runWhenOpened = false;
    m_state.stopping = true;
    m_engine->stop();
    announce(Change::Activity);
}

void SessionController::post(Event event)
{
    if (m_queue.push(std::move(event)))
        QMetaObject::invokeMethod(
            this, [this] { drain(); }, Qt::QueuedConnection);
}

void SessionController::drain()
{
    auto changes = Change::None;
    for (const auto& event : m_queue.take()) {
        const auto active = std::ranges::find(m_state.active, event.run, &ActiveRun::run);
        const bool isKnown = active != m_state.active.end();
        const auto command = isKnown ? active->command : Command::OpenModel;
        changes = changes | m_state.apply(event);
        if (const auto* shown = std::get_if<NetworkShown>(&event.what))
            Q_EMIT networkShown(*shown);
        if (const auto* line = std::get_if<Logged>(&event.what))
            Q_EMIT logged(line->line);
        if (const auto* known = std::get_if<ExperimentChecked>(&event.what);
            known && event.run == m_check)
            Q_EMIT experimentChecked(*known);
        if (std::holds_alternative<RunFinished>(event.what) && isKnown) {
            announce(std::exchange(changes, Change::None));
            command == Command::Check ? endCheck(event) : end(event, command);
        }
    }
    announce(changes);
}

void SessionController::end(const Event& event, Command command)
{
    const auto& result = std::get<RunFinished>(event.what);
    const bool opened = command == Command::CreateSession || command == Command::OpenSession;
    const bool wasStopped = result.error && isStopped(*result.error);
    const bool runNow = opened && std::exchange(m_runWhenOpened, false) && !result.error;
    if (result.error && !wasStopped)
        Q_EMIT failed(command, *result.error);
    else
        Q_EMIT finished(command, wasStopped ? QString() : toText(result.reason));
    if (runNow)
        run();
}

void SessionController::endCheck(const Event& event)
{
    if (event.run != m_check)
        return; // given up
    m_check.reset();
    Q_EMIT checkFinished(std::get<RunFinished>(event.what).error);
}

void SessionController::announce(Change changes)
{
    if (contains(changes, Change::Session))
        Q_EMIT sessionChanged();
    if (contains(changes, Change::Network))
        Q_EMIT networkChanged();
    if (contains(changes, Change::Parts))
        Q_EMIT partsChanged();
    if (contains(changes, Change::Layers))
        Q_EMIT layersChanged();
    if (contains(changes, Change::History))
        Q_EMIT historyChanged();
    if (contains(changes, Change::Candidates))
        Q_EMIT candidatesChanged();
    if (contains(changes, Change::Curves))
        Q_EMIT curvesChanged();
    if (contains(changes, Change::Progress))
        Q_EMIT progressChanged();
    if (contains(changes, Change::Activity))
        Q_EMIT activityChanged();
}

void SessionController::begin(RunId run, Command command)
{
    announce(m_state.begin({run, command}));
}

void SessionController::stopForOpening()
{
    m_runWhenOpened = false;
    if (m_state.isBusy())
        m_engine->stop();
}

} // namespace espalier::ui
