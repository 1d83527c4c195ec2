#pragma once

#include <memory>

#include <QWidget>

#include "network/graph.h"
#include "structures/structures.h"

class QFormLayout;
class QLabel;

namespace espalier::ui {

class Selection;

/// What is known of the selected node: operator, shape, cost, what is coupled with it, and whether
/// it can go or why not.
class InspectorPanel final : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(Selection& selection, QWidget* parent = nullptr);

    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures);

private:
    QWidget* makeContents();
    QLabel* addRow(QFormLayout& form, const QString& title, const QString& objectName);
    void showSelection();
    void showNode(const Node& node);
    QString blockText(const Node& node) const;
    QString removableText(const Node& node) const;
    QString couplingText(const Node& node) const;

    Selection& m_selection;
    std::shared_ptr<const Graph> m_graph;
    std::shared_ptr<const Structures> m_structures;
    QLabel* m_name = nullptr;
    QWidget* m_details = nullptr;
    QLabel* m_operator = nullptr;
    QLabel* m_shape = nullptr;
    QLabel* m_macs = nullptr;
    QLabel* m_params = nullptr;
    QLabel* m_block = nullptr;
    QLabel* m_removable = nullptr;
    QLabel* m_coupled = nullptr;
};

} // namespace espalier::ui
