#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QAbstractTableModel>

#include "network/graph.h"

namespace espalier::ui {

/// Two networks layer by layer: channels, MACs and parameters of each, and their difference. A
/// layer is a node with weights, told by its name; the rows stand in the order of the first
/// network, and what only the second has follows. The last row is the whole network.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Layer,
        ChannelsA,
        ChannelsB,
        MacsA,
        MacsB,
        MacsChange,
        ParamsA,
        ParamsB,
        ParamsChange,
        ColumnCount,
    };

    explicit ComparisonModel(QObject* parent = nullptr);

    /// `nameA` and `nameB` stand in the headers. Null pointers empty the table.
    void setNetworks(std::shared_ptr<const Graph> a, const QString& nameA,
                     std::shared_ptr<const Graph> b, const QString& nameB);
    /// Layers that are the same in both are not listed.
    void showOnlyDifferences(bool only);
    std::string layerName(int row) const; ///< empty for the whole network

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Numbers {
        std::int64_t channels = 0; ///< 0: the whole network
        std::int64_t macs = 0;
        std::int64_t params = 0;
        bool operator==(const Numbers&) const = default;
    };
    struct Row {
        std::string name;
        std::optional<Numbers> a, b;
    };

    std::vector<Row> rowsOf(const Graph& a, const Graph& b) const;
    void fill();
    QString displayed(const Row& row, Column column) const;

    std::shared_ptr<const Graph> m_a, m_b;
    QString m_nameA, m_nameB;
    bool m_onlyDifferences = true;
    std::vector<Row> m_rows;
};

} // namespace espalier::ui
