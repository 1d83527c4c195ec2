#include "windows/preferences_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "style/language.h"
#include "style/text.h"
#include "windows/device_edit.h"
#include "windows/precision_edit.h"

namespace espalier::ui {

PreferencesDialog::PreferencesDialog(QWidget* parent)
    : QDialog(parent)
    , m_device(new DeviceEdit(this))
    , m_threads(new QSpinBox(this))
    , m_precision(new PrecisionEdit(this))
    , m_theme(new QComboBox(this))
    , m_language(new QComboBox(this))
    , m_recent(new QSpinBox(this))
    , m_note(new QLabel(this))
    , m_kept(Preferences::load())
{
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Preferences"));
    makeFields();
    auto* form = new QFormLayout;
    addRows(*form);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    auto* restore = buttons->addButton(tr("Restore De&faults"), QDialogButtonBox::ResetRole);
    restore->setObjectName(QStringLiteral("preferencesDefaults"));
    restore->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note, 1);
    layout->addWidget(buttons);
    show(m_kept);
    connect(m_device, &QComboBox::currentTextChanged, this, &PreferencesDialog::take);
    for (auto* box : {m_threads, m_recent})
        connect(box, &QSpinBox::valueChanged, this, &PreferencesDialog::take);
    connect(m_precision, &QComboBox::currentIndexChanged, this, &PreferencesDialog::take);
    for (auto* box : {m_theme, m_language})
        connect(box, &QComboBox::currentIndexChanged, this, &PreferencesDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(restore, &QPushButton::clicked, this, [this] {
        show({});
        take();
    });
}

void PreferencesDialog::makeFields()
{
    m_device->setObjectName(QStringLiteral("preferredDevice"));
    m_threads->setObjectName(QStringLiteral("preferredThreads"));
    m_threads->setAccessibleName(tr("Threads"));
    m_threads->setRange(0, 1024);
    m_threads->setSpecialValueText(tr("one per core"));
    m_precision->setObjectName(QStringLiteral("preferredPrecision"));
    m_theme->setObjectName(QStringLiteral("preferredTheme"));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->addItem(tr("as the system"), static_cast<int>(Theme::System));
    m_theme->addItem(tr("light"), static_cast<int>(Theme::Light));
    m_theme->addItem(tr("dark"), static_cast<int>(Theme::Dark));
    m_language->setObjectName(QStringLiteral("preferredLanguage"));
    m_language->setAccessibleName(tr("Language"));
    m_language->addItem(tr("as the system"), QString());
    for (const auto& language : languages())
        m_language->addItem(language.name, language.code);
    m_recent->setObjectName(QStringLiteral("preferredRecent"));
    m_recent->setAccessibleName(tr("Number of recent files"));
    m_recent->setRange(0, 50);
    m_note->setObjectName(QStringLiteral("preferencesNote"));
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(2 * m_note->fontMetrics().lineSpacing());
}

void PreferencesDialog::addRows(QFormLayout& form)
{
    form.addRow(tr("&Device of new sessions"), m_device);
    form.addRow(tr("&Threads of new sessions"), m_threads);
    form.addRow(tr("&Precision of new sessions"), m_precision);
    form.addRow(tr("The&me"), m_theme);
    form.addRow(tr("&Language"), m_language);
    form.addRow(tr("&Recent files listed"), m_recent);
}

void PreferencesDialog::show(const Preferences& preferences)
{
    const QSignalBlocker blockers[] = {QSignalBlocker(m_device),    QSignalBlocker(m_threads),
                                       QSignalBlocker(m_precision), QSignalBlocker(m_theme),
                                       QSignalBlocker(m_language),  QSignalBlocker(m_recent)};
    m_device->setDevice(preferences.device);
    m_threads->setValue(preferences.threads);
    m_precision->setPrecision(preferences.precision);
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(preferences.theme)));
    m_language->setCurrentIndex(std::max(0, m_language->findData(preferences.language)));
    m_recent->setValue(preferences.recentFiles);
}

void PreferencesDialog::take()
{
    auto wanted = m_kept;
    const auto device = m_device->device();
    if (device)
        wanted.device = *device;
    wanted.threads = m_threads->value();
    wanted.precision = m_precision->precision();
    wanted.theme = static_cast<Theme>(m_theme->currentData().toInt());
    wanted.language = m_language->currentData().toString();
    wanted.recentFiles = m_recent->value();
    m_note->clear();
    if (!device)
        m_note->setText(toText(device.error().message));
    else if (wanted.language != m_kept.language)
        m_note->setText(tr("The language changes when Espalier is started again."));
    if (wanted == m_kept)
        return;
    m_kept = wanted;
    m_kept.save();
    Q_EMIT changed(m_kept);
}

} // namespace espalier::ui
