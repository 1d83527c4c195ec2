#include <QtTest>

#include <fstream>
#include <sstream>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "formats/export_check.h"
#include "formats/model_file.h"
#include "formats/python_check_p.h"
#include "formats/python_export.h"
#include "formats/torchscript.h"
#include "network/architectures.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "structures/removal.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

/// Builds a graph line by line; names are given whole.
class Specs {
public:
    int add(std::string name, Operation operation, std::vector<int> inputs)
    {
        std::vector<NodeId> ids;
        for (const auto input : inputs)
            ids.emplace_back(input);
        m_specs.push_back({std::move(name), std::move(operation), std::move(ids)});
        return static_cast<int>(m_specs.size()) - 1;
    }

    Network network(const Shape& input)
    {
        auto graph = Graph::build(std::move(m_specs), input);
        if (!graph)
            qFatal("%s", graph.error().message.c_str());
        return test::randomNetwork(std::move(*graph));
    }

private:
    std::vector<NodeSpec> m_specs;
};

/// Every operator on images, in the forms that are written differently.
Network imageOperators()
{
    Specs specs;
    auto x = specs.add("input", Input{}, {});
    x = specs.add("stem.conv",
                  Conv2d{.inChannels = 3,
                         .outChannels = 8,
                         .kernel = {3, 5},
                         .stride = {1, 2},
                         .padding = {1, 2},
                         .bias = true},
                  {x});
    x = specs.add("stem.bn", BatchNorm2d{.channels = 8, .epsilon = 1e-3, .momentum = 0.2}, {x});
    const auto entry = specs.add("stem.relu", Activation{}, {x});
    x = specs.add("grouped",
                  Conv2d{.inChannels = 8,
                         .outChannels = 8,
                         .kernel = {3, 3},
                         .padding = {2, 2},
                         .dilation = {2, 2},
                         .groups = 2},
                  {entry});
    x = specs.add("plain-norm", BatchNorm2d{.channels = 8, .affine = false}, {x});
    x = specs.add("sum", Add{}, {x, entry});
    const auto scale = specs.add("scale", Parameter{.shape = {8, 1, 1}}, {});
    x = specs.add("scaled", Multiply{}, {scale, x});
    const auto mask = specs.add("mask", Parameter{.shape = {8, 1, 1}, .trainable = false}, {});
    x = specs.add("unmasked", Add{}, {x, mask});
    x = specs.add("groups.norm", GroupNorm{.groups = 4, .channels = 8}, {x});
    x = specs.add("shuffle", Rearrange{{2, 4, 16, 8}, {1, 0, 2, 3}, {8, 16, 8}}, {x});
    x = specs.add(
        "max", MaxPool2d{.kernel = {3, 3}, .stride = {2, 1}, .padding = {1, 1}, .ceilMode = true},
        {x});
    x = specs.add("rows", Slice{1, 1, 8, 2}, {x});
    x = specs.add("channels", Slice{0, 2, 7, 1}, {x});
    x = specs.add("pad", Pad{{1, 0, 2}, {2, 1, 0}, 0.5}, {x});
    x = specs.add(
        "average",
        AvgPool2d{.kernel = {2, 2}, .stride = {1, 1}, .padding = {1, 1}, .countIncludePad = false},
        {x});
    const auto gate = specs.add("gate", Activation{.kind = ActivationKind::Sigmoid}, {x});
    const auto gated = specs.add("gated", Multiply{}, {x, gate});
    const auto shifted = specs.add("shifted", Affine{.scale = 0.5, .shift = -1.25}, {gate});
    const auto bounded = specs.add("above", Affine{.scale = 0.25, .shift = 2.0}, {gate});
    x = specs.add("ratio", Divide{}, {gated, bounded});
    x = specs.add("both", Concat{0}, {x, shifted});
    x = specs.add("adaptive", AdaptiveAvgPool2d{{2, 3}}, {x});
    x = specs.add("flatten", Flatten{}, {x});
    x = specs.add("hidden", Linear{16 * 6, 20, false}, {x});
    x = specs.add("features.norm", BatchNorm2d{.channels = 20}, {x});
    x = specs.add("dropout", Dropout{0.3}, {x});
    x = specs.add("head.0", Linear{20, 5, true}, {x});
    specs.add("softmax", Softmax{.logarithm = true}, {x});
    return specs.network({3, 16, 16});
}

/// Patches, a class token and position embeddings, attention and an MLP.
Network tokenOperators()
{
    Specs specs;
    auto x = specs.add("input", Input{}, {});
    x = specs.add("embed.proj",
                  Conv2d{.inChannels = 3, .outChannels = 12, .kernel = {4, 4}, .stride = {4, 4}},
                  {x});
    x = specs.add("embed.tokens", Rearrange{{12, 4, 4}, {1, 2, 0}, {16, 12}}, {x});
    const auto token = specs.add("cls_token", Parameter{.shape = {1, 12}}, {});
    const auto spare = specs.add("spare", Parameter{.shape = {1, 12}}, {});
    const auto twice = specs.add("twice", Affine{.scale = 2.0}, {spare});
    x = specs.add("joined", Concat{0}, {token, x, twice});
    const auto position = specs.add("position", Parameter{.shape = {18, 12}}, {});
    x = specs.add("placed", Add{}, {x, position});
    for (const std::string block : {"blocks.0", "blocks.1"}) {
        auto y = specs.add(block + ".norm", LayerNorm{.normalized = {12}, .epsilon = 1e-6}, {x});
        y = specs.add(block + ".attn.qkv", Linear{12, 36, true}, {y});
        std::vector<int> parts;
        for (const int part : {0, 1, 2}) {
            const auto name = block + ".attn.part" + std::to_string(part);
            const auto cut = specs.add(name + "_cut", Slice{1, 12 * part, 12 * part + 12, 1}, {y});
            const std::vector<std::int64_t> order =
                part == 1 ? std::vector<std::int64_t>{1, 2, 0} : std::vector<std::int64_t>{1, 0, 2};
            const Shape merged = part == 1 ? Shape{3, 4, 18} : Shape{3, 18, 4};
            parts.push_back(specs.add(name, Rearrange{{18, 3, 4}, order, merged}, {cut}));
        }
        y = specs.add(block + ".attn.scores", MatMul{}, {parts[0], parts[1]});
        y = specs.add(block + ".attn.scaled", Affine{.scale = 0.5}, {y});
        y = specs.add(block + ".attn.softmax", Softmax{.dimension = 2}, {y});
        y = specs.add(block + ".attn.values", MatMul{}, {y, parts[2]});
        y = specs.add(block + ".attn.back", Rearrange{{3, 18, 4}, {1, 0, 2}, {18, 12}}, {y});
        y = specs.add(block + ".attn.proj", Linear{12, 12, true}, {y});
        x = specs.add(block + ".add", Add{}, {x, y});
    }
    const auto mean = specs.add("mean", Reduce{ReduceKind::Mean, {0}, false}, {x});
    const auto norm = specs.add("length", Reduce{ReduceKind::L2Norm, {0, 1}, true}, {x});
    const auto row = specs.add("row", Rearrange{{1, 1}, {0, 1}, {1}}, {norm});
    x = specs.add("total", Reduce{ReduceKind::Sum, {0}, false}, {x});
    x = specs.add("all", Concat{0}, {mean, row, x});
    specs.add("head", Linear{25, 4, true}, {x});
    return specs.network({3, 16, 16});
}

/// Changes of layout inside modules, as views are read; DenseNet's layers; the same view twice.
Network layouts()
{
    Specs specs;
    auto x = specs.add("input", Input{}, {});
    x = specs.add("features.0.0", Conv2d{.inChannels = 3, .outChannels = 8}, {x});
    x = specs.add("features.0.1.permute", Rearrange{{8, 8, 8}, {1, 2, 0}, {8, 8, 8}}, {x});
    x = specs.add("features.0.1", LayerNorm{.normalized = {8}}, {x});
    x = specs.add("features.0.1.back", Rearrange{{8, 8, 8}, {2, 0, 1}, {8, 8, 8}}, {x});
    std::vector<int> all{x};
    for (const std::string layer : {"dense.layer1", "dense.layer2", "dense.layer3"}) {
        auto y = x;
        if (all.size() > 1)
            y = specs.add(layer + ".cat", Concat{0}, all);
        y = specs.add(layer + ".conv",
                      Conv2d{.inChannels = 8 + 4 * static_cast<std::int64_t>(all.size() - 1),
                             .outChannels = 4},
                      {y});
        all.push_back(specs.add(layer + ".relu", Activation{}, {y}));
    }
    x = specs.add("dense.cat", Concat{0}, all);
    const Rearrange halves{{2, 10, 8, 8}, {1, 0, 2, 3}, {20, 8, 8}};
    const auto one = specs.add("halves_1", halves, {x});
    const auto two = specs.add("halves_2", halves, {x});
    const auto left = specs.add("left", Slice{0, 0, 10, 1}, {one});
    const auto right = specs.add("right", Slice{0, 10, 20, 1}, {two});
    x = specs.add("product", Multiply{}, {left, right});
    x = specs.add("a_long_name_for_windows_of_the_picture.norm",
                  GroupNorm{.groups = 1, .channels = 10}, {x});
    x = specs.add("windows", Rearrange{{10, 2, 4, 2, 2, 2}, {1, 3, 5, 2, 4, 0}, {8, 4, 2, 10}},
                  {x});
    x = specs.add("together", Rearrange{{2, 2, 2, 4, 2, 10}, {5, 0, 3, 1, 4, 2}, {10, 8, 8}}, {x});
    x = specs.add("pool", AdaptiveAvgPool2d{{1, 1}}, {x});
    x = specs.add("fc.flatten", Flatten{}, {x});
    specs.add("fc", Linear{10, 4, true}, {x});
    return specs.network({3, 8, 8});
}

Network activations()
{
    Specs specs;
    auto x = specs.add("input", Input{}, {});
    const std::vector<Activation> kinds{
        {ActivationKind::Relu},
        {ActivationKind::Clamp, 0.0, 6.0},
        {ActivationKind::Clamp, -0.5, 2.0},
        {ActivationKind::Clamp, -0.5, std::numeric_limits<double>::infinity()},
        {ActivationKind::LeakyRelu, 0.2},
        {ActivationKind::Elu, 0.7},
        {ActivationKind::Sigmoid},
        {ActivationKind::HardSigmoid},
        {ActivationKind::HardSwish},
        {ActivationKind::Silu},
        {ActivationKind::Mish},
        {ActivationKind::Tanh},
        {ActivationKind::Softplus, 1.5, 10.0},
        {ActivationKind::Gelu},
        {ActivationKind::GeluTanh},
        {ActivationKind::Exp},
    };
    // Once as functions after one convolution each, once as modules of a row.
    int parts = x;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto name = std::to_string(i);
        auto y = specs.add("row.conv" + name, Conv2d{.inChannels = 3, .outChannels = 3}, {x});
        y = specs.add("row.act" + name, kinds[i], {y});
        parts = specs.add("row.sum" + name, Add{}, {parts, y});
    }
    for (std::size_t i = 0; i + 1 < kinds.size(); ++i) {
        const auto name = "seq" + std::to_string(i);
        parts = specs.add(name + ".0", Conv2d{.inChannels = 3, .outChannels = 3}, {parts});
        parts = specs.add(name + ".2", kinds[i], {parts});
    }
    return specs.network({3, 4, 4});
}

/// Two modules that need each other, so that neither is a function; names that are none to Python.
Network hostileNames()
{
    Specs specs;
    const auto x = specs.add("input", Input{}, {});
    const auto conv = [](const char* path) { return std::string(path); };
    const Conv2d three{.inChannels = 3, .outChannels = 3};
    const auto a = specs.add(conv("left.first"), three, {x});
    const auto b = specs.add(conv("right.class"), three, {a});
    const auto c = specs.add(conv("left.3x3"), three, {b});
    const auto d = specs.add(conv("right.0"), three, {c});
    auto y = specs.add("\"\"\"\nimport os; os.system('touch injected') #", three, {d});
    y = specs.add("über.größe\\", three, {y});
    y = specs.add("__class__.forward", three, {y});
    y = specs.add("a-b", three, {y});
    y = specs.add("a b", three, {y});
    y = specs.add("train.training.self", three, {y});
    y = specs.add("nn.torch", three, {y});
    y = specs.add("None.lambda", three, {y});
    y = specs.add("..", three, {y});
    specs.add("input_1", Add{}, {y, x});
    auto network = specs.network({3, 4, 4});
    return Network(
        network.sharedGraph(), network.sharedWeights(),
        {.normalisation = Normalisation{.mean = {0.5, 0.25, 0.125}, .deviation = {1.0, 0.5, 2.0}},
         .classes = {"\"); import os #", "a\\", "line\nbreak", "Zürich", "\xff\xfe"}});
}

std::string contentOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

const char* words(const Status& status)
{
    return status ? "" : status.error().message.c_str();
}

} // namespace

#define NEEDS_PYTHON(result)                                                                       \
    if (!*result)                                                                                  \
    QSKIP("needs a python3 with PyTorch on the PATH (or ESPALIER_PYTHON)")

class TestPythonExport : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

    void compare(const Network& network, const fs::path& source)
    {
        const auto written = exportModel(network, source);
        QVERIFY2(written.has_value(), words(written));
        auto shape = network.graph().inputShape();
        shape.insert(shape.begin(), 3);
        const auto x = test::randomTensor(shape);
        const auto found = runInPython(source, x);
        QVERIFY2(found.has_value(), found ? "" : found.error().message.c_str());
        NEEDS_PYTHON(found);
        const auto expected =
            forward(network.graph(), network.weights(), x, Mode::Evaluate).flatten();
        const auto difference = test::maxDifference(**found, expected);
        const auto allowed = 1e-5 * std::max(1.0, expected.abs().max().item<double>());
        QVERIFY2(difference <= allowed, std::to_string(difference).c_str());
    }

    /// Runs a script in the folder of the exports; false where no Python has torch.
    std::optional<int> python(const QString& script)
    {
        const auto chosen = qEnvironmentVariable("ESPALIER_PYTHON");
        QStringList programs{chosen};
        if (chosen.isEmpty()) {
            programs.clear();
            for (const auto& folder : qEnvironmentVariable("PATH").split(':'))
                programs << folder + "/python3";
        }
        for (const auto& program : programs) {
            QProcess process;
            process.setWorkingDirectory(m_folder.path());
            process.setProcessChannelMode(QProcess::ForwardedChannels);
            process.start(
                program,
                {"-c", "try:\n  import torch\nexcept ImportError:\n  exit(77)\n" + script});
            if (process.waitForFinished(120'000) && process.exitCode() != 77)
                return process.exitCode();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void computesWhatTheNetworkDoes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"image", "token", "activation", "hostile", "layout", "resnet20"})
            QTest::newRow(name) << name;
    }

    void computesWhatTheNetworkDoes()
    {
        QFETCH(QString, name);
        const auto network = name == "image" ? imageOperators()
            : name == "token"                ? tokenOperators()
            : name == "activation"           ? activations()
            : name == "hostile"              ? hostileNames()
            : name == "layout"
            ? layouts()
            : test::randomNetwork(makeNetwork(name.toStdString(), {3, 32, 32}, 10, 1)->graph());
        compare(network, file((name.toStdString() + "_model.py").c_str()));
        QVERIFY(!fs::exists(file("injected")));
    }

    void aPrunedRealNetworkComputesTheSame()
    {
        ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10.pt");
        const auto network = importTorchScript(path);
        QVERIFY(network.has_value());
        const auto structures = findStructures(network->graph());
        const auto pruned =
            prune(*network, structures,
                  {.layers = {"layer2.1"},
                   .filters = {{"layer1.0.conv1", {0, 3, 5}}, {"layer3.0.conv1", {1, 2}}}});
        QVERIFY(pruned.has_value());
        compare(*pruned, file("resnet20_pruned.py"));
        const auto source = contentOf(file("resnet20_pruned.py"));
        QVERIFY(source.find("class ResidualBlock(nn.Module):") != std::string::npos);
        QVERIFY(source.find("F.relu(self.bn1(self.conv1(x)))") != std::string::npos);
        QVERIFY(source.find("self.layer1 = nn.Sequential(") != std::string::npos);
    }

    void theSourceIsTheSameEachTime()
    {
        const auto network = tokenOperators();
        const auto source = pythonSource(network, "some_model.py");
        QCOMPARE(source, pythonSource(network, "elsewhere/some_model.py"));
        QVERIFY(source.find("class SomeModel(nn.Module):") != std::string::npos);
    }

    void blocksThatAreAlikeShareAClass()
    {
        const auto source = pythonSource(tokenOperators(), "model.py");
        QVERIFY(source.find("\"\"\"blocks.0, blocks.1.\"\"\"") != std::string::npos);
    }

    void changesOfLayoutStandWhereOneExpectsThem()
    {
        const auto source = pythonSource(layouts(), "model.py");
        QVERIFY(source.find("class LayerNorm2d(nn.LayerNorm):") != std::string::npos);
        QVERIFY(source.find("self.fc = nn.Linear(10, 4)") != std::string::npos);
        QVERIFY(source.find("def forward(self, *features):") != std::string::npos);
        const auto shuffle = source.find(".transpose(1, 2).flatten(1, 2)");
        QVERIFY(shuffle != std::string::npos && shuffle == source.rfind(".transpose(1, 2)"));
    }

    void linesAreShortAndTextIsPlain_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"image", "token", "activation", "hostile", "layout"})
            QTest::newRow(name) << name;
    }

    void linesAreShortAndTextIsPlain()
    {
        QFETCH(QString, name);
        const auto network = name == "image" ? imageOperators()
            : name == "token"                ? tokenOperators()
            : name == "activation"           ? activations()
            : name == "layout"               ? layouts()
                                             : hostileNames();
        std::istringstream lines(pythonSource(network, "a.py"));
        for (std::string line; std::getline(lines, line);) {
            QVERIFY2(line.size() <= 100, line.c_str());
            QVERIFY2(line.empty() || line.back() != ' ', line.c_str());
            for (const char c : line)
                QVERIFY2(c >= ' ' && c < '\x7f', line.c_str());
        }
    }

    void aModelCannotPutCodeIntoTheSource()
    {
        const auto source = pythonSource(hostileNames(), "x\"\"\"; import os.py");
        QVERIFY(source.find("import os") == source.rfind("import os")); // in CLASSES, quoted
        QVERIFY(source.find("\"\\\"); import os #\"") != std::string::npos);
        QVERIFY(source.find("os.system") == std::string::npos);
    }

    void trainsInPython()
    {
        QVERIFY(exportModel(tokenOperators(), file("tokens.py")).has_value());
        QVERIFY(exportModel(imageOperators(), file("images.py")).has_value());
        const auto ended = python(R"py(
import tokens, images
for module in (tokens, images):
    torch.manual_seed(0)
    model = module.load()
    assert not model.training
    model.train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    x = torch.randn(8, *module.INPUT_SHAPE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loss = torch.nn.functional.cross_entropy(model(x), torch.arange(8) % 4)
    loss.backward()
    assert all(p.grad is not None for p in model.parameters())
    optimizer.step()
    after = model.state_dict()
    for name, value in before.items():
        assert name == "mask" or not torch.equal(after[name], value), name
state = images.load().state_dict()
assert "stem.conv.weight" in state and "stem.bn.running_var" in state and "head.0.bias" in state
assert "scale" in dict(images.load().named_parameters()) and "mask" in dict(images.load().named_buffers())
assert not torch.equal(model(x), model(x))  # dropout
model.eval()
assert torch.equal(model(x), model(x))
)py");
        if (!ended)
            QSKIP("needs a python3 with PyTorch on the PATH (or ESPALIER_PYTHON)");
        QCOMPARE(*ended, 0);
    }

    void theCheckRunsPythonOrSaysThatItDidNot()
    {
        const auto network = imageOperators();
        QVERIFY(exportModel(network, file("checked.py")).has_value());
        const bool isChosen = qEnvironmentVariableIsSet("ESPALIER_PYTHON");
        const auto chosen = qgetenv("ESPALIER_PYTHON");
        qputenv("ESPALIER_PYTHON", "/nonexistent/python3");
        const auto without = checkExport(network, file("checked.py"), nullptr);
        isChosen ? qputenv("ESPALIER_PYTHON", chosen) : qunsetenv("ESPALIER_PYTHON");
        QVERIFY(without && without->find("was not run") != std::string::npos);
        const auto with = checkExport(network, file("checked.py"), nullptr);
        QVERIFY2(with.has_value(), with ? "" : with.error().message.c_str());
        if (with->find("was not run") != std::string::npos)
            QSKIP("needs a python3 with PyTorch on the PATH (or ESPALIER_PYTHON)");
        QVERIFY(with->starts_with("run in Python"));
        QVERIFY(!checkExport(tokenOperators(), file("checked.py"), nullptr).has_value());
    }

    void theCheckReadsTheWeights()
    {
        const auto network = imageOperators();
        QVERIFY(exportModel(network, file("weights.py")).has_value());
        QVERIFY(checkPythonWeights(network, file("weights.py")).has_value());
        const auto other = test::randomNetwork(network.graph(), /*seed=*/2);
        const auto status = checkPythonWeights(other, file("weights.py"));
        QVERIFY(!status && status.error().code == ErrorCode::Mismatch);
        QVERIFY(!checkPythonWeights(network, file("absent.py")).has_value());
    }

    void overwritesItsOwnWeightsOnly()
    {
        const auto network = imageOperators();
        QVERIFY(exportModel(network, file("again.py")).has_value());
        QVERIFY(exportModel(network, file("again.py")).has_value());
        std::ofstream(file("mine.pth")) << "years of training";
        const auto refused = exportModel(network, file("mine.py"));
        QVERIFY(!refused && refused.error().message.find("mine.pth") != std::string::npos);
        QCOMPARE(contentOf(file("mine.pth")), std::string("years of training"));
        QVERIFY(!fs::exists(file("mine.py")));
    }

    void saysWhereItCannotWrite()
    {
        const auto status = exportModel(imageOperators(), file("no/such/folder/model.py"));
        QVERIFY(!status && status.error().code == ErrorCode::Io);
        QVERIFY(!fs::exists(file("no")));
    }
};

QTEST_GUILESS_MAIN(TestPythonExport)
#include "tst_python_export.moc"
