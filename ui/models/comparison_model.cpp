#include "models/comparison_model.h"

#include <algorithm>

#include <QFont>

#include "style/text.h"

namespace espalier::ui {

namespace {

std::int64_t channelsOf(const Node& node)
{
    // One sample's shape: C x H x W, T x D or D.
    return node.shape.empty() ? 0 : node.shape.size() == 3 ? node.shape.front() : node.shape.back();
}

QString changeText(std::int64_t a, std::int64_t b)
{
    if (a == b)
        return QString();
    const auto text = a > 0 ? percentText(static_cast<double>(b) / static_cast<double>(a) - 1.0, 1)
                            : absentText();
    return b > a && a > 0 ? QLatin1Char('+') + text : text;
}

} // namespace

ComparisonModel::ComparisonModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ComparisonModel::setNetworks(std::shared_ptr<const Graph> a, const QString& nameA,
                                  std::shared_ptr<const Graph> b, const QString& nameB)
{
    m_a = std::move(a);
    m_b = std::move(b);
    m_nameA = nameA;
    m_nameB = nameB;
    fill();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void ComparisonModel::showOnlyDifferences(bool only)
{
    if (m_onlyDifferences == only)
        return;
    m_onlyDifferences = only;
    fill();
}

void ComparisonModel::fill()
{
    beginResetModel();
    m_rows.clear();
    if (m_a && m_b) {
        m_rows = rowsOf(*m_a, *m_b);
        if (m_onlyDifferences)
            std::erase_if(m_rows, [](const Row& row) { return row.a == row.b; });
        m_rows.push_back(
            {{}, Numbers{0, m_a->macs(), m_a->params()}, Numbers{0, m_b->macs(), m_b->params()}});
    }
    endResetModel();
}

std::vector<ComparisonModel::Row> ComparisonModel::rowsOf(const Graph& a, const Graph& b) const
{
    const auto numbers = [](const Graph& graph, const Node& node) -> std::optional<Numbers> {
        const Numbers found{channelsOf(node), graph.macs(node.id), graph.params(node.id)};
        return found.params > 0 ? std::optional(found) : std::nullopt;
    };
    const auto named = [&](const Graph& graph, const std::string& name) {
        const auto id = graph.find(name);
        return id ? numbers(graph, graph.node(*id)) : std::nullopt;
    };
    std::vector<Row> rows;
    for (const auto& node : a.nodes()) {
        if (const auto found = numbers(a, node))
            rows.push_back({node.name, found, named(b, node.name)});
    }
    for (const auto& node : b.nodes()) {
        const auto found = numbers(b, node);
        if (found && !named(a, node.name))
            rows.push_back({node.name, std::nullopt, found});
    }
    return rows;
}

std::string ComparisonModel::layerName(int row) const
{
    return m_rows[static_cast<std::size_t>(row)].name;
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return displayed(row, static_cast<Column>(index.column()));
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter
                                | (index.column() == Layer ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole:
        if (row.name.empty()) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    default:
        return {};
    }
}

QString ComparisonModel::displayed(const Row& row, Column column) const
{
    const auto count = [](const std::optional<Numbers>& numbers, std::int64_t Numbers::*which) {
        return numbers ? countText((*numbers).*which) : absentText();
    };
    const auto change = [&](std::int64_t Numbers::*which) {
        return row.a && row.b ? changeText((*row.a).*which, (*row.b).*which)
            : row.a           ? tr("gone")
                              : tr("new");
    };
    const bool isWhole = row.name.empty();
    switch (column) {
    case Layer:
        return isWhole ? tr("Whole network") : toText(row.name);
    case ChannelsA:
        return isWhole ? QString() : count(row.a, &Numbers::channels);
    case ChannelsB:
        return isWhole ? QString() : count(row.b, &Numbers::channels);
    case MacsA:
        return count(row.a, &Numbers::macs);
    case MacsB:
        return count(row.b, &Numbers::macs);
    case MacsChange:
        return change(&Numbers::macs);
    case ParamsA:
        return count(row.a, &Numbers::params);
    case ParamsB:
        return count(row.b, &Numbers::params);
    case ParamsChange:
        return change(&Numbers::params);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount
        || role != Qt::DisplayRole)
        return {};
    const QString headers[ColumnCount]{
        tr("Layer"),
        tr("Channels %1").arg(m_nameA),
        tr("Channels %1").arg(m_nameB),
        tr("MACs %1").arg(m_nameA),
        tr("MACs %1").arg(m_nameB),
        tr("ΔMACs"),
        tr("Parameters %1").arg(m_nameA),
        tr("Parameters %1").arg(m_nameB),
        tr("ΔParams"),
    };
    return headers[section];
}

} // namespace espalier::ui
