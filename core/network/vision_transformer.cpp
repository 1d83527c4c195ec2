#include <cmath>

#include "base/core_text.h"
#include "network/architectures_p.h"

namespace espalier {

namespace {

class TransformerBuilder {
public:
    TransformerBuilder(const VisionTransformerSettings& settings, const Shape& input)
        : m_settings(settings)
        , m_rows(input[1] / settings.patch)
        , m_columns(input[2] / settings.patch)
        , m_tokens(m_rows * m_columns + 1)
    {
    }

    std::vector<NodeSpec> build(std::int64_t channels, std::int64_t classes)
    {
        const auto width = m_settings.width;
        auto x = embedded(add("input", Input{}, {}), channels);
        for (std::int64_t block = 0; block < m_settings.blocks; ++block) {
            const auto path = "encoder.layers." + std::to_string(block) + ".";
            auto branch = norm(path + "ln_1", x);
            branch = attention(path + "self_attention.", branch);
            x = add(path + "add_1", Add{}, {x, branch});
            branch = norm(path + "ln_2", x);
            branch = linear(path + "mlp.0", branch, width, m_settings.neurons);
            branch = add(path + "mlp.1", Activation{.kind = ActivationKind::Gelu}, {branch});
            branch = linear(path + "mlp.3", branch, m_settings.neurons, width);
            x = add(path + "add_2", Add{}, {x, branch});
        }
        x = norm("encoder.ln", x);
        x = add("class_feature", Slice{.dimension = 0, .start = 0, .stop = 1}, {x});
        x = add("flatten", Flatten{}, {x});
        linear("heads.head", x, width, classes);
        return std::move(m_nodes);
    }

private:
    NodeId add(std::string name, Operation operation, std::vector<NodeId> inputs)
    {
        m_nodes.push_back(NodeSpec{std::move(name), std::move(operation), std::move(inputs)});
        return NodeId(static_cast<std::int64_t>(m_nodes.size()) - 1);
    }

    NodeId linear(const std::string& name, NodeId x, std::int64_t in, std::int64_t out)
    {
        return add(name, Linear{.inFeatures = in, .outFeatures = out, .bias = true}, {x});
    }

    NodeId norm(const std::string& name, NodeId x)
    {
        return add(name, LayerNorm{.normalized = {m_settings.width}, .epsilon = 1e-6}, {x});
    }

    NodeId embedded(NodeId image, std::int64_t channels)
    {
        const auto width = m_settings.width;
        const auto patch = m_settings.patch;
        auto x = add("conv_proj",
                     Conv2d{.inChannels = channels,
                            .outChannels = width,
                            .kernel = {patch, patch},
                            .stride = {patch, patch},
                            .bias = true},
                     {image});
        x = add("patches",
                Rearrange{.split = {width, m_rows, m_columns},
                          .order = {1, 2, 0},
                          .merged = {m_tokens - 1, width}},
                {x});
        const auto token = add("class_token", Parameter{.shape = {1, width}}, {});
        x = add("tokens", Concat{.dimension = 0}, {token, x});
        const auto position =
            add("encoder.pos_embedding", Parameter{.shape = {m_tokens, width}}, {});
        return add("encoder.embedded", Add{}, {x, position});
    }

    /// Tokens x width to heads x tokens x width/heads, or transposed for the product with queries.
    NodeId divided(const std::string& name, NodeId x, bool transposed)
    {
        const auto heads = m_settings.heads;
        const auto depth = m_settings.width / heads;
        Rearrange rearrange{.split = {m_tokens, heads, depth},
                            .order = {1, 0, 2},
                            .merged = {heads, m_tokens, depth}};
        if (transposed) {
            rearrange.order = {1, 2, 0};
            rearrange.merged = {heads, depth, m_tokens};
        }
        return add(name, std::move(rearrange), {x});
    }

    NodeId attention(const std::string& path, NodeId x)
    {
        const auto width = m_settings.width;
        const auto heads = m_settings.heads;
        const auto depth = width / heads;
        const auto packed = linear(path + "in_proj", x, width, 3 * width);
        const auto part = [&](const std::string& name, std::int64_t index) {
            return add(path + name,
                       Slice{.dimension = 1, .start = index * width, .stop = (index + 1) * width},
                       {packed});
        };
        auto query = divided(path + "query_heads", part("query", 0), false);
        query = add(path + "scale", Affine{.scale = 1.0 / std::sqrt(static_cast<double>(depth))},
                    {query});
        const auto key = divided(path + "key_heads", part("key", 1), true);
        const auto value = divided(path + "value_heads", part("value", 2), false);
        auto scores = add(path + "scores", MatMul{}, {query, key});
        scores = add(path + "softmax", Softmax{.dimension = 2}, {scores});
        auto attended = add(path + "attended", MatMul{}, {scores, value});
        attended = add(path + "joined",
                       Rearrange{.split = {heads, m_tokens, depth},
                                 .order = {1, 0, 2},
                                 .merged = {m_tokens, width}},
                       {attended});
        return linear(path + "out_proj", attended, width, width);
    }

    const VisionTransformerSettings& m_settings;
    std::int64_t m_rows;
    std::int64_t m_columns;
    std::int64_t m_tokens; ///< patches and the class token
    std::vector<NodeSpec> m_nodes;
};

} // namespace

Result<std::vector<NodeSpec>> visionTransformer(const VisionTransformerSettings& settings,
                                                const Shape& input, std::int64_t classes)
{
    if (input[1] % settings.patch != 0 || input[2] % settings.patch != 0)
        return fail(
            ErrorCode::InvalidArgument,
            CoreText::tr("A vision transformer with patches of {1} pixels cannot take images "
                         "of {2}; give extents that these divide.",
                         settings.patch, shapeText(input)));
    return TransformerBuilder(settings, input).build(input[0], classes);
}

} // namespace espalier
