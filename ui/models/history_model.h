#pragma once

#include <optional>
#include <vector>

#include <QAbstractTableModel>

#include "session/history.h"

namespace espalier::ui {

/// The session's iterations as a table, in the order they were made. The current one is marked;
/// those that do not lead to it (undone, another branch) are greyed. Rows are appended when the
/// history only grew.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Number,
        Choice,
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

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString displayed(const Iteration& iteration, Column column) const;
    QString choiceText(const Iteration& iteration) const;
    QString toolTip(const Iteration& iteration) const;
    void setCurrent(IterationId current);

    std::vector<Iteration> m_history;
    std::vector<bool> m_onPath; ///< parallel: leads to the current one
    IterationId m_current;
};

} // namespace espalier::ui
