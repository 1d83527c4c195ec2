#pragma once

#include <string>
#include <vector>

namespace espalier::cli {

struct ChartPoint {
    double x = 0.0;
    double y = 0.0;
};

struct ChartSeries {
    std::string name;
    std::vector<ChartPoint> points; ///< drawn in this order, joined by lines
    bool markers = true; ///< a dot at each point
};

/// A line chart with labelled axes. Points that are not finite are left out.
struct Chart {
    std::string title;
    std::string xLabel;
    std::string yLabel;
    std::vector<ChartSeries> series;
};

/// The chart as an SVG document, readable without any style sheet.
std::string svgOf(const Chart& chart);

} // namespace espalier::cli
