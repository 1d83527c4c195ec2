#pragma once

#include <filesystem>

#include <QDialog>

#include "session/experiment.h"

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace espalier::ui {

class PathEdit;

/// Asks for what a session needs: model, data, settings, where it is kept. Says what is still
/// missing or wrong while it is typed; can be accepted only when nothing is.
class NewSessionDialog final : public QDialog {
    Q_OBJECT

public:
    explicit NewSessionDialog(QWidget* parent = nullptr);

    void setModel(const std::filesystem::path& model);
    /// Fills the fields from an earlier attempt.
    void setExperiment(const Experiment& experiment, const std::filesystem::path& sessionFile);

    /// What the fields say; an Error is the first thing wrong with them.
    Result<Experiment> experiment() const;
    std::filesystem::path sessionFile() const;

private:
    void addFields(QFormLayout& form);
    void suggestSessionFile();
    void validate();
    Status checkFiles() const;

    PathEdit* m_model;
    QLineEdit* m_input;
    QComboBox* m_format;
    PathEdit* m_data;
    QLineEdit* m_classes;
    QComboBox* m_preset;
    QComboBox* m_device;
    QSpinBox* m_target;
    PathEdit* m_session;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
    bool m_sessionIsSuggested = true;
};

} // namespace espalier::ui
