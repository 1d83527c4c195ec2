#pragma once

#include <optional>

#include <QDialog>
#include <QTimer>

#include "session/session_controller.h"
#include "windows/preferences.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace espalier::ui {

class AssistantPage;
class DataPage;
class ModelPage;
class SettingsPage;
class TargetPage;

/// Leads to a session: model, data, target, settings, each with a default. What is picked is tried
/// by the engine while one goes on: the model is opened, then the data, then the dense network is
/// measured; what was found stands below the fields, and only what works can be created.
class ExperimentAssistant final : public QDialog {
    Q_OBJECT

public:
    ExperimentAssistant(SessionController& controller, const Preferences& preferences,
                        QWidget* parent = nullptr);
    ~ExperimentAssistant() override;

    void setModel(const std::filesystem::path& model);
    /// Fills the fields from an earlier attempt.
    void setExperiment(const Experiment& experiment, const std::filesystem::path& sessionFile);

    /// What the fields say; an Error is the first thing wrong with them.
    Result<Experiment> experiment() const;
    std::filesystem::path sessionFile() const;

    void accept() override;

protected:
    void done(int result) override;

private:
    void makePages();
    QWidget* makeSteps();
    QLayout* makeButtons();
    AssistantPage& page(int index) const;
    void goTo(int index);

    void showPreset();
    void followFields();
    void forgetWhatDependsOn(const std::optional<Experiment>& part);
    void check();
    void showKnown(const ExperimentChecked& known);
    void showProgress();
    bool isTried(int index) const;
    QString accuracyText() const;
    QString findingsText(int index) const;
    void refresh();

    SessionController& m_controller;
    QStackedWidget* m_pages;
    ModelPage* m_model;
    DataPage* m_data;
    TargetPage* m_target;
    SettingsPage* m_settings;
    QList<QPushButton*> m_steps;
    QLabel* m_title;
    QLabel* m_explanation;
    QLabel* m_icon;
    QLabel* m_findings;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;

    QTimer m_pause; ///< between the last key and the check
    std::optional<Experiment> m_checked; ///< the part of it that a check depends on
    bool m_isChecking = false;
    std::optional<ExperimentChecked> m_known;
    std::optional<Error> m_error;
};

} // namespace espalier::ui
