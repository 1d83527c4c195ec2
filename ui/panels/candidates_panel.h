#pragma once

#include <optional>

#include <QWidget>

#include "session/session_state.h"

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace espalier::ui {

class CandidatesFilter;
class CandidatesModel;
class ColumnMenu;
class Selection;

/// The candidates as a table; the selected one is previewed in the picture and can be pruned
/// instead of the engine's choice. Says what was chosen and what can be done next. Asks for every
/// candidate to be scored with the criterion and the share of filters chosen here.
class CandidatesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit CandidatesPanel(Selection& selection, QWidget* parent = nullptr);

    void showCandidates(const CandidateSet& set, const SessionState& state);
    /// What can be done has changed, the candidates have not.
    void followState(const SessionState& state);
    CandidatesModel& model() { return *m_model; }

Q_SIGNALS:
    void previewRequested(const espalier::PreviewRequest& request);
    void choiceRequested(const espalier::Candidate& candidate);

private:
    QWidget* makeFilterBar();
    void addScoring(QHBoxLayout& row);
    void makeTable();
    QWidget* makeChoiceBar();
    void requestPreview();
    void requestChoice();
    void selectionHasChanged();
    void enableChoice();
    std::optional<int> selectedRow() const; ///< of the model

    Selection& m_selection;
    CandidatesModel* m_model;
    CandidatesFilter* m_filter;
    QTableView* m_table;
    ColumnMenu* m_columns = nullptr;
    QComboBox* m_kind;
    QLineEdit* m_text;
    QComboBox* m_similarity;
    QComboBox* m_criterion;
    QDoubleSpinBox* m_ratio;
    QPushButton* m_score;
    QLabel* m_summary;
    QAction* m_choose;
    QPushButton* m_chooseButton;
    bool m_isOnBench = false;
    bool m_canChoose = false;
};

} // namespace espalier::ui
