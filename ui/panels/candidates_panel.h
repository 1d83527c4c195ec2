#pragma once

#include <QWidget>

#include "session/session_state.h"

class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace espalier::ui {

class CandidatesModel;
class ElidedLabel;
class Selection;

/// The candidates as a table; the selected one is previewed in the picture. Asks for every
/// candidate to be scored with the criterion and the share of filters chosen here.
class CandidatesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit CandidatesPanel(Selection& selection, QWidget* parent = nullptr);

    /// `isOnBench`: the picture shows the candidates' parent, so they can be previewed in it.
    void setCandidates(const CandidateSet& set, bool isOnBench);
    void setPreviewEnabled(bool enabled);
    CandidatesModel& model() { return *m_model; }

Q_SIGNALS:
    void previewRequested(const espalier::PreviewRequest& request);

private:
    QWidget* makeBar();
    void requestPreview();
    void previewSelected();
    QString summary() const;

    Selection& m_selection;
    CandidatesModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    ElidedLabel* m_summary;
    QComboBox* m_criterion;
    QDoubleSpinBox* m_ratio;
    QPushButton* m_score;
    bool m_isOnBench = false;
};

} // namespace espalier::ui
