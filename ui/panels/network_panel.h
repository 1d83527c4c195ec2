#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QWidget>

#include "criteria/criterion.h"
#include "graph/ghosts.h"
#include "graph/painted_number.h"
#include "network/graph.h"
#include "structures/structures.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;

namespace espalier::ui {

struct SessionState;
class ElidedLabel;
class GraphScene;
class GraphView;
class Legend;
class Minimap;
class Selection;

/// The picture of the network with its search field, legend and overview. Follows and sets the
/// selection. What earlier iterations took is shown as far back as their networks are known.
class NetworkPanel final : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPanel(Selection& selection, QWidget* parent = nullptr);

    /// Everything the picture shows of a session.
    void showState(const SessionState& state);
    void setNetwork(std::shared_ptr<const Graph> graph,
                    std::shared_ptr<const Structures> structures,
                    std::shared_ptr<const Ghosts> ghosts = nullptr);
    /// Of the parts of the network shown; absent while they are not known.
    void setScores(const std::optional<Scores>& scores, Criterion criterion);
    /// Asks for the latency of the network shown where it is painted, once nothing else runs.
    void followActivity(const SessionState& state);
    GraphView& view() { return *m_view; }
    GraphScene& scene() { return *m_scene; }
    void focusSearch();
    /// Writes the picture by suffix, .png or .svg.
    Status exportPicture(const std::filesystem::path& file);

Q_SIGNALS:
    void lockToggled(const QString& name, bool locked);
    void latencyWanted(); ///< of the network on the bench, to paint it
    void pictureFailed(const QString& message); ///< could not be written

private:
    QWidget* makeBar();
    QMenu* makeViewMenu();
    QComboBox* makeNumberBox(QWidget* parent);
    void setPainted(PaintedNumber number);
    void askForLatency();
    QString latencyAbsence(const SessionState& state) const;
    void addFoldActions(QMenu& menu);
    void addExportAction(QMenu& menu);
    QAction* addToggle(QMenu& menu, const char* name, const QString& text, const QString& tip);
    void choosePicture();
    void setTitle();
    std::shared_ptr<const Ghosts> ghostsFor(const SessionState& state);
    void showSelectedNode();
    void search();
    void goToNextHit();

    Selection& m_selection;
    GraphScene* m_scene;
    GraphView* m_view;
    Legend* m_legend;
    Minimap* m_minimap;
    ElidedLabel* m_title;
    QLineEdit* m_search;
    QLabel* m_hitCount;
    std::filesystem::path m_sessionFile;
    std::map<IterationId, GraphOnBench> m_seen; ///< of that session, or come with it
    GraphOnBench m_shown;
    std::optional<std::pair<IterationId, Criterion>> m_scored; ///< whose scores are shown
    std::vector<IterationId> m_ghostLine; ///< what the ghosts in the picture were made of
    std::shared_ptr<const Graph> m_measured; ///< whose latency was asked for
    bool m_canMeasure = false;
    std::vector<NodeId> m_hits;
    std::size_t m_hit = 0;
};

} // namespace espalier::ui
