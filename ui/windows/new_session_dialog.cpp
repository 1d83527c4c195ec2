#include "windows/new_session_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "session/file_kind.h"
#include "style/text.h"
#include "windows/path_edit.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

std::string utf8(const QString& text)
{
    return text.toStdString();
}

} // namespace

NewSessionDialog::NewSessionDialog(QWidget* parent)
    : QDialog(parent)
    , m_model(new PathEdit(PathEdit::Kind::ExistingFile, tr("Model"),
                           tr("Models (*.pt *.pth *.ts *.onnx);;All files (*)"), this))
    , m_input(new QLineEdit(this))
    , m_format(new QComboBox(this))
    , m_data(new PathEdit(PathEdit::Kind::Directory, tr("Folder of the data"), {}, this))
    , m_classes(new QLineEdit(this))
    , m_preset(new QComboBox(this))
    , m_device(new QComboBox(this))
    , m_target(new QSpinBox(this))
    , m_session(new PathEdit(PathEdit::Kind::NewFile, tr("Session file"),
                             tr("Sessions (*.espalier)"), this))
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("newSessionDialog"));
    setWindowTitle(tr("New Session"));
    auto* form = new QFormLayout;
    addFields(*form);
    m_problem->setObjectName(QStringLiteral("sessionProblem"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().lineSpacing());
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Create"));
    m_buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("createSession"));
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);

    connect(m_model, &PathEdit::changed, this, &NewSessionDialog::suggestSessionFile);
    connect(m_session, &PathEdit::changed, this, [this] {
        m_sessionIsSuggested = m_session->path() == sessionFileFor(m_model->path());
    });
    for (auto* edit : {m_model, m_data, m_session})
        connect(edit, &PathEdit::changed, this, &NewSessionDialog::validate);
    for (auto* box : {m_format, m_preset, m_device})
        connect(box, &QComboBox::currentTextChanged, this, &NewSessionDialog::validate);
    for (auto* edit : {m_input, m_classes})
        connect(edit, &QLineEdit::textChanged, this, &NewSessionDialog::validate);
    connect(m_target, &QSpinBox::valueChanged, this, &NewSessionDialog::validate);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    validate();
}

void NewSessionDialog::addFields(QFormLayout& form)
{
    m_model->setObjectName(QStringLiteral("sessionModel"));
    m_input->setObjectName(QStringLiteral("sessionInput"));
    m_input->setPlaceholderText(tr("from the model, else like 3x32x32"));
    m_format->setObjectName(QStringLiteral("sessionFormat"));
    m_format->addItem(tr("CIFAR-10 (binary)"), QStringLiteral("cifar10"));
    m_format->addItem(tr("CIFAR-100 (binary)"), QStringLiteral("cifar100"));
    m_format->addItem(tr("IDX (MNIST and the like)"), QStringLiteral("idx"));
    m_format->addItem(tr("Pictures in class folders"), QStringLiteral("folder"));
    m_format->addItem(tr("NumPy arrays"), QStringLiteral("npy"));
    m_data->setObjectName(QStringLiteral("sessionData"));
    m_classes->setObjectName(QStringLiteral("sessionClasses"));
    m_classes->setPlaceholderText(tr("outputs 0, 1, ..., else like 0,217,482 or a text file"));
    m_preset->setObjectName(QStringLiteral("sessionPreset"));
    m_preset->addItem(tr("quick: minutes on a CPU"), QStringLiteral("quick"));
    m_preset->addItem(tr("paper: the authors' settings, hours on a GPU"), QStringLiteral("paper"));
    m_device->setObjectName(QStringLiteral("sessionDevice"));
    m_device->setEditable(true);
    m_device->addItems({QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")});
    m_target->setObjectName(QStringLiteral("sessionTarget"));
    m_target->setRange(1, 99);
    m_target->setValue(50);
    m_target->setSuffix(tr(" % of MACs removed"));
    m_session->setObjectName(QStringLiteral("sessionFile"));
    form.addRow(tr("&Model"), m_model);
    form.addRow(tr("&Input shape"), m_input);
    form.addRow(tr("Data &format"), m_format);
    form.addRow(tr("&Data folder"), m_data);
    form.addRow(tr("&Outputs of the classes"), m_classes);
    form.addRow(tr("&Settings"), m_preset);
    form.addRow(tr("&Target"), m_target);
    form.addRow(tr("De&vice"), m_device);
    form.addRow(tr("Session fil&e"), m_session);
}

void NewSessionDialog::setModel(const fs::path& model)
{
    m_model->setPath(model);
}

void NewSessionDialog::setExperiment(const Experiment& experiment, const fs::path& sessionFile)
{
    m_model->setPath(experiment.model);
    m_input->setText(experiment.input ? toText(espalier::shapeText(*experiment.input)) : QString());
    const auto spec = toText(experiment.data.text());
    m_format->setCurrentIndex(m_format->findData(spec.section(QLatin1Char(':'), 0, 0)));
    m_data->setPath(experiment.data.directory);
    m_classes->setText(toText(classMapText(experiment.data.classes)));
    m_device->setCurrentText(toText(experiment.device.text()));
    m_target->setValue(qRound(100.0 * experiment.stop.macsRemoved.value_or(0.5)));
    m_session->setPath(sessionFile);
}

void NewSessionDialog::suggestSessionFile()
{
    if (m_sessionIsSuggested && !m_model->path().empty())
        m_session->setPath(sessionFileFor(m_model->path()));
}

Result<Experiment> NewSessionDialog::experiment() const
{
    auto experiment = presetExperiment(utf8(m_preset->currentData().toString()));
    if (!experiment)
        return experiment;
    experiment->model = m_model->path();
    if (const auto text = m_input->text().trimmed(); !text.isEmpty()) {
        auto shape = parseShape(utf8(text));
        if (!shape)
            return fail(shape.error());
        experiment->input = *shape;
    }
    auto spec =
        DataSpec::parse(utf8(m_format->currentData().toString()) + ':' + m_data->path().string());
    if (!spec)
        return fail(spec.error());
    experiment->data = *spec;
    if (const auto text = m_classes->text().trimmed(); !text.isEmpty()) {
        auto classes = parseClassMap(utf8(text));
        if (!classes)
            return fail(classes.error());
        experiment->data.classes = *std::move(classes);
    }
    auto place = DeviceSpec::parse(utf8(m_device->currentText().trimmed()));
    if (!place)
        return fail(place.error());
    experiment->device = *place;
    experiment->stop.iterations.reset();
    experiment->stop.macsRemoved = m_target->value() / 100.0;
    if (auto status = checkExperiment(*experiment); !status)
        return fail(status.error());
    return experiment;
}

fs::path NewSessionDialog::sessionFile() const
{
    auto file = m_session->path();
    if (!file.empty() && file.extension() != ".espalier")
        file += ".espalier";
    return file;
}

Status NewSessionDialog::checkFiles() const
{
    std::error_code error;
    const auto missing = [](const QString& text) { return fail(ErrorCode::NotFound, utf8(text)); };
    if (m_model->path().empty())
        return missing(tr("Choose the model to prune."));
    if (!fs::is_regular_file(m_model->path(), error))
        return missing(tr("There is no model file %1.").arg(toText(m_model->path())));
    if (m_data->path().empty())
        return missing(tr("Choose the folder of the data the model was trained on."));
    if (!fs::is_directory(m_data->path(), error))
        return missing(tr("There is no folder %1.").arg(toText(m_data->path())));
    const auto session = sessionFile();
    if (session.empty())
        return missing(tr("Choose where the session is kept."));
    if (fs::exists(session, error))
        return missing(tr("%1 exists already; open that session, or choose another name.")
                           .arg(toText(session)));
    if (session.has_parent_path() && !fs::is_directory(session.parent_path(), error))
        return missing(tr("There is no folder %1.").arg(toText(session.parent_path())));
    return {};
}

void NewSessionDialog::validate()
{
    auto status = checkFiles();
    if (status) {
        if (const auto valid = experiment(); !valid)
            status = fail(valid.error());
    }
    m_problem->setText(status ? QString() : toText(status.error().message));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(status.has_value());
}

} // namespace espalier::ui
