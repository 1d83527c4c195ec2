#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include <QObject>
#include <QString>

#include "session/engine_client.h"
#include "session/event_queue.h"
#include "session/session_state.h"

namespace espalier::ui {

/// The Qt side of the engine. Owns it, brings its events to the GUI thread, keeps the SessionState
/// they make, and is the only one to emit signals. Commands (verbs) return at once; signals (facts)
/// come when the engine has done them. Lives on the GUI thread.
class SessionController final : public QObject {
    Q_OBJECT

public:
    explicit SessionController(const EngineFactory& factory = makeEngine,
                               QObject* parent = nullptr);
    ~SessionController() override;

    const SessionState& state() const { return m_state; }

    // What is running is stopped before another model or session is opened.
    void openModel(const std::filesystem::path& file, const std::optional<Shape>& input = {});
    /// A check that is going on is given up for the new one.
    void checkExperiment(const Experiment& experiment);
    void stopCheck();
    void createSession(const Experiment& experiment, const std::filesystem::path& file);
    void openSession(const std::filesystem::path& file);
    /// The session that is being opened runs to its target as soon as it is there.
    void runWhenOpened();

    void preview(const PreviewRequest& request);
    void compareLayers(const Removal& removal); ///< of the current network
    void compareLayers(IterationId iteration); ///< with its parent
    /// How long each operator of the network on the bench takes.
    void measureLayers();
    void propose();
    void choose(const Candidate& candidate);
    void step();
    void run();
    /// run() ends when this share (0..1) of the dense network's MACs is removed, however many
    /// iterations that takes.
    void setTarget(double macsRemoved);
    void undo();
    void redo(); ///< to the latest network made of the current one
    void goTo(IterationId iteration);
    void setLocked(const std::string& name, bool locked); ///< a layer or a group of filters
    void showNetwork(IterationId iteration); ///< networkShown()
    void exportNetwork(const std::filesystem::path& file, IterationId iteration = {});
    void pause();
    void resume();
    void stop();

    /// Takes an event from any thread. The engine's callback; tests post events of their own.
    void post(Event event);

Q_SIGNALS:
    void networkChanged();
    void sessionChanged();
    void historyChanged();
    void candidatesChanged();
    void curvesChanged();
    void partsChanged();
    void layersChanged();
    void activityChanged();
    void progressChanged();
    void networkShown(const espalier::NetworkShown& network);
    void logged(const espalier::LogLine& line);
    /// Something new is known of the experiment that was last given to checkExperiment().
    void experimentChecked(const espalier::ExperimentChecked& known);
    /// The last check has ended: without an error, the experiment can begin.
    void checkFinished(const std::optional<espalier::Error>& error);
    /// A command ended well (`reason` says how, in words) or was stopped (`reason` is empty).
    void finished(espalier::ui::Command command, const QString& reason);
    /// A command other than a check failed; the engine and the session are as they were.
    void failed(espalier::ui::Command command, const espalier::Error& error);

private:
    void drain();
    void announce(Change changes);
    void begin(RunId run, Command command);
    void stopForOpening();
    void end(const Event& event, Command command);
    void endCheck(const Event& event);

    SessionState m_state;
    EventQueue m_queue;
    bool m_runWhenOpened = false;
    std::optional<RunId> m_check; ///< the one whose findings are told
    std::unique_ptr<EngineClient> m_engine; // last: its destructor joins the thread that posts
};

} // namespace espalier::ui
