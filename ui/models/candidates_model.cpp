#include "models/candidates_model.h"

#include <algorithm>
#include <limits>

#include <QFont>
#include <QLocale>

#include "models/words.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

bool haveSameRows(const CandidateSet& a, const CandidateSet& b)
{
    return a.parent == b.parent && a.source == b.source
        && std::ranges::equal(a.candidates, b.candidates, [](const auto& x, const auto& y) {
               return x.kind == y.kind && x.name == y.name && x.removal == y.removal;
           });
}

double relativeChange(std::int64_t now, std::int64_t before)
{
    return before > 0 ? static_cast<double>(now) / static_cast<double>(before) - 1.0 : 0.0;
}

QString changeText(double change)
{
    const QString text = percentText(change);
    return change > 0 ? QLatin1Char('+') + text : text;
}

/// Absent values sort last.
double keyOf(const std::optional<double>& value)
{
    return value.value_or(std::numeric_limits<double>::infinity());
}

std::optional<double> distance(const Candidate& candidate, bool debiased)
{
    if (!candidate.cka)
        return std::nullopt;
    const auto& value = debiased ? candidate.cka->debiased : candidate.cka->linear;
    return value ? std::optional(1.0 - *value) : std::nullopt;
}

} // namespace

CandidatesModel::CandidatesModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void CandidatesModel::setCandidates(CandidateSet set)
{
    if (!haveSameRows(m_set, set)) {
        beginResetModel();
        m_set = std::move(set);
        endResetModel();
        return;
    }
    m_set = std::move(set);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void CandidatesModel::showSimilarity(bool similarity)
{
    if (m_showsSimilarity == similarity)
        return;
    m_showsSimilarity = similarity;
    Q_EMIT headerDataChanged(Qt::Horizontal, Distance, DebiasedDistance);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Distance), index(rowCount() - 1, DebiasedDistance));
}

/// "±0.0043": half its width, which is the same for CKA and 1 - CKA.
QString CandidatesModel::spreadText(const std::optional<Interval>& interval) const
{
    return interval
        ? QChar(0x00b1) + QLocale().toString((interval->high - interval->low) / 2, 'f', 4)
        : absentText();
}

QString CandidatesModel::intervalText(const Interval& interval) const
{
    const auto low = m_showsSimilarity ? interval.low : 1.0 - interval.high;
    const auto high = m_showsSimilarity ? interval.high : 1.0 - interval.low;
    return tr("From %1 to %2")
        .arg(QLocale().toString(low, 'f', 4), QLocale().toString(high, 'f', 4));
}

QString CandidatesModel::ckaText(const std::optional<double>& cka) const
{
    return cka ? QLocale().toString(m_showsSimilarity ? *cka : 1.0 - *cka, 'f', 4) : absentText();
}

const Candidate& CandidatesModel::candidate(int row) const
{
    return m_set.candidates[static_cast<std::size_t>(row)];
}

std::optional<int> CandidatesModel::chosenRow() const
{
    return m_set.choice ? std::optional(static_cast<int>(m_set.choice->chosen)) : std::nullopt;
}

int CandidatesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_set.candidates.size());
}

int CandidatesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant CandidatesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return displayed(index.row(), column);
    case SortRole:
        return sortKey(index.row(), column);
    case Qt::ToolTipRole:
        return toolTip(index.row(), column);
    case Qt::AccessibleTextRole:
        if (column != Mark)
            return displayed(index.row(), column);
        if (chosenRow() == index.row())
            return m_set.choice->byUser ? tr("chosen by hand") : tr("chosen");
        if (isEngineChoice(static_cast<std::size_t>(index.row())))
            return tr("the engine's choice");
        return isNearTie(m_set, static_cast<std::size_t>(index.row())) ? tr("near-tie") : QString();
    case Qt::TextAlignmentRole:
        if (column == Mark)
            return static_cast<int>(Qt::AlignCenter);
        return static_cast<int>(Qt::AlignVCenter
                                | (column >= Distance ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
        if (chosenRow() == index.row()) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    default:
        return {};
    }
}

/// A star for the engine's choice, a tick for one made by hand, and a sign for near-ties.
QString CandidatesModel::markText(std::size_t row) const
{
    constexpr char16_t star = 0x2605;
    constexpr char16_t tick = 0x2713;
    constexpr char16_t nearTie = 0x2248;
    if (isEngineChoice(row))
        return QString(QChar(star));
    if (chosenRow() == static_cast<int>(row))
        return QString(QChar(tick));
    return isNearTie(m_set, row) ? QString(QChar(nearTie)) : QString();
}

bool CandidatesModel::isEngineChoice(std::size_t row) const
{
    const auto& choice = m_set.choice;
    return choice && (choice->byUser ? choice->insteadOf == row : choice->chosen == row);
}

QVariant CandidatesModel::displayed(int row, Column column) const
{
    const auto& one = candidate(row);
    switch (column) {
    case Mark:
        return markText(static_cast<std::size_t>(row));
    case Kind:
        return kindText(one.kind);
    case Name:
        return whatGoes(one);
    case Distance:
        return ckaText(one.cka ? one.cka->linear : std::nullopt);
    case Spread:
        return spreadText(one.cka ? one.cka->interval : std::nullopt);
    case DebiasedDistance:
        return ckaText(one.cka ? one.cka->debiased : std::nullopt);
    case MacsSaved:
        return changeText(macsChange(one));
    case ParamsSaved:
        return changeText(paramsChange(one));
    case LatencySaved:
        return one.latency ? changeText(one.latency->ratio - 1.0) : absentText();
    case AccuracyBefore:
        return percentText(one.accuracyBefore);
    case AccuracyAfterBrief:
        return percentText(one.accuracyAfterBrief);
    case ColumnCount:
        break;
    }
    return {};
}

QString CandidatesModel::kindText(StructureKind kind)
{
    switch (kind) {
    case StructureKind::Layer:
        return tr("layer");
    case StructureKind::Filter:
        return tr("filters");
    case StructureKind::Head:
        return tr("heads");
    case StructureKind::Neuron:
        return tr("neurons");
    }
    return {};
}

/// Beside the kind, so "filters" is not said again.
QString CandidatesModel::whatGoes(const Candidate& candidate) const
{
    if (candidate.kind == StructureKind::Layer)
        return toText(candidate.name);
    const auto units = candidate.removal.filterCount();
    const auto places = candidate.removal.filters.size();
    switch (candidate.kind) {
    case StructureKind::Head:
        return places == 1 ? tr("%1 in 1 attention").arg(units)
                           : tr("%1 in %2 attentions").arg(units).arg(places);
    case StructureKind::Neuron:
        return places == 1 ? tr("%1 in 1 linear layer").arg(units)
                           : tr("%1 in %2 linear layers").arg(units).arg(places);
    default:
        return places == 1 ? tr("%1 in 1 convolution").arg(units)
                           : tr("%1 in %2 convolutions").arg(units).arg(places);
    }
}

QVariant CandidatesModel::sortKey(int row, Column column) const
{
    const auto& one = candidate(row);
    switch (column) {
    case Mark:
        return chosenRow() == row                             ? 0
            : isEngineChoice(static_cast<std::size_t>(row))   ? 1
            : isNearTie(m_set, static_cast<std::size_t>(row)) ? 2
                                                              : 3;
    case Kind:
        return static_cast<int>(one.kind);
    case Name:
        return row; // the order of the network
    case Distance:
        return keyOf(distance(one, false));
    case Spread:
        return one.cka && one.cka->interval ? one.cka->interval->high - one.cka->interval->low
                                            : std::numeric_limits<double>::infinity();
    case DebiasedDistance:
        return keyOf(distance(one, true));
    case MacsSaved:
        return macsChange(one);
    case ParamsSaved:
        return paramsChange(one);
    case LatencySaved:
        return keyOf(one.latency ? std::optional(one.latency->ratio) : std::nullopt);
    case AccuracyBefore:
        return keyOf(one.accuracyBefore);
    case AccuracyAfterBrief:
        return keyOf(one.accuracyAfterBrief);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CandidatesModel::toolTip(int row, Column column) const
{
    const auto& one = candidate(row);
    switch (column) {
    case Mark:
        if (chosenRow() == row)
            return toText(m_set.choice->reason);
        if (isNearTie(m_set, static_cast<std::size_t>(row)))
            return tr("Within the interval of %1: with other images the two could have changed "
                      "places")
                .arg(removedText(m_set.candidates[*referenceOf(m_set)]));
        return {};
    case Name:
        return toText(removalText(one.removal, one.kind));
    case Spread: {
        const auto meaning = headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        return one.cka && one.cka->interval
            ? intervalText(*one.cka->interval) + QLatin1Char('\n') + meaning
            : meaning;
    }
    case MacsSaved:
        return tr("%1 MACs remain of %2").arg(countText(one.macs), countText(m_set.parentMacs));
    case ParamsSaved:
        return tr("%1 parameters remain of %2")
            .arg(countText(one.params), countText(m_set.parentParams));
    case LatencySaved:
        return latencyTip(one);
    default:
        return headerData(column, Qt::Horizontal, Qt::ToolTipRole);
    }
}

QString CandidatesModel::latencyTip(const Candidate& candidate) const
{
    if (!candidate.latency)
        return tr("Not measured yet, or switched off in the experiment");
    const auto& [reference, network, ratio] = *candidate.latency;
    return tr("%1 for a pass against the parent's %2\nMedians of %3 passes each, taken in turns: "
              "batch %4, %5\nHalf of them took %6 to %7, the parent's %8 to %9")
        .arg(latencyText(network.median), latencyText(reference.median))
        .arg(network.runs)
        .arg(network.batch)
        .arg(toText(network.device), latencyText(network.lowerQuartile),
             latencyText(network.upperQuartile), latencyText(reference.lowerQuartile),
             latencyText(reference.upperQuartile));
}

double CandidatesModel::macsChange(const Candidate& candidate) const
{
    return relativeChange(candidate.macs, m_set.parentMacs);
}

double CandidatesModel::paramsChange(const Candidate& candidate) const
{
    return relativeChange(candidate.params, m_set.parentParams);
}

QVariant CandidatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Header {
        QString title, explanation;
    };
    const Header headers[ColumnCount]{
        {QString(),
         tr("★ the engine's choice; ✓ yours instead; ≈ a near-tie: within the interval")},
        {tr("Kind"), tr("What goes: a whole layer (residual block) or filters")},
        {tr("What goes"), tr("The parts this candidate removes")},
        m_showsSimilarity
            ? Header{tr("CKA"),
                     tr("Similarity to the parent: linear centered kernel alignment; 1 is the "
                        "same")}
            : Header{tr("1 − CKA"),
                     tr("Distance to the parent: 1 minus the linear centered kernel alignment; "
                        "smaller is closer")},
        {tr("95 %"), tr("Where it lies with other images of the same kind, at 95 % (bootstrap)")},
        {tr("Debiased"), tr("The same by the debiased estimate of CKA")},
        {tr("ΔMACs"), tr("Change of the multiply-accumulates against the parent")},
        {tr("ΔParams"), tr("Change of the number of parameters against the parent")},
        {tr("ΔLatency"), tr("Change of the measured time of a pass against the parent")},
        {tr("Before"), tr("Accuracy right after the cut, nothing fine-tuned")},
        {tr("Brief"), tr("Accuracy after the brief fine-tuning of both candidates")},
    };
    if (role == Qt::DisplayRole)
        return headers[section].title;
    if (role == Qt::ToolTipRole)
        return headers[section].explanation;
    return {};
}

} // namespace espalier::ui
