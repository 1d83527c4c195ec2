#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include <QWidget>

#include "network/graph.h"
#include "session/events.h"
#include "structures/structures.h"

class QFormLayout;
class QLabel;
class QPushButton;

namespace espalier::ui {

class Selection;
class WeightHistogram;

/// What is known of the selected node: operator, shape, cost, weights, scores, what is coupled with
/// it, whether it can go or why not; and of the selected unit in it. Locks and frees.
class InspectorPanel final : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(Selection& selection, QWidget* parent = nullptr);

    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures);
    /// Scores and weights of the network shown; absent while they are not known.
    void setParts(const std::optional<PartsScored>& parts);
    void setLatency(const std::optional<LayersMeasured>& latency);
    /// Names of layers and groups of filters; absent: nothing can be locked.
    void setLocks(const std::optional<std::set<std::string>>& locked);

Q_SIGNALS:
    /// The user wants a layer or group of filters locked, or free.
    void lockToggled(const QString& name, bool locked);

private:
    QWidget* makeContents();
    QPushButton* makeLockButton(const QString& objectName);
    void showUnit();
    void showWeights(const Node& node);
    void showLocks(const Node& node);
    void showLock(QPushButton& button, const std::string& name, const QString& what);
    QString scoresText(const Node& node) const;
    QString latencyRow(const Node& node) const;
    void setRow(QLabel* value, const QString& text);
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
    std::optional<PartsScored> m_parts;
    std::optional<LayersMeasured> m_latency;
    std::optional<std::set<std::string>> m_locked;
    QFormLayout* m_form = nullptr;
    QLabel* m_operator = nullptr;
    QLabel* m_attributes = nullptr;
    QLabel* m_weights = nullptr;
    WeightHistogram* m_histogram = nullptr;
    QLabel* m_scores = nullptr;
    QLabel* m_unit = nullptr;
    QPushButton* m_lockUnits = nullptr;
    QPushButton* m_lockLayer = nullptr;
    QLabel* m_shape = nullptr;
    QLabel* m_macs = nullptr;
    QLabel* m_params = nullptr;
    QLabel* m_seconds = nullptr;
    QLabel* m_block = nullptr;
    QLabel* m_removable = nullptr;
    QLabel* m_coupled = nullptr;
};

} // namespace espalier::ui
