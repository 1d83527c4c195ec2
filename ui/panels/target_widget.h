#pragma once

#include <QWidget>

class QProgressBar;
class QSpinBox;

namespace espalier::ui {

/// The target of a run, in percent of the dense network's MACs, and how far the session is.
class TargetWidget final : public QWidget {
    Q_OBJECT

public:
    explicit TargetWidget(QWidget* parent = nullptr);

    double target() const; ///< fraction of the MACs to remove
    void setTarget(double fraction);
    void setEditable(bool editable);
    void setRemoved(double fraction);

private:
    void updateBar();

    QSpinBox* m_target;
    QProgressBar* m_bar;
    double m_removed = 0;
};

} // namespace espalier::ui
