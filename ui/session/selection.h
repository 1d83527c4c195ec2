#pragma once

#include <optional>

#include <QObject>

#include "base/id.h"
#include "structures/removal.h"

namespace espalier::ui {

/// What is selected, in every panel at once: a node of the network on the bench, and a removal that
/// the picture previews. Lives on the GUI thread; cleared by whoever shows another network.
class Selection final : public QObject {
    Q_OBJECT

public:
    explicit Selection(QObject* parent = nullptr);

    std::optional<NodeId> node() const { return m_node; }
    const Removal& removal() const { return m_removal; }

    void selectNode(std::optional<NodeId> node);
    void previewRemoval(const Removal& removal);
    void clear();

Q_SIGNALS:
    void nodeChanged();
    void removalChanged();

private:
    std::optional<NodeId> m_node;
    Removal m_removal;
};

} // namespace espalier::ui
