#include "graph/layout_frames_p.h"

#include <algorithm>
#include <optional>

namespace espalier::ui {

namespace {

/// What the unfolded cards of each group cover, with the shortcuts over them.
std::vector<QRectF> groundsOfGroups(const std::vector<Card>& cards, std::size_t groups,
                                    const std::vector<Edge>& edges)
{
    std::vector<QRectF> grounds(groups);
    for (const auto& card : cards) {
        if (card.group && !card.isFolded)
            grounds[*card.group] |= card.rect;
    }
    for (const auto& edge : edges) {
        const auto group = cards[edge.to].group;
        if (!edge.isShortcut || !group || grounds[*group].isNull())
            continue;
        const double height = edge.points.rbegin()[1].y(); // from which it comes down to its card
        grounds[*group].setTop(std::min(grounds[*group].top(), height));
    }
    return grounds;
}

/// What the cards of each block cover; nothing if the block is a group, or a single card.
std::vector<QRectF> groundsOfBlocks(const std::vector<Card>& cards,
                                    const std::vector<CardGroup>& groups, std::size_t blocks)
{
    std::vector<QRectF> grounds(blocks);
    std::vector<std::size_t> count(blocks, 0);
    for (const auto& card : cards) {
        const bool isGroup = card.group && groups[*card.group].block == card.block;
        if (!card.block || card.isFolded || isGroup)
            continue;
        grounds[*card.block] |= card.rect;
        ++count[*card.block];
    }
    for (std::size_t block = 0; block < blocks; ++block) {
        if (count[block] < 2)
            grounds[block] = {};
    }
    return grounds;
}

} // namespace

std::vector<BlockFrame> placeFrames(const std::vector<Card>& cards,
                                    const std::vector<CardGroup>& groups,
                                    const std::vector<Edge>& edges, const Structures& structures,
                                    const Measures& measures)
{
    std::vector<BlockFrame> frames;
    const auto add = [&](const QRectF& ground, std::optional<std::size_t> group,
                         std::optional<std::size_t> block) {
        if (ground.isNull())
            return;
        frames.push_back({group, block,
                          ground.adjusted(-measures.frameBefore, -measures.frameAbove,
                                          measures.framePadding, measures.framePadding)});
    };
    const auto ofGroups = groundsOfGroups(cards, groups.size(), edges);
    for (std::size_t group = 0; group < ofGroups.size(); ++group)
        add(ofGroups[group], group, groups[group].block);
    const auto ofBlocks = groundsOfBlocks(cards, groups, structures.blocks.size());
    for (std::size_t block = 0; block < ofBlocks.size(); ++block)
        add(ofBlocks[block], std::nullopt, block);
    return frames;
}

} // namespace espalier::ui
