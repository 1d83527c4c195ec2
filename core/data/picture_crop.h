#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "data/augmentation.h"
#include "data/resample.h"

namespace espalier {

/// What becomes of a picture: the part `source` resized to width x height, of which `crop` is kept;
/// mirrored or not.
struct PictureCrop {
    PixelBox source;
    std::int64_t width = 0;
    std::int64_t height = 0;
    PixelBox crop;
    bool flipped = false;
    bool operator==(const PictureCrop&) const = default;
};

/// For evaluation: the whole picture resized, keeping its proportions, until it just covers the
/// network's height x width, and the middle of that. `resize` is the length that the network's
/// shorter side's worth of the picture is resized to instead (256 before a crop of 224); nothing:
/// that side itself. Rounding as in torchvision's Resize and CenterCrop.
PictureCrop centreCrop(std::int64_t pictureWidth, std::int64_t pictureHeight, std::int64_t width,
                       std::int64_t height, std::optional<std::int64_t> resize);

/// Independent uniform numbers in 0..1, all that one random crop can ask for.
using CropDraws = std::array<double, 23>;

/// For training, random resized crop and flip (Szegedy et al. 2015, "Going deeper with
/// convolutions", section 6): a part of settings.cropScale to 1 of the area and of proportions from
/// 3:4 to 4:3, drawn up to ten times until it lies within the picture (else the largest central
/// part of allowed proportions), resized to width x height.
PictureCrop randomCrop(std::int64_t pictureWidth, std::int64_t pictureHeight, std::int64_t width,
                       std::int64_t height, const AugmentSettings& settings,
                       const CropDraws& draws);

/// The values of the crop into `pixels` (crop.height x crop.width x channels). One channel is the
/// luma of ITU-R BT.601.
void render(const Picture& picture, const PictureCrop& crop, std::int64_t channels,
            std::span<std::uint8_t> pixels);

} // namespace espalier
