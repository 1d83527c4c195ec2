#include "windows/main_window.h"

#include <set>

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWhatsThis>

#include "graph/graph_view.h"
#include "models/words.h"
#include "panels/candidates_panel.h"
#include "panels/curves_panel.h"
#include "panels/empty_state.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/log_panel.h"
#include "panels/network_panel.h"
#include "panels/target_widget.h"
#include "panels/work_status.h"
#include "plots/layer_map.h"
#include "style/text.h"
#include "style/theme.h"
#include "windows/about.h"
#include "windows/compare_dialog.h"
#include "windows/dock_action.h"
#include "windows/explanations.h"
#include "windows/preferences_dialog.h"
#include "windows/project_flow.h"
#include "windows/shortcuts_window.h"
#include "windows/stop_question.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

/// What the panels want, where the screen has it beside its bars and the frame of the window.
QSize sizeThatFits(const QWidget& window)
{
    constexpr QSize wanted(1440, 900);
    constexpr QSize frame(8, 40);
    return wanted.boundedTo(window.screen()->availableSize() - frame);
}

} // namespace

MainWindow::MainWindow(SessionController& controller, QWidget* parent)
    : QMainWindow(parent)
    , m_controller(controller)
    , m_actions(this)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    resize(sizeThatFits(*this));
    makeCentre();
    m_files = new ProjectFlow(m_controller, *m_message, *this);
    m_empty->setRecent(m_files->recentFiles());
    connect(m_empty, &EmptyState::recentChosen, m_files, &ProjectFlow::openFile);
    makeDocks();
    makeMenus();
    makeToolBar();
    m_status = new WorkStatus(this);
    statusBar()->addWidget(m_status, 1);
    addExplanations(*this);
    connectActions();
    connectController();
    showSession();
    showActivity();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre()
{
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_message = new MessageBar(centre);
    m_network = new NetworkPanel(m_selection, centre);
    m_centre = new QStackedWidget(centre);
    m_centre->setObjectName(QStringLiteral("centre"));
    m_empty = new EmptyState({m_actions.openModel, m_actions.newSession, m_actions.openSession},
                             m_centre);
    m_centre->addWidget(m_empty);
    m_centre->addWidget(m_network);
    layout->addWidget(m_message);
    layout->addWidget(m_centre, 1);
    setCentralWidget(centre);
}

QDockWidget* MainWindow::addDock(const char* name, const QString& title, QWidget* panel,
                                 Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(panel);
    addDockWidget(area, dock);
    m_docks << dock;
    return dock;
}

void MainWindow::makeDocks()
{
    m_history = new HistoryPanel(this);
    m_inspector = new InspectorPanel(m_selection, this);
    m_candidates = new CandidatesPanel(m_selection, this);
    m_curves = new CurvesPanel(this);
    m_log = new LogPanel(this);
    auto* history = addDock("historyDock", tr("History"), m_history, Qt::LeftDockWidgetArea);
    auto* inspector =
        addDock("inspectorDock", tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    auto* candidates =
        addDock("candidatesDock", tr("Candidates"), m_candidates, Qt::BottomDockWidgetArea);
    auto* curves = addDock("curvesDock", tr("Curves"), m_curves, Qt::BottomDockWidgetArea);
    auto* log = addDock("logDock", tr("Log"), m_log, Qt::BottomDockWidgetArea);
    splitDockWidget(candidates, curves, Qt::Horizontal);
    tabifyDockWidget(candidates, log);
    candidates->raise();
    resizeDocks({history, inspector}, {300, 230}, Qt::Horizontal);
    resizeDocks({candidates, curves}, {760, 520}, Qt::Horizontal);
    resizeDocks({candidates}, {225}, Qt::Vertical);
}

void MainWindow::makeMenus()
{
    auto* file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions.openModel, m_actions.newSession, m_actions.openSession});
    file->addMenu(m_files->makeRecentMenu());
    file->addSeparator();
    file->addAction(m_actions.exportNetwork);
    file->addSeparator();
    file->addAction(m_actions.preferences);
    file->addSeparator();
    file->addAction(m_actions.quit);
    auto* view = menuBar()->addMenu(tr("&View"));
    for (auto* dock : m_docks)
        view->addAction(makeDockAction(*dock, static_cast<int>(m_docks.indexOf(dock)) + 1));
    auto* panels = view->addMenu(tr("&Panels"));
    panels->setObjectName(QStringLiteral("panelsMenu"));
    for (auto* dock : m_docks)
        panels->addAction(dock->toggleViewAction());
    view->addSeparator();
    view->addActions(
        {m_actions.find, m_actions.zoomIn, m_actions.zoomOut, m_actions.actualSize, m_actions.fit});
    auto* run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_actions.propose, m_actions.fineTune, m_actions.step, m_actions.run,
                     m_actions.pause, m_actions.stop});
    run->addSeparator();
    run->addActions({m_actions.undo, m_actions.redo});
    auto* help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions.shortcuts, QWhatsThis::createAction(help)});
    help->addSeparator();
    help->addActions({m_actions.about, m_actions.aboutQt});
}

void MainWindow::makeToolBar()
{
    auto* bar = addToolBar(tr("Run"));
    bar->setObjectName(QStringLiteral("runBar"));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({18, 18});
    bar->addActions({m_actions.propose, m_actions.fineTune});
    bar->addSeparator();
    bar->addActions({m_actions.step, m_actions.run, m_actions.pause, m_actions.stop});
    bar->addSeparator();
    bar->addActions({m_actions.undo, m_actions.redo});
    bar->addSeparator();
    m_target = new TargetWidget(bar);
    bar->addWidget(m_target);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction* action, auto&& what) {
        connect(action, &QAction::triggered, this, std::forward<decltype(what)>(what));
    };
    on(m_actions.openModel, [this] { m_files->chooseModel(); });
    on(m_actions.newSession, [this] { m_files->startNewSession(); });
    on(m_actions.openSession, [this] { m_files->chooseSession(); });
    on(m_actions.exportNetwork, [this] { m_files->chooseExport(); });
    on(m_actions.preferences, &MainWindow::showPreferences);
    on(m_actions.quit, &QWidget::close);
    on(m_actions.propose, [this] { m_controller.propose(); });
    on(m_actions.fineTune, [this] { m_controller.step(); });
    on(m_actions.step, [this] { m_controller.step(); });
    on(m_actions.run, &MainWindow::runToTarget);
    on(m_actions.pause, [this] {
        m_controller.state().paused ? m_controller.resume() : m_controller.pause();
        m_actions.pause->setChecked(m_controller.state().paused); // until the engine says so
    });
    on(m_actions.stop, [this] { m_controller.stop(); });
    on(m_actions.undo, [this] { m_controller.undo(); });
    on(m_actions.redo, [this] { m_controller.redo(); });
    on(m_actions.find, [this] { m_network->focusSearch(); });
    on(m_actions.zoomIn, [this] { m_network->view().zoomIn(); });
    on(m_actions.zoomOut, [this] { m_network->view().zoomOut(); });
    on(m_actions.actualSize, [this] { m_network->view().zoomToActualSize(); });
    on(m_actions.fit, [this] { m_network->view().fit(); });
    on(m_actions.shortcuts, &MainWindow::showShortcuts);
    on(m_actions.about, &MainWindow::showAbout);
    on(m_actions.aboutQt, [] { QApplication::aboutQt(); });
    connect(m_candidates, &CandidatesPanel::previewRequested, &m_controller,
            &SessionController::preview);
    connect(m_candidates, &CandidatesPanel::choiceRequested, &m_controller,
            &SessionController::choose);
    connect(&m_selection, &Selection::removalChanged, this, [this] {
        m_curves->layers().setCompareEnabled(m_controller.state().canPreview()
                                             && canCompareLayers());
    });
    connect(&m_curves->layers(), &LayerMap::compareRequested, this, &MainWindow::compareLayers);
    const auto setLocked = [this](const QString& name, bool locked) {
        m_controller.setLocked(name.toStdString(), locked);
    };
    connect(m_network, &NetworkPanel::lockToggled, this, setLocked);
    connect(m_inspector, &InspectorPanel::lockToggled, this, setLocked);
    // Later: what has just ended is told first.
    connect(m_network, &NetworkPanel::latencyWanted, &m_controller,
            &SessionController::measureLayers, Qt::QueuedConnection);
    connect(m_network, &NetworkPanel::pictureFailed, m_message,
            [this](const QString& message) { m_message->showError(message); });
    connect(m_history, &HistoryPanel::iterationSelected, this, &MainWindow::showIteration);
    connect(m_history, &HistoryPanel::goToRequested, &m_controller, &SessionController::goTo);
    connect(m_history, &HistoryPanel::exportRequested, m_files, &ProjectFlow::chooseExport);
    connect(m_history, &HistoryPanel::compareRequested, this, [this](IterationId a, IterationId b) {
        (new CompareDialog(m_controller, a, b, this))->show();
    });
}

void MainWindow::connectController()
{
    connect(&m_controller, &SessionController::sessionChanged, this, &MainWindow::showSession);
    connect(&m_controller, &SessionController::networkChanged, this, &MainWindow::showNetwork);
    connect(&m_controller, &SessionController::partsChanged, this, &MainWindow::showParts);
    connect(&m_controller, &SessionController::historyChanged, this, &MainWindow::showHistory);
    connect(&m_controller, &SessionController::candidatesChanged, this,
            &MainWindow::showCandidates);
    connect(&m_controller, &SessionController::curvesChanged, this, &MainWindow::showCurves);
    connect(&m_controller, &SessionController::layersChanged, this,
            [this] { m_curves->layers().setLayers(m_controller.state().layers); });
    connect(&m_controller, &SessionController::activityChanged, this, &MainWindow::showActivity);
    connect(&m_controller, &SessionController::progressChanged, this,
            [this] { m_status->showState(m_controller.state()); });
    connect(&m_controller, &SessionController::logged, m_log, &LogPanel::append);
    connect(&m_controller, &SessionController::finished, this, &MainWindow::showFinished);
    connect(&m_controller, &SessionController::failed, this, &MainWindow::showFailure);
}

void MainWindow::openFile(const fs::path& file)
{
    m_files->openFile(file);
}

void MainWindow::openSession(const fs::path& file, bool run)
{
    m_files->openSession(file, run);
}

void MainWindow::openExperiment(const fs::path& file, const std::optional<fs::path>& sessionFile,
                                bool run)
{
    m_files->openExperiment(file, sessionFile, run);
}

void MainWindow::offerSessionLeftRunning()
{
    m_files->offerSessionLeftRunning();
}

void MainWindow::runToTarget()
{
    m_controller.setTarget(m_target->target());
    m_controller.run();
}

bool MainWindow::canCompareLayers() const
{
    const auto* current = m_controller.state().currentIteration();
    return hasCandidateSelected() || (current && current->parent);
}

bool MainWindow::hasCandidateSelected() const
{
    return !m_selection.removal().isEmpty() && m_controller.state().areCandidatesOnBench();
}

void MainWindow::compareLayers()
{
    const auto& state = m_controller.state();
    if (hasCandidateSelected())
        m_controller.compareLayers(m_selection.removal());
    else
        m_controller.compareLayers(state.current);
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Espalier"), aboutText(),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    box->addButton(tr("Close"), QMessageBox::RejectRole);
    box->open();
}

void MainWindow::showPreferences()
{
    auto* dialog = new PreferencesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::changed, this,
            [](const Preferences& preferences) { applyTheme(preferences.theme); });
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto* window = findChild<ShortcutsWindow*>();
    if (!window) {
        window = new ShortcutsWindow(*menuBar(), this);
        window->setAttribute(Qt::WA_DeleteOnClose);
    }
    window->show();
    window->raise();
}

void MainWindow::showSession()
{
    const auto& state = m_controller.state();
    const auto& file = state.hasSession() ? state.sessionFile : state.modelFile;
    setWindowTitle(file.empty() ? tr("Espalier")
                                : tr("%1 – Espalier").arg(toText(file.filename())));
    if (state.experiment.stop.macsRemoved)
        m_target->setTarget(*state.experiment.stop.macsRemoved);
    showParts();
}

void MainWindow::showNetwork()
{
    const auto& state = m_controller.state();
    m_network->showState(state);
    m_inspector->setNetwork(state.graph, state.structures);
    m_centre->setCurrentIndex(state.graph ? 1 : 0);
    m_network->view().refit();
    showParts();
    showCandidates();
    showActivity();
}

/// What the picture and the inspector show of the network besides itself.
void MainWindow::showParts()
{
    const auto& state = m_controller.state();
    const auto& locked = state.experiment.pruning.locked;
    m_network->showState(state);
    m_inspector->setParts(state.parts);
    m_inspector->setLatency(state.latency);
    m_inspector->setLocks(state.hasSession()
                              ? std::optional(std::set<std::string>(locked.begin(), locked.end()))
                              : std::nullopt);
}

void MainWindow::showHistory()
{
    const auto& state = m_controller.state();
    m_history->showHistory(state);
    m_curves->setHistory(state.history, state.current, state.experiment.pruning.similarity);
    m_target->setRemoved(state.macsRemoved());
    m_network->showState(state);
    showActivity();
}

void MainWindow::showCandidates()
{
    const auto& state = m_controller.state();
    m_candidates->showCandidates(state.candidates, state);
    m_network->showState(state);
    showCurves();
}

void MainWindow::showCurves()
{
    const auto& state = m_controller.state();
    m_curves->setCurves(state.curves, state.candidates.candidates);
}

void MainWindow::showIteration(IterationId id)
{
    const auto& state = m_controller.state();
    const auto* iteration = state.iteration(id);
    if (id == state.current && state.areCandidatesOnBench()) { // what comes next
        showCandidates();
        return;
    }
    if (!iteration || iteration->candidates.empty())
        return;
    m_candidates->showCandidates(state.contestOf(*iteration), state);
    m_curves->setCurves(curvesOf(*iteration), iteration->candidates);
}

void MainWindow::showActivity()
{
    const auto& state = m_controller.state();
    m_actions.enableFor(state);
    m_candidates->followState(state);
    m_history->followState(state);
    m_curves->layers().setCompareEnabled(state.canPreview() && canCompareLayers());
    m_empty->setOpening(state.isOpening());
    m_target->setEditable(state.hasSession() && !state.isBusy());
    m_status->showState(state);
    const bool isWorking = state.isBusy() && !state.isOnlyMeasuring();
    if (!std::exchange(m_wasBusy, isWorking) && isWorking) {
        m_message->hide(); // it was about what went before
        m_iterationsBefore = state.history.size();
    }
    if (m_closeWhenIdle && !state.isBusy())
        close();
    else
        m_network->followActivity(state);
}

void MainWindow::showFinished(Command command, const QString& reason)
{
    if (m_files->tells(command))
        return;
    const auto& state = m_controller.state();
    if (command == Command::OpenModel || command == Command::CreateSession) {
        QStringList notices;
        for (const auto& notice : state.notices)
            notices << toText(notice);
        if (command == Command::OpenModel)
            notices << tr("This is the model without data. A session adds the data, to prune it.");
        if (!notices.isEmpty())
            m_message->showNotice(notices.join(QLatin1Char('\n')),
                                  command == Command::OpenModel ? wayOnFrom(command)
                                                                : MessageBar::WayOn{});
        return;
    }
    const bool isWorthSaying = command == Command::Run || command == Command::Step
        || command == Command::Propose || command == Command::Export;
    if (!isWorthSaying || reason.isEmpty())
        return;
    if (command == Command::Propose && state.hasPending)
        return; // the candidates' panel says it
    const bool isNew = state.history.size() > m_iterationsBefore;
    if (command == Command::Step && isNew && state.currentIteration()) {
        m_message->showNotice(reachedText(*state.currentIteration(), state),
                              {tr("Undo"), [this] { m_controller.undo(); }});
        return;
    }
    m_message->showNotice(reason.left(1).toUpper() + reason.mid(1));
}

void MainWindow::showFailure(Command command, const Error& error)
{
    if (!m_files->tells(command))
        m_message->showError(toText(error.message), wayOnFrom(command));
}

MessageBar::WayOn MainWindow::wayOnFrom(Command command)
{
    switch (command) {
    case Command::Propose:
        return {tr("Try Again"), [this] { m_controller.propose(); }};
    case Command::Step:
        return {tr("Try Again"), [this] { m_controller.step(); }};
    case Command::Run:
        return {tr("Try Again"), [this] { runToTarget(); }};
    default:
        return m_files->wayOnFrom(command);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_controller.state().isBusy()) {
        event->accept();
        return;
    }
    event->ignore();
    if (m_closeWhenIdle)
        return;
    askToStop(*this,
              {.name = "closeQuestion",
               .title = tr("Close Espalier"),
               .question = tr("Work is going on. Stop it and close?"),
               .stop = tr("Stop and Close")},
              [this] {
                  m_closeWhenIdle = true;
                  m_controller.stop();
                  showActivity(); // it may have ended meanwhile
              });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!ProjectFlow::droppedFiles(*event->mimeData()).empty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_files->drop(ProjectFlow::droppedFiles(*event->mimeData()));
}

} // namespace espalier::ui
