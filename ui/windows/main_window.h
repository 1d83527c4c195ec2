#pragma once

#include <filesystem>
#include <optional>

#include <QMainWindow>

#include "panels/message_bar.h"
#include "session/selection.h"
#include "session/session_controller.h"
#include "windows/main_actions.h"

class QDockWidget;
class QStackedWidget;

namespace espalier::ui {

class CandidatesPanel;
class CurvesPanel;
class EmptyState;
class HistoryPanel;
class InspectorPanel;
class LogPanel;
class NetworkPanel;
class ProjectFlow;
class TargetWidget;
class WorkStatus;

/// Puts panels, actions and the controller together. What is shown follows the controller's
/// signals; what the user wants becomes its commands.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(SessionController& controller, QWidget* parent = nullptr);
    ~MainWindow() override;

    // As ProjectFlow has them.
    void openFile(const std::filesystem::path& file);
    void openExperiment(const std::filesystem::path& file,
                        const std::optional<std::filesystem::path>& sessionFile, bool run);
    void openSession(const std::filesystem::path& file, bool run);
    void offerSessionLeftRunning();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCentre();
    void makeDocks();
    QDockWidget* addDock(const char* name, const QString& title, QWidget* panel,
                         Qt::DockWidgetArea area);
    void makeMenus();
    void makeToolBar();
    void connectActions();
    void connectController();

    void runToTarget();
    bool canCompareLayers() const;
    bool hasCandidateSelected() const;
    void compareLayers();
    void showAbout();
    void showPreferences();
    void showShortcuts();

    void showSession();
    void showNetwork();
    void showParts();
    void showHistory();
    void showCandidates();
    void showCurves();
    void showIteration(IterationId id);
    void showActivity();
    void showFinished(Command command, const QString& reason);
    void showFailure(Command command, const Error& error);
    MessageBar::WayOn wayOnFrom(Command command);

    SessionController& m_controller;
    Selection m_selection;
    MainActions m_actions;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_centre = nullptr;
    EmptyState* m_empty = nullptr;
    NetworkPanel* m_network = nullptr;
    InspectorPanel* m_inspector = nullptr;
    HistoryPanel* m_history = nullptr;
    CandidatesPanel* m_candidates = nullptr;
    CurvesPanel* m_curves = nullptr;
    LogPanel* m_log = nullptr;
    TargetWidget* m_target = nullptr;
    WorkStatus* m_status = nullptr;
    ProjectFlow* m_files = nullptr;
    QList<QDockWidget*> m_docks;
    bool m_wasBusy = false;
    std::size_t m_iterationsBefore = 0; ///< the work under way
    bool m_closeWhenIdle = false;
};

} // namespace espalier::ui
