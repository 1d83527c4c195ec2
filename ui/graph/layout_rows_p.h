#pragma once

#include <span>
#include <vector>

#include "graph/layout_segments_p.h"

namespace espalier::ui {

/// Segments that follow each other in time; they lie elsewhere.
using Row = std::span<const Segment>;

double rowWidth(Row row, const Measures& measures);
double rowHeight(Row row, const Measures& measures); ///< with the title of a stage
bool hasFrames(Row row); ///< or folded groups, which keep the line of cards where it was

/// Rows for a picture of about the aspect wanted. One begins with each stage after the first; what
/// stands before the first block and after the last one keeps them company.
std::vector<Row> breakIntoRows(std::span<const Segment> segments, const Measures& measures);

} // namespace espalier::ui
