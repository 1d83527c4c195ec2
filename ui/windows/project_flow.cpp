#include "windows/project_flow.h"

#include <array>

#include <QFileDialog>
#include <QMimeData>
#include <QUrl>

#include "session/file_kind.h"
#include "style/text.h"
#include "windows/assistant/experiment_assistant.h"
#include "windows/export_dialog.h"
#include "windows/preferences.h"
#include "windows/stop_question.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

/// Commands that make something a user waits for; stopping them is worth a question.
constexpr std::array longWork{Command::Propose, Command::Choose, Command::Step, Command::Run};

bool isAtWork(const SessionState& state)
{
    return std::ranges::any_of(longWork, [&](auto command) { return state.isRunning(command); });
}

} // namespace

ProjectFlow::ProjectFlow(SessionController& controller, MessageBar& message, QWidget& window)
    : QObject(&window)
    , m_controller(controller)
    , m_message(message)
    , m_window(window)
{
    connectController();
    connect(&m_recent, &RecentFiles::chosen, this, &ProjectFlow::openFile);
    connect(&m_watch, &SessionWatch::vanished, this, &ProjectFlow::showVanished);
}

ProjectFlow::~ProjectFlow()
{
    m_marker.set(std::nullopt);
}

void ProjectFlow::connectController()
{
    connect(&m_controller, &SessionController::activityChanged, this, &ProjectFlow::noteWork);
    connect(&m_controller, &SessionController::sessionChanged, this,
            [this] { m_watch.watch(m_controller.state().sessionFile); });
    connect(&m_controller, &SessionController::finished, this, &ProjectFlow::remember);
}

void ProjectFlow::openFile(const fs::path& file)
{
    switch (fileKind(file)) {
    case FileKind::Model:
        whenFree([this, file] { m_controller.openModel(file); });
        return;
    case FileKind::Session:
        openSession(file, /*run=*/false);
        return;
    case FileKind::Experiment:
        openExperiment(file, std::nullopt, /*run=*/false);
        return;
    }
}

void ProjectFlow::openSession(const fs::path& file, bool run)
{
    whenFree([this, file, run] {
        m_controller.openSession(file);
        if (run)
            m_controller.runWhenOpened();
    });
}

void ProjectFlow::openExperiment(const fs::path& file, const std::optional<fs::path>& sessionFile,
                                 bool run)
{
    const auto experiment = loadExperiment(file);
    if (!experiment) {
        m_message.showError(toText(experiment.error().message));
        return;
    }
    m_recent.add(file);
    const auto session = sessionFile.value_or(sessionFileFor(file));
    std::error_code error;
    if (fs::exists(session, error)) {
        openSession(session, run);
        m_message.showNotice(tr("Going on with the session %1. To begin anew, move that file away.")
                                 .arg(toText(session)));
        return;
    }
    whenFree([this, experiment = *experiment, session, run] {
        create(experiment, session);
        if (run)
            m_controller.runWhenOpened();
    });
}

void ProjectFlow::create(const Experiment& experiment, const fs::path& session)
{
    m_lastNewSession = {experiment, session};
    m_controller.createSession(experiment, session);
}

std::vector<fs::path> ProjectFlow::droppedFiles(const QMimeData& data)
{
    std::vector<fs::path> files;
    for (const auto& url : data.urls()) {
        if (url.isLocalFile())
            files.push_back(toPath(url.toLocalFile()));
    }
    return files;
}

void ProjectFlow::drop(const std::vector<fs::path>& files)
{
    if (files.size() > 1) {
        m_message.showNotice(tr("%n files were dropped. Drop one: a model, a session or an "
                                "experiment.",
                                nullptr, static_cast<int>(files.size())));
        return;
    }
    std::error_code error;
    if (fs::is_directory(files.front(), error)) {
        m_message.showNotice(tr("%1 is a folder. Drop a model, a session or an experiment; a "
                                "folder of images is chosen in a new session.")
                                 .arg(toText(files.front())),
                             {tr("New Session…"), [this] { startNewSession(); }});
        return;
    }
    openFile(files.front());
}

void ProjectFlow::choose(const char* name, const QString& title, const QString& filter)
{
    auto* dialog = new QFileDialog(&m_window, title, {}, filter);
    dialog->setObjectName(QLatin1String(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    if (const auto recent = m_recent.files(); !recent.empty())
        dialog->setDirectory(toText(recent.front().parent_path()));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { openFile(toPath(file)); });
    dialog->open();
}

void ProjectFlow::chooseModel()
{
    choose("openModelDialog", tr("Open Model"),
           tr("Models (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;All files (*)"));
}

void ProjectFlow::chooseSession()
{
    choose("openSessionDialog", tr("Open Session"),
           tr("Sessions and experiments (*.espalier *.yaml *.yml);;All files (*)"));
}

void ProjectFlow::chooseExport(IterationId iteration)
{
    auto* dialog = new ExportDialog(m_controller, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->selectNetwork(iteration);
    dialog->open();
}

void ProjectFlow::startNewSession()
{
    auto* assistant = new ExperimentAssistant(m_controller, Preferences::load(), &m_window);
    assistant->setModel(m_controller.state().modelFile);
    show(*assistant);
}

void ProjectFlow::show(ExperimentAssistant& assistant)
{
    assistant.setAttribute(Qt::WA_DeleteOnClose);
    connect(&assistant, &QDialog::accepted, this, [this, &assistant] {
        if (const auto experiment = assistant.experiment())
            create(*experiment, assistant.sessionFile());
    });
    assistant.open();
}

QMenu* ProjectFlow::makeRecentMenu()
{
    return m_recent.makeMenu(&m_window);
}

std::vector<fs::path> ProjectFlow::recentFiles() const
{
    auto files = m_recent.files();
    std::erase_if(files, [](const fs::path& file) {
        std::error_code error;
        return !fs::exists(file, error);
    });
    return files;
}

/// An iteration that was interrupted goes on only when asked to, unless the run had a target: then
/// that is what was going on.
void ProjectFlow::offerSessionLeftRunning()
{
    const auto left = RunMarker::takeLeft();
    if (!left)
        return;
    m_message.showNotice(
        tr("Espalier ended while it worked on %1. What was finished, to the epoch, is kept.")
            .arg(toText(left->session)),
        {left->toTarget ? tr("Open and Run On") : tr("Open Session"),
         [this, left] { openSession(left->session, left->toTarget); }});
}

void ProjectFlow::whenFree(std::function<void()> go)
{
    if (!isAtWork(m_controller.state())) {
        go();
        return;
    }
    askToStop(m_window,
              {.name = "openQuestion",
               .title = tr("Open Another"),
               .question = tr("Work is going on. Stop it and open another?"),
               .stop = tr("Stop and Open")},
              std::move(go));
}

void ProjectFlow::noteWork()
{
    const auto& state = m_controller.state();
    if (state.hasSession() && isAtWork(state))
        m_marker.set(RunMarker::Left{state.sessionFile, state.isRunning(Command::Run)});
    else
        m_marker.set(std::nullopt);
}

void ProjectFlow::remember(Command command)
{
    const auto& state = m_controller.state();
    if (command == Command::OpenModel && !state.modelFile.empty())
        m_recent.add(state.modelFile);
    if ((command == Command::OpenSession || command == Command::CreateSession)
        && state.hasSession())
        m_recent.add(state.sessionFile);
}

void ProjectFlow::showVanished(const fs::path& session)
{
    if (session != m_controller.state().sessionFile)
        return;
    m_message.showError(
        tr("The session file %1 was deleted or moved. Nothing more can be kept in it: put it back, "
           "or export the network.")
            .arg(toText(session)),
        {tr("Export…"), [this] { chooseExport(); }});
}

bool ProjectFlow::tells(Command command) const
{
    return command == Command::Export && m_window.findChild<ExportDialog*>();
}

MessageBar::WayOn ProjectFlow::wayOnFrom(Command command)
{
    switch (command) {
    case Command::OpenModel:
        return m_controller.state().graph
            ? MessageBar::WayOn{tr("New Session…"), [this] { startNewSession(); }}
            : MessageBar::WayOn{tr("Open Another…"), [this] { chooseModel(); }};
    case Command::CreateSession:
        if (!m_lastNewSession)
            return {};
        return {tr("Change Settings…"), [this] {
                    auto* assistant =
                        new ExperimentAssistant(m_controller, Preferences::load(), &m_window);
                    assistant->setExperiment(m_lastNewSession->experiment, m_lastNewSession->file);
                    show(*assistant);
                }};
    case Command::OpenSession:
        return {tr("Open Another…"), [this] { chooseSession(); }};
    case Command::Export:
        return {tr("Export Elsewhere…"), [this] { chooseExport(); }};
    default:
        return {};
    }
}

} // namespace espalier::ui
