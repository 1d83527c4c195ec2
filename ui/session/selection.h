#pragma once

#include <optional>

#include <QObject>

#include "base/id.h"
#include "structures/removal.h"

namespace espalier::ui {

/// What is selected, in every panel at once: a node of the network on the bench, a unit (filter,
/// head or neuron) among its channels, and a removal that the picture previews. Lives on the GUI
/// thread; cleared by whoever shows another network.
class Selection final : public QObject {
    Q_OBJECT

public:
    explicit Selection(QObject* parent = nullptr);

    std::optional<NodeId> node() const { return m_node; }
    std::optional<UnitId> unit() const { return m_unit; }
    const Removal& removal() const { return m_removal; }

    /// No unit is selected afterwards.
    void selectNode(std::optional<NodeId> node);
    /// One of `node`'s channels belongs to `unit`.
    void selectUnit(NodeId node, UnitId unit);
    void previewRemoval(const Removal& removal);
    void clear();

Q_SIGNALS:
    void nodeChanged();
    void unitChanged();
    void removalChanged();

private:
    void set(std::optional<NodeId> node, std::optional<UnitId> unit);

    std::optional<NodeId> m_node;
    std::optional<UnitId> m_unit;
    Removal m_removal;
};

} // namespace espalier::ui
