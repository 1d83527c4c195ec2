#pragma once

#include <QDialog>

#include "windows/preferences.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace espalier::ui {

class DeviceEdit;
class PrecisionEdit;

/// Shows the preferences; what is changed is kept and told at once, there is no OK.
class PreferencesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit PreferencesDialog(QWidget* parent = nullptr);

Q_SIGNALS:
    void changed(const espalier::ui::Preferences& preferences);

private:
    void makeFields();
    void addRows(QFormLayout& form);
    void show(const Preferences& preferences);
    void take();

    DeviceEdit* m_device;
    QSpinBox* m_threads;
    PrecisionEdit* m_precision;
    QComboBox* m_theme;
    QComboBox* m_language;
    QSpinBox* m_recent;
    QLabel* m_note;
    Preferences m_kept;
};

} // namespace espalier::ui
