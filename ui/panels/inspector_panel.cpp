#include "panels/inspector_panel.h"

#include <algorithm>
#include <numeric>

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "graph/describe.h"
#include "panels/weight_histogram.h"
#include "session/selection.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

QLabel* makeLabel(const QString& objectName, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

const Block* blockOf(const Structures& structures, NodeId node)
{
    const auto found = std::ranges::find_if(structures.blocks, [&](const auto& block) {
        return block.exit == node || std::ranges::find(block.nodes, node) != block.nodes.end();
    });
    return found == structures.blocks.end() ? nullptr : &*found;
}

/// Lets a long path break after its dots.
QString breakable(const std::string& name)
{
    return toText(name).replace(QLatin1Char('.'), QStringLiteral(".\u200b"));
}

} // namespace

InspectorPanel::InspectorPanel(Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
{
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setAccessibleName(tr("Details of the selected layer"));
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(makeContents());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
    connect(&m_selection, &Selection::nodeChanged, this, &InspectorPanel::showSelection);
    connect(&m_selection, &Selection::unitChanged, this, &InspectorPanel::showSelection);
    showSelection();
}

QWidget* InspectorPanel::makeContents()
{
    auto* contents = new QWidget(this);
    m_name = makeLabel(QStringLiteral("inspectorName"), contents);
    QFont font = m_name->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    m_name->setFont(font);
    m_details = new QWidget(contents);
    auto* form = m_form = new QFormLayout(m_details);
    form->setContentsMargins(0, 6, 0, 0);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_operator = addRow(*form, tr("Operator"), QStringLiteral("inspectorOperator"));
    m_shape = addRow(*form, tr("Output"), QStringLiteral("inspectorShape"));
    m_attributes = addRow(*form, tr("Attributes"), QStringLiteral("inspectorAttributes"));
    m_macs = addRow(*form, tr("MACs"), QStringLiteral("inspectorMacs"));
    m_params = addRow(*form, tr("Parameters"), QStringLiteral("inspectorParams"));
    m_seconds = addRow(*form, tr("Latency"), QStringLiteral("inspectorLatency"));
    m_removable = addRow(*form, tr("Can go"), QStringLiteral("inspectorRemovable"));
    m_coupled = addRow(*form, tr("Coupled"), QStringLiteral("inspectorCoupled"));
    m_block = addRow(*form, tr("Block"), QStringLiteral("inspectorBlock"));
    m_scores = addRow(*form, tr("Scores"), QStringLiteral("inspectorScores"));
    m_unit = addRow(*form, tr("Selected"), QStringLiteral("inspectorUnit"));
    m_unit->setTextFormat(Qt::RichText);
    m_weights = addRow(*form, tr("Weights"), QStringLiteral("inspectorWeights"));
    m_histogram = new WeightHistogram(m_details);
    form->addRow(m_histogram);
    m_lockUnits = makeLockButton(QStringLiteral("lockUnits"));
    m_lockLayer = makeLockButton(QStringLiteral("lockLayer"));
    form->addRow(m_lockUnits);
    form->addRow(m_lockLayer);
    form->setRowVisible(m_lockUnits, false); // until a node is selected
    form->setRowVisible(m_lockLayer, false);
    auto* column = new QVBoxLayout(contents);
    column->addWidget(m_name);
    column->addWidget(m_details);
    column->addStretch();
    return contents;
}

QPushButton* InspectorPanel::makeLockButton(const QString& objectName)
{
    auto* button = new QPushButton(m_details);
    button->setObjectName(objectName);
    button->setCheckable(true);
    connect(button, &QPushButton::clicked, this, [this, button](bool lock) {
        button->setChecked(!lock); // until the engine says so
        Q_EMIT lockToggled(button->property("structure").toString(), lock);
    });
    return button;
}

QLabel* InspectorPanel::addRow(QFormLayout& form, const QString& title, const QString& objectName)
{
    auto* value = makeLabel(objectName, m_details);
    value->setAccessibleName(title);
    auto* label = new QLabel(title, m_details);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    form.addRow(label, value);
    return value;
}

void InspectorPanel::setNetwork(std::shared_ptr<const Graph> graph,
                                std::shared_ptr<const Structures> structures)
{
    m_graph = std::move(graph);
    m_structures = std::move(structures);
    showSelection();
}

void InspectorPanel::setParts(const std::optional<PartsScored>& parts)
{
    m_parts = parts;
    showSelection();
}

void InspectorPanel::setLatency(const std::optional<LayersMeasured>& latency)
{
    m_latency = latency;
    showSelection();
}

void InspectorPanel::setLocks(const std::optional<std::set<std::string>>& locked)
{
    m_locked = locked;
    showSelection();
}

void InspectorPanel::showSelection()
{
    const auto node = m_selection.node();
    const bool shows = node && m_graph && m_structures && node->index() < m_graph->nodes().size();
    m_details->setVisible(shows);
    if (shows)
        showNode(m_graph->node(*node));
    else
        m_name->setText(m_graph ? tr("Select a layer in the picture") : tr("No network"));
}

void InspectorPanel::showNode(const Node& node)
{
    const auto total = static_cast<double>(std::max<std::int64_t>(1, m_graph->macs()));
    const auto macs = m_graph->macs(node.id);
    m_name->setText(breakable(node.name));
    m_operator->setText(operationText(node.operation));
    m_shape->setText(shapeText(node.shape));
    m_macs->setText(
        macs > 0 ? tr("%1, %2 of the network")
                       .arg(countText(macs), percentText(static_cast<double>(macs) / total, 1))
                 : QStringLiteral("0"));
    m_params->setText(countText(m_graph->params(node.id)));
    setRow(m_seconds, latencyRow(node));
    m_removable->setText(removableText(node));
    m_coupled->setText(couplingText(node));
    m_block->setText(blockText(node));
    setRow(m_attributes, attributesText(node.operation));
    setRow(m_scores, scoresText(node));
    showUnit();
    showWeights(node);
    showLocks(node);
}

void InspectorPanel::setRow(QLabel* value, const QString& text)
{
    value->setText(text);
    m_form->setRowVisible(value, !text.isEmpty());
}

QString InspectorPanel::latencyRow(const Node& node) const
{
    if (!m_latency || node.id.index() >= m_latency->latency.seconds.size())
        return {};
    const auto& all = m_latency->latency.seconds;
    const double sum = std::accumulate(all.begin(), all.end(), 0.0);
    const double seconds = all[node.id.index()];
    if (sum <= 0 || seconds <= 0)
        return {};
    return tr("%1, %2 of the network").arg(latencyText(seconds), percentText(seconds / sum, 1));
}

QString InspectorPanel::scoresText(const Node& node) const
{
    const auto* group = groupProducedBy(*m_structures, node.id);
    if (!m_parts || !group)
        return {};
    const auto found = m_parts->scores.filters.find(group->name);
    if (found == m_parts->scores.filters.end() || found->second.empty())
        return {};
    const auto& scores = found->second;
    const auto [low, high] = std::ranges::minmax(scores);
    const double mean =
        std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
    return tr("%1 to %2, mean %3 (%4)")
        .arg(low, 0, 'g', 4)
        .arg(high, 0, 'g', 4)
        .arg(mean, 0, 'g', 4)
        .arg(QString::fromStdString(criterionName(m_parts->criterion)).toUpper());
}

void InspectorPanel::showUnit()
{
    const auto unit = m_selection.unit();
    const auto node = m_selection.node();
    const FilterGroup* group = nullptr;
    std::size_t index = 0;
    for (const auto& one : m_structures->filters) {
        const auto found = unit ? std::ranges::find(one.units, *unit) : one.units.end();
        if (found == one.units.end())
            continue;
        group = &one;
        index = static_cast<std::size_t>(found - one.units.begin());
        break;
    }
    if (!group) {
        setRow(m_unit, {});
        return;
    }
    QString score;
    if (m_parts) {
        const auto scores = m_parts->scores.filters.find(group->name);
        if (scores != m_parts->scores.filters.end() && index < scores->second.size())
            score = tr("Score %1").arg(scores->second[index], 0, 'g', 4);
    }
    setRow(m_unit, unitText(*m_graph, *group, index, node.value_or(group->first), score));
}

void InspectorPanel::showWeights(const Node& node)
{
    const auto* weights = m_parts && node.id.index() < m_parts->weights.size()
        ? &m_parts->weights[node.id.index()]
        : nullptr;
    const bool has = weights && weights->count > 0;
    m_form->setRowVisible(m_histogram, has);
    if (!has) {
        setRow(m_weights, {});
        return;
    }
    setRow(m_weights,
           tr("%1 to %2, mean %3 ± %4")
               .arg(weights->minimum, 0, 'g', 3)
               .arg(weights->maximum, 0, 'g', 3)
               .arg(weights->mean, 0, 'g', 3)
               .arg(weights->deviation, 0, 'g', 3));
    m_histogram->setBars(weights->histogram, weights->minimum, weights->maximum);
}

void InspectorPanel::showLocks(const Node& node)
{
    const auto* group = groupProducedBy(*m_structures, node.id);
    const auto what = [&] {
        switch (group ? group->kind : StructureKind::Filter) {
        case StructureKind::Head:
            return tr("heads");
        case StructureKind::Neuron:
            return tr("neurons");
        default:
            return tr("filters");
        }
    };
    showLock(*m_lockUnits, group ? group->name : std::string(), what());
    const auto* block = blockOf(*m_structures, node.id);
    const bool isLayer = block && block->layer;
    showLock(*m_lockLayer, isLayer ? m_structures->layers[*block->layer].name : std::string(),
             tr("block"));
}

/// No button where there is nothing to lock, or nobody who could.
void InspectorPanel::showLock(QPushButton& button, const std::string& name, const QString& what)
{
    m_form->setRowVisible(&button, m_locked && !name.empty());
    if (!m_locked || name.empty())
        return;
    const bool isLocked = m_locked->contains(name);
    button.setProperty("structure", toText(name));
    button.setChecked(isLocked);
    button.setText(isLocked ? tr("Unlock %1").arg(what) : tr("Lock %1").arg(what));
    button.setToolTip(isLocked ? tr("%1 stays. Let it compete again.").arg(toText(name))
                               : tr("Keep all of %1.").arg(toText(name)));
    button.setAccessibleName(button.text() + QLatin1Char(' ') + toText(name));
}

QString InspectorPanel::blockText(const Node& node) const
{
    const auto* block = blockOf(*m_structures, node.id);
    if (!block)
        return tr("in none");
    const QString where = tr("%1, stage %2").arg(breakable(block->name)).arg(block->stage + 1);
    if (block->layer) {
        const auto& layer = m_structures->layers[*block->layer];
        return tr("%1. Can go as a whole: saves %2 MACs.").arg(where, shortCountText(layer.macs));
    }
    const auto why = std::ranges::find(m_structures->notPrunable, block->name, &NotPrunable::name);
    return why == m_structures->notPrunable.end()
        ? tr("%1. Stays.").arg(where)
        : tr("%1. Stays: %2").arg(where, toText(why->reason));
}

QString InspectorPanel::removableText(const Node& node) const
{
    if (const auto* why = notPrunable(*m_structures, node))
        return tr("No: %1").arg(toText(why->reason));
    if (const auto* group = groupProducedBy(*m_structures, node.id))
        return tr("Its filters, one by one (%1 of them)").arg(group->units.size());
    return tr("Only with what it belongs to");
}

QString InspectorPanel::couplingText(const Node& node) const
{
    const auto* group = groupProducedBy(*m_structures, node.id);
    if (!group || group->producers.size() < 2)
        return tr("with nothing else");
    QStringList names;
    for (const auto producer : group->producers) {
        if (producer != node.id)
            names << breakable(m_graph->node(producer).name);
    }
    return tr("with %1").arg(names.join(QStringLiteral(", ")));
}

} // namespace espalier::ui
