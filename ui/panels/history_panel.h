#pragma once

#include <vector>

#include <QWidget>

#include "session/session_state.h"

class QAction;
class QLabel;
class QPushButton;
class QTableView;

namespace espalier::ui {

class HistoryModel;

/// The iterations of the session as a tree. Selecting one asks to see its contest; going to one
/// makes it the current network, so that what is pruned next is a branch of it; two can be
/// compared.
class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    void showHistory(const SessionState& state);
    /// What can be done has changed, the history has not.
    void followState(const SessionState& state);
    HistoryModel& model() { return *m_model; }

Q_SIGNALS:
    void iterationSelected(espalier::IterationId iteration);
    void goToRequested(espalier::IterationId iteration);
    void compareRequested(espalier::IterationId a, espalier::IterationId b);
    void exportRequested(espalier::IterationId iteration);

private:
    void makeTable();
    void makeActions();
    QWidget* makeBar();
    QPushButton* makeButton(QAction* action);
    void enableActions();
    void goToSelected();
    void compareSelected();
    std::vector<IterationId> selected() const; ///< in the order they were made

    HistoryModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
    QAction* m_goTo;
    QAction* m_compare;
    QAction* m_export;
    QWidget* m_bar;
    bool m_canStep = false;
};

} // namespace espalier::ui
