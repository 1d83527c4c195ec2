#pragma once

#include "windows/assistant/assistant_page.h"

class QCheckBox;
class QLineEdit;

namespace espalier::ui {

class PathEdit;

/// Which network is pruned.
class ModelPage final : public AssistantPage {
    Q_OBJECT

public:
    explicit ModelPage(QWidget* parent = nullptr);

    std::filesystem::path model() const;

    QString title() const override;
    QString explanation() const override;
    Status write(Experiment& experiment) const override;
    bool isBlank() const override;
    void read(const Experiment& experiment) override;
    QString findings(const ExperimentChecked& known) const override;

private:
    PathEdit* m_model;
    QLineEdit* m_input;
    QCheckBox* m_batchNorm;
};

} // namespace espalier::ui
