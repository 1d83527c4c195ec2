#include "formats/python_forward_p.h"

#include <algorithm>
#include <array>
#include <map>

#include "formats/python_operations_p.h"

namespace espalier::python {

namespace {

constexpr auto joinedArguments = "features";
constexpr int deepestNesting = 3;
constexpr std::size_t longestNested = 60;

std::string member(const std::string& object, const std::string& name)
{
    return isIdentifier(name) ? object + "." + name
                              : "getattr(" + object + ", " + literal(name) + ")";
}

std::string asIs(const Hole& hole)
{
    return hole.value;
}

class ForwardWriter {
public:
    ForwardWriter(const Graph& graph, const ScopeTree& tree, const Scope& scope)
        : m_graph(graph)
        , m_tree(tree)
        , m_scope(scope)
    {
    }

    Forward write()
    {
        findRepeats();
        countUses();
        nameArguments();
        for (std::size_t i = 0; i < m_scope.steps.size(); ++i)
            visit(i);
        if (m_forward.statements.empty() || !m_forward.statements.back().target.empty())
            m_forward.statements.push_back({"", text(m_variables.at(first(m_scope.exit)))});
        return std::move(m_forward);
    }

private:
    const Node& node(NodeId id) const { return m_graph.node(id); }

    /// The same computation may stand in a graph several times, where views of one value were made
    /// anew for each use.
    void findRepeats()
    {
        std::map<std::vector<NodeId>, std::vector<NodeId>> known; // by their inputs
        for (const auto& item : m_scope.steps) {
            if (item.scope || hasWeights(node(item.node).operation)
                || std::holds_alternative<Dropout>(node(item.node).operation))
                continue;
            auto& alike = known[inputsOf(item)];
            const auto same = std::ranges::find_if(alike, [&](NodeId other) {
                return node(other).operation == node(item.node).operation;
            });
            if (same != alike.end())
                m_repeats[item.node] = *same;
            else
                alike.push_back(item.node);
        }
    }

    NodeId first(NodeId id) const
    {
        const auto repeat = m_repeats.find(id);
        return repeat == m_repeats.end() ? id : repeat->second;
    }

    bool isRepeat(const Item& item) const { return !item.scope && m_repeats.contains(item.node); }

    std::vector<NodeId> inputsOf(const Item& item) const
    {
        auto inputs = item.scope ? item.scope->entries : node(item.node).inputs;
        std::ranges::transform(inputs, inputs.begin(), [&](NodeId id) { return first(id); });
        return inputs;
    }

    static NodeId resultOf(const Item& item) { return item.scope ? item.scope->exit : item.node; }

    bool isParameter(NodeId id) const
    {
        return std::holds_alternative<Parameter>(node(id).operation);
    }

    void countUses()
    {
        for (const auto& item : m_scope.steps) {
            if (isRepeat(item))
                continue;
            if (!item.scope && std::holds_alternative<Softmax>(node(item.node).operation))
                m_attention = true;
            if (!item.scope && std::holds_alternative<Slice>(node(item.node).operation))
                m_slices[inputsOf(item).front()].push_back(item.node);
            for (const auto input : inputsOf(item))
                ++m_uses[input];
        }
        ++m_uses[first(m_scope.exit)];
    }

    void nameArguments()
    {
        if (m_scope.joinsEntries) {
            m_forward.arguments = std::string("*") + joinedArguments;
            m_live.insert(joinedArguments);
            return;
        }
        const auto entries = m_scope.parent ? m_scope.entries : std::vector{m_graph.input()};
        constexpr std::array names{"x", "y", "z", "w"};
        for (std::size_t i = 0; i < entries.size(); ++i) {
            m_variables[entries[i]] = names[i];
            m_live.insert(names[i]);
            m_forward.arguments += (i > 0 ? std::string(", ") : "") + names[i];
        }
    }

    void visit(std::size_t i)
    {
        const auto& item = m_scope.steps[i];
        const auto id = resultOf(item);
        if (isRepeat(item) || (!item.scope && isParameter(id)))
            return;
        auto value = valueOf(item);
        auto freed = freedBy(item);
        const bool isLast = i + 1 == m_scope.steps.size();
        if (isLast && id == m_scope.exit) {
            m_forward.statements.push_back({"", std::move(value)});
        } else if (!isLast && nests(item, m_scope.steps[i + 1], value)) {
            m_nested[id] = {std::move(value), std::move(freed), m_depth + 1};
        } else {
            assign(item, std::move(value), freed);
        }
    }

    Operand operand(NodeId id)
    {
        if (const auto nested = m_nested.find(id); nested != m_nested.end()) {
            m_depth = std::max(m_depth, nested->second.depth);
            return {.expression = nested->second.expression};
        }
        if (const auto variable = m_variables.find(id); variable != m_variables.end())
            return {.expression = text(variable->second), .lacksBatch = isParameter(id)};
        return {.expression = text(accessTo(m_scope, m_tree, id)), .lacksBatch = isParameter(id)};
    }

    Expression valueOf(const Item& item)
    {
        m_depth = 0;
        const auto inputs = inputsOf(item);
        const bool joins = m_scope.joinsEntries && !item.scope && inputs == m_scope.entries;
        if (joins) {
            const auto dimension = std::get<Concat>(node(item.node).operation).dimension + 1;
            return call("torch.cat",
                        {text(joinedArguments), keyword("dim", text(literal(dimension)))});
        }
        std::vector<Operand> operands;
        for (const auto input : inputs)
            operands.push_back(operand(input));
        if (!item.scope && !hasWeights(node(item.node).operation))
            return functionOf(m_graph, node(item.node), std::move(operands), m_attention);
        return callOf(item, std::move(operands));
    }

    Expression callOf(const Item& item, std::vector<Operand> operands) const
    {
        std::vector<Expression> arguments;
        for (auto& value : operands) {
            if (value.lacksBatch && !item.scope)
                value.expression = method(std::move(value.expression), "unsqueeze", {text("0")});
            arguments.push_back(std::move(value.expression));
        }
        if (item.scope)
            return call(accessTo(m_scope, *item.scope), std::move(arguments));
        return call(item.node == m_scope.own ? "super().forward"
                                             : accessTo(m_scope, m_tree, item.node),
                    std::move(arguments));
    }

    /// The variables that the item uses last.
    std::vector<std::string> freedBy(const Item& item)
    {
        std::vector<std::string> freed;
        for (const auto input : inputsOf(item)) {
            if (const auto nested = m_nested.find(input); nested != m_nested.end())
                freed.insert(freed.end(), nested->second.freed.begin(), nested->second.freed.end());
            const auto variable = m_variables.find(input);
            if (--m_uses[input] == 0 && variable != m_variables.end()) {
                freed.push_back(variable->second);
                m_live.erase(variable->second);
            }
        }
        return freed;
    }

    /// Whether `next` takes the value in place: F.relu(self.bn1(self.conv1(x))).
    bool nests(const Item& item, const Item& next, const Expression& value)
    {
        const auto id = resultOf(item);
        return !next.scope && !isRepeat(next) && m_uses[id] == 1
            && wrapsWell(node(next.node).operation) && inputsOf(next).front() == id
            && m_depth + 1 < deepestNesting && flat(value, asIs).size() <= longestNested;
    }

    void assign(const Item& item, Expression value, const std::vector<std::string>& freed)
    {
        std::string target = attentionName(item);
        if (target.empty() && std::ranges::count(freed, "x") > 0 && !m_live.contains("x"))
            target = "x";
        for (const auto& name : freed) {
            if (target.empty() && !m_live.contains(name))
                target = name;
        }
        if (target.empty())
            target = newVariable(item);
        m_live.insert(target);
        m_variables[resultOf(item)] = target;
        m_forward.statements.push_back({target, std::move(value)});
    }

    /// Query, key and value cut from one tensor, and what comes of them.
    std::string attentionName(const Item& item) const
    {
        if (!m_attention || item.scope)
            return {};
        const auto& sliced = node(item.node);
        std::string name;
        if (std::holds_alternative<MatMul>(sliced.operation))
            name = "out";
        if (std::holds_alternative<Slice>(sliced.operation)) {
            const auto& parts = m_slices.at(first(sliced.inputs.front()));
            constexpr std::array names{"q", "k", "v"};
            if (parts.size() == names.size())
                name = names[static_cast<std::size_t>(std::ranges::find(parts, sliced.id)
                                                      - parts.begin())];
        }
        return m_live.contains(name) ? std::string() : name;
    }

    std::string newVariable(const Item& item) const
    {
        if (m_scope.joinsEntries && !m_live.contains("x"))
            return "x";
        std::vector<std::string> names;
        const bool isLinear =
            !item.scope && std::holds_alternative<Linear>(node(item.node).operation);
        const auto& own = item.scope ? item.scope->name : m_tree.name(item.node);
        if ((item.scope || isLinear) && isIdentifier(own))
            names.push_back(variableName(own));
        names.insert(names.end(), {"out", "y", "z"});
        for (const auto& name : names) {
            if (!m_live.contains(name))
                return name;
        }
        auto taken = m_live;
        return uniqueIn(taken, "out");
    }

    struct Nested {
        Expression expression;
        std::vector<std::string> freed;
        int depth = 0;
    };

    const Graph& m_graph;
    const ScopeTree& m_tree;
    const Scope& m_scope;
    std::map<NodeId, NodeId> m_repeats; ///< to the first of the kind
    std::map<NodeId, std::vector<NodeId>> m_slices; ///< by what they cut
    std::map<NodeId, int> m_uses; ///< still to come
    std::map<NodeId, std::string> m_variables;
    std::map<NodeId, Nested> m_nested;
    std::set<std::string> m_live;
    bool m_attention = false;
    int m_depth = 0; ///< of the calls in the value at hand
    Forward m_forward;
};

} // namespace

std::string accessTo(const Scope& from, const Scope& to)
{
    return &from == &to ? "self" : member(accessTo(from, *to.parent), to.name);
}

std::string accessTo(const Scope& from, const ScopeTree& tree, NodeId node)
{
    return member(accessTo(from, *tree.scope(node)), tree.name(node));
}

Forward forwardOf(const Graph& graph, const ScopeTree& tree, const Scope& scope)
{
    return ForwardWriter(graph, tree, scope).write();
}

} // namespace espalier::python
