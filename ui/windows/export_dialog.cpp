#include "windows/export_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>

#include "style/text.h"
#include "windows/path_edit.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

/// "model-pruned.pt" beside the session or the model.
fs::path suggestedFile(const SessionState& state, const QString& suffix)
{
    auto file = state.hasSession() ? state.sessionFile : state.modelFile;
    if (file.empty())
        return {};
    file.replace_filename(file.stem().string() + (state.hasSession() ? "-pruned" : "-exported")
                          + suffix.toStdString());
    return file;
}

QString iterationText(const SessionState& state, const Iteration& iteration)
{
    const QString name = iteration.id == IterationId(0)
        ? ExportDialog::tr("The dense network")
        : ExportDialog::tr("Iteration %1").arg(iteration.id.value());
    const QString text =
        ExportDialog::tr("%1: %2 MACs, accuracy %3")
            .arg(name, shortCountText(iteration.macs), percentText(iteration.accuracy));
    return iteration.id == state.current ? ExportDialog::tr("%1 (current)").arg(text) : text;
}

} // namespace

ExportDialog::ExportDialog(SessionController& controller, QWidget* parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_network(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_file(new PathEdit(PathEdit::Kind::NewFile, tr("File to write"), {}, this))
    , m_result(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_show(new QPushButton(tr("&Show in Folder"), this))
    , m_copy(new QPushButton(tr("&Copy Path"), this))
    , m_export(new QPushButton(tr("&Export"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export Network"));
    m_network->setObjectName(QStringLiteral("exportNetwork"));
    m_network->setAccessibleName(tr("Which network"));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("File format"));
    m_format->addItem(tr("TorchScript: runs wherever PyTorch or LibTorch does"),
                      QStringLiteral(".pt"));
    m_format->addItem(tr("ONNX: for ONNX Runtime, OpenCV and other run-times"),
                      QStringLiteral(".onnx"));
    m_format->addItem(tr("PyTorch source, its weights beside it: to train further in Python"),
                      QStringLiteral(".py"));
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_result->setObjectName(QStringLiteral("exportResult"));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setMinimumHeight(3 * m_result->fontMetrics().lineSpacing());
    m_result->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_bar->setObjectName(QStringLiteral("exportProgress"));
    m_bar->setAccessibleName(tr("Progress of the export"));
    m_bar->setRange(0, 0);
    m_show->setObjectName(QStringLiteral("exportShow"));
    m_copy->setObjectName(QStringLiteral("exportCopy"));
    m_export->setObjectName(QStringLiteral("exportStart"));
    m_close->setObjectName(QStringLiteral("exportClose"));
    m_export->setDefault(true);
    addNetworks();

    auto* form = new QFormLayout;
    form->addRow(tr("&Network"), m_network);
    form->addRow(tr("&Format"), m_format);
    form->addRow(tr("Fi&le"), m_file);
    auto* buttons = new QHBoxLayout;
    for (auto* button : {m_show, m_copy})
        button->setAutoDefault(false);
    buttons->addWidget(m_show);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_bar);
    layout->addWidget(m_result, 1);
    layout->addLayout(buttons);
    resize(620, sizeHint().height());
    m_file->setPath(suggestedFile(m_controller.state(), suffix()));
    connectFields();
    m_file->setFocus();
    refresh();
}

void ExportDialog::addNetworks()
{
    const auto& state = m_controller.state();
    if (!state.hasSession())
        m_network->addItem(tr("The model as it is"), qlonglong(-1));
    for (auto iteration = state.history.rbegin(); iteration != state.history.rend(); ++iteration) {
        m_network->addItem(iterationText(state, *iteration),
                           static_cast<qlonglong>(iteration->id.value()));
        if (iteration->id == state.current)
            m_network->setCurrentIndex(m_network->count() - 1);
    }
    m_network->setEnabled(m_network->count() > 1);
}

void ExportDialog::selectNetwork(IterationId iteration)
{
    const int row = m_network->findData(static_cast<qlonglong>(iteration.value()));
    if (iteration.isValid() && row >= 0)
        m_network->setCurrentIndex(row);
}

void ExportDialog::connectFields()
{
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
    connect(m_file, &PathEdit::changed, this, &ExportDialog::followFile);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toText(m_written)); });
    connect(m_show, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(toText(m_written.parent_path())));
    });
    connect(&m_controller, &SessionController::activityChanged, this, &ExportDialog::refresh);
    connect(&m_controller, &SessionController::finished, this,
            [this](Command command, const QString& reason) {
                if (command != Command::Export || !m_isExporting)
                    return;
                if (!reason.isEmpty())
                    m_written = m_file->path();
                showResult(reason.isEmpty()
                               ? tr("Stopped. A file that was written by then was not checked.")
                               : reason.left(1).toUpper() + reason.mid(1) + '.',
                           false);
            });
    connect(&m_controller, &SessionController::failed, this,
            [this](Command command, const Error& error) {
                if (command == Command::Export && m_isExporting)
                    showResult(toText(error.message), true);
            });
}

QString ExportDialog::suffix() const
{
    return m_format->currentData().toString();
}

void ExportDialog::followFormat()
{
    auto file = m_file->path();
    if (file.empty() || toText(file.extension()) == suffix())
        return;
    m_file->setPath(file.replace_extension(suffix().toStdString()));
}

void ExportDialog::followFile()
{
    const int format = m_format->findData(toText(m_file->path().extension()));
    if (format >= 0)
        m_format->setCurrentIndex(format);
    m_written.clear();
    refresh();
}

void ExportDialog::start()
{
    auto file = m_file->path();
    if (m_format->findData(toText(file.extension())) < 0)
        m_file->setPath(file += suffix().toStdString());
    const auto id = m_network->currentData().toLongLong();
    m_written.clear();
    m_isExporting = true;
    m_result->clear();
    m_controller.exportNetwork(m_file->path(), id < 0 ? IterationId() : IterationId(id));
    refresh();
}

void ExportDialog::showResult(const QString& text, bool isError)
{
    m_isExporting = false;
    refresh();
    m_result->setText(text);
    m_result->setAccessibleName(text);
    (isError ? m_file->focusWidget() ? m_file->focusWidget() : m_file : m_close)->setFocus();
}

/// What can be pressed, and a word on the file that is named.
void ExportDialog::refresh()
{
    const auto file = m_file->path();
    std::error_code error;
    const bool exists = !file.empty() && fs::exists(file, error);
    const bool hasFolder =
        file.parent_path().empty() || fs::is_directory(file.parent_path(), error);
    for (QWidget* field : std::initializer_list<QWidget*>{m_format, m_file})
        field->setEnabled(!m_isExporting);
    m_network->setEnabled(!m_isExporting && m_network->count() > 1);
    m_bar->setVisible(m_isExporting);
    m_show->setVisible(!m_written.empty());
    m_copy->setVisible(!m_written.empty());
    m_export->setText(exists ? tr("&Replace") : tr("&Export"));
    m_export->setEnabled(!m_isExporting && !file.empty() && hasFolder
                         && m_controller.state().canExport());
    if (m_isExporting || !m_written.empty())
        return;
    if (file.empty())
        m_result->setText(tr("Choose where the network is written."));
    else if (!hasFolder)
        m_result->setText(tr("There is no folder %1.").arg(toText(file.parent_path())));
    else if (exists)
        m_result->setText(tr("%1 is there already and will be replaced.").arg(toText(file)));
    else
        m_result->setText(
            tr("What is written is read back and run against the network in memory."));
}

} // namespace espalier::ui
