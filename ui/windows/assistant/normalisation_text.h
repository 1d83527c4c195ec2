#pragma once

#include <optional>

#include <QString>

#include "base/result.h"
#include "network/network.h"

namespace espalier::ui {

/// "pixel", or means and deviations: "0.49, 0.48, 0.45 / 0.25, 0.24, 0.26". Empty text: nothing.
/// Errors: InvalidArgument.
Result<std::optional<Normalisation>> parseNormalisation(const QString& text);
QString normalisationText(const std::optional<Normalisation>& normalisation);

} // namespace espalier::ui
