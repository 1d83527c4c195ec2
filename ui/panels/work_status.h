#pragma once

#include <QWidget>

#include "session/session_state.h"

class QLabel;
class QProgressBar;

namespace espalier::ui {

class ElidedLabel;

/// The status bar's contents: what is being done, how far it is, its rate, the time left, the
/// device.
class WorkStatus final : public QWidget {
    Q_OBJECT

public:
    explicit WorkStatus(QWidget* parent = nullptr);

    void showState(const SessionState& state);

private:
    QString taskText(const SessionState& state) const;
    QString rateText(const Progress& progress) const;

    ElidedLabel* m_task;
    QProgressBar* m_bar;
    QLabel* m_rate;
    QLabel* m_device;
};

} // namespace espalier::ui
