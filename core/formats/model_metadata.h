#pragma once

#include <optional>
#include <string>

#include "network/network.h"

namespace espalier {

/// The extra file "espalier.json" inside exported models: input shape, normalisation, class names.
struct StoredMetadata {
    std::optional<Shape> input;
    ModelMetadata metadata;
};

inline constexpr auto metadataFileName = "espalier.json";

std::string modelFileMetadata(const Network& network);
/// Unknown or broken content is no error: what cannot be read is left out, with a notice.
StoredMetadata parseModelFileMetadata(const std::string& text);

} // namespace espalier
