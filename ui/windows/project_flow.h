#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include <QObject>

#include "panels/message_bar.h"
#include "session/session_controller.h"
#include "windows/recent_files.h"
#include "windows/run_marker.h"
#include "windows/session_watch.h"

class QMenu;
class QMimeData;

namespace espalier::ui {

class ExperimentAssistant;

/// The way of files in and out of the window: opens models, sessions and experiments, leads to new
/// sessions and to exports, remembers what was opened and what was left running. What goes wrong
/// before the engine is asked is told in `message`; its dialogs stand before `window`. Work that is
/// going on is not stopped for another file unless the user says so. Lives on the GUI thread.
class ProjectFlow final : public QObject {
    Q_OBJECT

public:
    ProjectFlow(SessionController& controller, MessageBar& message, QWidget& window);
    ~ProjectFlow() override;

    /// A model, a session or an experiment, whichever it is.
    void openFile(const std::filesystem::path& file);
    void openSession(const std::filesystem::path& file, bool run);
    /// Creates the session of an experiment in `sessionFile` (default: beside it), or goes on with
    /// the one that is there; `run` starts it at once.
    void openExperiment(const std::filesystem::path& file,
                        const std::optional<std::filesystem::path>& sessionFile, bool run);

    static std::vector<std::filesystem::path> droppedFiles(const QMimeData& data);
    void drop(const std::vector<std::filesystem::path>& files);

    void chooseModel();
    void chooseSession();
    void chooseExport(IterationId iteration = {}); ///< invalid: the current network
    void startNewSession();
    QMenu* makeRecentMenu();
    std::vector<std::filesystem::path> recentFiles() const; ///< latest first, those that are there
    /// Offers the session that a process was at work on when it was killed.
    void offerSessionLeftRunning();

    /// Whether a dialog that is open tells how the command ended.
    bool tells(Command command) const;
    /// What to do after a command about files has ended or failed.
    MessageBar::WayOn wayOnFrom(Command command);

private:
    void connectController();
    void choose(const char* name, const QString& title, const QString& filter);
    void create(const Experiment& experiment, const std::filesystem::path& session);
    void show(ExperimentAssistant& assistant);
    void whenFree(std::function<void()> go);
    void noteWork();
    void remember(Command command);
    void showVanished(const std::filesystem::path& session);

    SessionController& m_controller;
    MessageBar& m_message;
    QWidget& m_window;
    RecentFiles m_recent;
    RunMarker m_marker;
    SessionWatch m_watch;

    struct NewSession {
        Experiment experiment;
        std::filesystem::path file;
    };
    std::optional<NewSession> m_lastNewSession; ///< to change it after a failure
};

} // namespace espalier::ui
