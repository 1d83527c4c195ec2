#pragma once

#include <vector>

#include <QWidget>

#include "session/history.h"

class QLabel;
class QTableView;

namespace espalier::ui {

class HistoryModel;

/// The iterations of the session; selecting one asks to see its contest.
class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    void setHistory(const std::vector<Iteration>& history, IterationId current);
    HistoryModel& model() { return *m_model; }

Q_SIGNALS:
    void iterationSelected(espalier::IterationId iteration);

private:
    HistoryModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
};

} // namespace espalier::ui
