#include "panels/inspector_panel.h"

#include <algorithm>

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "graph/describe.h"
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
    auto* form = new QFormLayout(m_details);
    form->setContentsMargins(0, 6, 0, 0);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_operator = addRow(*form, tr("Operator"), QStringLiteral("inspectorOperator"));
    m_shape = addRow(*form, tr("Output"), QStringLiteral("inspectorShape"));
    m_macs = addRow(*form, tr("MACs"), QStringLiteral("inspectorMacs"));
    m_params = addRow(*form, tr("Parameters"), QStringLiteral("inspectorParams"));
    m_removable = addRow(*form, tr("Can go"), QStringLiteral("inspectorRemovable"));
    m_coupled = addRow(*form, tr("Coupled"), QStringLiteral("inspectorCoupled"));
    m_block = addRow(*form, tr("Block"), QStringLiteral("inspectorBlock"));
    auto* column = new QVBoxLayout(contents);
    column->addWidget(m_name);
    column->addWidget(m_details);
    column->addStretch();
    return contents;
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
    m_removable->setText(removableText(node));
    m_coupled->setText(couplingText(node));
    m_block->setText(blockText(node));
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
