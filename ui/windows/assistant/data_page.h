#pragma once

#include "windows/assistant/assistant_page.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace espalier::ui {

class PathEdit;

/// The images the network was trained on, and how they are divided.
class DataPage final : public AssistantPage {
    Q_OBJECT

public:
    explicit DataPage(QWidget* parent = nullptr);

    void setSplits(const SplitSettings& splits);

    QString title() const override;
    QString explanation() const override;
    Status write(Experiment& experiment) const override;
    bool isBlank() const override;
    void read(const Experiment& experiment) override;
    QString findings(const ExperimentChecked& known) const override;

private:
    void addFields();
    void guess();

    PathEdit* m_folder;
    QComboBox* m_format;
    QLineEdit* m_classes;
    QCheckBox* m_mappedOnly;
    QSpinBox* m_resize;
    QLineEdit* m_normalisation;
    QSpinBox* m_calibration;
    QSpinBox* m_validation;
    SplitSettings m_splits;
};

} // namespace espalier::ui
