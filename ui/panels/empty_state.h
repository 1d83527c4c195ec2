#pragma once

#include <QList>
#include <QWidget>

class QAction;

namespace espalier::ui {

/// What stands in the middle of a window without a network: what to do first.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    /// A button for each action.
    explicit EmptyState(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

} // namespace espalier::ui
