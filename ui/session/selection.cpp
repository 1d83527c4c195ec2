#include "session/selection.h"

namespace espalier::ui {

Selection::Selection(QObject* parent)
    : QObject(parent)
{
}

void Selection::selectNode(std::optional<NodeId> node)
{
    if (m_node == node)
        return;
    m_node = node;
    Q_EMIT nodeChanged();
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
