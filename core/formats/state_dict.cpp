#include "formats/state_dict_p.h"

#include <algorithm>
#include <optional>

#include "base/core_text.h"
#include "formats/pickle_p.h"
#include "formats/torchscript_code_p.h"

namespace espalier {

namespace {

tl::unexpected<Error> inFile(const ZipArchive& archive, Error error)
{
    error.message = CoreText::tr("'{1}': {2}", archive.origin(), error.message);
    return fail(std::move(error));
}

bool holdsTensors(const Pickle& pickle, Pickle::Ref ref)
{
    const auto* dict = pickle.as<Pickle::Dict>(ref);
    return dict && std::ranges::any_of(dict->items, [&](const auto& item) {
               return pickle.as<Pickle::Tensor>(item.second) != nullptr;
           });
}

/// The dict of tensors: the whole pickle, or what a checkpoint keeps under a usual name.
std::optional<Pickle::Ref> findStateDict(const Pickle& pickle)
{
    const auto* root = pickle.as<Pickle::Dict>(pickle.root());
    if (root && (root->items.empty() || holdsTensors(pickle, pickle.root())))
        return pickle.root();
    for (const auto* key : {"state_dict", "model_state_dict", "model", "net"}) {
        const auto inner = pickle.find(pickle.root(), key);
        if (inner && holdsTensors(pickle, *inner))
            return inner;
    }
    return std::nullopt;
}

std::uint64_t sizeOf(const Pickle::Storage& storage)
{
    return static_cast<std::uint64_t>(c10::elementSize(storage.type));
}

bool isWhole(const ZipArchive& archive, const std::string& record, const Pickle::Storage& storage)
{
    const auto found = archive.records().find(record);
    return found != archive.records().end()
        && static_cast<std::uint64_t>(storage.elements) <= found->second.size / sizeOf(storage);
}

/// A tensor of the pickle with the record it lies in.
Result<StoredTensor> storedTensor(const std::shared_ptr<const ZipArchive>& archive,
                                  const Pickle& pickle, const std::string& name,
                                  const Pickle::Tensor& tensor)
{
    const auto& storage = *pickle.as<Pickle::Storage>(tensor.storage);
    const auto record = "data/" + storage.key;
    if (!isWhole(*archive, record, storage))
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("The tensor '{1}' lacks its data; the file is damaged.", name));
    StoredTensor result{.type = storage.type,
                        .sizes = tensor.sizes,
                        .strides = tensor.strides,
                        .offset = tensor.offset,
                        .storageSize =
                            static_cast<std::uint64_t>(storage.elements) * sizeOf(storage),
                        .bytes = [archive, record] { return archive->read(record); }};
    if (auto status = checkStoredTensor(name, result); !status)
        return fail(status.error());
    return result;
}

Status checkByteOrder(const ZipArchive& archive)
{
    if (!archive.has("byteorder"))
        return {};
    const auto order = archive.read("byteorder");
    if (!order)
        return fail(order.error());
    if (*order != "little")
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("'{1}' was saved on a big-endian machine; load and save it again "
                                 "on an ordinary one.",
                                 archive.origin()));
    return {};
}

} // namespace

Result<StoredTensors> readPickledStateDict(const std::shared_ptr<const ZipArchive>& archive)
{
    if (auto status = checkByteOrder(*archive); !status)
        return fail(status.error());
    const auto bytes = archive->read("data.pkl");
    if (!bytes)
        return fail(bytes.error());
    const auto pickle = Pickle::parse(*bytes);
    if (!pickle)
        return inFile(*archive, pickle.error());
    const auto dict = findStateDict(*pickle);
    if (!dict)
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr(
                "'{1}' holds no state dict; save one with torch.save(model.state_dict(), file).",
                archive->origin()));
    StoredTensors tensors;
    for (const auto& [key, value] : pickle->as<Pickle::Dict>(*dict)->items) {
        const auto* name = pickle->as<std::string>(key);
        const auto* tensor = pickle->as<Pickle::Tensor>(value);
        if (!name || !tensor) // a checkpoint's other entries
            continue;
        auto stored = storedTensor(archive, *pickle, *name, *tensor);
        if (!stored)
            return inFile(*archive, stored.error());
        tensors.insert_or_assign(*name, *std::move(stored)); // as in Python, the last one counts
    }
    return tensors;
}

Status checkTorchScriptTensors(const ZipArchive& archive, const std::string& name)
{
    const auto bytes = archive.read(name + ".pkl");
    if (!bytes)
        return fail(bytes.error());
    const auto pickle = Pickle::parse(*bytes, Pickle::Names::TorchScript);
    if (!pickle)
        return inFile(archive, pickle.error());
    constexpr std::size_t deepest = 256;
    if (pickle->nestsDeeperThan(deepest))
        return fail(
            ErrorCode::BadFormat,
            CoreText::tr("'{1}' holds values within one another without end; the file is damaged.",
                         archive.origin()));
    for (const auto& value : pickle->values()) {
        const auto* text = std::get_if<std::string>(&value);
        if (text && nestsTooDeep(*text)) // it may name a type
            return fail(
                ErrorCode::BadFormat,
                CoreText::tr("'{1}' holds a text that nests too deeply.", archive.origin()));
        const auto* storage = std::get_if<Pickle::Storage>(&value);
        if (storage && storage->elements > 0
            && !isWhole(archive, name + "/" + storage->key, *storage))
            return fail(ErrorCode::BadFormat,
                        CoreText::tr("'{1}' lacks the data of a tensor; the file is damaged.",
                                     archive.origin()));
        const auto* tensor = std::get_if<Pickle::Tensor>(&value);
        if (!tensor)
            continue;
        const auto& its = *pickle->as<Pickle::Storage>(tensor->storage);
        const StoredTensor stored{.type = its.type,
                                  .sizes = tensor->sizes,
                                  .strides = tensor->strides,
                                  .offset = tensor->offset,
                                  .storageSize =
                                      static_cast<std::uint64_t>(its.elements) * sizeOf(its),
                                  .bytes = {}};
        if (auto status = checkStoredTensor("of " + name, stored); !status)
            return inFile(archive, status.error());
    }
    return {};
}

StoredTensors withoutWrapperPrefixes(StoredTensors tensors)
{
    const auto strip = [&](std::string_view prefix) {
        if (tensors.empty() || !std::ranges::all_of(tensors, [&](const auto& each) {
                return each.first.starts_with(prefix) && each.first.size() > prefix.size();
            }))
            return false;
        StoredTensors stripped;
        for (auto& [name, tensor] : tensors)
            stripped.emplace(name.substr(prefix.size()), std::move(tensor));
        tensors = std::move(stripped);
        return true;
    };
    while (strip("module.") || strip("_orig_mod.") || strip("model.")) { }
    return tensors;
}

} // namespace espalier
