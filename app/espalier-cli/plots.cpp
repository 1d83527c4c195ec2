#include "plots.h"

#include <fstream>
#include <limits>

#include "chart.h"
#include "history_report.h"

namespace espalier::cli {

namespace fs = std::filesystem;

namespace {

/// A chart leaves such a value out.
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Chart accuracyChart(const std::vector<Iteration>& history)
{
    ChartSeries cut{.name = "before fine-tuning", .points = {}, .markers = true};
    ChartSeries validation{.name = "validation", .points = {}, .markers = true};
    ChartSeries test{.name = "test", .points = {}, .markers = true};
    for (const auto& iteration : history) {
        const double removed = 100.0 * macsRemoved(iteration, history.front().macs);
        cut.points.push_back({removed, 100.0 * iteration.accuracyBefore.value_or(unknown)});
        validation.points.push_back({removed, 100.0 * iteration.accuracy});
        test.points.push_back({removed, 100.0 * iteration.testAccuracy});
    }
    return {.title = "Accuracy against MACs removed",
            .xLabel = "MACs removed (%)",
            .yLabel = "top-1 accuracy (%)",
            .series = {validation, test, cut}};
}

Chart lossChart(const std::vector<Iteration>& history)
{
    ChartSeries loss{.name = "training loss", .points = {}, .markers = false};
    for (const auto& iteration : history) {
        for (const auto& epoch : iteration.epochs)
            loss.points.push_back({static_cast<double>(loss.points.size() + 1), epoch.trainLoss});
    }
    return {.title = "Loss while fine-tuning",
            .xLabel = "epoch, all iterations in a row",
            .yLabel = "mean cross-entropy (nats)",
            .series = {loss}};
}

Chart ckaChart(const std::vector<Iteration>& history, CkaKind similarity)
{
    const auto dissimilarity = [&](const Iteration& iteration, StructureKind kind) {
        const Candidate* candidate = candidateOf(iteration, kind);
        const auto cka =
            candidate && candidate->cka ? valueOf(*candidate->cka, similarity) : std::nullopt;
        return 1.0 - cka.value_or(unknown);
    };
    std::vector<ChartSeries> series;
    for (const auto kind : competingKinds(history)) {
        auto& line =
            series.emplace_back(ChartSeries{.name = competitorName(kind), .markers = true});
        for (const auto& iteration : history)
            line.points.push_back(
                {static_cast<double>(iteration.id.value()), dissimilarity(iteration, kind)});
    }
    return {.title = "How far the candidates are from their parent",
            .xLabel = "iteration",
            .yLabel = "1 - CKA",
            .series = std::move(series)};
}

Status writeText(const fs::path& file, const std::string& text)
{
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream)
        return fail(ErrorCode::Io,
                    file.string()
                        + " could not be written; is its folder writable, the disk full?");
    return {};
}

} // namespace

Result<std::vector<fs::path>> writePlots(const std::vector<Iteration>& history, CkaKind similarity,
                                         const fs::path& folder)
{
    const std::vector<std::pair<fs::path, Chart>> charts{
        {folder / "accuracy.svg", accuracyChart(history)},
        {folder / "loss.svg", lossChart(history)},
        {folder / "cka.svg", ckaChart(history, similarity)}};
    std::vector<fs::path> written;
    for (const auto& [file, chart] : charts) {
        if (const auto status = writeText(file, svgOf(chart)); !status)
            return fail(status.error());
        written.push_back(file);
    }
    return written;
}

} // namespace espalier::cli
