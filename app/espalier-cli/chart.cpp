#include "chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "text.h"

namespace espalier::cli {

namespace {

constexpr double width = 720.0;
constexpr double height = 440.0;
constexpr double left = 76.0;
constexpr double right = 24.0;
constexpr double top = 46.0;
constexpr double bottom = 62.0;
/// Told apart with any colour vision (Okabe and Ito).
constexpr std::array colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"};

bool isDrawable(const ChartPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// A range of values with ticks at 1, 2 or 5 times a power of ten.
struct Axis {
    double low = 0.0;
    double high = 1.0;
    double step = 0.2;

    double part(double value) const { return (value - low) / (high - low); }
    int digits() const { return std::max(0, -static_cast<int>(std::floor(std::log10(step)))); }
};

Axis axisFor(double low, double high)
{
    if (!(high > low)) { // one value, or none
        const double middle = std::isfinite(low) ? low : 0.0;
        const double margin = middle == 0.0 ? 1.0 : std::abs(middle) * 0.1;
        low = middle - margin;
        high = middle + margin;
    }
    const double rough = (high - low) / 5.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double factor = rough / power;
    const double step = power
        * (factor > 5.0       ? 10.0
               : factor > 2.0 ? 5.0
               : factor > 1.0 ? 2.0
                              : 1.0);
    return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

template <class Coordinate> Axis axisOf(const Chart& chart, Coordinate coordinate)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (!isDrawable(point))
                continue;
            low = std::min(low, coordinate(point));
            high = std::max(high, coordinate(point));
        }
    }
    return axisFor(low, high);
}

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char character : text) {
        switch (character) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        default:
            result += character;
        }
    }
    return result;
}

std::string number(double value)
{
    return fixedText(value, 1);
}

std::string textAt(double x, double y, const std::string& anchor, const std::string& text,
                   const std::string& more = {})
{
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\""
        + more + ">" + escaped(text) + "</text>\n";
}

std::string lineFrom(double x1, double y1, double x2, double y2, const std::string& stroke)
{
    return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2)
        + "\" y2=\"" + number(y2) + "\" stroke=\"" + stroke + "\"/>\n";
}

/// Where values lie on the page.
struct Frame {
    Axis x;
    Axis y;

    double pageX(double value) const { return left + x.part(value) * (width - left - right); }
    double pageY(double value) const
    {
        return height - bottom - y.part(value) * (height - top - bottom);
    }
};

std::string axesOf(const Frame& frame, const Chart& chart)
{
    std::string svg;
    const double floor = height - bottom;
    for (double value = frame.x.low; value < frame.x.high + frame.x.step / 2;
         value += frame.x.step) {
        const double x = frame.pageX(value);
        svg += lineFrom(x, top, x, floor, "#e4e4e4")
            + textAt(x, floor + 18, "middle", fixedText(value, frame.x.digits()));
    }
    for (double value = frame.y.low; value < frame.y.high + frame.y.step / 2;
         value += frame.y.step) {
        const double y = frame.pageY(value);
        svg += lineFrom(left, y, width - right, y, "#e4e4e4")
            + textAt(left - 8, y + 4, "end", fixedText(value, frame.y.digits()));
    }
    svg += lineFrom(left, floor, width - right, floor, "#404040")
        + lineFrom(left, top, left, floor, "#404040");
    const double middle = (top + floor) / 2;
    svg += textAt((left + width - right) / 2, floor + 40, "middle", chart.xLabel);
    svg += textAt(20, middle, "middle", chart.yLabel,
                  " transform=\"rotate(-90 20 " + number(middle) + ")\"");
    return svg;
}

std::string curveOf(const Frame& frame, const ChartSeries& series, const std::string& colour)
{
    std::string path;
    std::string dots;
    for (const auto& point : series.points) {
        if (!isDrawable(point))
            continue;
        const std::string x = number(frame.pageX(point.x));
        const std::string y = number(frame.pageY(point.y));
        path += (path.empty() ? "" : " ") + x + "," + y;
        if (series.markers)
            dots +=
                "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"3.5\" fill=\"" + colour + "\"/>\n";
    }
    return "<polyline points=\"" + path + "\" fill=\"none\" stroke=\"" + colour
        + "\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n" + dots;
}

} // namespace

std::string svgOf(const Chart& chart)
{
    const Frame frame{axisOf(chart, [](const ChartPoint& point) { return point.x; }),
                      axisOf(chart, [](const ChartPoint& point) { return point.y; })};
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 440\" width=\"720\""
        " height=\"440\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#202020\">\n"
        "<rect width=\"720\" height=\"440\" fill=\"#ffffff\"/>\n";
    svg += textAt(left, 24, "start", chart.title, " font-size=\"15\" font-weight=\"bold\"");
    svg += axesOf(frame, chart);
    double legend = width - right;
    for (std::size_t i = chart.series.size(); i-- > 0;) {
        const std::string colour = colours[i % colours.size()];
        svg += curveOf(frame, chart.series[i], colour);
        svg += textAt(legend, 24, "end", chart.series[i].name, " fill=\"" + colour + "\"");
        legend -= 16.0 + 7.0 * static_cast<double>(chart.series[i].name.size());
    }
    return svg + "</svg>\n";
}

} // namespace espalier::cli
