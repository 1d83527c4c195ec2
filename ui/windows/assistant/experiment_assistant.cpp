#include "windows/assistant/experiment_assistant.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

#include "style/text.h"
#include "windows/assistant/data_page.h"
#include "windows/assistant/model_page.h"
#include "windows/assistant/settings_page.h"
#include "windows/assistant/target_page.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

constexpr int pauseBeforeCheck = 300; // ms
const QString dataKey = QStringLiteral("assistant/data");

/// What a check's answer depends on: the model alone, or all that the baseline is measured with.
Experiment checkedPart(const Experiment& of, bool withData)
{
    Experiment part;
    part.model = of.model;
    part.input = of.input;
    part.architecture = of.architecture;
    if (!withData)
        return part;
    part.data = of.data;
    part.normalisation = of.normalisation;
    part.splits = of.splits;
    part.device = of.device;
    part.threads = of.threads;
    part.training.precision = of.training.precision;
    return part;
}

DataSpec lastData()
{
    const auto kept = QSettings().value(dataKey).toString().toStdString();
    const auto spec = DataSpec::parse(kept);
    std::error_code error;
    return spec && fs::is_directory(spec->directory, error) ? *spec : DataSpec();
}

} // namespace

ExperimentAssistant::ExperimentAssistant(SessionController& controller,
                                         const Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_pages(new QStackedWidget(this))
    , m_title(new QLabel(this))
    , m_explanation(new QLabel(this))
    , m_icon(new QLabel(this))
    , m_findings(new QLabel(this))
{
    setObjectName(QStringLiteral("experimentAssistant"));
    setWindowTitle(tr("New Session"));
    makePages();
    auto* right = new QVBoxLayout;
    right->addWidget(m_title);
    right->addWidget(m_explanation);
    right->addSpacing(6);
    right->addWidget(m_pages, 1);
    auto* found = new QHBoxLayout;
    found->addWidget(m_icon, 0, Qt::AlignTop);
    found->addWidget(m_findings, 1);
    right->addLayout(found);
    auto* top = new QHBoxLayout;
    top->addWidget(makeSteps());
    top->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top, 1);
    layout->addLayout(makeButtons());
    resize(760, 480);

    auto first = m_settings->base();
    first.device = preferences.device;
    first.threads = preferences.threads;
    first.training.precision = preferences.precision;
    first.data = lastData();
    for (auto* part : {static_cast<AssistantPage*>(m_data), static_cast<AssistantPage*>(m_target),
                       static_cast<AssistantPage*>(m_settings)})
        part->read(first);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBeforeCheck);
    connect(&m_pause, &QTimer::timeout, this, &ExperimentAssistant::check);
    connect(m_settings, &SettingsPage::presetChosen, this, &ExperimentAssistant::showPreset);
    connect(&m_controller, &SessionController::experimentChecked, this,
            &ExperimentAssistant::showKnown);
    connect(&m_controller, &SessionController::checkFinished, this,
            [this](const std::optional<Error>& error) {
                m_isChecking = false;
                m_error = error;
                refresh();
            });
    connect(&m_controller, &SessionController::progressChanged, this,
            &ExperimentAssistant::showProgress);
    goTo(0);
    followFields();
}

ExperimentAssistant::~ExperimentAssistant() = default;

void ExperimentAssistant::makePages()
{
    m_model = new ModelPage(m_pages);
    m_data = new DataPage(m_pages);
    m_target = new TargetPage(m_pages);
    m_settings = new SettingsPage(m_pages);
    for (auto* part :
         {static_cast<AssistantPage*>(m_model), static_cast<AssistantPage*>(m_data),
          static_cast<AssistantPage*>(m_target), static_cast<AssistantPage*>(m_settings)}) {
        m_pages->addWidget(part);
        connect(part, &AssistantPage::changed, this, &ExperimentAssistant::followFields);
    }
    m_pages->setObjectName(QStringLiteral("assistantPages"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("assistantTitle"));
    m_explanation->setWordWrap(true);
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_findings->setObjectName(QStringLiteral("assistantFindings"));
    m_findings->setWordWrap(true);
    m_findings->setTextFormat(Qt::PlainText);
    m_findings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_findings->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_findings->setMinimumHeight(7 * m_findings->fontMetrics().lineSpacing());
    m_icon->setFixedWidth(26);
}

QWidget* ExperimentAssistant::makeSteps()
{
    auto* steps = new QWidget(this);
    auto* layout = new QVBoxLayout(steps);
    layout->setContentsMargins(0, 0, 10, 0);
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* step = new QPushButton(
            tr("%1. %2", "number and title of a step").arg(i + 1).arg(page(i).title()), steps);
        step->setObjectName(QStringLiteral("assistantStep%1").arg(i + 1));
        step->setCheckable(true);
        step->setFlat(true);
        step->setAutoDefault(false);
        step->setStyleSheet(QStringLiteral("text-align: left; padding: 6px 12px;"));
        connect(step, &QPushButton::clicked, this, [this, i] { goTo(i); });
        layout->addWidget(step);
        m_steps << step;
    }
    layout->addStretch();
    return steps;
}

QLayout* ExperimentAssistant::makeButtons()
{
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    m_back = new QPushButton(tr("&Back"), this);
    m_next = new QPushButton(this);
    cancel->setObjectName(QStringLiteral("assistantCancel"));
    m_back->setObjectName(QStringLiteral("assistantBack"));
    m_next->setObjectName(QStringLiteral("assistantNext"));
    for (auto* button : {cancel, m_back})
        button->setAutoDefault(false);
    m_next->setDefault(true);
    buttons->addStretch();
    for (auto* button : {cancel, m_back, m_next})
        buttons->addWidget(button);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(m_pages->currentIndex() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        const int index = m_pages->currentIndex();
        index + 1 < m_pages->count() ? goTo(index + 1) : accept();
    });
    return buttons;
}

AssistantPage& ExperimentAssistant::page(int index) const
{
    return *static_cast<AssistantPage*>(m_pages->widget(index));
}

void ExperimentAssistant::goTo(int index)
{
    m_pages->setCurrentIndex(index);
    m_title->setText(page(index).title());
    m_explanation->setText(page(index).explanation());
    page(index).setAccessibleName(page(index).title());
    refresh();
    if (auto* first = page(index).nextInFocusChain())
        first->setFocus();
}

void ExperimentAssistant::setModel(const fs::path& model)
{
    auto only = m_settings->base();
    only.model = model;
    m_model->read(only);
}

void ExperimentAssistant::setExperiment(const Experiment& experiment, const fs::path& sessionFile)
{
    for (int i = 0; i < m_pages->count(); ++i)
        page(i).read(experiment);
    m_settings->setSessionFile(sessionFile);
}

Result<Experiment> ExperimentAssistant::experiment() const
{
    auto experiment = m_settings->base();
    for (int i = 0; i < m_pages->count(); ++i) {
        if (auto status = page(i).write(experiment); !status)
            return fail(status.error());
    }
    if (auto status = checkExperiment(experiment); !status)
        return fail(status.error());
    return experiment;
}

fs::path ExperimentAssistant::sessionFile() const
{
    return m_settings->sessionFile();
}

void ExperimentAssistant::accept()
{
    const auto wanted = experiment();
    if (!wanted)
        return;
    QSettings().setValue(dataKey, toText(wanted->data.text()));
    QDialog::accept();
}

void ExperimentAssistant::done(int result)
{
    m_pause.stop();
    m_controller.stopCheck();
    QDialog::done(result);
}

/// A preset has more than its own page shows; the target stays the user's.
void ExperimentAssistant::showPreset()
{
    auto preset = m_settings->base();
    m_data->setSplits(preset.splits);
    auto wanted = preset;
    (void)m_target->write(wanted);
    preset.stop = wanted.stop;
    m_target->read(preset);
}

/// A change of what the check depends on makes its findings void at once; the next check comes when
/// the typing has paused.
void ExperimentAssistant::followFields()
{
    m_settings->suggestSessionFile(m_model->model());
    auto wanted = m_settings->base();
    const bool hasModel = m_model->write(wanted).has_value();
    const bool hasData = hasModel && m_data->write(wanted).has_value();
    (void)m_settings->write(wanted); // device and threads; what is wrong there is said there
    const auto part = hasModel ? std::optional(checkedPart(wanted, hasData)) : std::nullopt;
    if (part != m_checked) {
        forgetWhatDependsOn(part);
        m_checked = part;
        m_isChecking = part.has_value();
        m_controller.stopCheck();
        part ? m_pause.start() : m_pause.stop();
    }
    refresh();
}

void ExperimentAssistant::forgetWhatDependsOn(const std::optional<Experiment>& part)
{
    m_error.reset();
    const auto isSameModel =
        part && m_checked && part->model == m_checked->model && part->input == m_checked->input;
    if (!isSameModel)
        m_known.reset();
    if (m_known) {
        m_known->data.reset();
        m_known->accuracy.reset();
    }
}

void ExperimentAssistant::check()
{
    if (m_checked)
        m_controller.checkExperiment(*m_checked);
}

void ExperimentAssistant::showKnown(const ExperimentChecked& known)
{
    m_known = known;
    refresh();
}

void ExperimentAssistant::showProgress()
{
    if (m_isChecking)
        refresh();
}

/// Whether a page's fields are right and the engine has found them to work.
bool ExperimentAssistant::isTried(int index) const
{
    auto wanted = m_settings->base();
    if (!page(index).write(wanted))
        return false;
    if (index == 0)
        return m_known && m_known->graph;
    if (index == 1)
        return m_known && m_known->data && !m_error;
    return true;
}

QString ExperimentAssistant::accuracyText() const
{
    if (m_isChecking && !m_known->accuracy) {
        const auto& progress = m_controller.state().progress;
        return progress && progress->total > 0 ? tr("Measuring the accuracy to begin with: %1 % …")
                                                     .arg(100 * progress->done / progress->total)
                                               : tr("Measuring the accuracy to begin with …");
    }
    if (!m_known->accuracy)
        return {};
    const auto classes = m_known->data->classes.size();
    const double chance = classes == 0 ? 0.0 : 1.0 / static_cast<double>(classes);
    QString text = tr("Accuracy to begin with: %1 on %2 held-out images.")
                       .arg(percentText(*m_known->accuracy), countText(m_known->data->validation));
    if (*m_known->accuracy < 2.0 * chance)
        text += QLatin1Char(' ')
            + tr("Guessing would reach %1: are these the right data, outputs and normalisation?")
                  .arg(percentText(chance));
    return text;
}

QString ExperimentAssistant::findingsText(int index) const
{
    auto wanted = m_settings->base();
    if (const auto fields = page(index).write(wanted); !fields)
        return toText(fields.error().message);
    QStringList lines;
    if (m_known) {
        lines << page(index).findings(*m_known);
        if (index <= 1) {
            for (const auto& notice : m_known->notices)
                lines << toText(notice);
        }
    }
    if (m_error)
        lines << toText(m_error->message);
    else if (m_known && m_known->data)
        lines << accuracyText();
    else if (m_isChecking)
        lines << (m_known && m_known->graph && index > 0 ? tr("Reading the data …")
                                                         : tr("Opening the model …"));
    else if (index > 1)
        lines << tr("The model or the data are missing; go back to choose them.");
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void ExperimentAssistant::refresh()
{
    const int index = m_pages->currentIndex();
    const bool isLast = index + 1 == m_pages->count();
    bool isOpen = true; // up to the first page that does not work
    for (int i = 0; i < m_pages->count(); ++i) {
        m_steps[i]->setEnabled(isOpen);
        m_steps[i]->setChecked(i == index);
        isOpen = isOpen && isTried(i);
    }
    m_back->setEnabled(index > 0);
    m_next->setText(isLast ? tr("&Create") : tr("&Next"));
    m_next->setEnabled(isLast ? isOpen && m_known->accuracy && experiment().has_value()
                              : m_steps[index + 1]->isEnabled());
    m_findings->setText(findingsText(index));
    auto wanted = m_settings->base();
    const bool isWrong = !page(index).isBlank() && (m_error || !page(index).write(wanted));
    const auto icon = isWrong ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
    m_icon->setPixmap(style()->standardIcon(icon).pixmap(20, 20));
}

} // namespace espalier::ui
