#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QAbstractTableModel>

#include "session/session_state.h"

namespace espalier::ui {

/// The candidates of the next cut as a table: what each costs (1 - CKA, accuracy) and saves (MACs,
/// parameters). Fed with a CandidateSet; only the cells that differ are said to have changed while
/// the rows are the same ones. Under SortRole every cell is a number (or text) to sort by.
class CandidatesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Mark,
        Kind,
        Name,
        Distance, ///< 1 - CKA
        Spread, ///< its bootstrap interval
        DebiasedDistance,
        MacsSaved,
        ParamsSaved,
        LatencySaved,
        AccuracyBefore,
        AccuracyAfterBrief,
        ColumnCount,
    };
    static constexpr int SortRole = Qt::UserRole;

    explicit CandidatesModel(QObject* parent = nullptr);

    void setCandidates(CandidateSet set);
    /// CKA itself instead of the distance 1 - CKA.
    void showSimilarity(bool similarity);
    const CandidateSet& candidates() const { return m_set; }
    const Candidate& candidate(int row) const;
    std::optional<int> chosenRow() const;
    static QString kindText(StructureKind kind);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QVariant displayed(int row, Column column) const;
    QString spreadText(const std::optional<Interval>& interval) const;
    QString intervalText(const Interval& interval) const;
    QString ckaText(const std::optional<double>& cka) const;
    QString markText(std::size_t row) const;
    bool isEngineChoice(std::size_t row) const;
    QString whatGoes(const Candidate& candidate) const;
    QVariant sortKey(int row, Column column) const;
    QVariant toolTip(int row, Column column) const;
    QString latencyTip(const Candidate& candidate) const;
    double macsChange(const Candidate& candidate) const;
    double paramsChange(const Candidate& candidate) const;

    CandidateSet m_set;
    bool m_showsSimilarity = false;
};

} // namespace espalier::ui
