#include "windows/compare_dialog.h"

#include <limits>

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "graph/card_item.h"
#include "graph/graph_scene.h"
#include "graph/graph_view.h"
#include "models/comparison_model.h"
#include "models/removed_between.h"
#include "models/words.h"
#include "panels/table.h"
#include "style/text.h"

namespace espalier::ui {

CompareDialog::CompareDialog(SessionController& controller, IterationId a, IterationId b,
                             QWidget* parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_model(new ComparisonModel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("compareDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Iterations %1 and %2").arg(a.value()).arg(b.value()));
    resize(1100, 760);
    m_sides[0].iteration = a;
    m_sides[1].iteration = b;
    auto* pictures = new QSplitter(Qt::Horizontal, this);
    pictures->addWidget(makeSide(m_sides[0], "compareA"));
    pictures->addWidget(makeSide(m_sides[1], "compareB"));
    pictures->setChildrenCollapsible(false);
    pictures->setSizes({540, 540});
    auto* all = new QSplitter(Qt::Vertical, this);
    all->addWidget(pictures);
    all->addWidget(makeTable());
    all->setSizes({460, 300});
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(all, 1);
    auto* buttons = new QDialogButtonBox(this);
    auto* close = buttons->addButton(tr("&Close"), QDialogButtonBox::RejectRole);
    close->setAutoDefault(false); // Return belongs to the table
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(&controller, &SessionController::networkShown, this, &CompareDialog::take);
    controller.showNetwork(a);
    controller.showNetwork(b);
}

CompareDialog::~CompareDialog()
{
    for (auto& side : m_sides)
        delete side.view; // before its scene, whose end would move it, and the other one with it
}

QWidget* CompareDialog::makeSide(Side& side, const char* name)
{
    auto* widget = new QWidget(this);
    side.title = new QLabel(titleOf(side.iteration), widget);
    side.title->setWordWrap(true);
    side.title->setTextFormat(Qt::PlainText);
    side.scene = new GraphScene(widget);
    side.view = new GraphView(*side.scene, widget);
    side.view->setObjectName(QLatin1String(name));
    side.view->setAccessibleName(tr("Network of iteration %1").arg(side.iteration.value()));
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(side.title);
    layout->addWidget(side.view, 1);
    auto& other = &side == m_sides.data() ? m_sides[1] : m_sides[0];
    for (auto* bar : {side.view->horizontalScrollBar(), side.view->verticalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, this, [&] { follow(side, other); });
        connect(bar, &QScrollBar::rangeChanged, this, [&] { follow(side, other); });
    }
    connect(side.scene, &GraphScene::nodeSelected, this, [&](std::optional<NodeId> node) {
        if (node && side.graph)
            selectLayer(side.graph->node(*node).name);
    });
    return widget;
}

QWidget* CompareDialog::makeTable()
{
    auto* widget = new QWidget(this);
    auto* only = new QCheckBox(tr("&Only what differs"), widget);
    only->setObjectName(QStringLiteral("onlyDifferences"));
    only->setChecked(true);
    connect(only, &QCheckBox::toggled, m_model, &ComparisonModel::showOnlyDifferences);
    m_table->setObjectName(QStringLiteral("differences"));
    m_table->setAccessibleName(tr("Differences by layer"));
    m_table->setModel(m_model);
    setUpTable(*m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                if (row.isValid())
                    selectLayer(m_model->layerName(row.row()));
            });
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(only);
    layout->addWidget(m_table, 1);
    return widget;
}

QString CompareDialog::titleOf(IterationId id) const
{
    const auto* iteration = m_controller.state().iteration(id);
    if (!iteration)
        return tr("Iteration %1").arg(id.value());
    const auto* chosen = iteration->chosen();
    const QString name = chosen
        ? tr("Iteration %1, without %2").arg(id.value()).arg(removedText(*chosen))
        : tr("Iteration %1, the dense network").arg(id.value());
    return tr("%1: validation %2, test %3, %4 MACs, %5 parameters")
        .arg(name, percentText(iteration->accuracy), percentText(iteration->testAccuracy),
             shortCountText(iteration->macs), shortCountText(iteration->params));
}

void CompareDialog::take(const NetworkShown& network)
{
    for (auto& side : m_sides) {
        if (side.iteration != network.iteration || side.graph)
            continue;
        side.graph = network.graph;
        side.structures = network.structures;
        side.scene->setNetwork(network.graph, network.structures);
        side.view->fit();
    }
    if (!m_sides[0].graph || !m_sides[1].graph)
        return;
    const auto name = [](const Side& side) { return QString::number(side.iteration.value()); };
    m_model->setNetworks(m_sides[0].graph, name(m_sides[0]), m_sides[1].graph, name(m_sides[1]));
    const auto& history = m_controller.state().history;
    for (const auto& [from, to] : {std::pair{0, 1}, std::pair{1, 0}}) {
        auto& side = m_sides[static_cast<std::size_t>(from)];
        side.scene->markRemoval(removedBetween(history, side.iteration,
                                               m_sides[static_cast<std::size_t>(to)].iteration,
                                               *side.structures));
    }
    follow(m_sides[0], m_sides[1]); // both at one zoom from the start
}

void CompareDialog::follow(const Side& moved, Side& other)
{
    if (m_isFollowing || !moved.graph || !other.graph)
        return;
    const QPointF centre = moved.view->mapToScene(moved.view->viewport()->rect().center());
    const CardItem* nearest = nullptr;
    const CardItem* counterpart = nullptr;
    double shortest = std::numeric_limits<double>::infinity();
    for (const auto* card : moved.scene->cards()) {
        const QPointF way = card->scenePos() - centre;
        const double distance = QPointF::dotProduct(way, way);
        if (distance >= shortest)
            continue;
        const auto node = other.graph->find(moved.graph->node(card->head()).name);
        const auto* same = node ? other.scene->cardOf(*node) : nullptr;
        if (!same)
            continue;
        nearest = card;
        counterpart = same;
        shortest = distance;
    }
    if (!nearest)
        return;
    m_isFollowing = true;
    other.view->setTransform(moved.view->transform());
    other.view->centerOn(counterpart->scenePos() + (centre - nearest->scenePos()));
    m_isFollowing = false;
}

void CompareDialog::selectLayer(const std::string& name)
{
    const Side* first = nullptr;
    for (auto& side : m_sides) {
        const auto node = side.graph ? side.graph->find(name) : std::nullopt;
        side.scene->selectNode(node);
        if (node && !first)
            first = &side;
    }
    if (!first)
        return;
    if (const auto* card = first->scene->cardOf(*first->graph->find(name)))
        first->view->ensureVisible(card);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->layerName(row) == name && m_table->currentIndex().row() != row)
            m_table->selectRow(row);
    }
}

} // namespace espalier::ui
