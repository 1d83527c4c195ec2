#include "plots/published.h"

#include <array>

#include <QObject>

namespace espalier::ui {

namespace {

struct Published {
    const char* network;
    std::array<std::int64_t, 2> macs; ///< identity shortcuts, projections
    std::vector<QPointF> paper;
    std::vector<QPointF> layersOnly;
};

const std::vector<Published>& table()
{
    static const std::vector<Published> rows{
        {"ResNet-32",
         {68'862'592, 69'124'736},
         {{57.40, 0.71}, {61.99, 0.09}, {87.06, -2.83}, {96.15, -7.63}},
         {{61.44, -0.18}}},
        {"ResNet-44", {97'174'144, 97'436'288}, {{71.31, 0.66}, {83.19, -1.26}}, {{62.95, 0.22}}},
        {"ResNet-56",
         {125'485'696, 125'747'840},
         {{53.70, 0.91},
          {62.79, 0.96},
          {69.24, 0.53},
          {72.67, 0.19},
          {79.88, -0.49},
          {86.37, -1.36}},
         {{60.04, 0.78}, {75.05, 0.08}, {78.80, -0.66}}},
        {"ResNet-110",
         {252'887'680, 253'149'824},
         {{48.29, 1.47}, {69.90, 0.86}, {73.16, 0.60}, {75.55, 0.49}, {95.82, -2.91}},
         {{76.42, 0.23}, {87.61, -0.41}}},
    };
    return rows;
}

} // namespace

std::vector<PublishedResults> publishedFor(std::int64_t denseMacs)
{
    for (const auto& row : table()) {
        if (denseMacs != row.macs[0] && denseMacs != row.macs[1])
            continue;
        const auto network = QString::fromLatin1(row.network);
        return {{network, QObject::tr("published: layers and filters"), row.paper},
                {network, QObject::tr("published: layers only"), row.layersOnly}};
    }
    return {};
}

} // namespace espalier::ui
