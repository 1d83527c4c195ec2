#include "session/network_table_p.h"

#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include <ATen/Functions.h>
#include <openssl/evp.h>

#include "base/core_text.h"
#include "network/runtime_p.h"
#include "session/graph_json.h"
#include "session/history_json_p.h"
#include "session/json_fields_p.h"

namespace espalier {

namespace {

static_assert(std::endian::native == std::endian::little, "tensors are stored little-endian");

constexpr std::string_view momentumPrefix = "momentum.";

using Hash = std::array<std::byte, 32>;

/// SHA-256 over the shape and the bytes; nothing when the library fails.
std::optional<Hash> hashOf(const std::string& sizes, Blob data)
{
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                     &EVP_MD_CTX_free);
    Hash hash{};
    const bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1
        && EVP_DigestUpdate(context.get(), sizes.data(), sizes.size()) == 1
        && EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1
        && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(hash.data()), nullptr)
            == 1;
    return ok ? std::optional(hash) : std::nullopt;
}

/// Whether float32 values of this shape take `bytes` bytes; safe against shapes made to overflow.
bool fits(const std::vector<std::int64_t>& sizes, std::size_t bytes)
{
    auto elements = static_cast<std::int64_t>(bytes / sizeof(float));
    if (bytes % sizeof(float) != 0 || elements == 0)
        return false;
    for (const auto size : sizes) {
        if (size < 1 || elements % size != 0)
            return false;
        elements /= size;
    }
    return elements == 1;
}

/// The tensor of one stored row; undefined when shape, bytes and hash do not agree.
at::Tensor tensorFrom(const std::string& sizesText, Blob data, Blob hash)
{
    std::vector<std::int64_t> sizes;
    const auto json = parseJson(sizesText);
    if (!json || !fromJson(*json, sizes) || !fits(sizes, data.size()))
        return {};
    const auto expected = hashOf(sizesText, data);
    if (!expected || !std::ranges::equal(*expected, hash))
        return {};
    auto tensor = at::empty(sizes, at::TensorOptions().dtype(at::kFloat));
    std::memcpy(tensor.data_ptr(), data.data(), data.size());
    return tensor;
}

at::Tensor* slot(Network::Weights& weights, std::int64_t node, std::string_view part)
{
    at::Tensor* found = nullptr;
    if (node >= 0 && static_cast<std::size_t>(node) < weights.nodes.size())
        forEachTensor(weights[NodeId(node)], [&](std::string_view name, at::Tensor& tensor) {
            found = name == part ? &tensor : found;
        });
    return found;
}

/// Momentum belongs to a parameter and has its shape.
bool belongsTo(const Network::Weights& momentum, Network::Weights& weights)
{
    bool ok = true;
    for (std::size_t node = 0; node < momentum.nodes.size(); ++node)
        forEachTensor(momentum.nodes[node], [&](std::string_view part, const at::Tensor& tensor) {
            const auto* parameter = slot(weights, static_cast<std::int64_t>(node), part);
            ok = ok
                && (!tensor.defined()
                    || (parameter->defined() && parameter->sizes() == tensor.sizes()));
        });
    return ok;
}

} // namespace

Result<std::int64_t> NetworkTable::add(const Network& network,
                                       const Network::Weights* momentum) const
{
    if (auto status = checkWeights(network.graph(), network.weights()); !status)
        return fail(status.error());
    if (auto status =
            m_database.run("INSERT INTO network (graph, metadata) VALUES (?, ?)",
                           graphToJson(network.graph()), metadataToJson(network.metadata()));
        !status)
        return fail(status.error());
    const auto row = m_database.lastInsertId();
    auto status = addWeights(row, network.weights(), {});
    if (status && momentum)
        status = addWeights(row, *momentum, momentumPrefix);
    if (!status)
        return fail(status.error());
    return row;
}

Status NetworkTable::addWeights(std::int64_t network, const Network::Weights& weights,
                                std::string_view prefix) const
{
    Status status;
    for (std::size_t node = 0; node < weights.nodes.size(); ++node) {
        forEachTensor(weights.nodes[node], [&](std::string_view part, const at::Tensor& tensor) {
            if (!status || !tensor.defined())
                return;
            const auto row = addTensor(tensor);
            status = row
                ? m_database.run("INSERT INTO network_tensor (network, part, node, tensor) "
                                 "VALUES (?, ?, ?, ?)",
                                 network, std::string(prefix).append(part),
                                 static_cast<std::int64_t>(node), *row)
                : fail(row.error());
        });
    }
    return status;
}

Result<std::int64_t> NetworkTable::addTensor(const at::Tensor& tensor) const
{
    at::Tensor plain;
    auto status = guarded(CoreText::tr("storing a tensor"), [&]() -> Status {
        plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
        return {};
    });
    if (!status)
        return fail(status.error());
    const auto sizes = jsonText(toJson(plain.sizes().vec()));
    const Blob data(static_cast<const std::byte*>(plain.data_ptr()), plain.nbytes());
    const auto hash = hashOf(sizes, data);
    if (!hash)
        return fail(ErrorCode::Internal,
                    CoreText::tr("The SHA-256 of a tensor could not be computed."));
    const Blob key(*hash);
    const auto known = m_database.integer("SELECT id FROM tensor WHERE hash = ?", key);
    if (!known || *known)
        return known.map([](const auto& id) { return *id; });
    status =
        m_database.run("INSERT INTO tensor (hash, sizes, data) VALUES (?, ?, ?)", key, sizes, data);
    if (!status)
        return fail(status.error());
    return m_database.lastInsertId();
}

Result<NetworkTable::Stored> NetworkTable::get(std::int64_t row, bool withMomentum) const
{
    auto rows = m_database.query("SELECT graph, metadata FROM network WHERE id = ?", row);
    if (!rows)
        return fail(rows.error());
    const auto found = rows->next();
    if (!found)
        return fail(found.error());
    if (!*found)
        return damaged(CoreText::tr("a network is missing."));
    auto graph = graphFromJson(rows->text(0));
    if (!graph)
        return damaged(graph.error().message);
    auto metadata = metadataFromJson(rows->text(1));
    if (!metadata)
        return damaged(metadata.error().message);

    auto weights = std::make_shared<Network::Weights>();
    weights->nodes.resize(graph->nodes().size());
    auto momentum = std::make_shared<Network::Weights>(*weights);
    if (auto status = readTensors(row, *weights, *momentum); !status)
        return fail(status.error());
    if (auto status = checkWeights(*graph, *weights); !status)
        return damaged(status.error().message);
    if (!belongsTo(*momentum, *weights))
        return damaged(CoreText::tr("momentum does not belong to its network."));
    return Stored{.network = Network(std::make_shared<const Graph>(std::move(*graph)),
                                     std::move(weights), std::move(*metadata)),
                  .momentum = withMomentum ? std::move(momentum) : nullptr};
}

Status NetworkTable::readTensors(std::int64_t network, Network::Weights& weights,
                                 Network::Weights& momentum) const
{
    auto rows = m_database.query("SELECT node, part, sizes, data, hash FROM network_tensor "
                                 "JOIN tensor ON tensor.id = network_tensor.tensor "
                                 "WHERE network = ?",
                                 network);
    if (!rows)
        return fail(rows.error());
    return guarded(CoreText::tr("reading a network"), [&]() -> Status {
        while (true) {
            const auto found = rows->next();
            if (!found)
                return fail(found.error());
            if (!*found)
                return {};
            std::string_view part;
            const auto partText = rows->text(1);
            part = partText;
            const bool ofMomentum = part.starts_with(momentumPrefix);
            if (ofMomentum)
                part.remove_prefix(momentumPrefix.size());
            auto* target = slot(ofMomentum ? momentum : weights, rows->integer(0), part);
            if (target)
                *target = tensorFrom(rows->text(2), rows->blob(3), rows->blob(4));
            if (!target || !target->defined())
                return damaged(CoreText::tr("a tensor differs from what was saved."));
        }
    });
}

Status NetworkTable::remove(std::int64_t row) const
{
    std::vector<std::int64_t> tensors;
    {
        auto rows =
            m_database.query("SELECT DISTINCT tensor FROM network_tensor WHERE network = ?", row);
        if (!rows)
            return fail(rows.error());
        auto found = rows->next();
        for (; found && *found; found = rows->next())
            tensors.push_back(rows->integer(0));
        if (!found)
            return fail(found.error());
    }
    auto status = m_database.run("DELETE FROM network_tensor WHERE network = ?", row);
    if (status)
        status = m_database.run("DELETE FROM network WHERE id = ?", row);
    for (const auto tensor : tensors) {
        if (status)
            status = m_database.run("DELETE FROM tensor WHERE id = ? AND NOT EXISTS "
                                    "(SELECT 1 FROM network_tensor WHERE tensor = ?)",
                                    tensor, tensor);
    }
    return status;
}

tl::unexpected<Error> NetworkTable::damaged(const std::string& what) const
{
    return fail(ErrorCode::BadFormat,
                CoreText::tr("'{1}' is damaged: {2} Use a copy of it from before.",
                             m_database.file().string(), what));
}

} // namespace espalier
