#include "session/selection.h"

#include <utility>

namespace espalier::ui {

Selection::Selection(QObject* parent)
    : QObject(parent)
{
}

void Selection::selectNode(std::optional<NodeId> node)
{
    set(node, std::nullopt);
}

void Selection::selectUnit(NodeId node, UnitId unit)
{
    set(node, unit);
}

void Selection::set(std::optional<NodeId> node, std::optional<UnitId> unit)
{
    const bool isNewNode = std::exchange(m_node, node) != node;
    const bool isNewUnit = std::exchange(m_unit, unit) != unit;
    if (isNewNode)
        Q_EMIT nodeChanged();
    if (isNewUnit)
        Q_EMIT unitChanged();
}

void Selection::previewRemoval(const Removal& removal)
{
    if (m_removal == removal)
        return;
    m_removal = removal;
    Q_EMIT removalChanged();
}

void Selection::clear()
{
    selectNode(std::nullopt);
    previewRemoval({});
}

} // namespace espalier::ui
