#include "graph/describe.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "base/overloaded.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

QString sizeText(const Size2& size)
{
    return QStringLiteral("%1×%2").arg(size[0]).arg(size[1]);
}

QString translated(const char* text)
{
    return QCoreApplication::translate("operations", text);
}

QString convolutionText(const Conv2d& conv)
{
    QString text = QStringLiteral("Conv2d ") + sizeText(conv.kernel);
    if (conv.stride != Size2{1, 1})
        text += QStringLiteral(" /%1").arg(conv.stride[0]);
    if (conv.groups > 1)
        text += conv.groups == conv.inChannels ? translated(", depthwise")
                                               : translated(", %1 groups").arg(conv.groups);
    return text;
}

} // namespace

QString operationText(const Operation& operation)
{
    return std::visit(Overloaded{
                          [](const Conv2d& conv) { return convolutionText(conv); },
                          [](const MaxPool2d& pool) {
                              return QStringLiteral("MaxPool2d ") + sizeText(pool.kernel);
                          },
                          [](const AvgPool2d& pool) {
                              return QStringLiteral("AvgPool2d ") + sizeText(pool.kernel);
                          },
                          [](const AdaptiveAvgPool2d& pool) {
                              return QStringLiteral("AvgPool2d to ") + sizeText(pool.output);
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
    return name.section(QLatin1Char('.'), -1);
}

const NotPrunable* notPrunable(const Structures& structures, const Node& node)
{
    const auto found = std::ranges::find(structures.notPrunable, node.name, &NotPrunable::name);
    return found == structures.notPrunable.end() ? nullptr : &*found;
}

const FilterGroup* groupProducedBy(const Structures& structures, NodeId node)
{
    const auto found = std::ranges::find_if(structures.filters, [&](const auto& group) {
        return std::ranges::find(group.producers, node) != group.producers.end();
    });
    return found == structures.filters.end() ? nullptr : &*found;
}

} // namespace espalier::ui
