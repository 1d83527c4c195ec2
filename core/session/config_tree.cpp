#include "session/config_tree_p.h"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/core_text.h"

namespace espalier {

namespace {

/// Builds the tree from the parser's events. After the first problem it ignores what follows.
class TreeBuilder final : public YAML::EventHandler {
public:
    struct Problem {
        int line = 1;
        std::string text;
    };

    ConfigNode takeRoot() { return std::move(m_root); }
    const std::optional<Problem>& problem() const { return m_problem; }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override
    {
        add(nodeAt(mark, ConfigNode::Kind::Null));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        report(mark, CoreText::tr("aliases ('*name') are not supported; write the value out."));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override
    {
        checkTag(mark, tag);
        auto node = nodeAt(mark, ConfigNode::Kind::Scalar);
        node.text = value;
        node.quoted = tag == "!";
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        checkTag(mark, tag);
        m_open.push_back({.node = nodeAt(mark, ConfigNode::Kind::List)});
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        checkTag(mark, tag);
        m_open.push_back({.node = nodeAt(mark, ConfigNode::Kind::Map)});
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        ConfigNode node;
        bool hasKey = false; ///< of a Map: the last entry waits for its value
        std::map<std::string, int> lines = {}; ///< of a Map: where its keys stand
    };

    static ConfigNode nodeAt(const YAML::Mark& mark, ConfigNode::Kind kind)
    {
        ConfigNode node;
        node.kind = kind;
        node.line = mark.line + 1;
        return node;
    }

    void report(int line, std::string text)
    {
        if (!m_problem)
            m_problem = Problem{.line = line, .text = std::move(text)};
    }
    void report(const YAML::Mark& mark, std::string text)
    {
        report(mark.line + 1, std::move(text));
    }

    void checkTag(const YAML::Mark& mark, const std::string& tag)
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            report(mark, CoreText::tr("tags ('{1}') are not supported; leave it out.", tag));
    }

    void close()
    {
        auto node = std::move(m_open.back().node);
        m_open.pop_back();
        add(std::move(node));
    }

    void add(ConfigNode node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        auto& open = m_open.back();
        if (open.node.kind == ConfigNode::Kind::List)
            open.node.items.push_back(std::move(node));
        else if (!open.hasKey)
            addKey(open, node);
        else {
            open.node.entries.back().value = std::move(node);
            open.hasKey = false;
        }
    }

    void addKey(Open& open, const ConfigNode& key)
    {
        if (key.kind != ConfigNode::Kind::Scalar)
            report(key.line, CoreText::tr("a key must be a word."));
        const auto [earlier, isNew] = open.lines.emplace(key.text, key.line);
        if (!isNew)
            report(key.line,
                   CoreText::tr("'{1}' stands twice, first in line {2}; keep one.", key.text,
                                earlier->second));
        open.node.entries.push_back({.key = key.text, .line = key.line, .value = {}});
        open.hasKey = true;
    }

    std::vector<Open> m_open;
    ConfigNode m_root;
    std::optional<Problem> m_problem;
};

Result<ConfigNode> checkRoot(ConfigNode root, const std::string& origin)
{
    if (root.kind == ConfigNode::Kind::Null)
        root.kind = ConfigNode::Kind::Map;
    if (root.kind != ConfigNode::Kind::Map)
        return fail(ErrorCode::BadFormat,
                    configProblem(origin, root.line,
                                  CoreText::tr("settings are expected, one 'key: value' a line.")));
    return root;
}

} // namespace

std::string configProblem(const std::string& origin, int line, const std::string& problem)
{
    return CoreText::tr("{1}, line {2}: {3}", origin, line, problem);
}

Result<ConfigNode> parseConfig(const std::string& text, const std::string& origin)
{
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        TreeBuilder builder;
        parser.HandleNextDocument(builder);
        if (const auto& problem = builder.problem())
            return fail(ErrorCode::BadFormat, configProblem(origin, problem->line, problem->text));
        TreeBuilder rest;
        if (parser.HandleNextDocument(rest))
            return fail(
                ErrorCode::BadFormat,
                CoreText::tr("{1} holds more than one YAML document; keep the first.", origin));
        return checkRoot(builder.takeRoot(), origin);
    } catch (const YAML::Exception& exception) {
        return fail(ErrorCode::BadFormat,
                    configProblem(origin, std::max(exception.mark.line, 0) + 1,
                                  CoreText::tr("not valid YAML ({1}).", exception.msg)));
    } catch (const std::exception& exception) {
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("{1} cannot be read as YAML ({2}).", origin, exception.what()));
    }
}

} // namespace espalier
