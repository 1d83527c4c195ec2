#include "panels/network_panel.h"

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
#include "panels/elided_label.h"
#include "session/selection.h"
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
    , m_title(new ElidedLabel(this))
    , m_search(new QLineEdit(this))
    , m_hitCount(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_view, 1);
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
    m_search->setMaximumWidth(220);
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
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_hitCount, m_search, zoomOut, zoomIn, fit, view})
        row->addWidget(widget);
    return bar;
}

void NetworkPanel::setNetwork(std::shared_ptr<const Graph> graph,
                              std::shared_ptr<const Structures> structures)
{
    m_selection.clear();
    m_title->setText(graph
                         ? tr("%1 MACs · %2 parameters · input %3")
                               .arg(shortCountText(graph->macs()), shortCountText(graph->params()),
                                    shapeText(graph->inputShape()))
                         : QString());
    m_scene->setNetwork(std::move(graph), std::move(structures));
    m_view->refit();
    search();
}

void NetworkPanel::setScores(const std::optional<Scores>& scores, Criterion criterion)
{
    m_scene->setScores(scores, QString::fromStdString(criterionName(criterion)).toUpper());
}

QMenu* NetworkPanel::makeViewMenu()
{
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    auto* acrossNetwork = menu->addAction(tr("Compare &scores across the network"));
    acrossNetwork->setObjectName(QStringLiteral("scoresAcrossNetwork"));
    acrossNetwork->setToolTip(tr(
        "Colours of cells from the lowest score of all layers to the highest, not layer by layer"));
    acrossNetwork->setCheckable(true);
    connect(acrossNetwork, &QAction::toggled, this, [this](bool on) {
        m_scene->setScoreScale(on ? ScoreScale::Network : ScoreScale::Layer);
    });
    return menu;
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
    m_selection.selectNode(node);
    if (auto* card = m_scene->cardOf(node))
        m_view->bringNear(*card);
}

} // namespace espalier::ui
