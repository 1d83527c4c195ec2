#include "formats/python_scopes_p.h"

#include <algorithm>
#include <map>

#include "formats/python_operations_p.h"

namespace espalier::python {

namespace {

constexpr std::size_t mostEntries = 4;

bool isDigits(const std::string& text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string lastPart(const std::string& path)
{
    return path.substr(path.rfind('.') + 1);
}

std::string parentPath(const std::string& path)
{
    const auto dot = path.rfind('.');
    return dot == std::string::npos ? "" : path.substr(0, dot);
}

std::string join(const std::string& path, const std::string& name)
{
    return path.empty() ? name : path + "." + name;
}

/// What the output needs.
std::vector<bool> liveNodes(const Graph& graph)
{
    std::vector<bool> live(graph.nodes().size(), false);
    live[graph.output().index()] = true;
    for (std::size_t i = live.size(); i-- > 0;) {
        if (!live[i])
            continue;
        for (const auto input : graph.nodes()[i].inputs)
            live[input.index()] = true;
    }
    return live;
}

class Builder {
public:
    explicit Builder(const Graph& graph)
        : m_graph(graph)
        , m_live(liveNodes(graph))
    {
    }

    ScopeTree build()
    {
        m_tree.root = std::make_unique<Scope>();
        m_tree.scopeOf.resize(m_graph.nodes().size());
        m_tree.nameOf.resize(m_graph.nodes().size());
        m_scopes[""] = m_tree.root.get();
        for (const auto& node : m_graph.nodes().subspan(1)) {
            if (m_live[node.id.index()])
                place(node);
        }
        for (const auto& node : m_graph.nodes().subspan(1)) {
            if (m_live[node.id.index()])
                adopt(node);
        }
        measure(*m_tree.root);
        arrange(*m_tree.root);
        nameMembers(*m_tree.root);
        return std::move(m_tree);
    }

private:
    Scope* scopeAt(const std::string& path)
    {
        if (const auto found = m_scopes.find(path); found != m_scopes.end())
            return found->second;
        auto* parent = scopeAt(parentPath(path));
        auto scope = std::make_unique<Scope>();
        scope->path = path;
        scope->parent = parent;
        auto* raw = scope.get();
        parent->scopes.push_back(std::move(scope));
        return m_scopes[path] = raw;
    }

    void place(const Node& node) { m_tree.scopeOf[node.id.index()] = scopeAt(placeOf(node)); }

    /// Where a node belongs. A change of layout that was read as part of the module behind it
    /// stands before that module, unless it would break a row of modules there.
    std::string placeOf(const Node& node) const
    {
        const auto named = parentPath(node.name);
        if (!isLayout(node.operation) || !isModule(named)
            || isIn(m_graph.node(node.inputs.front()), named))
            return named;
        auto place = parentPath(named);
        auto from = named;
        while (!place.empty() && isDigits(lastPart(from))) {
            if (isIn(m_graph.node(node.inputs.front()), place))
                return named;
            from = place;
            place = parentPath(place);
        }
        return place;
    }

    static bool isIn(const Node& node, const std::string& path)
    {
        return node.name == path || node.name.starts_with(path + ".");
    }

    static bool isLayout(const Operation& operation)
    {
        return std::holds_alternative<Rearrange>(operation)
            || std::holds_alternative<Flatten>(operation);
    }

    /// Whether the path is that of a module with weights which takes the node's result.
    bool isModule(const std::string& path) const
    {
        const auto id = m_graph.find(path);
        return id && hasWeights(m_graph.node(*id).operation);
    }

    /// A node with the name of a scope is that module itself, else one in its parent.
    void adopt(const Node& node)
    {
        auto*& scope = m_tree.scopeOf[node.id.index()];
        const auto same = m_scopes.find(node.name);
        const bool isModule =
            hasWeights(node.operation) && !std::holds_alternative<Parameter>(node.operation);
        if (same != m_scopes.end() && isModule && !node.name.empty()) {
            scope = same->second;
            scope->own = node.id;
        } else {
            scope->nodes.push_back(node.id);
            scope->holdsWeights = scope->holdsWeights || hasWeights(node.operation);
        }
    }

    bool isIn(NodeId id, const Scope& scope) const
    {
        for (const auto* around = m_tree.scope(id); around; around = around->parent) {
            if (around == &scope)
                return true;
        }
        return false;
    }

    /// Finds what enters and leaves; what cannot be a function becomes a Group.
    void measure(Scope& scope)
    {
        for (auto& inner : scope.scopes) {
            measure(*inner);
            scope.height = std::max(scope.height, inner->height + 1);
        }
        std::vector<NodeId> exits;
        for (const auto& node : m_graph.nodes()) {
            if (!m_live[node.id.index()] || !isIn(node.id, scope))
                continue;
            for (const auto input : node.inputs) {
                if (!isIn(input, scope) && std::ranges::count(scope.entries, input) == 0)
                    scope.entries.push_back(input);
            }
            const bool leaves = std::ranges::any_of(m_graph.users(node.id), [&](NodeId user) {
                return m_live[user.index()] && !isIn(user, scope);
            });
            if (leaves || node.id == m_graph.output())
                exits.push_back(node.id);
        }
        if (exits.size() == 1)
            scope.exit = exits.front();
        scope.joinsEntries = scope.entries.size() > 1 && joinsEntries(scope);
        const bool isFunction = exits.size() == 1
            && !std::holds_alternative<Parameter>(m_graph.node(scope.exit).operation)
            && (scope.entries.size() <= mostEntries || scope.joinsEntries);
        if (!isFunction && scope.parent)
            makeGroup(scope);
    }

    void makeGroup(Scope& scope)
    {
        scope.kind = Scope::Kind::Group;
        if (!scope.own.isValid())
            return;
        auto& parent = *scope.parent;
        parent.nodes.insert(std::ranges::upper_bound(parent.nodes, scope.own), scope.own);
        parent.holdsWeights = true;
        m_tree.scopeOf[scope.own.index()] = &parent;
        scope.own = NodeId();
    }

    /// Whether the only thing done with what enters is to concatenate it: DenseNet's layers.
    bool joinsEntries(const Scope& scope) const
    {
        return std::ranges::any_of(m_graph.nodes(), [&](const Node& node) {
            if (!std::holds_alternative<Concat>(node.operation) || !isIn(node.id, scope)
                || !std::ranges::equal(node.inputs, scope.entries)
                || std::ranges::any_of(node.inputs,
                                       [&](NodeId input) { return isConstant(m_graph, input); }))
                return false;
            return std::ranges::all_of(scope.entries, [&](NodeId entry) {
                return std::ranges::count_if(m_graph.users(entry),
                                             [&](NodeId user) { return isIn(user, scope); })
                    == 1;
            });
        });
    }

    void collect(Scope& scope, std::vector<Item>& items)
    {
        if (scope.own.isValid())
            items.push_back({.node = scope.own});
        for (const auto node : scope.nodes)
            items.push_back({.node = node});
        for (auto& inner : scope.scopes) {
            if (inner->kind == Scope::Kind::Group)
                collect(*inner, items);
            else
                items.push_back({.scope = inner.get()});
        }
    }

    std::span<const NodeId> inputsOf(const Item& item) const
    {
        return item.scope ? std::span<const NodeId>(item.scope->entries)
                          : std::span<const NodeId>(m_graph.node(item.node).inputs);
    }

    static NodeId resultOf(const Item& item) { return item.scope ? item.scope->exit : item.node; }

    /// Runs of the scope's items in order; two scopes that need each other cannot be called, and
    /// become groups.
    void arrange(Scope& scope)
    {
        while (!sort(scope)) { }
        if (isChain(scope)) {
            scope.kind = Scope::Kind::Sequential;
        } else {
            inlineFunctions(scope);
        }
        for (auto& item : scope.steps) {
            if (item.scope)
                arrange(*item.scope);
        }
    }

    bool sort(Scope& scope)
    {
        std::vector<Item> items;
        collect(scope, items);
        std::ranges::sort(items, {}, [&](const Item& item) { return resultOf(item).index(); });
        std::set<NodeId> known{m_graph.input()};
        known.insert(scope.entries.begin(), scope.entries.end());
        scope.steps.clear();
        std::vector<bool> done(items.size(), false);
        for (bool moved = true; moved && scope.steps.size() < items.size();) {
            moved = false;
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (done[i] || !std::ranges::all_of(inputsOf(items[i]), [&](NodeId input) {
                        return known.contains(input);
                    }))
                    continue;
                done[i] = moved = true;
                known.insert(resultOf(items[i]));
                scope.steps.push_back(items[i]);
            }
        }
        if (scope.steps.size() == items.size())
            return true;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (!done[i] && items[i].scope && feedsItself(items, done, i))
                makeGroup(*items[i].scope);
        }
        return false;
    }

    /// Whether a path leads from item `start` through others that are not done back to it.
    bool feedsItself(const std::vector<Item>& items, const std::vector<bool>& done,
                     std::size_t start) const
    {
        std::set<std::size_t> reached;
        std::vector<std::size_t> open{start};
        while (!open.empty()) {
            const auto from = resultOf(items[open.back()]);
            open.pop_back();
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (done[i] || std::ranges::count(inputsOf(items[i]), from) == 0)
                    continue;
                if (i == start)
                    return true;
                if (reached.insert(i).second)
                    open.push_back(i);
            }
        }
        return false;
    }

    /// Whether nn.Sequential does it, and reads better than a class: numbered children, or parts
    /// that are blocks themselves.
    bool isChain(const Scope& scope) const
    {
        if (!scope.parent || scope.own.isValid() || scope.entries.size() != 1
            || std::holds_alternative<Parameter>(m_graph.node(scope.entries.front()).operation))
            return false;
        auto value = scope.entries.front();
        bool numbered = true;
        bool blocks = scope.steps.size() > 1;
        for (const auto& item : scope.steps) {
            const auto inputs = inputsOf(item);
            if (inputs.size() != 1 || inputs.front() != value || !isDirect(scope, item))
                return false;
            value = resultOf(item);
            const auto& path = item.scope ? item.scope->path : m_graph.node(item.node).name;
            numbered = numbered && isDigits(lastPart(path));
            blocks = blocks && (item.scope || hasWeights(m_graph.node(item.node).operation));
        }
        const bool anyScope =
            std::ranges::any_of(scope.steps, [](auto& item) { return item.scope; });
        return (numbered || (blocks && anyScope)) && value == scope.exit;
    }

    bool isDirect(const Scope& scope, const Item& item) const
    {
        if (item.scope)
            return item.scope->parent == &scope;
        return m_tree.scope(item.node) == &scope
            && moduleOf(m_graph, m_graph.node(item.node), "", NodeId());
    }

    /// A module that holds nothing and only computes is no call in a forward(), but its lines.
    void inlineFunctions(Scope& scope)
    {
        bool found = false;
        for (auto& inner : scope.scopes)
            found = dissolveFunction(*inner) || found;
        if (found)
            sort(scope);
    }

    bool dissolveFunction(Scope& scope)
    {
        bool found = false;
        if (scope.kind == Scope::Kind::Group) {
            for (auto& inner : scope.scopes)
                found = dissolveFunction(*inner) || found;
        } else if (!scope.hasModules()) {
            dissolve(scope);
            found = true;
        }
        return found;
    }

    static void dissolve(Scope& scope)
    {
        scope.kind = Scope::Kind::Group;
        for (auto& inner : scope.scopes)
            dissolve(*inner);
    }

    /// Names the children of each scope; those with weights first, so that they keep theirs.
    void nameMembers(Scope& scope)
    {
        std::set<std::string> taken;
        if (scope.own.isValid())
            taken = {"weight",       "bias",   "running_mean", "running_var", "num_batches_tracked",
                     "in_channels",  "eps",    "out_channels", "kernel_size", "stride",
                     "padding",      "groups", "dilation",     "momentum",    "num_features",
                     "num_channels", "affine", "in_features",  "out_features"};
        for (auto& inner : scope.scopes) {
            if (inner->hasModules() || inner->kind != Scope::Kind::Group)
                inner->name = unique(taken, inner->path);
            nameMembers(*inner);
        }
        for (const bool weighted : {true, false}) {
            for (const auto id : scope.nodes) {
                const auto& node = m_graph.node(id);
                if (hasWeights(node.operation) == weighted)
                    m_tree.nameOf[id.index()] = unique(taken, node.name);
            }
        }
    }

    static std::string unique(std::set<std::string>& taken, const std::string& path);

    const Graph& m_graph;
    std::vector<bool> m_live;
    ScopeTree m_tree;
    std::map<std::string, Scope*> m_scopes;
};

std::string Builder::unique(std::set<std::string>& taken, const std::string& path)
{
    return uniqueIn(taken, memberName(lastPart(path)));
}

} // namespace

bool Scope::hasModules() const
{
    return own.isValid() || holdsWeights
        || std::ranges::any_of(scopes, [](const auto& inner) { return inner->hasModules(); });
}

std::string keyOf(const Scope& scope)
{
    return scope.parent ? join(keyOf(*scope.parent), scope.name) : "";
}

std::string ScopeTree::key(NodeId id) const
{
    const auto* around = scope(id);
    return around->own == id ? keyOf(*around) : join(keyOf(*around), name(id));
}

ScopeTree scopeTree(const Graph& graph)
{
    return Builder(graph).build();
}

} // namespace espalier::python
