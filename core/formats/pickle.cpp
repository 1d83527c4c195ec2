#include "formats/pickle_p.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/core_text.h"

namespace espalier {

namespace {

using c10::ScalarType;

constexpr std::size_t mostDimensions = 16;
// What a file may make of the bytes it has; the weights do not stand in its pickle.
constexpr std::size_t mostBytes = std::size_t{1} << 26U;
constexpr std::size_t mostValues = std::size_t{1} << 22U;

/// torch.FloatStorage and so on; an untyped storage counts bytes.
std::optional<ScalarType> storageType(const std::string& name)
{
    static const std::map<std::string, ScalarType> types{
        {"torch.FloatStorage", ScalarType::Float},
        {"torch.DoubleStorage", ScalarType::Double},
        {"torch.HalfStorage", ScalarType::Half},
        {"torch.BFloat16Storage", ScalarType::BFloat16},
        {"torch.LongStorage", ScalarType::Long},
        {"torch.IntStorage", ScalarType::Int},
        {"torch.ShortStorage", ScalarType::Short},
        {"torch.CharStorage", ScalarType::Char},
        {"torch.ByteStorage", ScalarType::Byte},
        {"torch.BoolStorage", ScalarType::Bool},
        {"torch.UntypedStorage", ScalarType::Byte},
        {"torch.storage.UntypedStorage", ScalarType::Byte},
        {"torch.storage._UntypedStorage", ScalarType::Byte},
    };
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

/// Names beside the storages that may stand in a state dict: functions done by reduce(), and
/// values.
bool isKnown(const std::string& name)
{
    constexpr std::string_view known[] = {
        "collections.OrderedDict",
        "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_parameter_with_state",
        "torch.storage.TypedStorage",
        "torch.storage._TypedStorage",
        "torch.Size",
        "torch.device",
        "torch.float32",
        "torch.float64",
        "torch.float16",
        "torch.bfloat16",
        "torch.int64",
        "torch.int32",
        "torch.int16",
        "torch.int8",
        "torch.uint8",
        "torch.bool",
    };
    for (const auto each : known) {
        if (name == each)
            return true;
    }
    return storageType(name).has_value();
}

tl::unexpected<Error> malformed(const std::string& what)
{
    return fail(
        ErrorCode::BadFormat,
        CoreText::tr("The pickle in it is truncated, or not what torch.save writes ({1}).", what));
}

tl::unexpected<Error> foreign(const std::string& name)
{
    if (name == "torch._utils._rebuild_qtensor")
        return fail(ErrorCode::Unsupported,
                    CoreText::tr("It holds quantised tensors, which are not supported; save the "
                                 "network before it is quantised."));
    return fail(ErrorCode::Unsupported,
                CoreText::tr(
                    "It contains the Python class {1}; such files are not loaded, since they could "
                    "run code; save the weights alone with torch.save(model.state_dict(), file).",
                    name));
}

/// Printable, and short enough for a sentence.
std::string shown(std::string_view name)
{
    std::string text(name.substr(0, 120));
    for (auto& c : text) {
        if (c < 0x20 || c > 0x7e)
            c = '?';
    }
    return text;
}

} // namespace

/// The stack machine that a pickle is a program of.
class Unpickler {
public:
    Unpickler(std::string_view bytes, Pickle::Names names)
        : m_rest(bytes)
        , m_anyName(names == Pickle::Names::TorchScript)
    {
        m_pickle.m_values.emplace_back(); // value 0: what is taken from an empty stack
    }

    Result<Pickle> run()
    {
        if (m_rest.size() > mostBytes)
            return malformed(CoreText::tr("it is too long"));
        while (true) {
            const auto code = take(1);
            if (!m_ok)
                return malformed(CoreText::tr("it ends early"));
            if (code[0] == '.') {
                if (m_stack.empty())
                    return malformed(CoreText::tr("nothing is left on the stack"));
                m_pickle.m_root = m_stack.back();
                return std::move(m_pickle);
            }
            if (auto status = step(code[0]); !status)
                return fail(status.error());
            if (!m_ok)
                return malformed(CoreText::tr("an operation lacks its operands"));
            if (m_pickle.m_values.size() > mostValues)
                return malformed(CoreText::tr("it holds too many values"));
        }
    }

private:
    using Ref = Pickle::Ref;

    Status step(char code)
    {
        switch (code) {
        case '\x80': // PROTO
            return protocol();
        case '\x95': // FRAME
            take(8);
            return {};
        case 'c': // GLOBAL
            return global();
        case '\x93': // STACK_GLOBAL
            return stackGlobal();
        case 'R': // REDUCE
        case '\x81': // NEWOBJ
            return reduce();
        case 'b': // BUILD
            return build();
        case 'Q': // BINPERSID
            return persistent();
        default:
            return stepOnStack(code) || stepOnNumbers(code) || stepOnTexts(code)
                    || stepOnContainers(code) || stepOnMemo(code)
                ? Status()
                : malformed(CoreText::tr("operation {1}", static_cast<unsigned char>(code)));
        }
    }

    Status protocol()
    {
        const auto version = unsignedNumber(1);
        return version >= 2 && version <= 5 ? Status()
                                            : malformed(CoreText::tr("protocol {1}", version));
    }

    bool stepOnStack(char code)
    {
        switch (code) {
        case '(': // MARK
            m_marks.push_back(m_stack.size());
            return true;
        case '0': // POP
            if (!m_marks.empty() && m_marks.back() == m_stack.size())
                m_marks.pop_back();
            else
                pop();
            return true;
        case '1': // POP_MARK
            popToMark();
            return true;
        case '2': // DUP
            push(top());
            return true;
        default:
            return false;
        }
    }

    bool stepOnNumbers(char code)
    {
        switch (code) {
        case 'N': // NONE
            make(Pickle::Nothing{});
            return true;
        case '\x88': // NEWTRUE
        case '\x89': // NEWFALSE
            make(code == '\x88');
            return true;
        case 'J': // BININT
            make(std::int64_t{static_cast<std::int32_t>(unsignedNumber(4))});
            return true;
        case 'K': // BININT1
            make(static_cast<std::int64_t>(unsignedNumber(1)));
            return true;
        case 'M': // BININT2
            make(static_cast<std::int64_t>(unsignedNumber(2)));
            return true;
        case '\x8a': // LONG1
            makeLong(unsignedNumber(1));
            return true;
        case '\x8b': // LONG4
            makeLong(unsignedNumber(4));
            return true;
        case 'G': // BINFLOAT, the one that is big-endian
            makeFloat();
            return true;
        default:
            return false;
        }
    }

    bool stepOnTexts(char code)
    {
        switch (code) {
        case 'X': // BINUNICODE
        case 'T': // BINSTRING
            make(std::string(take(unsignedNumber(4))));
            return true;
        case '\x8c': // SHORT_BINUNICODE
        case 'U': // SHORT_BINSTRING
            make(std::string(take(unsignedNumber(1))));
            return true;
        case '\x8d': // BINUNICODE8
            make(std::string(take(unsignedNumber(8))));
            return true;
        case 'B': // BINBYTES
            take(unsignedNumber(4));
            break;
        case 'C': // SHORT_BINBYTES
            take(unsignedNumber(1));
            break;
        case '\x8e': // BINBYTES8
        case '\x96': // BYTEARRAY8
            take(unsignedNumber(8));
            break;
        default:
            return false;
        }
        make(Pickle::Nothing{}); // no state dict needs bytes
        return true;
    }

    bool stepOnContainers(char code)
    {
        switch (code) {
        case ')': // EMPTY_TUPLE
            make(Pickle::Tuple{});
            return true;
        case 't': // TUPLE
            make(Pickle::Tuple{popToMark()});
            return true;
        case '\x85': // TUPLE1, 2, 3
        case '\x86':
        case '\x87':
            makeTuple(static_cast<std::size_t>(code - '\x84'));
            return true;
        case ']': // EMPTY_LIST
            make(Pickle::List{});
            return true;
        case 'a': // APPEND
            append({pop()});
            return true;
        case 'e': // APPENDS
            append(popToMark());
            return true;
        case '}': // EMPTY_DICT
            make(Pickle::Dict{});
            return true;
        case 's': { // SETITEM
            const auto value = pop();
            const auto key = pop();
            setItems({key, value});
            return true;
        }
        case 'u': // SETITEMS
            setItems(popToMark());
            return true;
        case '\x8f': // EMPTY_SET
            make(Pickle::Nothing{});
            return true;
        case '\x90': // ADDITEMS
            popToMark();
            return true;
        default:
            return false;
        }
    }

    bool stepOnMemo(char code)
    {
        switch (code) {
        case 'q': // BINPUT
            memoize(unsignedNumber(1));
            return true;
        case 'r': // LONG_BINPUT
            memoize(unsignedNumber(4));
            return true;
        case '\x94': // MEMOIZE
            memoize(m_memo.size());
            return true;
        case 'h': // BINGET
            recall(unsignedNumber(1));
            return true;
        case 'j': // LONG_BINGET
            recall(unsignedNumber(4));
            return true;
        default:
            return false;
        }
    }

    /// Two lines: module and name.
    Status global()
    {
        const auto module = line();
        const auto name = line();
        return m_ok ? pushGlobal(std::string(module) + "." + std::string(name)) : Status();
    }

    Status stackGlobal()
    {
        const auto name = text(pop());
        const auto module = text(pop());
        return m_ok ? pushGlobal(module + "." + name) : Status();
    }

    Status pushGlobal(const std::string& name)
    {
        // LibTorch makes tensors of other kinds of what it does not look at either.
        if (!isKnown(name) && (!m_anyName || name.starts_with("torch._utils.")))
            return foreign(shown(name));
        make(Pickle::Global{name});
        return {};
    }

    /// A known function on a tuple of arguments.
    Status reduce()
    {
        const auto arguments = m_pickle.as<Pickle::Tuple>(pop());
        const auto function = m_pickle.as<Pickle::Global>(pop());
        if (!m_ok || !arguments || !function)
            return malformed(CoreText::tr("something is called that is no function"));
        const auto& items = arguments->items;
        const auto& name = function->name;
        if (name == "collections.OrderedDict" && items.empty()) {
            make(Pickle::Dict{});
            return {};
        }
        if (name == "torch._utils._rebuild_tensor_v2" || name == "torch._utils._rebuild_tensor")
            return rebuildTensor(items);
        if (name.starts_with("torch._utils._rebuild_parameter") && !items.empty()) {
            push(items.front());
            return {};
        }
        if (name == "torch.Size" && items.size() == 1) {
            push(items.front());
            return {};
        }
        if (name == "torch.device") {
            make(Pickle::Nothing{});
            return {};
        }
        if (m_anyName && !isKnown(name)) {
            make(Pickle::Tuple{items});
            return {};
        }
        return malformed(CoreText::tr("{1} is called", shown(name)));
    }

    const std::vector<Ref>* items(Ref ref) const
    {
        if (const auto* tuple = m_pickle.as<Pickle::Tuple>(ref))
            return &tuple->items;
        const auto* list = m_pickle.as<Pickle::List>(ref);
        return list ? &list->items : nullptr;
    }

    std::optional<std::vector<std::int64_t>> integers(Ref ref) const
    {
        const auto* found = items(ref);
        if (!found || found->size() > mostDimensions)
            return std::nullopt;
        std::vector<std::int64_t> values;
        for (const auto each : *found) {
            const auto* value = m_pickle.as<std::int64_t>(each);
            if (!value)
                return std::nullopt;
            values.push_back(*value);
        }
        return values;
    }

    /// storage, offset, sizes, strides, ...
    Status rebuildTensor(const std::vector<Ref>& arguments)
    {
        if (arguments.size() < 4 || !m_pickle.as<Pickle::Storage>(arguments[0])
            || !m_pickle.as<std::int64_t>(arguments[1]))
            return malformed(CoreText::tr("a tensor without a storage"));
        auto sizes = integers(arguments[2]);
        auto strides = integers(arguments[3]);
        if (!sizes || !strides)
            return malformed(CoreText::tr("a tensor without sizes"));
        make(Pickle::Tensor{.storage = arguments[0],
                            .offset = *m_pickle.as<std::int64_t>(arguments[1]),
                            .sizes = *std::move(sizes),
                            .strides = *std::move(strides)});
        return {};
    }

    /// Attributes of an object: a state dict's "_metadata", a parameter's hooks. None matters.
    Status build()
    {
        const auto state = pop();
        const auto target = top();
        auto* object = std::get_if<Pickle::Tuple>(&m_pickle.m_values[target]);
        if (m_ok && m_anyName && object)
            object->items.push_back(state);
        else if (m_ok && !m_anyName && !m_pickle.as<Pickle::Dict>(target)
                 && !m_pickle.as<Pickle::Tensor>(target))
            return malformed(CoreText::tr("attributes of something that has none"));
        return {};
    }

    /// ("storage", class, key, device, number of elements)
    Status persistent()
    {
        const auto* parts = m_pickle.as<Pickle::Tuple>(pop());
        if (!m_ok || !parts || parts->items.size() < 5)
            return malformed(CoreText::tr("a storage that is not described"));
        const auto* type = m_pickle.as<Pickle::Global>(parts->items[1]);
        const auto* key = m_pickle.as<std::string>(parts->items[2]);
        const auto* elements = m_pickle.as<std::int64_t>(parts->items[4]);
        const auto scalar = type ? storageType(type->name) : std::nullopt;
        if (text(parts->items[0]) != "storage" || !scalar || !key || !elements || *elements < 0)
            return malformed(CoreText::tr("a storage that is not described"));
        make(Pickle::Storage{.type = *scalar, .key = *key, .elements = *elements});
        return {};
    }

    std::string_view take(std::uint64_t count)
    {
        if (count > m_rest.size()) {
            m_ok = false;
            return {};
        }
        const auto bytes = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return bytes;
    }

    std::string_view line()
    {
        const auto end = m_rest.find('\n');
        if (end == std::string_view::npos) {
            m_ok = false;
            return {};
        }
        const auto text = take(end);
        take(1);
        return text;
    }

    std::uint64_t unsignedNumber(std::size_t bytes)
    {
        const auto data = take(bytes);
        std::uint64_t value = 0;
        for (std::size_t i = data.size(); i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(data[i]);
        return value;
    }

    /// Two's complement of `bytes` bytes; numbers beyond 64 bits are of no use here.
    void makeLong(std::uint64_t bytes)
    {
        const auto data = take(bytes);
        if (data.size() > 8) {
            make(Pickle::Nothing{});
            return;
        }
        const bool negative = !data.empty() && (data.back() & '\x80') != 0;
        std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = data.size(); i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(data[i]);
        make(static_cast<std::int64_t>(value));
    }

    void makeFloat()
    {
        std::uint64_t bits = 0;
        for (const auto c : take(8))
            bits = bits << 8 | static_cast<unsigned char>(c);
        make(std::bit_cast<double>(bits));
    }

    void makeTuple(std::size_t count)
    {
        Pickle::Tuple tuple{std::vector<Ref>(count)};
        while (count-- > 0)
            tuple.items[count] = pop();
        make(std::move(tuple));
    }

    void append(const std::vector<Ref>& values)
    {
        if (auto* list = std::get_if<Pickle::List>(&m_pickle.m_values[top()]))
            list->items.insert(list->items.end(), values.begin(), values.end());
        else
            m_ok = false;
    }

    void setItems(const std::vector<Ref>& values)
    {
        auto* dict = std::get_if<Pickle::Dict>(&m_pickle.m_values[top()]);
        if (!dict || values.size() % 2 != 0) {
            m_ok = false;
            return;
        }
        for (std::size_t i = 0; i < values.size(); i += 2)
            dict->items.emplace_back(values[i], values[i + 1]);
    }

    /// Pickles count from 0 on; LibTorch has a table as long as the largest number.
    void memoize(std::uint64_t key)
    {
        m_ok = m_ok && key <= mostValues;
        m_memo[key] = top();
    }

    void recall(std::uint64_t key)
    {
        const auto found = m_memo.find(key);
        if (found == m_memo.end())
            m_ok = false;
        else
            push(found->second);
    }

    std::string text(Ref ref)
    {
        const auto* value = m_pickle.as<std::string>(ref);
        m_ok = m_ok && value;
        return value ? *value : std::string();
    }

    void make(Pickle::Value value)
    {
        m_pickle.m_values.push_back(std::move(value));
        push(m_pickle.m_values.size() - 1);
    }

    void push(Ref ref) { m_stack.push_back(ref); }

    Ref top()
    {
        const auto floor = m_marks.empty() ? 0 : m_marks.back();
        if (m_stack.size() > floor)
            return m_stack.back();
        m_ok = false;
        return 0;
    }

    Ref pop()
    {
        const auto ref = top();
        if (m_ok)
            m_stack.pop_back();
        return ref;
    }

    std::vector<Ref> popToMark()
    {
        if (m_marks.empty()) {
            m_ok = false;
            return {};
        }
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        m_marks.pop_back();
        std::vector<Ref> values(begin, m_stack.end());
        m_stack.erase(begin, m_stack.end());
        return values;
    }

    Pickle m_pickle;
    std::string_view m_rest;
    bool m_anyName;
    std::vector<Ref> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::unordered_map<std::uint64_t, Ref> m_memo;
    bool m_ok = true;
};

Result<Pickle> Pickle::parse(std::string_view bytes, Names names)
{
    return Unpickler(bytes, names).run();
}

std::optional<Pickle::Ref> Pickle::find(Ref dict, std::string_view key) const
{
    const auto* found = as<Dict>(dict);
    if (!found)
        return std::nullopt;
    for (const auto& [name, value] : found->items) {
        const auto* text = as<std::string>(name);
        if (text && *text == key)
            return value;
    }
    return std::nullopt;
}

namespace {

/// The i-th value within a container; nothing behind the last.
std::optional<Pickle::Ref> within(const Pickle::Value& value, std::size_t i)
{
    if (const auto* dict = std::get_if<Pickle::Dict>(&value)) {
        if (i / 2 >= dict->items.size())
            return std::nullopt;
        const auto& [key, item] = dict->items[i / 2];
        return i % 2 == 0 ? key : item;
    }
    const auto* tuple = std::get_if<Pickle::Tuple>(&value);
    const auto* list = std::get_if<Pickle::List>(&value);
    const auto* items = tuple ? &tuple->items : list ? &list->items : nullptr;
    return items && i < items->size() ? std::optional((*items)[i]) : std::nullopt;
}

} // namespace

bool Pickle::nestsDeeperThan(std::size_t most) const
{
    struct Step {
        Ref ref;
        std::size_t next;
        std::size_t deepest;
    };
    std::vector<std::size_t> depths(m_values.size(), 0); // 0: not known yet
    std::vector<bool> isOpen(m_values.size(), false);
    for (Ref first = 0; first < m_values.size(); ++first) {
        std::vector<Step> way;
        if (depths[first] == 0)
            way.push_back({first, 0, 0});
        while (!way.empty()) {
            auto& [at, next, deepest] = way.back();
            isOpen[at] = true;
            const auto inner = within(m_values[at], next++);
            if (!inner) {
                isOpen[at] = false;
                const auto depth = depths[at] = deepest + 1;
                way.pop_back();
                if (!way.empty())
                    way.back().deepest = std::max(way.back().deepest, depth);
                continue;
            }
            if (isOpen[*inner] || way.size() + std::max<std::size_t>(depths[*inner], 1) > most)
                return true;
            if (depths[*inner] > 0)
                deepest = std::max(deepest, depths[*inner]);
            else
                way.push_back({*inner, 0, 0});
        }
    }
    return false;
}

} // namespace espalier
