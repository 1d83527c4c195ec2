#include "formats/state_dict_writer_p.h"

#include <cstdint>
#include <string_view>

#include <caffe2/serialize/inline_container.h>

namespace espalier {

namespace {

/// The few opcodes of pickle's protocol 2 that a state dict needs.
class Pickle {
public:
    Pickle() { m_bytes = "\x80\x02"; }

    void global(std::string_view module, std::string_view name)
    {
        m_bytes += 'c';
        m_bytes.append(module).append("\n").append(name).append("\n");
    }

    void text(std::string_view value)
    {
        m_bytes += 'X';
        append(value.size(), 4);
        m_bytes += value;
    }

    void number(std::int64_t value)
    {
        if (value >= INT32_MIN && value <= INT32_MAX) {
            m_bytes += 'J';
            append(static_cast<std::uint64_t>(value), 4);
        } else {
            m_bytes += "\x8a\x08";
            append(static_cast<std::uint64_t>(value), 8);
        }
    }

    void numbers(at::IntArrayRef values)
    {
        mark();
        for (const auto value : values)
            number(value);
        tuple();
    }

    void orderedDict()
    {
        global("collections", "OrderedDict");
        m_bytes += ')';
        reduce();
    }

    void mark() { m_bytes += '('; }
    void tuple() { m_bytes += 't'; }
    void reduce() { m_bytes += 'R'; }
    void no() { m_bytes += '\x89'; }
    void persistentId() { m_bytes += 'Q'; }
    void setItems() { m_bytes += 'u'; }

    const std::string& finished() { return m_bytes += '.'; }

private:
    void append(std::uint64_t value, int count)
    {
        for (int i = 0; i < count; ++i)
            m_bytes += static_cast<char>((value >> (8 * i)) & 0xff);
    }

    std::string m_bytes;
};

void pickle(Pickle& pickle, const at::Tensor& tensor, const std::string& storage)
{
    pickle.global("torch._utils", "_rebuild_tensor_v2");
    pickle.mark();
    pickle.mark();
    pickle.text("storage");
    pickle.global("torch", tensor.scalar_type() == at::kLong ? "LongStorage" : "FloatStorage");
    pickle.text(storage);
    pickle.text("cpu");
    pickle.number(tensor.numel());
    pickle.tuple();
    pickle.persistentId();
    pickle.number(0); // offset
    pickle.numbers(tensor.sizes());
    pickle.numbers(tensor.strides());
    pickle.no(); // requires_grad
    pickle.orderedDict(); // hooks
    pickle.tuple();
    pickle.reduce();
}

} // namespace

void writeStateDict(const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                    const std::string& extraName, const std::string& extra,
                    const std::filesystem::path& file)
{
    std::vector<at::Tensor> stored;
    Pickle names;
    names.orderedDict();
    names.mark();
    for (const auto& [name, tensor] : tensors) {
        names.text(name);
        stored.push_back(tensor.detach().to(at::kCPU).contiguous());
        pickle(names, stored.back(), std::to_string(stored.size() - 1));
    }
    names.setItems();
    const auto& bytes = names.finished();
    caffe2::serialize::PyTorchStreamWriter writer(file.string());
    writer.writeRecord("data.pkl", bytes.data(), bytes.size());
    for (std::size_t i = 0; i < stored.size(); ++i)
        writer.writeRecord("data/" + std::to_string(i), stored[i].data_ptr(), stored[i].nbytes());
    writer.writeRecord(extraName, extra.data(), extra.size());
    writer.writeEndOfFile();
}

} // namespace espalier
