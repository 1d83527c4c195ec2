#include "data/pictures.h"

#include <utility>

#include "data/parallel.h"
#include "data/picture.h"

namespace fs = std::filesystem;

namespace espalier {

namespace {

using Size = std::pair<std::int64_t, std::int64_t>;

/// What checking one file found.
struct Finding {
    std::optional<std::string> problem;
    Size size;
    std::shared_ptr<const Picture> kept;
};

Finding findingOf(const fs::path& file, PictureBudget& budget)
{
    auto picture = readPicture(file);
    if (!picture)
        return {.problem = picture.error().message};
    Finding finding{.size = {picture->width, picture->height}};
    const auto bytes = std::ssize(picture->pixels);
    if (budget.fetch_sub(bytes) >= bytes)
        finding.kept = std::make_shared<const Picture>(*std::move(picture));
    else
        budget.fetch_add(bytes);
    return finding;
}

} // namespace

Result<Pictures::Checked> Pictures::check(std::vector<fs::path> files, const PictureForm& form,
                                          int threads, PictureBudget& budget, ProgressMeter& meter,
                                          const std::stop_token& stop)
{
    std::vector<Finding> findings(files.size());
    const auto look = [&](std::int64_t i) {
        const auto at = static_cast<std::size_t>(i);
        findings[at] = findingOf(files[at], budget);
    };
    const auto advance = [&](std::int64_t done) { meter.advance(done); };
    if (!forEachInParallel(std::ssize(files), threads, look, advance, stop))
        return stopped();

    auto pictures = std::make_shared<Pictures>();
    pictures->m_form = form;
    Checked checked;
    std::optional<Size> size;
    bool sameSize = true;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto& finding = findings[i];
        if (finding.problem) {
            checked.problems.push_back(*std::move(finding.problem));
            continue;
        }
        sameSize = sameSize && finding.size == size.value_or(finding.size);
        size = finding.size;
        checked.readable.push_back(static_cast<std::int64_t>(i));
        pictures->m_files.push_back(std::move(files[i]));
        pictures->m_kept.push_back(std::move(finding.kept));
    }
    if (sameSize)
        pictures->m_commonSize = size;
    checked.pictures = std::move(pictures);
    return checked;
}

std::shared_ptr<const Pictures> Pictures::inMemory(std::vector<Picture> pictures)
{
    auto result = std::make_shared<Pictures>();
    result->m_files.resize(pictures.size());
    for (auto& picture : pictures)
        result->m_kept.push_back(std::make_shared<const Picture>(std::move(picture)));
    return result;
}

std::size_t Pictures::imageBytes() const
{
    std::size_t bytes = 1;
    for (const auto extent : m_form.shape)
        bytes *= static_cast<std::size_t>(extent);
    return bytes;
}

std::shared_ptr<const Pictures> Pictures::withForm(const PictureForm& form) const
{
    auto pictures = std::make_shared<Pictures>(*this);
    pictures->m_form = form;
    return pictures;
}

std::shared_ptr<const Pictures> Pictures::only(std::span<const std::int64_t> positions) const
{
    auto pictures = std::make_shared<Pictures>();
    pictures->m_form = m_form;
    pictures->m_commonSize = m_commonSize;
    for (const auto position : positions) {
        const auto at = static_cast<std::size_t>(position);
        pictures->m_files.push_back(m_files[at]);
        pictures->m_kept.push_back(m_kept[at]);
    }
    return pictures;
}

Result<std::shared_ptr<const Picture>> Pictures::decoded(std::int64_t position) const
{
    const auto at = static_cast<std::size_t>(position);
    if (m_kept[at])
        return m_kept[at];
    return readPicture(m_files[at]).map([](Picture picture) {
        return std::make_shared<const Picture>(std::move(picture));
    });
}

Status Pictures::evaluation(std::int64_t position, std::span<std::uint8_t> pixels) const
{
    const auto picture = decoded(position);
    if (!picture)
        return fail(picture.error());
    const auto& shape = m_form.shape;
    render(**picture,
           centreCrop((*picture)->width, (*picture)->height, shape[2], shape[1], m_form.resize),
           shape[0], pixels);
    return {};
}

Status Pictures::augmented(std::int64_t position, const AugmentSettings& settings,
                           const CropDraws& draws, std::span<std::uint8_t> pixels) const
{
    const auto picture = decoded(position);
    if (!picture)
        return fail(picture.error());
    const auto& shape = m_form.shape;
    render(**picture,
           randomCrop((*picture)->width, (*picture)->height, shape[2], shape[1], settings, draws),
           shape[0], pixels);
    return {};
}

} // namespace espalier
