#include "panels/network_panel.h"

#include <algorithm>
#include <set>

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "graph/card_item.h"
#include "graph/describe.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "graph/legend.h"
#include "graph/minimap.h"
#include "graph/picture_export.h"
#include "panels/elided_label.h"
#include "session/selection.h"
#include "session/session_state.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

QToolButton* makeButton(const QString& text, const QString& explanation, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(explanation);
    button->setAccessibleName(explanation);
    button->setAutoRaise(true);
    return button;
}

} // namespace

NetworkPanel::NetworkPanel(Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_scene(new GraphScene(this))
    , m_view(new GraphView(*m_scene, this))
    , m_legend(new Legend(*m_scene, this))
    , m_minimap(new Minimap(*m_scene, *m_view))
    , m_title(new ElidedLabel(this))
    , m_search(new QLineEdit(this))
    , m_hitCount(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_view, 1);
    layout->addWidget(m_legend);
    m_view->addOverlay(*m_minimap, Qt::BottomRightCorner);
    connect(m_scene, &GraphScene::lockToggled, this, &NetworkPanel::lockToggled);
    connect(m_search, &QLineEdit::textChanged, this, &NetworkPanel::search);
    connect(m_search, &QLineEdit::returnPressed, this, &NetworkPanel::goToNextHit);
    connect(m_scene, &GraphScene::nodeSelected, &m_selection, &Selection::selectNode);
    connect(&m_selection, &Selection::nodeChanged, this, &NetworkPanel::showSelectedNode);
    connect(m_scene, &GraphScene::unitSelected, &m_selection, &Selection::selectUnit);
    connect(&m_selection, &Selection::unitChanged, this,
            [this] { m_scene->selectUnit(m_selection.unit()); });
    connect(&m_selection, &Selection::removalChanged, this,
            [this] { m_scene->markRemoval(m_selection.removal()); });
}

QWidget* NetworkPanel::makeBar()
{
    auto* bar = new QWidget(this);
    m_title->setObjectName(QStringLiteral("networkTitle"));
    m_search->setObjectName(QStringLiteral("nodeSearch"));
    m_search->setPlaceholderText(tr("Find a layer or operator"));
    m_search->setAccessibleName(tr("Find a layer or operator"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(190);
    auto* zoomOut = makeButton(QStringLiteral("−"), tr("Zoom out"), bar);
    auto* zoomIn = makeButton(QStringLiteral("+"), tr("Zoom in"), bar);
    auto* fit = makeButton(tr("Fit"), tr("Show the whole network"), bar);
    connect(zoomOut, &QToolButton::clicked, m_view, &GraphView::zoomOut);
    connect(zoomIn, &QToolButton::clicked, m_view, &GraphView::zoomIn);
    connect(fit, &QToolButton::clicked, m_view, &GraphView::fit);
    auto* view = makeButton(tr("View"), tr("What the picture shows"), bar);
    view->setObjectName(QStringLiteral("pictureMenuButton"));
    view->setMenu(makeViewMenu());
    view->setPopupMode(QToolButton::InstantPopup);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 4, 4);
    row->addWidget(m_title, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_hitCount, m_search, makeNumberBox(bar),
                                                           zoomOut, zoomIn, fit, view})
        row->addWidget(widget);
    return bar;
}

void NetworkPanel::showState(const SessionState& state)
{
    if (m_sessionFile != state.sessionFile)
        m_seen.clear();
    m_sessionFile = state.sessionFile;
    if (state.graph && state.shown.isValid())
        m_seen[state.shown] = {state.graph, state.structures};
    if (const auto* dense = state.denseIteration(); dense && state.denseGraph)
        m_seen[dense->id] = {state.denseGraph, state.denseStructures};
    const bool isNew = m_shown.graph != state.graph;
    const auto lineBefore = m_ghostLine;
    auto ghosts = ghostsFor(state);
    if (isNew)
        setNetwork(state.graph, state.structures, std::move(ghosts));
    else if (lineBefore != m_ghostLine)
        m_scene->setGhosts(std::move(ghosts));
    const auto scored = state.parts
        ? std::optional(std::pair(state.parts->iteration, state.parts->criterion))
        : std::nullopt;
    if (std::exchange(m_scored, scored) != scored || isNew)
        setScores(state.parts ? std::optional(state.parts->scores) : std::nullopt,
                  state.parts ? state.parts->criterion : Criterion::L1);
    m_scene->setLatency(state.latency ? std::optional(state.latency->latency) : std::nullopt,
                        latencyAbsence(state));
    m_scene->setCandidates(state.areCandidatesOnBench() ? state.candidates.candidates
                                                        : std::vector<Candidate>());
    const auto& locked = state.experiment.pruning.locked;
    m_scene->setLocks(state.hasSession()
                          ? std::optional(std::set<std::string>(locked.begin(), locked.end()))
                          : std::nullopt);
}

/// In terms of the oldest network of the line that is known: the dense one, which comes with the
/// session.
std::shared_ptr<const Ghosts> NetworkPanel::ghostsFor(const SessionState& state)
{
    m_ghostLine.clear();
    if (!state.graph || !state.shown.isValid())
        return nullptr;
    const auto line = lineOf(state.history, state.shown);
    const auto oldest = std::ranges::find_if(
        line, [&](const Iteration* iteration) { return m_seen.contains(iteration->id); });
    if (oldest == line.end() || (*oldest)->id == state.shown)
        return nullptr;
    const std::vector<const Iteration*> steps(oldest + 1, line.end());
    m_ghostLine.push_back((*oldest)->id);
    for (const auto* step : steps)
        m_ghostLine.push_back(step->id);
    return ghostsBetween(m_seen.at((*oldest)->id), steps, {state.graph, state.structures});
}

void NetworkPanel::setNetwork(std::shared_ptr<const Graph> graph,
                              std::shared_ptr<const Structures> structures,
                              std::shared_ptr<const Ghosts> ghosts)
{
    m_selection.clear();
    m_shown = {std::move(graph), std::move(structures)};
    setTitle();
    m_scene->setNetwork(m_shown.graph, m_shown.structures, std::move(ghosts));
    m_view->refit();
    search();
}

void NetworkPanel::setTitle()
{
    const auto& graph = m_shown.graph;
    m_title->setText(graph
                         ? tr("%1 MACs · %2 parameters")
                               .arg(shortCountText(graph->macs()), shortCountText(graph->params()))
                         : QString());
}

void NetworkPanel::setScores(const std::optional<Scores>& scores, Criterion criterion)
{
    m_scene->setScores(scores, QString::fromStdString(criterionName(criterion)).toUpper());
}

QComboBox* NetworkPanel::makeNumberBox(QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QStringLiteral("paintedNumber"));
    box->setAccessibleName(tr("Number painted on the layers"));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(15);
    box->setToolTip(tr("The number that warms the layers and is written on them"));
    for (const auto number :
         {PaintedNumber::Macs, PaintedNumber::Parameters, PaintedNumber::Latency,
          PaintedNumber::Score, PaintedNumber::Cka, PaintedNumber::None})
        box->addItem(tr("Paint: %1").arg(paintedName(number)), static_cast<int>(number));
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, box] { setPainted(static_cast<PaintedNumber>(box->currentData().toInt())); });
    return box;
}

void NetworkPanel::setPainted(PaintedNumber number)
{
    m_scene->setPainted(number);
    m_measured.reset(); // choosing it again measures what failed, or was stopped, again
    askForLatency();
}

void NetworkPanel::followActivity(const SessionState& state)
{
    m_canMeasure = state.canMeasure() && !state.latency;
    m_scene->setLatency(state.latency ? std::optional(state.latency->latency) : std::nullopt,
                        latencyAbsence(state));
    askForLatency();
}

QString NetworkPanel::latencyAbsence(const SessionState& state) const
{
    if (!state.graph)
        return {};
    if (state.isRunning(Command::MeasureLayers))
        return tr("being measured…");
    if (state.isBusy())
        return tr("measured when the work is done");
    return m_measured == state.graph ? tr("not measured") : tr("being measured…");
}

/// Nothing is measured that nobody looks at: it keeps the engine busy for a second.
void NetworkPanel::askForLatency()
{
    if (m_scene->painted() != PaintedNumber::Latency || !m_canMeasure
        || m_measured == m_shown.graph)
        return;
    m_measured = m_shown.graph;
    Q_EMIT latencyWanted();
}

QAction* NetworkPanel::addToggle(QMenu& menu, const char* name, const QString& text,
                                 const QString& tip)
{
    auto* action = menu.addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(tip);
    action->setCheckable(true);
    return action;
}

QMenu* NetworkPanel::makeViewMenu()
{
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    auto* ghosts = addToggle(*menu, "showGhosts", tr("Show what &went earlier"),
                             tr("Filters and blocks that earlier iterations removed stay in their "
                                "places, as outlines"));
    ghosts->setChecked(true);
    connect(ghosts, &QAction::toggled, m_scene, &GraphScene::setGhostsVisible);
    auto* across = addToggle(*menu, "scoresAcrossNetwork", tr("Compare &scores across the network"),
                             tr("Colours of cells from the lowest score of all layers to the "
                                "highest, not layer by layer"));
    connect(across, &QAction::toggled, this, [this](bool on) {
        m_scene->setScoreScale(on ? ScoreScale::Network : ScoreScale::Layer);
    });
    auto* downwards = addToggle(*menu, "downwards", tr("From top to &bottom"),
                                tr("The network runs downwards, not to the right"));
    connect(downwards, &QAction::toggled, m_scene, &GraphScene::setDownwards);
    auto* overview = addToggle(*menu, "showMinimap", tr("&Overview"),
                               tr("The whole network in a corner, while only a part is in sight"));
    overview->setChecked(true);
    connect(overview, &QAction::toggled, m_minimap, &Minimap::setWanted);
    menu->addSeparator();
    addFoldActions(*menu);
    menu->addSeparator();
    addExportAction(*menu);
    return menu;
}

void NetworkPanel::addFoldActions(QMenu& menu)
{
    auto* fold = menu.addAction(tr("&Fold all blocks"), m_scene, &GraphScene::foldAll);
    fold->setObjectName(QStringLiteral("foldAll"));
    auto* unfold = menu.addAction(tr("&Unfold all blocks"), m_scene, &GraphScene::unfoldAll);
    unfold->setObjectName(QStringLiteral("unfoldAll"));
}

void NetworkPanel::addExportAction(QMenu& menu)
{
    auto* save = menu.addAction(tr("&Export picture…"), this, &NetworkPanel::choosePicture);
    save->setObjectName(QStringLiteral("exportPicture"));
    connect(&menu, &QMenu::aboutToShow, save,
            [this, save] { save->setEnabled(m_shown.graph != nullptr); });
}

void NetworkPanel::choosePicture()
{
    auto* dialog = new QFileDialog(this, tr("Export Picture"), {},
                                   tr("PNG picture (*.png);;SVG drawing (*.svg)"));
    dialog->setObjectName(QStringLiteral("exportPictureDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const auto status = exportPicture(toPath(file));
        if (!status)
            Q_EMIT pictureFailed(toText(status.error().message));
    });
    dialog->open();
}

Status NetworkPanel::exportPicture(const std::filesystem::path& file)
{
    return ui::exportPicture(*m_scene, file, m_view->palette());
}

void NetworkPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void NetworkPanel::showSelectedNode()
{
    const auto node = m_selection.node();
    m_scene->selectNode(node);
    if (auto* card = node ? m_scene->cardOf(*node) : nullptr)
        m_view->ensureVisible(card);
}

void NetworkPanel::search()
{
    m_hits = m_scene->find(m_search->text());
    m_hit = 0;
    m_hitCount->setText(m_search->text().isEmpty() ? QString() : tr("%1 found").arg(m_hits.size()));
}

void NetworkPanel::goToNextHit()
{
    if (m_hits.empty())
        return;
    const auto node = m_hits[m_hit];
    m_hitCount->setText(tr("%1 of %2").arg(m_hit + 1).arg(m_hits.size()));
    m_hit = (m_hit + 1) % m_hits.size();
    m_scene->reveal(node);
    m_selection.selectNode(node);
    if (auto* card = m_scene->cardOf(node))
        m_view->bringNear(*card);
}

} // namespace espalier::ui
