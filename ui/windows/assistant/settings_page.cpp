#include "windows/assistant/settings_page.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QSpinBox>

#include "session/file_kind.h"
#include "style/text.h"
#include "windows/device_edit.h"
#include "windows/path_edit.h"
#include "windows/precision_edit.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

QString criterionText(Criterion criterion)
{
    switch (criterion) {
    case Criterion::L1:
        return SettingsPage::tr("L1 norm of the weights: quick");
    case Criterion::L2:
        return SettingsPage::tr("L2 norm of the weights: quick");
    case Criterion::Kl:
        return SettingsPage::tr("KL divergence of the outputs: slow, the paper's");
    case Criterion::Random:
        return SettingsPage::tr("random (a control)");
    default:
        return toText(criterionName(criterion));
    }
}

/// "name.espalier", or the first of "name-2.espalier", "name-3.espalier"... that is not there.
fs::path freeSessionFile(const fs::path& model)
{
    const auto first = sessionFileFor(model);
    auto file = first;
    std::error_code error;
    for (int number = 2; fs::exists(file, error); ++number) {
        file = first;
        file.replace_filename(first.stem().string() + "-" + std::to_string(number) + ".espalier");
    }
    return file;
}

} // namespace

SettingsPage::SettingsPage(QWidget* parent)
    : AssistantPage(parent)
    , m_preset(new QComboBox(this))
    , m_criterion(new QComboBox(this))
    , m_briefEpochs(new QSpinBox(this))
    , m_epochs(new QSpinBox(this))
    , m_rate(new QDoubleSpinBox(this))
    , m_device(new DeviceEdit(this))
    , m_threads(new QSpinBox(this))
    , m_precision(new PrecisionEdit(this))
    , m_session(new PathEdit(PathEdit::Kind::NewFile, tr("Session file"),
                             tr("Sessions (*.espalier)"), this))
{
    makeFields();
    auto* form = new QFormLayout(this);
    addRows(*form);
    usePreset();
    connect(m_preset, &QComboBox::currentIndexChanged, this, &SettingsPage::usePreset);
    for (auto* box : {m_briefEpochs, m_epochs, m_threads})
        connect(box, &QSpinBox::valueChanged, this, &AssistantPage::changed);
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &AssistantPage::changed);
    connect(m_criterion, &QComboBox::currentIndexChanged, this, &AssistantPage::changed);
    connect(m_device, &QComboBox::currentTextChanged, this, &AssistantPage::changed);
    connect(m_precision, &QComboBox::currentIndexChanged, this, &AssistantPage::changed);
    connect(m_session, &PathEdit::changed, this, &AssistantPage::changed);
}

void SettingsPage::makeFields()
{
    m_preset->setObjectName(QStringLiteral("assistantPreset"));
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->addItem(tr("quick: minutes on a CPU"), QStringLiteral("quick"));
    m_preset->addItem(tr("paper: the authors' settings, hours on a GPU"), QStringLiteral("paper"));
    m_criterion->setObjectName(QStringLiteral("assistantCriterion"));
    m_criterion->setAccessibleName(tr("Criterion"));
    for (const auto criterion : {Criterion::L1, Criterion::L2, Criterion::Kl, Criterion::Random})
        m_criterion->addItem(criterionText(criterion), static_cast<int>(criterion));
    m_briefEpochs->setObjectName(QStringLiteral("assistantBriefEpochs"));
    m_briefEpochs->setAccessibleName(tr("Epochs for each candidate before the choice"));
    m_briefEpochs->setRange(0, 10000);
    m_epochs->setObjectName(QStringLiteral("assistantEpochs"));
    m_epochs->setAccessibleName(tr("Epochs for the chosen candidate"));
    m_epochs->setRange(0, 10000);
    m_rate->setObjectName(QStringLiteral("assistantRate"));
    m_rate->setAccessibleName(tr("Learning rate"));
    m_rate->setDecimals(5);
    m_rate->setRange(0.00001, 10.0);
    m_rate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_device->setObjectName(QStringLiteral("assistantDevice"));
    m_threads->setObjectName(QStringLiteral("assistantThreads"));
    m_threads->setAccessibleName(tr("Threads"));
    m_threads->setRange(0, 1024);
    m_threads->setSpecialValueText(tr("one per core"));
    m_precision->setObjectName(QStringLiteral("assistantPrecision"));
    m_session->setObjectName(QStringLiteral("assistantSession"));
}

void SettingsPage::addRows(QFormLayout& form)
{
    form.addRow(tr("&Preset"), m_preset);
    form.addRow(tr("C&riterion"), m_criterion);
    form.addRow(tr("Epochs be&fore the choice"), m_briefEpochs);
    form.addRow(tr("&Epochs after it"), m_epochs);
    form.addRow(tr("&Learning rate"), m_rate);
    form.addRow(tr("&Device"), m_device);
    form.addRow(tr("&Threads"), m_threads);
    form.addRow(tr("Prec&ision"), m_precision);
    form.addRow(tr("&Session file"), m_session);
    for (QWidget* field : std::initializer_list<QWidget*>{m_briefEpochs, m_epochs, m_rate, m_device,
                                                          m_threads, m_precision})
        field->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void SettingsPage::usePreset()
{
    auto preset = presetExperiment(m_preset->currentData().toString().toStdString());
    if (!preset)
        return;
    preset->stop = {};
    preset->stop.macsRemoved = 0.5;
    m_base = *std::move(preset);
    m_criterion->setCurrentIndex(m_criterion->findData(static_cast<int>(m_base.pruning.criterion)));
    m_briefEpochs->setValue(static_cast<int>(m_base.briefEpochs));
    m_epochs->setValue(static_cast<int>(m_base.training.epochs));
    m_rate->setValue(m_base.training.learningRate);
    Q_EMIT presetChosen();
    Q_EMIT changed();
}

void SettingsPage::setSessionFile(const fs::path& file)
{
    m_session->setPath(file);
}

void SettingsPage::suggestSessionFile(const fs::path& model)
{
    if (model.empty() || m_session->path() != m_suggested)
        return;
    m_suggested = freeSessionFile(model);
    m_session->setPath(m_suggested);
}

fs::path SettingsPage::sessionFile() const
{
    auto file = m_session->path();
    if (!file.empty() && file.extension() != ".espalier")
        file += ".espalier";
    return file;
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

QString SettingsPage::explanation() const
{
    return tr("How candidates are scored and fine-tuned, and where the session is kept.");
}

Status SettingsPage::checkSessionFile() const
{
    const auto missing = [](const QString& text) {
        return fail(ErrorCode::NotFound, text.toStdString());
    };
    std::error_code error;
    const auto file = sessionFile();
    if (file.empty())
        return missing(tr("Choose where the session is kept."));
    if (fs::exists(file, error))
        return missing(
            tr("%1 exists already; open that session, or choose another name.").arg(toText(file)));
    if (file.has_parent_path() && !fs::is_directory(file.parent_path(), error))
        return missing(tr("There is no folder %1.").arg(toText(file.parent_path())));
    return {};
}

Status SettingsPage::write(Experiment& experiment) const
{
    experiment.pruning.criterion = static_cast<Criterion>(m_criterion->currentData().toInt());
    experiment.briefEpochs = m_briefEpochs->value();
    experiment.training.epochs = m_epochs->value();
    experiment.training.learningRate = m_rate->value();
    experiment.threads = m_threads->value();
    experiment.training.precision = m_precision->precision();
    const auto device = m_device->device();
    if (!device)
        return fail(device.error());
    experiment.device = *device;
    return checkSessionFile();
}

void SettingsPage::read(const Experiment& experiment)
{
    m_base = experiment;
    m_criterion->setCurrentIndex(
        m_criterion->findData(static_cast<int>(experiment.pruning.criterion)));
    m_briefEpochs->setValue(static_cast<int>(experiment.briefEpochs));
    m_epochs->setValue(static_cast<int>(experiment.training.epochs));
    m_rate->setValue(experiment.training.learningRate);
    m_device->setDevice(experiment.device);
    m_threads->setValue(experiment.threads);
    m_precision->setPrecision(experiment.training.precision);
}

QString SettingsPage::findings(const ExperimentChecked&) const
{
    return {};
}

} // namespace espalier::ui
