#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <QTest>

#include "support/shared_data.h"

namespace fs = std::filesystem;

namespace {

/// Path relative to the source tree -> content.
using Sources = std::map<std::string, std::string>;

struct Include {
    std::string file; ///< that holds it
    std::string target; ///< what stands between the quotes or brackets
    bool quoted = false;
};

/// core's folders in dependency order: each may include from itself and from those before it.
const std::vector<std::string> coreFolders{"base",       "network",  "data",       "formats",
                                           "structures", "criteria", "similarity", "surgery",
                                           "training",   "measure",  "pruning",    "session"};

bool startsWith(const std::string& text, const std::string& start)
{
    return text.rfind(start, 0) == 0;
}

bool endsWith(const std::string& text, const std::string& end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::vector<Include> includesOf(const Sources& sources)
{
    static const std::regex pattern(R"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])");
    std::vector<Include> includes;
    for (const auto& [file, content] : sources) {
        std::istringstream lines(content);
        for (std::string line; std::getline(lines, line);) {
            std::smatch match;
            if (std::regex_search(line, match, pattern))
                includes.push_back({file, match[2], match[1] == "\""});
        }
    }
    return includes;
}

/// The file of the tree that a quoted include means, by the include paths of its target; empty:
/// none.
std::string resolved(const Include& include, const Sources& sources)
{
    const std::string folder = fs::path(include.file).parent_path().string();
    for (const auto& root :
         {folder, std::string("core"), std::string("ui"), std::string("tests")}) {
        const std::string candidate = (fs::path(root) / include.target).lexically_normal().string();
        if (sources.contains(candidate))
            return candidate;
    }
    return {};
}

std::string top(const std::string& file)
{
    return file.substr(0, file.find('/'));
}

std::size_t coreRank(const std::string& file)
{
    const std::string folder = fs::path(file).parent_path().filename().string();
    const auto found = std::ranges::find(coreFolders, folder);
    return static_cast<std::size_t>(found - coreFolders.begin());
}

bool isTorch(const std::string& target)
{
    for (const auto& start : {"ATen/", "torch/", "c10/", "caffe2/"}) {
        if (startsWith(target, start))
            return true;
    }
    return false;
}

bool isQt(const std::string& target)
{
    static const std::regex pattern("^(Q[A-Z][A-Za-z]*|Qt[A-Z][A-Za-z]*/.*|q[a-z]+\\.h)$");
    return std::regex_match(target, pattern);
}

bool mayIncludeTorch(const std::string& file)
{
    return startsWith(file, "tests/")
        || (startsWith(file, "core/") && (endsWith(file, ".cpp") || endsWith(file, "_p.h")));
}

bool mustDoWithoutQt(const std::string& file)
{
    return startsWith(file, "core/") || startsWith(file, "app/espalier-cli/");
}

std::string brokenRule(const Include& include, const std::string& target)
{
    const std::string layer = top(include.file);
    if (isTorch(include.target) && !mayIncludeTorch(include.file))
        return "LibTorch belongs in core/**/*.cpp and core/**/*_p.h";
    if (mustDoWithoutQt(include.file) && isQt(include.target))
        return "Qt does not belong here";
    if (layer == "tests" || target.empty())
        return {};
    if (layer == "core" && top(target) != "core")
        return "core knows neither ui nor app";
    if (layer == "ui" && top(target) == "app")
        return "ui does not know app";
    if (layer != "core" && top(target) == "core" && endsWith(target, "_p.h"))
        return "private headers stay within core";
    if (top(target) == "tests")
        return "only tests include tests";
    if (layer == "core" && coreRank(target) > coreRank(include.file))
        return "core's folders include only what stands before them";
    return {};
}

/// Library headers that exactly one file may include: it hides the library from all others.
void checkSingleIncluder(const std::vector<Include>& includes, const std::string& start,
                         std::vector<std::string>& violations)
{
    std::set<std::string> files;
    for (const auto& include : includes) {
        if (startsWith(include.target, start) && top(include.file) != "tests")
            files.insert(include.file);
    }
    if (files.size() <= 1)
        return;
    std::string list;
    for (const auto& file : files)
        list += " " + file;
    violations.push_back(start + " is included by more than one file:" + list);
}

std::vector<std::string> violationsIn(const Sources& sources)
{
    std::vector<std::string> violations;
    const auto includes = includesOf(sources);
    for (const auto& include : includes) {
        const std::string target = include.quoted ? resolved(include, sources) : std::string();
        if (const auto rule = brokenRule(include, target); !rule.empty())
            violations.push_back(include.file + " includes " + include.target + ": " + rule);
    }
    checkSingleIncluder(includes, "qcustomplot", violations);
    checkSingleIncluder(includes, "yaml-cpp/", violations);
    return violations;
}

Sources sourceTree()
{
    Sources sources;
    const fs::path root = espalier::test::sourceFolder();
    for (const auto& folder : {"core", "ui", "app", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto suffix = entry.path().extension();
            if (suffix != ".cpp" && suffix != ".h")
                continue;
            std::ifstream stream(entry.path());
            sources[entry.path().lexically_relative(root).string()] = {
                std::istreambuf_iterator<char>(stream), {}};
        }
    }
    return sources;
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noticesEveryKindOfViolation_data();
    void noticesEveryKindOfViolation();
    void allowsWhatTheRulesAllow();
    void theSourceTreeFollowsTheRules();
};

void TestLayering::noticesEveryKindOfViolation_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");

    QTest::newRow("core on ui") << "core/base/a.cpp"
                                << "#include \"panels/panel.h\"";
    QTest::newRow("core on app") << "core/base/a.cpp"
                                 << "#include \"../../app/espalier-cli/table.h\"";
    QTest::newRow("ui on app") << "ui/panels/a.cpp"
                               << "#include \"../../app/espalier-cli/table.h\"";
    QTest::newRow("ui on a private header") << "ui/panels/a.cpp"
                                            << "#include \"network/network_p.h\"";
    QTest::newRow("app on a private header") << "app/espalier-cli/a.cpp"
                                             << "#include \"network/network_p.h\"";
    QTest::newRow("core upwards") << "core/base/a.cpp"
                                  << "#include \"network/network.h\"";
    QTest::newRow("core on tests") << "core/base/a.cpp"
                                   << "#include \"support/tensors.h\"";
    QTest::newRow("torch in a public header") << "core/network/a.h"
                                              << "#include <ATen/core/Tensor.h>";
    QTest::newRow("torch in ui") << "ui/panels/a.cpp"
                                 << "  #  include <torch/torch.h>";
    QTest::newRow("torch in app") << "app/espalier-cli/a.cpp"
                                  << "#include <c10/core/Device.h>";
    QTest::newRow("Qt in core") << "core/base/a.cpp"
                                << "#include <QString>";
    QTest::newRow("Qt module in core") << "core/base/a.cpp"
                                       << "#include <QtCore/QString>";
    QTest::newRow("Qt in espalier-cli") << "app/espalier-cli/a.cpp"
                                        << "#include <QCoreApplication>";
    QTest::newRow("QCustomPlot twice") << "ui/panels/a.cpp"
                                       << "#include <qcustomplot.h>";
    QTest::newRow("yaml-cpp twice") << "core/session/a.cpp"
                                    << "#include <yaml-cpp/yaml.h>";
}

void TestLayering::noticesEveryKindOfViolation()
{
    QFETCH(QString, file);
    QFETCH(QString, line);
    Sources sources{{"core/network/network.h", ""},
                    {"core/network/network_p.h", ""},
                    {"core/session/yaml.cpp", "#include <yaml-cpp/node/parse.h>\n"},
                    {"ui/panels/panel.h", ""},
                    {"ui/plots/plot_library.h", "#include <qcustomplot.h>\n"},
                    {"app/espalier-cli/table.h", ""},
                    {"tests/support/tensors.h", ""}};
    QCOMPARE(violationsIn(sources).size(), std::size_t(0));
    sources[file.toStdString()] = line.toStdString();
    QCOMPARE(violationsIn(sources).size(), std::size_t(1));
}

void TestLayering::allowsWhatTheRulesAllow()
{
    const Sources sources{
        {"core/network/network.h", "#include <vector>\n"},
        {"core/network/network_p.h",
         "#include <ATen/core/Tensor.h>\n#include \"network/network.h\"\n"},
        {"core/network/network.cpp",
         "#include \"network/network_p.h\"\n#include <torch/torch.h>\n"},
        {"ui/panels/panel.h", "#include <QWidget>\n#include \"network/network.h\"\n"},
        {"app/espalier/main.cpp", "#include <QApplication>\n#include \"panels/panel.h\"\n"},
        {"tests/network/tst_network.cpp", "#include <QTest>\n#include \"network/network_p.h\"\n"}};
    QCOMPARE(violationsIn(sources).size(), std::size_t(0));
}

void TestLayering::theSourceTreeFollowsTheRules()
{
    const auto sources = sourceTree();
    QVERIFY(sources.size() > 50); // or the walk has missed the tree
    std::string all;
    for (const auto& violation : violationsIn(sources))
        all += "\n" + violation;
    QVERIFY2(all.empty(), all.c_str());
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
