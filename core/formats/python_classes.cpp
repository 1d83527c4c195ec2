#include "formats/python_classes_p.h"

#include <algorithm>
#include <map>

#include "formats/python_forward_p.h"
#include "formats/python_operations_p.h"

namespace espalier::python {

namespace {

bool isDigits(const std::string& text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string lastPart(const std::string& path)
{
    return path.substr(path.rfind('.') + 1);
}

/// "layer12" -> "layer".
std::string stem(std::string name)
{
    while (!name.empty() && (isDigits(name.substr(name.size() - 1)) || name.back() == '_'))
        name.pop_back();
    return name;
}

/// The source of one class, for one of the scopes that may share it.
struct Body {
    const Scope* scope = nullptr;
    std::optional<Expression> base; ///< the constructor of the module that it extends
    std::vector<std::pair<std::string, Expression>> members;
    Forward forward;
    std::vector<Hole> holes;
    std::size_t forwardFrom = 0; ///< the first hole of forward()
};

/// An argument of a class's constructor, and which holes take it.
struct Argument {
    std::string name;
    std::string usual;
    bool isExtent = false;
    bool isEntry = false;
    std::vector<std::size_t> holes;
    bool isStored = false; ///< forward() needs it
};

struct SharedClass {
    std::string name;
    std::vector<Body> bodies;
    std::vector<Argument> arguments;
};

const Argument* argumentOf(const SharedClass& shared, std::size_t hole)
{
    for (const auto& argument : shared.arguments) {
        if (std::ranges::count(argument.holes, hole) > 0)
            return &argument;
    }
    return nullptr;
}

class ClassesWriter {
public:
    ClassesWriter(const Graph& graph, const ScopeTree& tree, const std::string& name)
        : m_graph(graph)
        , m_tree(tree)
        , m_taken{"F", "Group", "None", "OrderedDict", "True", "False"}
    {
        m_result.network = uniqueIn(m_taken, name);
    }

    Classes write()
    {
        std::map<int, std::vector<const Scope*>> levels;
        gather(*m_tree.root, levels);
        for (const auto& [height, scopes] : levels)
            writeLevel(scopes);
        return std::move(m_result);
    }

private:
    void gather(const Scope& scope, std::map<int, std::vector<const Scope*>>& levels)
    {
        if (scope.kind == Scope::Kind::Class)
            levels[scope.height].push_back(&scope);
        for (const auto& inner : scope.scopes)
            gather(*inner, levels);
    }

    void writeLevel(const std::vector<const Scope*>& scopes)
    {
        std::map<std::string, std::size_t> found;
        std::vector<SharedClass> level;
        for (const auto* scope : scopes) {
            auto body = bodyOf(*scope);
            const auto key = textOf(body, {}, [](const Hole& hole) { return '\1' + hole.role; });
            const auto [place, isNew] = found.emplace(key, level.size());
            if (isNew)
                level.emplace_back();
            level[place->second].bodies.push_back(std::move(body));
        }
        for (auto& shared : level) {
            shared.name = shared.bodies.front().scope->parent ? uniqueIn(m_taken, nameFor(shared))
                                                              : m_result.network;
            findArguments(shared);
            m_result.text += (m_result.text.empty() ? "" : "\n\n") + textOf(shared);
            for (const auto& body : shared.bodies)
                m_constructors[body.scope] = constructorOf(shared, body);
        }
    }

    // --- what a class holds ---

    std::size_t firstNode(const Scope& scope) const
    {
        auto first = m_graph.nodes().size();
        if (scope.own.isValid())
            first = scope.own.index();
        for (const auto node : scope.nodes)
            first = std::min(first, node.index());
        for (const auto& inner : scope.scopes)
            first = std::min(first, firstNode(*inner));
        return first;
    }

    /// The children that a module has to register, by their first nodes.
    std::vector<Item> childrenOf(const Scope& scope) const
    {
        std::vector<std::pair<std::size_t, Item>> found;
        for (const auto node : scope.nodes) {
            if (hasWeights(m_graph.node(node).operation))
                found.push_back({node.index(), {.node = node}});
        }
        for (const auto& inner : scope.scopes) {
            if (inner->hasModules() || inner->kind != Scope::Kind::Group)
                found.push_back({firstNode(*inner), {.scope = inner.get()}});
        }
        std::ranges::sort(found, {}, &std::pair<std::size_t, Item>::first);
        std::vector<Item> items;
        for (const auto& [first, item] : found)
            items.push_back(item);
        return items;
    }

    const std::string& nameOf(const Item& item) const
    {
        return item.scope ? item.scope->name : m_tree.name(item.node);
    }

    Expression childOf(const Item& item, const std::string& prefix, NodeId entry)
    {
        const auto& name = nameOf(item);
        const auto member =
            !isDigits(name) ? name : (prefix.empty() ? "layer" : prefix) + "_" + name;
        if (!item.scope)
            return nodeChild(m_graph.node(item.node), member, entry);
        switch (item.scope->kind) {
        case Scope::Kind::Sequential:
            return sequential(*item.scope, member, entry);
        case Scope::Kind::Group:
            return group(*item.scope, member, entry);
        case Scope::Kind::Class:
            break;
        }
        auto constructor = m_constructors.at(item.scope);
        const bool takesEntry =
            item.scope->entries.size() == 1 && item.scope->entries.front() == entry;
        forEachHole(constructor, [&](Hole& hole) {
            hole.member = member;
            hole.isEntry = hole.isEntry && takesEntry;
        });
        return constructor;
    }

    Expression nodeChild(const Node& node, const std::string& member, NodeId entry) const
    {
        const auto* parameter = std::get_if<Parameter>(&node.operation);
        if (!parameter)
            return *moduleOf(m_graph, node, member, entry);
        std::vector<Expression> extents;
        for (const auto extent : parameter->shape)
            extents.push_back(hole(
                {.role = "size", .value = literal(extent), .isExtent = true, .member = member}));
        auto zeros = call("torch.zeros", std::move(extents));
        return parameter->trainable ? call("nn.Parameter", {std::move(zeros)}) : zeros;
    }

    Expression sequential(const Scope& scope, const std::string& member, NodeId entry)
    {
        if (auto numbered = numberedChildren(scope, member, entry); !numbered.empty()) {
            auto result = call("nn.Sequential", std::move(numbered));
            result.apart = result.arguments.size() > 1;
            return result;
        }
        m_result.usesOrderedDict = true;
        Expression list;
        list.open = "[";
        list.close = "]";
        for (const auto& item : scope.steps)
            list.arguments.push_back(
                call("", {text(literal(nameOf(item))), childOf(item, member, entry)}));
        list.apart = true;
        return call("nn.Sequential", {call("OrderedDict", {std::move(list)})});
    }

    /// The children in their places, with nn.Identity() where the original had something that is
    /// gone; none where names are no numbers, or too few of them are left.
    std::vector<Expression> numberedChildren(const Scope& scope, const std::string& member,
                                             NodeId entry)
    {
        std::vector<Expression> children;
        const auto most = 2 * scope.steps.size() + 2;
        for (const auto& item : scope.steps) {
            const auto& name = nameOf(item);
            if (!isDigits(name) || name.size() > 6 || (name.size() > 1 && name.front() == '0'))
                return {};
            const auto place = std::stoull(name);
            if (place < children.size() || place > most)
                return {};
            while (children.size() < place)
                children.push_back(call("nn.Identity", {}));
            children.push_back(childOf(item, member, entry));
        }
        return children;
    }

    Expression group(const Scope& scope, const std::string& member, NodeId entry)
    {
        m_result.usesGroup = true;
        Expression entries;
        entries.open = "{";
        entries.close = "}";
        for (const auto& item : childrenOf(scope)) {
            auto child = childOf(item, member, entry);
            Expression key = text(literal(nameOf(item)) + ": ");
            child.before.insert(child.before.begin(), std::move(key));
            entries.arguments.push_back(std::move(child));
        }
        return call("Group", {std::move(entries)});
    }

    Body bodyOf(const Scope& scope)
    {
        Body body{.scope = &scope};
        const auto entry = scope.entries.size() == 1 ? scope.entries.front() : NodeId();
        if (scope.own.isValid())
            body.base = moduleOf(m_graph, m_graph.node(scope.own), "", entry);
        for (const auto& item : childrenOf(scope))
            body.members.emplace_back(nameOf(item), childOf(item, "", entry));
        body.forward = forwardOf(m_graph, m_tree, scope);
        const auto number = [&](Hole& hole) {
            hole.index = body.holes.size();
            body.holes.push_back(hole);
        };
        if (body.base)
            forEachHole(*body.base, number);
        for (auto& [name, expression] : body.members)
            forEachHole(expression, number);
        body.forwardFrom = body.holes.size();
        for (auto& statement : body.forward.statements)
            forEachHole(statement.value, number);
        return body;
    }

    // --- what its instances share ---

    void findArguments(SharedClass& shared) const
    {
        const auto& first = shared.bodies.front();
        std::map<std::string, std::size_t> known; // by what must agree
        for (std::size_t i = 0; i < first.holes.size(); ++i) {
            const auto& hole = first.holes[i];
            bool varies = false;
            std::string key = hole.isExtent ? "" : hole.role;
            for (const auto& body : shared.bodies) {
                varies = varies || body.holes[i].value != hole.value;
                key += "\n" + body.holes[i].value;
            }
            if (!varies)
                continue;
            const auto [place, isNew] = known.emplace(key, shared.arguments.size());
            if (isNew)
                shared.arguments.push_back({.usual = hole.usual, .isExtent = hole.isExtent});
            auto& argument = shared.arguments[place->second];
            argument.holes.push_back(i);
            argument.isEntry = argument.isEntry || hole.isEntry;
            argument.isStored = argument.isStored || i >= first.forwardFrom;
        }
        nameArguments(shared);
        std::ranges::stable_partition(shared.arguments, [](auto& a) { return a.usual.empty(); });
    }

    /// The hole that an argument is named for.
    static const Hole& namesake(const Body& body, const Argument& argument)
    {
        const auto named = [&](auto&& matches) -> const Hole* {
            for (const auto i : argument.holes) {
                if (matches(body.holes[i]))
                    return &body.holes[i];
            }
            return nullptr;
        };
        if (const auto* entry = named([](const Hole& hole) { return hole.isEntry; }))
            return *entry;
        if (const auto* out = named([](const Hole& hole) {
                return hole.role.ends_with("channels") || hole.role.ends_with("features");
            }))
            return *out;
        return body.holes[argument.holes.front()];
    }

    static void nameArguments(SharedClass& shared)
    {
        const auto& body = shared.bodies.front();
        std::map<std::string, int> roles;
        for (const auto& argument : shared.arguments)
            ++roles[namesake(body, argument).role];
        std::set<std::string> taken;
        for (const auto& [name, expression] : body.members)
            taken.insert(name);
        for (auto& argument : shared.arguments) {
            const auto& hole = namesake(body, argument);
            auto name = hole.role;
            if (roles[name] > 1 && !hole.isEntry && !hole.member.empty())
                name = hole.member + "_" + name;
            argument.name = uniqueIn(taken, variableName(memberName(name)));
        }
    }

    Expression constructorOf(const SharedClass& shared, const Body& body) const
    {
        auto result = call(shared.name, {});
        for (const auto& argument : shared.arguments) {
            auto value = hole({.role = argument.name,
                               .value = body.holes[argument.holes.front()].value,
                               .isExtent = argument.isExtent,
                               .isEntry = argument.isEntry,
                               .usual = argument.usual});
            result.arguments.push_back(keyword(argument.name, std::move(value), argument.usual));
        }
        return result;
    }

    // --- names ---

    std::string nameFor(const SharedClass& shared) const
    {
        const auto& scope = *shared.bodies.front().scope;
        const auto last = lastPart(scope.path);
        const auto common = shared.bodies.size() == 1 ? last : stem(last);
        const bool agree = std::ranges::all_of(shared.bodies, [&](const Body& body) {
            return shared.bodies.size() == 1 || stem(lastPart(body.scope->path)) == common;
        });
        if (agree && !isDigits(last) && !stem(memberName(common)).empty())
            return className(memberName(common));
        return byContent(scope);
    }

    /// A name that says what the class does, where its place has none.
    std::string byContent(const Scope& scope) const
    {
        if (scope.own.isValid()) {
            const auto name = std::string(operationName(m_graph.node(scope.own).operation));
            const bool isImage =
                scope.entries.size() == 1 && m_graph.node(scope.entries.front()).shape.size() == 3;
            return isImage && !name.ends_with("2d") ? name + "2d" : "Rearranged" + name;
        }
        std::set<std::string> kinds;
        std::string residual;
        std::string all;
        for (const auto& item : scope.steps) {
            if (item.scope)
                continue;
            const auto& node = m_graph.node(item.node);
            const auto kind = kindOf(node);
            kinds.insert(kind);
            all += kind;
            if (kind == "Add")
                residual = addsEntry(node, scope) ? "ResidualBlock" : "ProjectionBlock";
        }
        if (kinds.contains("Softmax") && kinds.contains("MatMul"))
            return "Attention";
        if (!residual.empty())
            return residual;
        if (kinds.contains("Concat"))
            return "ConcatBlock";
        if (!all.empty() && scope.steps.size() <= 3 && scope.scopes.empty())
            return all;
        const auto& parent = scope.parent->path;
        const auto name = stem(memberName(lastPart(parent)));
        return name.empty() ? "Block" : className(name) + "Block";
    }

    static std::string kindOf(const Node& node)
    {
        const std::string name(operationName(node.operation));
        if (name.ends_with("Norm") || name == "BatchNorm2d")
            return "Norm";
        if (std::holds_alternative<Rearrange>(node.operation))
            return std::ranges::is_sorted(std::get<Rearrange>(node.operation).order) ? "Reshape"
                                                                                     : "Permute";
        return name == "Conv2d" ? "Conv" : name;
    }

    static bool addsEntry(const Node& node, const Scope& scope)
    {
        return std::ranges::any_of(node.inputs, [&](NodeId input) {
            return std::ranges::count(scope.entries, input) > 0;
        });
    }

    // --- text ---

    std::string textOf(const SharedClass& shared)
    {
        const auto& body = shared.bodies.front();
        const auto resolve = [&](const Hole& hole) {
            const auto* argument = argumentOf(shared, hole.index);
            return !argument                     ? hole.value
                : hole.index >= body.forwardFrom ? "self." + argument->name
                                                 : argument->name;
        };
        const auto base = body.base ? body.base->text : "nn.Module";
        return "class " + shared.name + "(" + base + "):\n    \"\"\"" + docOf(shared) + "\"\"\"\n\n"
            + textOf(body, shared.arguments, resolve);
    }

    std::string docOf(const SharedClass& shared) const
    {
        constexpr std::size_t most = 3;
        if (!shared.bodies.front().scope->parent)
            return "The whole network.";
        std::string places;
        for (std::size_t i = 0; i < std::min(most, shared.bodies.size()); ++i) {
            const auto key = keyOf(*shared.bodies[i].scope);
            if (places.size() + key.size() > lineWidth - 30)
                return places + " and more.";
            places += (i > 0 ? ", " : "") + key;
        }
        if (shared.bodies.size() > most)
            places +=
                " and " + literal(static_cast<std::int64_t>(shared.bodies.size() - most)) + " more";
        return places + ".";
    }

    static std::string textOf(const Body& body, const std::vector<Argument>& arguments,
                              const Resolve& resolve)
    {
        std::string result;
        if (body.base || !body.members.empty() || !arguments.empty())
            result = initText(body, arguments, resolve) + "\n";
        result += "    def forward(self"
            + (body.forward.arguments.empty() ? "" : ", " + body.forward.arguments) + "):\n";
        for (const auto& statement : body.forward.statements)
            result += statementText(statement, resolve);
        return result;
    }

    /// A chain of methods that is too long for a line becomes a line for each.
    static std::string statementText(const Statement& statement, const Resolve& resolve)
    {
        const auto& [target, value] = statement;
        const auto start = "        " + (target.empty() ? "return " : target + " = ");
        const bool isChain = value.text.starts_with('.') && value.before.size() == 1
            && !value.before.front().open.empty();
        if (!isChain || start.size() + flat(value, resolve).size() <= lineWidth)
            return start + render(value, resolve, start.size(), 8) + "\n";
        const std::string variable = target.empty() ? "x" : target;
        auto last = value;
        last.before = {text(variable)};
        return statementText({variable, value.before.front()}, resolve)
            + statementText({target, std::move(last)}, resolve);
    }

    static std::string initText(const Body& body, const std::vector<Argument>& arguments,
                                const Resolve& resolve)
    {
        Expression signature = call("__init__", {text("self")});
        for (const auto& argument : arguments)
            signature.arguments.push_back(
                text(argument.name + (argument.usual.empty() ? "" : "=" + argument.usual)));
        std::string result = "    def " + render(signature, resolve, 9, 4) + ":\n";
        auto base = body.base ? *body.base : call("", {});
        base.text = "super().__init__";
        result += "        " + render(base, resolve, 8, 8) + "\n";
        for (const auto& argument : arguments) {
            if (argument.isStored)
                result += "        self." + argument.name + " = " + argument.name + "\n";
        }
        for (const auto& [name, expression] : body.members)
            result += memberText(name, expression, resolve) + "\n";
        return result;
    }

    static std::string memberText(const std::string& name, const Expression& expression,
                                  const Resolve& resolve)
    {
        const bool isBuffer = expression.text == "torch.zeros";
        if (!isBuffer && isIdentifier(name)) {
            const auto start = "        self." + name + " = ";
            return start + render(expression, resolve, start.size(), 8);
        }
        const bool isParameter = expression.text == "nn.Parameter";
        const auto registered = call(isBuffer          ? "self.register_buffer"
                                         : isParameter ? "self.register_parameter"
                                                       : "self.add_module",
                                     {text(literal(name)), expression});
        return "        " + render(registered, resolve, 8, 8);
    }

    const Graph& m_graph;
    const ScopeTree& m_tree;
    std::set<std::string> m_taken;
    std::map<const Scope*, Expression> m_constructors;
    Classes m_result;
};

} // namespace

Classes writeClasses(const Graph& graph, const ScopeTree& tree, const std::string& name)
{
    auto classes = ClassesWriter(graph, tree, name).write();
    classes.usesFunctional = classes.text.find("F.") != std::string::npos;
    return classes;
}

} // namespace espalier::python
