#pragma once

#include <QString>

#include "session/session_state.h"

namespace espalier::ui {

// What is said in words of candidates and iterations, the same in every panel.

/// "layer1.2", "12 filters", "1 head".
QString removedText(const Candidate& candidate);

/// The candidate that the others are held against: the chosen one, else the one most similar to the
/// parent. Nothing when none was compared.
std::optional<std::size_t> referenceOf(const CandidateSet& set);

/// Whether the candidate's interval of CKA overlaps the reference's: other images could have put
/// them in the other order.
bool isNearTie(const CandidateSet& set, std::size_t candidate);

/// What the candidates are, which was chosen and why, and what can be done next. `isOnBench`: they
/// are cut from the network that the picture shows.
QString candidatesText(const CandidateSet& set, bool isOnBench, const SessionState& state);

/// What a finished iteration reached, and that it can be taken back.
QString reachedText(const Iteration& iteration, const SessionState& state);

} // namespace espalier::ui
