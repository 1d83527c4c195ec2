#include "models/words.h"

#include <QCoreApplication>

#include "style/text.h"

namespace espalier::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::Words)
};

QString previewText(const CandidateSet& set, bool canChoose)
{
    auto text = Words::tr("Every candidate of the current network (accuracy %1 on %2 images).")
                    .arg(percentText(set.baselineAccuracy), countText(set.samples));
    if (canChoose)
        text += Words::tr(" Select one to see what goes, and prune it; or let the engine propose.");
    return text;
}

QString pastText(const CandidateSet& set, bool canChoose)
{
    auto text = Words::tr("Contest after iteration %1").arg(set.parent.value());
    if (set.choice)
        text += Words::tr(": %1.").arg(toText(set.choice->reason));
    if (canChoose)
        text += Words::tr(" Prune another one to branch off here.");
    return text;
}

const std::optional<Interval>* intervalOf(const Candidate& candidate)
{
    return candidate.cka ? &candidate.cka->interval : nullptr;
}

QString nearTieText(const CandidateSet& set)
{
    for (std::size_t i = 0; i < set.candidates.size(); ++i) {
        if (isNearTie(set, i))
            return Words::tr(" It is a near-tie: within the interval of %1.")
                .arg(removedText(set.candidates[i]));
    }
    return {};
}

QString chosenText(const CandidateSet& set)
{
    const auto& choice = *set.choice;
    const auto name = removedText(set.candidates[choice.chosen]);
    return choice.byUser
        ? Words::tr("You chose %1 (%2).").arg(name, toText(choice.reason))
        : Words::tr("The engine chose %1: %2.").arg(name, toText(choice.reason)) + nearTieText(set);
}

QString contestText(const CandidateSet& set, bool canChoose)
{
    if (set.choice)
        return chosenText(set)
            + (canChoose ? Words::tr(" Fine-tune, or prune another one instead.") : QString());
    return canChoose
        ? Words::tr("The contest was interrupted. Fine-tune goes on with it; or prune one "
                    "of these without waiting for it.")
        : Words::tr("The candidates are fine-tuned briefly, then compared with the network "
                    "they were cut from.");
}

} // namespace

std::optional<std::size_t> referenceOf(const CandidateSet& set)
{
    if (set.choice)
        return set.choice->chosen;
    std::optional<std::size_t> closest;
    const auto cka = [&](std::size_t i) {
        const auto& values = set.candidates[i].cka;
        return values && values->linear ? *values->linear : -1.0;
    };
    for (std::size_t i = 0; i < set.candidates.size(); ++i) {
        if (cka(i) >= 0.0 && (!closest || cka(i) > cka(*closest)))
            closest = i;
    }
    return closest;
}

bool isNearTie(const CandidateSet& set, std::size_t candidate)
{
    const auto reference = referenceOf(set);
    if (!reference || *reference == candidate)
        return false;
    const auto* one = intervalOf(set.candidates[candidate]);
    const auto* other = intervalOf(set.candidates[*reference]);
    return one && other && *one && *other && overlap(**one, **other);
}

QString removedText(const Candidate& candidate)
{
    if (candidate.kind == StructureKind::Layer)
        return toText(candidate.name);
    const auto count = candidate.removal.filterCount();
    switch (candidate.kind) {
    case StructureKind::Head:
        return count == 1 ? Words::tr("1 head") : Words::tr("%1 heads").arg(count);
    case StructureKind::Neuron:
        return count == 1 ? Words::tr("1 neuron") : Words::tr("%1 neurons").arg(count);
    default:
        return count == 1 ? Words::tr("1 filter") : Words::tr("%1 filters").arg(count);
    }
}

QString candidatesText(const CandidateSet& set, bool isOnBench, const SessionState& state)
{
    const bool canChoose = isOnBench && state.canStep();
    switch (set.source) {
    case CandidateSet::Source::None:
        break;
    case CandidateSet::Source::Preview:
        return previewText(set, canChoose);
    case CandidateSet::Source::Contest:
        return contestText(set, canChoose);
    case CandidateSet::Source::Past:
        return pastText(set, canChoose);
    }
    return state.hasSession()
        ? Words::tr("Propose the next cut, or score every candidate there is.")
        : Words::tr("The candidates of a session's next cut are listed here.");
}

QString reachedText(const Iteration& iteration, const SessionState& state)
{
    const auto* chosen = iteration.chosen();
    const auto* dense = state.denseIteration();
    auto text =
        Words::tr("Iteration %1: without %2 the network has %3 validation accuracy")
            .arg(iteration.id.value())
            .arg(chosen ? removedText(*chosen) : QString(), percentText(iteration.accuracy));
    if (dense)
        text += Words::tr(" (%1 when it was dense)").arg(percentText(dense->accuracy));
    return text
        + Words::tr(" and %1 of the MACs less. Go on from it, or Undo takes it back.")
              .arg(percentText(state.macsRemoved(), 1));
}

} // namespace espalier::ui
