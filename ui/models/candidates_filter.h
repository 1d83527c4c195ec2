#pragma once

#include <optional>

#include <QSortFilterProxyModel>

#include "structures/structures.h"

namespace espalier::ui {

/// Candidates of one kind, or whose parts' names contain a text; sorted by the model's SortRole.
/// The chosen candidate always stays.
class CandidatesFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CandidatesFilter(QObject* parent = nullptr);

    void setKind(std::optional<StructureKind> kind); ///< nothing: every kind
    void setText(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<StructureKind> m_kind;
    QString m_text;
};

} // namespace espalier::ui
