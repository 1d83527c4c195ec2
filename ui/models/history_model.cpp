#include "models/history_model.h"

#include <algorithm>

#include <QBrush>
#include <QFont>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include "models/words.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

/// Of the layer candidate, or of the closest of the others.
QString distanceText(const Iteration& iteration, bool ofLayer)
{
    std::optional<double> closest;
    for (const auto& candidate : iteration.candidates) {
        if ((candidate.kind == StructureKind::Layer) == ofLayer && candidate.cka
            && candidate.cka->linear)
            closest = std::max(closest.value_or(0.0), *candidate.cka->linear);
    }
    return closest ? QLocale().toString(1.0 - *closest, 'f', 4) : absentText();
}

QString marginText(const Iteration& iteration)
{
    const auto* chosen = iteration.chosen();
    std::optional<double> other;
    for (const auto& candidate : iteration.candidates) {
        if (&candidate != chosen && candidate.cka && candidate.cka->linear)
            other = std::max(other.value_or(0.0), *candidate.cka->linear);
    }
    if (!chosen || !chosen->cka || !chosen->cka->linear || !other)
        return absentText();
    const double margin = *chosen->cka->linear - *other;
    const auto text = QLocale().toString(margin, 'f', 4);
    return margin > 0 ? QLatin1Char('+') + text : text;
}

QString removedShareText(double share)
{
    return share == 0 ? absentText() : QChar(0x2212) + percentText(share, 1);
}

bool beginsWith(const std::vector<Iteration>& all, const std::vector<Iteration>& start)
{
    return start.size() <= all.size()
        && std::ranges::equal(start, std::span(all).first(start.size()), {}, &Iteration::id,
                              &Iteration::id);
}

} // namespace

HistoryModel::HistoryModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void HistoryModel::setHistory(std::vector<Iteration> history, IterationId current)
{
    const auto before = static_cast<int>(m_history.size());
    const auto after = static_cast<int>(history.size());
    if (!beginsWith(history, m_history)) {
        beginResetModel();
        m_history = std::move(history);
        setCurrent(current);
        endResetModel();
        return;
    }
    if (after > before)
        beginInsertRows({}, before, after - 1);
    m_history = std::move(history);
    setCurrent(m_current); // rows that were there do not change while others are inserted
    if (after > before)
        endInsertRows();
    setCurrent(current);
    if (after > 0)
        Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
}

void HistoryModel::setCurrent(IterationId current)
{
    m_current = current;
    m_lanes = lanesOf(m_history, current);
    m_laneCount = 1;
    for (const auto& row : m_lanes)
        m_laneCount = std::max(m_laneCount, row.lane + 1);
}

bool HistoryModel::wasPruned(IterationId id) const
{
    return std::ranges::any_of(m_history, [&](const auto& made) { return made.parent == id; });
}

const Iteration& HistoryModel::iteration(int row) const
{
    return m_history[static_cast<std::size_t>(row)];
}

std::optional<int> HistoryModel::rowOf(IterationId id) const
{
    const auto found = std::ranges::find(m_history, id, &Iteration::id);
    if (found == m_history.end())
        return std::nullopt;
    return static_cast<int>(found - m_history.begin());
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_history.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& one = iteration(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return displayed(one, column);
    case Qt::ToolTipRole:
        return toolTip(one);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter
                                | (column >= Margin ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
        if (one.id == m_current) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::ForegroundRole:
        if (!lanes(index.row()).leadsToCurrent)
            return QBrush(QGuiApplication::palette().color(QPalette::PlaceholderText));
        return {};
    default:
        return {};
    }
}

QString HistoryModel::displayed(const Iteration& iteration, Column column) const
{
    switch (column) {
    case Number:
        return (iteration.id == m_current ? QStringLiteral("▸ %1") : QStringLiteral("%1"))
            .arg(iteration.id.value());
    case Choice:
        return iteration.chosen() ? removedText(*iteration.chosen()) : tr("dense");
    case Margin:
        return marginText(iteration);
    case Accuracy:
        return percentDigits(iteration.accuracy);
    case TestAccuracy:
        return percentDigits(iteration.testAccuracy);
    case MacsRemoved: {
        const auto dense = static_cast<double>(std::max<std::int64_t>(1, m_history.front().macs));
        return removedShareText(1.0 - static_cast<double>(iteration.macs) / dense);
    }
    case Params:
        return shortCountText(iteration.params);
    case LayerDistance:
        return distanceText(iteration, true);
    case FilterDistance:
        return distanceText(iteration, false);
    case ColumnCount:
        break;
    }
    return {};
}

QString HistoryModel::toolTip(const Iteration& iteration) const
{
    QStringList lines;
    if (const auto* chosen = iteration.chosen()) {
        lines << tr("Removed %1").arg(toText(removalText(chosen->removal, chosen->kind)));
        lines << toText(iteration.choice->reason);
        lines << tr("Validation accuracy %1 after the cut, %2 after fine-tuning")
                     .arg(percentText(iteration.accuracyBefore), percentText(iteration.accuracy));
    } else {
        lines << tr("The network the session began with");
    }
    if (iteration.parent && iteration.parent->value() != iteration.id.value() - 1)
        lines << tr("Branches off iteration %1").arg(iteration.parent->value());
    lines
        << tr("%1 MACs, %2 parameters").arg(countText(iteration.macs), countText(iteration.params));
    if (const auto& latency = iteration.latency)
        lines << tr("Latency %1, %2 of the dense network's (batch %3, %4)")
                     .arg(latencyText(latency->network.median), percentText(latency->ratio, 1))
                     .arg(latency->network.batch)
                     .arg(toText(latency->network.device));
    if (iteration.seconds > 0)
        lines << tr("Took %1").arg(durationText(iteration.seconds));
    return lines.join(QLatin1Char('\n'));
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Header {
        QString title, explanation;
    };
    const Header headers[ColumnCount]{
        {tr("#"), tr("Iteration; the arrow marks the current network")},
        {tr("Removed"), tr("What this iteration took away")},
        {tr("Margin"),
         tr("CKA of what was cut less that of the closest of the others: how clear the choice "
            "was; negative where it was made by hand or by a coin")},
        {tr("Val. %"), tr("Validation accuracy after fine-tuning")},
        {tr("Test %"), tr("Test accuracy, for reporting only")},
        {tr("MACs"), tr("Share of the dense network's MACs removed so far")},
        {tr("Parameters"), tr("Parameters that remain")},
        {tr("1 − CKA layer"), tr("Distance of the layer candidate to its parent")},
        {tr("1 − CKA units"),
         tr("Distance of the closest candidate of filters, heads or neurons to its parent")},
    };
    if (role == Qt::DisplayRole)
        return headers[section].title;
    if (role == Qt::ToolTipRole)
        return headers[section].explanation;
    return {};
}

} // namespace espalier::ui
