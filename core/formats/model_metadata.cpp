#include "formats/model_metadata.h"

#include "base/core_text.h"
#include "formats/json_integers_p.h"

#include <nlohmann/json.hpp>

namespace espalier {

using nlohmann::json;

std::string modelFileMetadata(const Network& network)
{
    json document{{"espalier", 1}, {"input", network.graph().inputShape()}};
    const auto& metadata = network.metadata();
    if (!metadata.classes.empty())
        document["classes"] = metadata.classes;
    if (const auto& normalisation = metadata.normalisation) {
        if (normalisation->kind == Normalisation::Kind::PixelMean)
            document["mean"] = "pixel";
        else
            document.update({{"mean", normalisation->mean}, {"std", normalisation->deviation}});
    }
    return document.dump(1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
}

StoredMetadata parseModelFileMetadata(const std::string& text)
{
    StoredMetadata stored;
    if (text.empty())
        return stored;
    try {
        const auto document = json::parse(text);
        if (document.contains("input"))
            stored.input = integersOf(document.at("input"));
        if (document.contains("classes"))
            stored.metadata.classes = document.at("classes").get<std::vector<std::string>>();
        if (document.contains("mean")) {
            Normalisation normalisation;
            if (document.at("mean").is_string()) {
                normalisation.kind = Normalisation::Kind::PixelMean;
            } else {
                normalisation.mean = document.at("mean").get<std::vector<double>>();
                normalisation.deviation = document.at("std").get<std::vector<double>>();
            }
            stored.metadata.normalisation = std::move(normalisation);
        }
    } catch (const json::exception&) {
        stored.metadata.notices.push_back(CoreText::tr(
            "The model's espalier.json could not be read; its settings were left out."));
    }
    return stored;
}

} // namespace espalier
