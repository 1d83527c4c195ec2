#pragma once

#include <optional>
#include <vector>

#include <QAbstractTableModel>

#include "models/history_lanes.h"
#include "session/history.h"

namespace espalier::ui {

/// The session's iterations as a table, in the order they were made. The current one is marked;
/// those that do not lead to it (undone, another branch) are greyed. Rows are appended when the
/// history only grew. Also tells where the lines of its tree run.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Number,
        Choice,
        Margin, ///< CKA of what was cut less that of the closest of the others
        Accuracy,
        TestAccuracy,
        MacsRemoved,
        Params,
        LayerDistance, ///< 1 - CKA of the layer candidate
        FilterDistance,
        ColumnCount,
    };

    explicit HistoryModel(QObject* parent = nullptr);

    void setHistory(std::vector<Iteration> history, IterationId current);
    const Iteration& iteration(int row) const;
    std::optional<int> rowOf(IterationId id) const;
    IterationId current() const { return m_current; }
    bool wasPruned(IterationId id) const; ///< networks were made of it

    // The tree, to be painted.
    const LaneRow& lanes(int row) const { return m_lanes[static_cast<std::size_t>(row)]; }
    int laneCount() const { return m_laneCount; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString displayed(const Iteration& iteration, Column column) const;
    QString toolTip(const Iteration& iteration) const;
    void setCurrent(IterationId current);

    std::vector<Iteration> m_history;
    std::vector<LaneRow> m_lanes; ///< parallel
    int m_laneCount = 1;
    IterationId m_current;
};

} // namespace espalier::ui
