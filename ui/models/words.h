#pragma once

#include <QString>

#include "session/session_state.h"

namespace espalier::ui {

// What is said in words of candidates and iterations, the same in every panel.

/// "layer1.2", "12 filters", "1 head".
QString removedText(const Candidate& candidate);

/// What the candidates are, which was chosen and why, and what can be done next. `isOnBench`: they
/// are cut from the network that the picture shows.
QString candidatesText(const CandidateSet& set, bool isOnBench, const SessionState& state);

/// What a finished iteration reached, and that it can be taken back.
QString reachedText(const Iteration& iteration, const SessionState& state);

} // namespace espalier::ui
