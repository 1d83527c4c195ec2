#pragma once

#include <filesystem>
#include <optional>

#include <QObject>

#include "panels/message_bar.h"
#include "session/session_controller.h"

class QWidget;

namespace espalier::ui {

class NewSessionDialog;

/// The way of files in and out of the window: opens models, sessions and experiments, asks for new
/// sessions and for exports. What goes wrong before the engine is asked is told in `message`; its
/// dialogs stand before `window`. Lives on the GUI thread.
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

    void chooseModel();
    void chooseSession();
    void chooseExport();
    void startNewSession();

    /// What to do after a command about files has ended or failed.
    MessageBar::WayOn wayOnFrom(Command command);

private:
    void choose(const char* name, const QString& title, const QString& filter);
    void showNewSessionDialog(NewSessionDialog& dialog);

    SessionController& m_controller;
    MessageBar& m_message;
    QWidget& m_window;

    struct NewSession {
        Experiment experiment;
        std::filesystem::path file;
    };
    std::optional<NewSession> m_lastNewSession; ///< to change it after a failure
};

} // namespace espalier::ui
