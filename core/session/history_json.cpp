#include "session/history_json_p.h"

#include "base/core_text.h"
#include "session/json_fields_p.h"

namespace espalier {

template <> struct EnumNames<StructureKind> {
    static constexpr std::pair<StructureKind, std::string_view> names[]{
        {StructureKind::Layer, "layer"},
        {StructureKind::Filter, "filter"},
        {StructureKind::Head, "head"},
        {StructureKind::Neuron, "neuron"}};
};
template <> struct EnumNames<PendingIteration::Phase> {
    static constexpr std::pair<PendingIteration::Phase, std::string_view> names[]{
        {PendingIteration::Phase::Brief, "brief"}, {PendingIteration::Phase::Full, "full"}};
};
template <> struct EnumNames<Normalisation::Kind> {
    static constexpr std::pair<Normalisation::Kind, std::string_view> names[]{
        {Normalisation::Kind::Constants, "constants"}, {Normalisation::Kind::PixelMean, "pixel"}};
};

template <class Fields, ValueOf<Removal> T> void describe(Fields& fields, T& removal)
{
    fields("layers", removal.layers);
    fields("filters", removal.filters);
}
template <class Fields, ValueOf<Interval> T> void describe(Fields& fields, T& interval)
{
    fields("low", interval.low);
    fields("high", interval.high);
}
template <class Fields, ValueOf<CkaValues> T> void describe(Fields& fields, T& cka)
{
    fields("linear", cka.linear);
    fields("debiased", cka.debiased);
    fields("minibatch", cka.minibatch);
    fields.optional("interval", cka.interval);
}
template <class Fields, ValueOf<Latency> T> void describe(Fields& fields, T& latency)
{
    fields("median", latency.median);
    fields("lower_quartile", latency.lowerQuartile);
    fields("upper_quartile", latency.upperQuartile);
    fields("runs", latency.runs);
    fields("batch", latency.batch);
    fields("device", latency.device);
}
template <class Fields, ValueOf<LatencyComparison> T> void describe(Fields& fields, T& comparison)
{
    fields("reference", comparison.reference);
    fields("network", comparison.network);
    fields("ratio", comparison.ratio);
}
template <class Fields, ValueOf<Candidate> T> void describe(Fields& fields, T& candidate)
{
    fields("kind", candidate.kind);
    fields("name", candidate.name);
    fields("removal", candidate.removal);
    fields("macs", candidate.macs);
    fields("params", candidate.params);
    fields("score", candidate.score);
    fields("cka", candidate.cka);
    fields("accuracy_before", candidate.accuracyBefore);
    fields("accuracy_after_brief", candidate.accuracyAfterBrief);
    fields.optional("latency", candidate.latency);
}
template <class Fields, ValueOf<EpochResult> T> void describe(Fields& fields, T& epoch)
{
    fields("epoch", epoch.epoch);
    fields("epochs", epoch.epochs);
    fields("train_loss", epoch.trainLoss);
    fields("train_accuracy", epoch.trainAccuracy);
    fields("validation_accuracy", epoch.validationAccuracy);
    fields("learning_rate", epoch.learningRate);
    fields("seconds", epoch.seconds);
    fields("images_per_second", epoch.imagesPerSecond);
}
template <class Fields, ValueOf<Iteration> T> void describe(Fields& fields, T& iteration)
{
    fields("candidates", iteration.candidates);
    fields("choice", iteration.choice);
    fields("macs", iteration.macs);
    fields("params", iteration.params);
    fields("accuracy_before", iteration.accuracyBefore);
    fields("accuracy", iteration.accuracy);
    fields("test_accuracy", iteration.testAccuracy);
    fields("epochs", iteration.epochs);
    fields("seconds", iteration.seconds);
    fields.optional("latency", iteration.latency);
}
template <class Fields, ValueOf<PendingIteration> T> void describe(Fields& fields, T& pending)
{
    fields("phase", pending.phase);
    fields("candidates", pending.candidates);
    fields("choice", pending.choice);
    fields("epochs", pending.epochs);
    fields("seconds", pending.seconds);
}
template <class Fields, ValueOf<Normalisation> T> void describe(Fields& fields, T& normalisation)
{
    fields("kind", normalisation.kind);
    fields("mean", normalisation.mean);
    fields("deviation", normalisation.deviation);
}
template <class Fields, ValueOf<ModelMetadata> T> void describe(Fields& fields, T& metadata)
{
    fields("normalisation", metadata.normalisation);
    fields("classes", metadata.classes);
    fields("notices", metadata.notices);
}

Json toJson(const Choice& choice)
{
    Json json{
        {"chosen", choice.chosen}, {"by_user", choice.byUser}, {"reason", toJson(choice.reason)}};
    if (choice.insteadOf)
        json["instead_of"] = *choice.insteadOf;
    return json;
}
bool fromJson(const Json& json, Choice& choice)
{
    const bool isOverride = json.is_object() && json.contains("instead_of");
    if (!json.is_object() || json.size() != (isOverride ? 4U : 3U) || !json.contains("chosen")
        || !json.contains("by_user") || !json.contains("reason"))
        return false;
    const auto readIndex = [](const Json& field, std::size_t& index) {
        std::int64_t value = -1;
        const bool ok = fromJson(field, value) && value >= 0;
        index = static_cast<std::size_t>(value);
        return ok;
    };
    return readIndex(json["chosen"], choice.chosen) && fromJson(json["by_user"], choice.byUser)
        && fromJson(json["reason"], choice.reason)
        && (!isOverride || readIndex(json["instead_of"], choice.insteadOf.emplace()));
}

namespace {

template <class T> Result<T> read(const std::string& text, const std::string& damaged)
{
    T value;
    const auto json = parseJson(text);
    if (!json || !fromJson(*json, value))
        return fail(ErrorCode::BadFormat, damaged);
    return value;
}

/// A choice among candidates that do not exist would be read out of bounds later.
template <class T> bool choiceExists(const T& value)
{
    const auto count = value.candidates.size();
    return !value.choice
        || (value.choice->chosen < count && value.choice->insteadOf.value_or(0) < count);
}

template <class T>
Result<T> readChecked(const std::string& text, const std::string& damaged,
                      const std::string& candidateLacks)
{
    auto value = read<T>(text, damaged);
    if (value && !choiceExists(*value))
        return fail(ErrorCode::BadFormat, candidateLacks);
    return value;
}

} // namespace

std::string iterationToJson(const Iteration& iteration)
{
    return jsonText(toJson(iteration));
}
Result<Iteration> iterationFromJson(const std::string& text)
{
    return readChecked<Iteration>(
        text, CoreText::tr("The description of an iteration is damaged."),
        CoreText::tr("The description of an iteration chooses a candidate it lacks."));
}

std::string pendingToJson(const PendingIteration& pending)
{
    return jsonText(toJson(pending));
}
Result<PendingIteration> pendingFromJson(const std::string& text)
{
    auto pending = readChecked<PendingIteration>(
        text, CoreText::tr("The description of the interrupted iteration is damaged."),
        CoreText::tr("The description of the interrupted iteration chooses a candidate it lacks."));
    if (pending && pending->phase == PendingIteration::Phase::Full && !pending->choice)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("The interrupted iteration is fine-tuned, but nothing was chosen."));
    return pending;
}

std::string metadataToJson(const ModelMetadata& metadata)
{
    return jsonText(toJson(metadata));
}
Result<ModelMetadata> metadataFromJson(const std::string& text)
{
    return read<ModelMetadata>(text, CoreText::tr("The description of a network is damaged."));
}

} // namespace espalier
