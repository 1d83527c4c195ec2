#pragma once

#include <vector>

#include "session/history.h"

namespace espalier::ui {

/// A piece of a line in one row of the history's tree: from one lane to another, heights from 0
/// (the row's top) over 0.5 (its dot) to 1.
struct LaneLine {
    int fromLane = 0;
    double fromHeight = 0.0;
    int toLane = 0;
    double toHeight = 0.0;
    bool leadsToCurrent = false;
    bool operator==(const LaneLine&) const = default;
};

struct LaneRow {
    int lane = 0; ///< of the dot
    bool leadsToCurrent = false;
    std::vector<LaneLine> lines;
};

/// The history as a commit graph, a row per iteration in the order they were made: the first
/// iteration made of a network goes on in its lane, every later one begins a branch in the
/// leftmost lane that is free for as long as it lasts.
std::vector<LaneRow> lanesOf(const std::vector<Iteration>& history, IterationId current);

} // namespace espalier::ui
