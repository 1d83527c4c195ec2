#include "graph/describe.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "base/overloaded.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

struct Operations {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::Operations)
};

QString sizeText(const Size2& size)
{
    return QStringLiteral("%1×%2").arg(size[0]).arg(size[1]);
}

QString convolutionText(const Conv2d& conv)
{
    QString text = QStringLiteral("Conv2d ") + sizeText(conv.kernel);
    if (conv.stride != Size2{1, 1})
        text += QStringLiteral(" /%1").arg(conv.stride[0]);
    if (conv.groups > 1)
        text += conv.groups == conv.inChannels ? Operations::tr(", depthwise")
                                               : Operations::tr(", %1 groups").arg(conv.groups);
    return text;
}

} // namespace

QString operationText(const Operation& operation)
{
    return std::visit(Overloaded{
                          [](const Conv2d& conv) { return convolutionText(conv); },
                          [](const MaxPool2d& pool) {
                              return QStringLiteral("MaxPool ") + sizeText(pool.kernel);
                          },
                          [](const AvgPool2d& pool) {
                              return QStringLiteral("AvgPool ") + sizeText(pool.kernel);
                          },
                          [](const AdaptiveAvgPool2d& pool) {
                              return pool.output == Size2{1, 1}
                                  ? Operations::tr("Global pool")
                                  : Operations::tr("AvgPool to %1").arg(sizeText(pool.output));
                          },
                          [](const Linear& linear) {
                              return QStringLiteral("Linear %1 → %2")
                                  .arg(linear.inFeatures)
                                  .arg(linear.outFeatures);
                          },
                          [&](const auto&) {
                              const auto name = operationName(operation);
                              return QString::fromUtf8(name.data(),
                                                       static_cast<qsizetype>(name.size()));
                          },
                      },
                      operation);
}

QString attributesText(const Operation& operation)
{
    const auto bias = [](bool has) {
        return has ? Operations::tr("with bias") : Operations::tr("no bias");
    };
    const auto window = [](const auto& pool) {
        return Operations::tr("kernel %1, stride %2, padding %3")
            .arg(sizeText(pool.kernel), sizeText(pool.stride), sizeText(pool.padding));
    };
    return std::visit(
        Overloaded{
            [&](const Conv2d& conv) {
                QStringList parts{window(conv)};
                if (conv.dilation != Size2{1, 1})
                    parts << Operations::tr("dilation %1").arg(sizeText(conv.dilation));
                if (conv.groups > 1)
                    parts << Operations::tr("%1 groups").arg(conv.groups);
                parts << bias(conv.bias);
                return parts.join(QStringLiteral(", "));
            },
            [&](const MaxPool2d& pool) { return window(pool); },
            [&](const AvgPool2d& pool) { return window(pool); },
            [&](const Linear& linear) { return bias(linear.bias); },
            [](const BatchNorm2d& norm) { return Operations::tr("epsilon %1").arg(norm.epsilon); },
            [](const LayerNorm& norm) { return Operations::tr("epsilon %1").arg(norm.epsilon); },
            [](const GroupNorm& norm) {
                return Operations::tr("%1 groups, epsilon %2").arg(norm.groups).arg(norm.epsilon);
            },
            [](const Concat& concat) {
                return Operations::tr("along dimension %1").arg(concat.dimension);
            },
            [](const Softmax& softmax) {
                return Operations::tr("along dimension %1").arg(softmax.dimension);
            },
            [](const auto&) { return QString(); },
        },
        operation);
}

QString shortOperationText(const Operation& operation)
{
    return std::visit(Overloaded{
                          [](const BatchNorm2d&) { return QStringLiteral("BN"); },
                          [&](const auto&) {
                              const auto name = operationName(operation);
                              return QString::fromUtf8(name.data(),
                                                       static_cast<qsizetype>(name.size()));
                          },
                      },
                      operation);
}

QString shapeText(const Shape& shape)
{
    QStringList extents;
    for (const auto extent : shape)
        extents << QString::number(extent);
    return extents.join(QStringLiteral(" × "));
}

QString localName(const QString& name)
{
    const auto last = name.section(QLatin1Char('.'), -1);
    bool isNumber = false;
    last.toInt(&isNumber);
    return isNumber ? name.section(QLatin1Char('.'), -2) : last;
}

const NotPrunable* notPrunable(const Structures& structures, const Node& node)
{
    // in a plain network a convolution is a block too; that one stays says nothing of its filters
    const auto found = std::ranges::find_if(structures.notPrunable, [&](const auto& one) {
        return one.name == node.name && one.operation != "block";
    });
    return found == structures.notPrunable.end() ? nullptr : &*found;
}

QString unitText(const Graph& graph, const FilterGroup& group, std::size_t unit, NodeId node,
                 const QString& score)
{
    constexpr std::size_t most = 6;
    const auto kind = [&] {
        switch (group.kind) {
        case StructureKind::Head:
            return Operations::tr("Head %1 of %2");
        case StructureKind::Neuron:
            return Operations::tr("Neuron %1 of %2");
        default:
            return Operations::tr("Filter %1 of %2");
        }
    }();
    QStringList lines{QStringLiteral("<b>%1</b>").arg(kind.arg(unit + 1).arg(group.units.size()))};
    if (!score.isEmpty())
        lines << score;
    QStringList others;
    for (const auto producer : group.producers) {
        if (producer != node)
            others << toText(graph.node(producer).name).toHtmlEscaped();
    }
    const auto count = static_cast<std::size_t>(others.size());
    if (count > most) {
        others.resize(static_cast<qsizetype>(most));
        others << Operations::tr("%1 more").arg(count - most);
    }
    lines << (others.isEmpty() ? Operations::tr("Goes alone.")
                               : Operations::tr("Goes with its like in %1")
                                     .arg(others.join(QStringLiteral(", "))));
    return lines.join(QStringLiteral("<br>"));
}

const FilterGroup* groupProducedBy(const Structures& structures, NodeId node)
{
    const auto found = std::ranges::find_if(structures.filters, [&](const auto& group) {
        return std::ranges::find(group.producers, node) != group.producers.end();
    });
    return found == structures.filters.end() ? nullptr : &*found;
}

} // namespace espalier::ui
