#include "graph/layout_rows_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace espalier::ui {

namespace {

/// Rows filled one after the other, none wider than `maxWidth` if it need not be.
std::vector<Row> greedyRows(std::span<const Segment> segments, double maxWidth,
                            const Measures& measures)
{
    std::vector<Row> rows;
    std::size_t begin = 0;
    double width = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const double extra = segments[i].width + measures.columnGap;
        if (i > begin && width + extra > maxWidth + measures.columnGap) {
            rows.push_back(segments.subspan(begin, i - begin));
            begin = i;
            width = 0;
        }
        width += extra;
    }
    rows.push_back(segments.subspan(begin));
    return rows;
}

/// As few rows as the greedy ones, but about equally wide.
std::vector<Row> balancedRows(std::span<const Segment> segments, double maxWidth,
                              const Measures& measures)
{
    auto rows = greedyRows(segments, maxWidth, measures);
    const auto count = rows.size();
    if (count < 2)
        return rows;
    double width = rowWidth(segments, measures) / static_cast<double>(count);
    for (; width < maxWidth; width *= 1.05) {
        auto narrower = greedyRows(segments, width, measures);
        if (narrower.size() <= count)
            return narrower;
    }
    return rows;
}

/// The segments cut before each stage after the first.
std::vector<std::span<const Segment>> cutAtStages(std::span<const Segment> segments)
{
    std::vector<std::span<const Segment>> parts;
    std::size_t begin = 0;
    std::optional<int> stage;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto own = segments[i].stage;
        if (own && stage && own != stage) {
            parts.push_back(segments.subspan(begin, i - begin));
            begin = i;
        }
        if (own)
            stage = own;
    }
    parts.push_back(segments.subspan(begin));
    return parts;
}

/// How far the picture is from the aspect wanted, too wide or too high alike.
double misfitOf(const std::vector<Row>& rows, const Measures& measures)
{
    double height = 0;
    double width = 0;
    for (const auto row : rows) {
        height += rowHeight(row, measures) + measures.rowGap;
        width = std::max(width, rowWidth(row, measures));
    }
    return std::abs(std::log(width / height / measures.aspect));
}

} // namespace

double rowWidth(Row row, const Measures& measures)
{
    double width = -measures.columnGap;
    for (const auto& segment : row)
        width += segment.width + measures.columnGap;
    return width;
}

double rowHeight(Row row, const Measures& measures)
{
    double above = 0; // the main line
    for (const auto& segment : row) {
        const double lanes = (segment.lanes - 1) * (segment.laneHeight + measures.laneGap);
        above = std::max(above, lanes + segment.arcRoom);
    }
    double height = measures.card.height() + above;
    if (hasFrames(row))
        height += measures.framePadding + measures.frameAbove;
    if (std::ranges::any_of(row, &Segment::startsStage))
        height += measures.titleAbove;
    return height;
}

bool hasFrames(Row row)
{
    return std::ranges::any_of(row,
                               [](const Segment& segment) { return segment.group.has_value(); });
}

std::vector<Row> breakIntoRows(std::span<const Segment> segments, const Measures& measures)
{
    double total = 0;
    double widest = 0;
    for (const auto& segment : segments) {
        total += segment.width + measures.columnGap;
        widest = std::max(widest, segment.width);
    }
    const auto parts = cutAtStages(segments);
    std::vector<Row> best;
    double bestMisfit = std::numeric_limits<double>::infinity();
    for (double width = widest; width < 2.0 * total; width *= 1.12) {
        std::vector<Row> rows;
        for (const auto part : parts) {
            const auto own = balancedRows(part, width, measures);
            rows.insert(rows.end(), own.begin(), own.end());
        }
        const double misfit = misfitOf(rows, measures);
        if (misfit < bestMisfit - 1e-9) {
            bestMisfit = misfit;
            best = std::move(rows);
        }
    }
    return best;
}

} // namespace espalier::ui
