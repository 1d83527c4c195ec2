#pragma once

#include <array>

#include <QDialog>

#include "session/session_controller.h"

class QLabel;
class QTableView;

namespace espalier::ui {

class ComparisonModel;
class GraphScene;
class GraphView;

/// Two networks of the history side by side: their pictures, which move and zoom together, and what
/// differs layer by layer. Asks the engine for both networks; not modal. A layer selected in one
/// place is shown in all three.
class CompareDialog final : public QDialog {
    Q_OBJECT

public:
    CompareDialog(SessionController& controller, IterationId a, IterationId b,
                  QWidget* parent = nullptr);
    ~CompareDialog() override;

private:
    struct Side {
        IterationId iteration;
        std::shared_ptr<const Graph> graph;
        std::shared_ptr<const Structures> structures;
        QLabel* title = nullptr;
        GraphScene* scene = nullptr;
        GraphView* view = nullptr;
    };

    QWidget* makeSide(Side& side, const char* name);
    QWidget* makeTable();
    void take(const NetworkShown& network);
    /// The other picture shows the same layer at the same place and zoom.
    void follow(const Side& moved, Side& other);
    void selectLayer(const std::string& name);
    QString titleOf(IterationId id) const;

    SessionController& m_controller;
    std::array<Side, 2> m_sides;
    ComparisonModel* m_model;
    QTableView* m_table;
    bool m_isFollowing = false; ///< a picture moves because the other one did
};

} // namespace espalier::ui
