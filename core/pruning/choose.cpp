#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/core_text.h"
#include "criteria/random_p.h"
#include "pruning/contest.h"

namespace espalier {

namespace {

using Value = std::optional<double>;

std::string digits(double value, std::chars_format format, int precision)
{
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision).ptr;
    return {buffer.data(), end};
}

/// As many digits as it takes to tell the two apart, 4 at least.
std::pair<std::string, std::string> toldApart(double a, double b, std::chars_format format)
{
    constexpr int most = 12;
    int precision = format == std::chars_format::fixed ? 4 : 3;
    while (a != b && precision < most
           && digits(a, format, precision) == digits(b, format, precision))
        ++precision;
    return {digits(a, format, precision), digits(b, format, precision)};
}

std::string comparisonText(const Candidate& winner, double won, const Candidate& loser, double lost)
{
    // Values near 1 differ in digits that only 1 - CKA shows.
    const bool nearOne = won > 0.999 && lost > 0.999;
    const auto [first, second] = nearOne
        ? toldApart(1.0 - won, 1.0 - lost, std::chars_format::general)
        : toldApart(won, lost, std::chars_format::fixed);
    const auto text = CoreText::tr("{1} ({2}) against {3} ({4})", first, shortName(winner), second,
                                   shortName(loser));
    return (nearOne ? "1-CKA " : "CKA ") + (won == lost ? CoreText::tr("{1}, a tie", text) : text);
}

/// METHOD, step 4: the higher CKA; of equal ones the layer, then the first.
bool isBetter(const Candidate& a, const Value& valueA, const Candidate& b, const Value& valueB)
{
    if (valueA.has_value() != valueB.has_value())
        return valueA.has_value();
    if (valueA && *valueA != *valueB)
        return *valueA > *valueB;
    return a.kind == StructureKind::Layer && b.kind != StructureKind::Layer;
}

std::vector<std::size_t> competitors(const std::vector<Candidate>& candidates, Contest contest)
{
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto kind = candidates[i].kind;
        if ((contest == Contest::LayersOnly && kind != StructureKind::Layer)
            || (contest == Contest::FiltersOnly && kind == StructureKind::Layer))
            continue;
        indices.push_back(i);
    }
    return indices;
}

Result<std::vector<Value>> similarities(const std::vector<Candidate>& candidates, CkaKind kind)
{
    std::vector<Value> values;
    for (const auto& candidate : candidates) {
        if (!candidate.cka)
            return fail(
                ErrorCode::InvalidArgument,
                CoreText::tr("'{1}' has not been compared with its parent yet.", candidate.name));
        auto value = valueOf(*candidate.cka, kind);
        values.push_back(value && std::isfinite(*value) ? value : std::nullopt);
    }
    return values;
}

Result<Choice> chooseBySimilarity(const std::vector<Candidate>& candidates,
                                  const std::vector<std::size_t>& competing, CkaKind kind)
{
    const auto values = similarities(candidates, kind);
    if (!values)
        return fail(values.error());
    const auto better = [&](std::size_t a, std::size_t b) {
        return isBetter(candidates[a], (*values)[a], candidates[b], (*values)[b]);
    };
    auto ranked = competing;
    std::ranges::stable_sort(ranked, better);
    const auto& best = candidates[ranked[0]];
    const auto& second = candidates[ranked[1]];
    const auto& won = (*values)[ranked[0]];
    const auto& lost = (*values)[ranked[1]];
    if (!won)
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr("No candidate has a CKA: the features do not vary over the images, or "
                         "there are too few; compare on more images, or let a coin decide."));
    if (!lost)
        return Choice{.chosen = ranked[0],
                      .reason =
                          CoreText::tr("CKA {1} ({2}) against none ({3}: its features do not vary)",
                                       digits(*won, std::chars_format::fixed, 4), shortName(best),
                                       shortName(second))};
    return Choice{.chosen = ranked[0], .reason = comparisonText(best, *won, second, *lost)};
}

} // namespace

Result<Choice> choose(const std::vector<Candidate>& candidates, const PruningSettings& settings,
                      std::uint64_t seed)
{
    const auto competing = competitors(candidates, settings.contest);
    if (competing.empty())
        return fail(ErrorCode::InvalidArgument, CoreText::tr("There is no candidate to choose."));
    if (competing.size() == 1)
        return Choice{.chosen = competing[0],
                      .reason = CoreText::tr("the only candidate ({1})",
                                             shortName(candidates[competing[0]]))};
    if (settings.contest == Contest::Coin) {
        const auto drawn = competing[SeededDraws(seed).below(competing.size())];
        return Choice{.chosen = drawn,
                      .reason = CoreText::tr("a coin ({1})", shortName(candidates[drawn]))};
    }
    return chooseBySimilarity(candidates, competing, settings.similarity);
}

} // namespace espalier
