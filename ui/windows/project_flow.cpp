#include "windows/project_flow.h"

#include <QFileDialog>

#include "session/file_kind.h"
#include "style/text.h"
#include "windows/new_session_dialog.h"

namespace fs = std::filesystem;

namespace espalier::ui {

ProjectFlow::ProjectFlow(SessionController& controller, MessageBar& message, QWidget& window)
    : QObject(&window)
    , m_controller(controller)
    , m_message(message)
    , m_window(window)
{
}

ProjectFlow::~ProjectFlow() = default;

void ProjectFlow::openFile(const fs::path& file)
{
    switch (fileKind(file)) {
    case FileKind::Model:
        m_controller.openModel(file);
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
    m_controller.openSession(file);
    if (run)
        m_controller.runWhenOpened();
}

void ProjectFlow::openExperiment(const fs::path& file, const std::optional<fs::path>& sessionFile,
                                 bool run)
{
    const auto experiment = loadExperiment(file);
    if (!experiment) {
        m_message.showError(toText(experiment.error().message));
        return;
    }
    const auto session = sessionFile.value_or(sessionFileFor(file));
    std::error_code error;
    if (fs::exists(session, error)) {
        openSession(session, run);
        m_message.showNotice(tr("Going on with the session %1. To begin anew, move that file away.")
                                 .arg(toText(session)));
        return;
    }
    m_controller.createSession(*experiment, session);
    if (run)
        m_controller.runWhenOpened();
}

void ProjectFlow::choose(const char* name, const QString& title, const QString& filter)
{
    auto* dialog = new QFileDialog(&m_window, title, {}, filter);
    dialog->setObjectName(QLatin1String(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { openFile(toPath(file)); });
    dialog->open();
}

void ProjectFlow::chooseModel()
{
    choose("openModelDialog", tr("Open Model"),
           tr("Models (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors);;All files (*)"));
}

void ProjectFlow::chooseSession()
{
    choose("openSessionDialog", tr("Open Session"),
           tr("Sessions and experiments (*.espalier *.yaml *.yml);;All files (*)"));
}

void ProjectFlow::chooseExport()
{
    auto* dialog =
        new QFileDialog(&m_window, tr("Export Network"), {},
                        tr("TorchScript (*.pt);;ONNX (*.onnx);;PyTorch source and weights (*.py)"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pt"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { m_controller.exportNetwork(toPath(file)); });
    dialog->open();
}

void ProjectFlow::startNewSession()
{
    auto* dialog = new NewSessionDialog(&m_window);
    dialog->setModel(m_controller.state().modelFile);
    showNewSessionDialog(*dialog);
}

void ProjectFlow::showNewSessionDialog(NewSessionDialog& dialog)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    connect(&dialog, &QDialog::accepted, this, [this, &dialog] {
        const auto experiment = dialog.experiment();
        if (!experiment)
            return;
        m_lastNewSession = {*experiment, dialog.sessionFile()};
        m_controller.createSession(*experiment, dialog.sessionFile());
    });
    dialog.open();
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
                    auto* dialog = new NewSessionDialog(&m_window);
                    dialog->setExperiment(m_lastNewSession->experiment, m_lastNewSession->file);
                    showNewSessionDialog(*dialog);
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
