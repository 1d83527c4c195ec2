#pragma once

#include "windows/assistant/assistant_page.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace espalier::ui {

class DeviceEdit;
class PrecisionEdit;
class PathEdit;

/// How candidates are scored and fine-tuned, where the work is done and where it is kept. Holds the
/// settings that no page shows: those of a preset, or of the experiment it was given.
class SettingsPage final : public AssistantPage {
    Q_OBJECT

public:
    explicit SettingsPage(QWidget* parent = nullptr);

    /// What the pages write their parts into.
    const Experiment& base() const { return m_base; }
    void setSessionFile(const std::filesystem::path& file);
    /// A file that is not there yet, beside the model, unless one was chosen.
    void suggestSessionFile(const std::filesystem::path& model);
    std::filesystem::path sessionFile() const;

    QString title() const override;
    QString explanation() const override;
    Status write(Experiment& experiment) const override;
    void read(const Experiment& experiment) override;
    QString findings(const ExperimentChecked& known) const override;

Q_SIGNALS:
    /// Another preset was chosen: every page shows its values.
    void presetChosen();

private:
    void makeFields();
    void addRows(QFormLayout& form);
    void usePreset();
    Status checkSessionFile() const;

    QComboBox* m_preset;
    QComboBox* m_criterion;
    QSpinBox* m_briefEpochs;
    QSpinBox* m_epochs;
    QDoubleSpinBox* m_rate;
    DeviceEdit* m_device;
    QSpinBox* m_threads;
    PrecisionEdit* m_precision;
    PathEdit* m_session;
    Experiment m_base;
    std::filesystem::path m_suggested;
};

} // namespace espalier::ui
