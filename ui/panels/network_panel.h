#pragma once

#include <memory>
#include <vector>

#include <QWidget>

#include "criteria/criterion.h"
#include "network/graph.h"
#include "structures/structures.h"

class QLabel;
class QLineEdit;
class QMenu;

namespace espalier::ui {

class ElidedLabel;
class GraphScene;
class GraphView;
class Selection;

/// The picture of the network with its search field. Follows and sets the selection.
class NetworkPanel final : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPanel(Selection& selection, QWidget* parent = nullptr);

    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures);
    /// Of the parts of the network shown; absent while they are not known.
    void setScores(const std::optional<Scores>& scores, Criterion criterion);
    GraphView& view() { return *m_view; }
    GraphScene& scene() { return *m_scene; }
    void focusSearch();

private:
    QWidget* makeBar();
    QMenu* makeViewMenu();
    void showSelectedNode();
    void search();
    void goToNextHit();

    Selection& m_selection;
    GraphScene* m_scene;
    GraphView* m_view;
    ElidedLabel* m_title;
    QLineEdit* m_search;
    QLabel* m_hitCount;
    std::vector<NodeId> m_hits;
    std::size_t m_hit = 0;
};

} // namespace espalier::ui
