#include "models/candidates_filter.h"

#include <algorithm>

#include "models/candidates_model.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

bool mentions(const Candidate& candidate, const QString& text)
{
    const auto contains = [&](const std::string& name) {
        return toText(name).contains(text, Qt::CaseInsensitive);
    };
    return contains(candidate.name) || std::ranges::any_of(candidate.removal.layers, contains)
        || std::ranges::any_of(candidate.removal.filters,
                               [&](const auto& filters) { return contains(filters.first); });
}

} // namespace

CandidatesFilter::CandidatesFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(CandidatesModel::SortRole);
}

void CandidatesFilter::setKind(std::optional<StructureKind> kind)
{
    m_kind = kind;
    invalidateFilter();
}

void CandidatesFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool CandidatesFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto& model = *qobject_cast<const CandidatesModel*>(sourceModel());
    if (model.chosenRow() == row)
        return true;
    const auto& candidate = model.candidate(row);
    return (!m_kind || candidate.kind == *m_kind)
        && (m_text.isEmpty() || mentions(candidate, m_text));
}

} // namespace espalier::ui
