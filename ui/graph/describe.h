#pragma once

#include <optional>

#include <QString>

#include "network/graph.h"
#include "structures/structures.h"

namespace espalier::ui {

/// "Conv2d 3×3 /2" (kernel, stride): the operator with the attributes that tell it apart.
QString operationText(const Operation& operation);
/// "BN", "ReLU": for operators drawn on the card of the one before.
QString shortOperationText(const Operation& operation);
/// "kernel 3×3, stride 1×1, padding 1×1, no bias": what else there is to know of the operator;
/// empty where there is nothing.
QString attributesText(const Operation& operation);
/// "16 × 32 × 32".
QString shapeText(const Shape& shape);

/// The last component of a path that says something: "layer1.0.conv1" -> "conv1", "mlp.3" ->
/// "mlp.3".
QString localName(const QString& name);

/// Why the node cannot be removed, or nothing.
const NotPrunable* notPrunable(const Structures& structures, const Node& node);
/// "Filter 12 of 64" of a group and what goes with it, as rich text; `node` is where it is looked
/// at, `score` a sentence that may be empty.
QString unitText(const Graph& graph, const FilterGroup& group, std::size_t unit, NodeId node,
                 const QString& score);
/// The filter group whose channels `node` produces, or nothing.
const FilterGroup* groupProducedBy(const Structures& structures, NodeId node);

} // namespace espalier::ui
