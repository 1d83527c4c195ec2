#pragma once

#include "windows/assistant/assistant_page.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace espalier::ui {

/// How much goes, and what competes to go.
class TargetPage final : public AssistantPage {
    Q_OBJECT

public:
    explicit TargetPage(QWidget* parent = nullptr);

    QString title() const override;
    QString explanation() const override;
    Status write(Experiment& experiment) const override;
    void read(const Experiment& experiment) override;
    QString findings(const ExperimentChecked& known) const override;

private:
    void makeFields();

    QSpinBox* m_target;
    QCheckBox* m_limitIterations;
    QSpinBox* m_iterations;
    QCheckBox* m_limitAccuracy;
    QDoubleSpinBox* m_accuracy;
    QComboBox* m_contest;
    QComboBox* m_budget;
};

} // namespace espalier::ui
