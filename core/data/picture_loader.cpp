#include "data/picture_loader_p.h"

#include <algorithm>
#include <utility>

#include <ATen/Functions.h>

#include "base/core_text.h"

namespace espalier {

PictureLoader::PictureLoader(std::shared_ptr<const Pictures> pictures, int threads)
    : m_pictures(std::move(pictures))
{
    for (int i = 0; i < std::max(threads, 1); ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

PictureLoader::~PictureLoader()
{
    for (auto& thread : m_threads)
        thread.request_stop();
}

void PictureLoader::request(Request request)
{
    const auto& shape = m_pictures->form().shape;
    auto work = std::make_shared<Work>();
    work->images = at::empty({std::ssize(request.positions), shape[1], shape[2], shape[0]},
                             at::TensorOptions(at::kByte));
    work->request = std::move(request);
    const std::scoped_lock lock(m_mutex);
    m_batches.push_back(std::move(work));
    m_changed.notify_all();
}

Result<at::Tensor> PictureLoader::take(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    const auto work = m_batches.front();
    const auto finished = [&] { return work->done == work->request.positions.size(); };
    if (!m_changed.wait(lock, stop, finished))
        return stopped();
    m_batches.pop_front();
    if (work->error)
        return fail(*work->error);
    return work->images.permute({0, 3, 1, 2});
}

std::shared_ptr<PictureLoader::Work> PictureLoader::workWithPictures() const
{
    const auto found = std::ranges::find_if(
        m_batches, [](const auto& work) { return work->next < work->request.positions.size(); });
    return found == m_batches.end() ? nullptr : *found;
}

void PictureLoader::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    std::shared_ptr<Work> work;
    while (m_changed.wait(lock, stop, [&] { return (work = workWithPictures()) != nullptr; })
           && !stop.stop_requested()) {
        const auto picture = work->next++;
        lock.unlock();
        const auto status = decode(*work, picture);
        lock.lock();
        if (!status && !work->error)
            work->error = status.error();
        if (++work->done == work->request.positions.size())
            m_changed.notify_all();
    }
}

Status PictureLoader::decode(const Work& work, std::size_t picture) const
{
    const auto bytes = m_pictures->imageBytes();
    const std::span pixels(work.images.data_ptr<std::uint8_t>() + picture * bytes, bytes);
    const auto& [positions, augment, draws] = work.request;
    try {
        return draws.empty()
            ? m_pictures->evaluation(positions[picture], pixels)
            : m_pictures->augmented(positions[picture], augment, draws[picture], pixels);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::Io, CoreText::tr("There is no memory left to decode pictures."));
    }
}

} // namespace espalier
