#pragma once

#include <cstdint>
#include <vector>

#include <QPointF>
#include <QString>

namespace espalier::ui {

/// What was reached before with a network on CIFAR-10, for reference.
struct PublishedResults {
    QString network; ///< "ResNet-56"
    QString source; ///< "do Nascimento et al. 2025"
    /// x: MACs removed, in percent; y: change of the test accuracy, in points.
    std::vector<QPointF> changes;
};

/// Of the network with so many MACs when dense (32 x 32 images, 10 classes; both kinds of
/// shortcut): the method of "Pruning Everything, Everywhere, All at Once" (arXiv 2506.04513,
/// tables), and layers alone chosen by CKA (Pons et al. 2024). Empty for others.
std::vector<PublishedResults> publishedFor(std::int64_t denseMacs);

} // namespace espalier::ui
