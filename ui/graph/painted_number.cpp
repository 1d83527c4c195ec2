#include "graph/painted_number.h"

#include <cmath>

#include <QCoreApplication>
#include <QLocale>

#include "style/text.h"

namespace espalier::ui {

namespace {

struct PaintedNames {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::PaintedNames)
};

std::optional<double> meanScore(const PaintedSources& sources, NodeId node)
{
    double sum = 0;
    std::size_t count = 0;
    for (const auto unit : sources.cells.of(node)) {
        const auto place = sources.cells.place(unit);
        if (!place)
            continue;
        const auto found =
            sources.scores->filters.find(sources.structures.filters[place->group].name);
        if (found == sources.scores->filters.end() || place->index >= found->second.size())
            continue;
        sum += found->second[place->index];
        ++count;
    }
    if (count == 0 || !std::isfinite(sum))
        return std::nullopt;
    return sum / static_cast<double>(count);
}

void takeCka(PaintedValues& values, const PaintedSources& sources)
{
    for (const auto& candidate : sources.candidates) {
        const bool isOneLayer =
            candidate.removal.layers.size() == 1 && candidate.removal.filters.empty();
        if (!isOneLayer || !candidate.cka)
            continue;
        const auto cka = candidate.cka->linear ? candidate.cka->linear
            : candidate.cka->debiased          ? candidate.cka->debiased
                                               : candidate.cka->minibatch;
        const auto* layer = sources.structures.layer(candidate.removal.layers.front());
        if (!cka || !layer)
            continue;
        for (const auto node : layer->nodes)
            values.ofNode[node.index()] = 1.0 - *cka;
    }
}

} // namespace

bool isCost(PaintedNumber number)
{
    return number == PaintedNumber::Macs || number == PaintedNumber::Parameters
        || number == PaintedNumber::Latency;
}

std::optional<double> PaintedValues::of(std::span<const NodeId> nodes) const
{
    double sum = 0;
    std::size_t count = 0;
    for (const auto node : nodes) {
        const auto value =
            node.isValid() && node.index() < ofNode.size() ? ofNode[node.index()] : std::nullopt;
        if (!value)
            continue;
        sum += *value;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    return isCost(number) ? sum : sum / static_cast<double>(count);
}

PaintedValues paintedValues(PaintedNumber number, const PaintedSources& sources)
{
    PaintedValues values{number, {}};
    values.ofNode.resize(sources.graph.nodes().size());
    const auto setCost = [&](NodeId node, auto cost) {
        if (cost > 0)
            values.ofNode[node.index()] = static_cast<double>(cost);
    };
    for (const auto& node : sources.graph.nodes()) {
        if (number == PaintedNumber::Macs)
            setCost(node.id, sources.graph.macs(node.id));
        else if (number == PaintedNumber::Parameters)
            setCost(node.id, sources.graph.params(node.id));
        else if (number == PaintedNumber::Latency && node.id.index() < sources.seconds.size())
            setCost(node.id, sources.seconds[node.id.index()]);
        else if (number == PaintedNumber::Score && sources.scores)
            values.ofNode[node.id.index()] = meanScore(sources, node.id);
    }
    if (number == PaintedNumber::Cka)
        takeCka(values, sources);
    return values;
}

QString paintedText(PaintedNumber number, double value)
{
    if (number == PaintedNumber::Latency)
        return latencyText(value);
    if (isCost(number))
        return shortCountText(std::llround(value));
    return number == PaintedNumber::Cka ? QLocale().toString(value, 'f', 4)
                                        : QLocale().toString(value, 'g', 3);
}

QString paintedName(PaintedNumber number)
{
    switch (number) {
    case PaintedNumber::None:
        return PaintedNames::tr("nothing");
    case PaintedNumber::Macs:
        return PaintedNames::tr("MACs");
    case PaintedNumber::Parameters:
        return PaintedNames::tr("Parameters");
    case PaintedNumber::Latency:
        return PaintedNames::tr("Latency");
    case PaintedNumber::Score:
        return PaintedNames::tr("Mean score");
    case PaintedNumber::Cka:
        return PaintedNames::tr("1 − CKA without it");
    }
    return {};
}

} // namespace espalier::ui
