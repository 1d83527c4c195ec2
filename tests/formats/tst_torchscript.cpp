#include <QtTest>

#include <fstream>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include "formats/model_file.h"
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

/// A module from source, saved; what a user's scripted model is.
fs::path scripted(const QTemporaryDir& folder, const std::string& source)
{
    torch::jit::Module module("Model");
    module.define(source);
    const auto file = fs::path(folder.path().toStdString()) / "scripted.pt";
    module.save(file.string());
    return file;
}

at::Tensor runOriginal(const fs::path& file, const at::Tensor& x)
{
    auto module = torch::jit::load(file.string());
    module.eval();
    return module.forward({x}).toTensor();
}

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

/// A network with every operator of the set that can stand in one chain.
Network everyOperator()
{
    std::vector<NodeSpec> specs;
    const auto add = [&](std::string name, Operation operation, std::vector<int> inputs) {
        std::vector<NodeId> ids;
        for (const auto input : inputs)
            ids.emplace_back(input);
        specs.push_back({std::move(name), operation, std::move(ids)});
        return static_cast<int>(specs.size()) - 1;
    };
    auto x = add("input", Input{}, {});
    x = add("stem.conv",
            Conv2d{.inChannels = 3,
                   .outChannels = 8,
                   .kernel = {3, 5},
                   .stride = {1, 2},
                   .padding = {1, 2},
                   .bias = true},
            {x});
    x = add("stem.bn", BatchNorm2d{.channels = 8, .epsilon = 1e-3, .momentum = 0.2}, {x});
    const auto entry = add("stem.relu", Activation{}, {x});
    x = add("grouped",
            Conv2d{.inChannels = 8,
                   .outChannels = 8,
                   .kernel = {3, 3},
                   .padding = {2, 2},
                   .dilation = {2, 2},
                   .groups = 2},
            {entry});
    x = add("plain-norm", BatchNorm2d{.channels = 8, .affine = false}, {x});
    x = add("sum", Add{}, {x, entry});
    x = add("max",
            MaxPool2d{.kernel = {3, 3}, .stride = {2, 1}, .padding = {1, 1}, .ceilMode = true},
            {x});
    x = add("rows", Slice{1, 1, 8, 2}, {x});
    x = add("channels", Slice{0, 2, 7, 1}, {x});
    x = add("pad", Pad{{1, 0, 2}, {2, 1, 0}, 0.5}, {x});
    x = add(
        "average",
        AvgPool2d{.kernel = {2, 2}, .stride = {1, 1}, .padding = {1, 1}, .countIncludePad = false},
        {x});
    x = add("adaptive", AdaptiveAvgPool2d{{2, 3}}, {x});
    x = add("flatten", Flatten{}, {x});
    x = add("hidden", Linear{8 * 6, 20, false}, {x});
    x = add("dropout", Dropout{0.3}, {x});
    x = add("head.0", Linear{20, 5, true}, {x});
    add("softmax", Softmax{}, {x});
    auto graph = Graph::build(std::move(specs), {3, 16, 16});
    if (!graph)
        qFatal("%s", graph.error().message.c_str());
    return test::randomNetwork(std::move(*graph));
}

} // namespace

class TestTorchScript : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void importsRealNetworks_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("macs");
        QTest::addColumn<qint64>("params");
        QTest::addColumn<int>("layers");
        for (const char* form : {"", "_script", "_trace_train", "_torch215"})
            QTest::addRow("resnet20%s", form) << QString("resnet20_cifar10%1").arg(form)
                                              << qint64{40'551'040} << qint64{269'722} << 7;
        QTest::newRow("resnet56") << "resnet56_cifar10" << qint64{125'485'696} << qint64{853'018}
                                  << 25;
        QTest::newRow("authors") << "authors_resnet56_cifar10" << qint64{125'747'840} << qint64{0}
                                 << 25;
    }

    void importsRealNetworks()
    {
        QFETCH(QString, name);
        QFETCH(qint64, macs);
        QFETCH(qint64, params);
        QFETCH(int, layers);
        const auto path = test::sharedFile("models/" + name.toStdString() + ".pt");
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importTorchScript(*path);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(network->graph().macs(), macs);
        if (params > 0)
            QCOMPARE(network->graph().params(), params);
        QCOMPARE(findStructures(network->graph()).layers.size(), static_cast<std::size_t>(layers));
        const auto x = test::randomTensor({4, 3, 32, 32});
        // A module traced in training mode normalises by the batch: its own output is another.
        const auto reference =
            name.endsWith("_trace_train") ? *test::sharedFile("models/resnet20_cifar10.pt") : *path;
        QVERIFY(test::maxDifference(run(*network, x), runOriginal(reference, x)) < 1e-4);
        QCOMPARE(network->metadata().notices.size(), name.endsWith("_trace_train") ? 2u : 1u);
    }

    void namesNodesAndLayersAsTheModelDoes()
    {
        ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10.pt");
        const auto network = importTorchScript(path);
        QVERIFY(network->graph().find("layer1.0.conv1"));
        QVERIFY(network->graph().find("layer3.2.bn2"));
        const auto structures = findStructures(network->graph());
        QVERIFY(structures.layer("layer1.0"));
        QVERIFY(structures.filterGroup("layer2.0.conv1"));
    }

    void everyStructureOfARealNetworkEqualsMasked_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"resnet20_cifar10", "resnet56_cifar10", "authors_resnet56_cifar10"})
            QTest::newRow(name) << name;
    }

    /// Pruned output equals masked output for every structure, each filter group by its first and
    /// last filter.
    void everyStructureOfARealNetworkEqualsMasked()
    {
        QFETCH(QString, name);
        const auto path = test::sharedFile("models/" + name.toStdString() + ".pt");
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importTorchScript(*path);
        const auto structures = findStructures(network->graph());
        std::vector<Removal> removals;
        for (const auto& layer : structures.layers)
            removals.push_back({.layers = {layer.name}});
        for (const auto& group : structures.filters)
            removals.push_back(
                {.filters = {{group.name, {group.channels.front(), group.channels.back()}}}});
        QVERIFY(removals.size() >= 19);

        const auto x = test::randomTensor({2, 3, 32, 32});
        const auto parent = forwardKeepingAll(network->graph(), network->weights(), x);
        const std::vector<NodeId> output{network->graph().output()};
        for (const auto& removal : removals) {
            const auto pruned = prune(*network, structures, removal);
            QVERIFY2(pruned.has_value(), pruned ? "" : pruned.error().message.c_str());
            const auto masked =
                forwardAblated(network->graph(), network->weights(), parent,
                               *ablationOf(network->graph(), structures, removal), output)[0];
            const auto difference = test::maxDifference(run(*pruned, x), masked)
                / std::max(1.0, masked.abs().max().item<double>());
            QVERIFY2(difference < 1e-5,
                     (removalText(removal) + ": " + std::to_string(difference)).c_str());
        }
    }

    void exportsWhatItImports()
    {
        auto network = everyOperator();
        const auto x = test::randomTensor({3, 3, 16, 16});
        QVERIFY(exportTorchScript(network, file("all.pt")).has_value());
        const auto expected = run(network, x);
        QVERIFY(test::maxDifference(runOriginal(file("all.pt"), x), expected) < 1e-6);
        const auto again = importTorchScript(file("all.pt"));
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QVERIFY(test::maxDifference(run(*again, x), expected) < 1e-6);
        QCOMPARE(again->graph().params(), network.graph().params());
        QCOMPARE(again->graph().nodes().size(), network.graph().nodes().size());
        QVERIFY(again->metadata().notices.empty()); // the input shape travels in the file
    }

    void carriesNormalisationAndClasses()
    {
        const auto plain = everyOperator();
        const ModelMetadata metadata{
            .normalisation = Normalisation{.mean = {0.5, 0.4, 0.3}, .deviation = {0.2, 0.25, 0.3}},
            .classes = {"a", "b", "c", "d", "e"}};
        const Network network(plain.sharedGraph(), plain.sharedWeights(), metadata);
        QVERIFY(exportModel(network, file("meta.pt")).has_value());
        const auto again = importModel(file("meta.pt"));
        QCOMPARE(again->metadata().normalisation, metadata.normalisation);
        QCOMPARE(again->metadata().classes, metadata.classes);
    }

    void exportedBatchNormFollowsTrainAndEval()
    {
        const auto network =
            test::randomNetwork(makeNetwork("resnet8", {3, 16, 16}, 10, 1)->graph());
        QVERIFY(exportTorchScript(network, file("train.pt")).has_value());
        auto module = torch::jit::load(file("train.pt").string());
        const auto x = test::randomTensor({8, 3, 16, 16});
        const auto evaluated = module.forward({x}).toTensor();
        module.train();
        QVERIFY(test::maxDifference(module.forward({x}).toTensor(), evaluated) > 1e-3);
        int trainable = 0;
        for (const auto& parameter : module.parameters())
            trainable += parameter.requires_grad() ? 1 : 0;
        QCOMPARE(trainable, 7 * 3 + 2); // 7 convolutions with batch norm, one linear layer
    }

    void reportsAnUnknownOperatorWithItsPlace()
    {
        const auto path = scripted(m_folder, "def forward(self, x):\n    return torch.erfinv(x)\n");
        const auto network = importTorchScript(path);
        QVERIFY(!network.has_value());
        QCOMPARE(network.error().code, ErrorCode::Unsupported);
        QVERIFY2(network.error().message.find("aten::erfinv at 'the top of the model'")
                     != std::string::npos,
                 network.error().message.c_str());
    }

    void refusesControlFlowOnData()
    {
        const auto path = scripted(m_folder,
                                   "def forward(self, x):\n"
                                   "    if bool(x.sum() > 0):\n        x = torch.relu(x)\n"
                                   "    return x\n");
        const auto network = importTorchScript(path);
        QVERIFY(!network.has_value());
        QCOMPARE(network.error().code, ErrorCode::Unsupported);
    }

    void seesInPlaceOperators()
    {
        const auto path = scripted(m_folder,
                                   "def forward(self, x):\n"
                                   "    y = torch.max_pool2d(x, [2, 2])\n"
                                   "    torch.relu_(y)\n"
                                   "    return torch.flatten(y, 1)\n");
        const auto network = importTorchScript(path, Shape{1, 4, 4});
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({2, 1, 4, 4});
        QVERIFY(test::maxDifference(run(*network, x), runOriginal(path, x)) < 1e-6);
    }

    /// `z` is a tensor of the network, 1 x 4 x 4; `g` its mean.
    void givesWhatPyTorchGivesOrRefuses_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("refusal"); // empty: imported
        const auto row = [](const char* name, const char* body, const char* refusal = "") {
            QTest::newRow(name) << body << refusal;
        };
        const auto changed = "another view of it has changed";
        row("in place on an alias", "y = z.detach(); y.relu_(); return (z + y).flatten(1)");
        row("in place on a copy", "y = z.clone(); y.relu_(); return (z + y).flatten(1)");
        row("in place on a part", "y = z[:, :, 0:2]; y.mul_(2.0); return z.flatten(1)", changed);
        row("in place on a part, last use", "y = z[:, :, 0:2]; y.mul_(2.0); return y.flatten(1)");
        row("in place on what has a view", "y = z.view(z.size(0), 16); z.mul_(2.0); return y + 1.0",
            changed);
        row("in place on a view", "y = z.view(-1, 16); y.relu_(); return y + z.flatten(1)",
            changed);
        row("in place on dropout", "y = torch.dropout(z, 0.5, False); y.relu_(); return z - y",
            changed);
        row("in place on one of two parts",
            "p = torch.chunk(z, 2, 2); a = p[0]; b = p[1]; a.relu_(); "
            "return torch.cat([a, b], 2).flatten(1)");
        row("in place on a part, then the whole",
            "p = torch.chunk(z, 2, 2); a = p[0]; a.relu_(); return z.flatten(1)", changed);
        row("into a constant", "c = torch.zeros([1, 1, 4, 4]); c.add_(z); return c.flatten(1)",
            "into a constant");
        row("into a parameter's view",
            "w = self.w.t(); w.mul_(2.0); return z.flatten(1).matmul(self.w)",
            "changes a parameter");
        row("a part of a parameter set to zero",
            "self.w[:, 4:8].zero_(); return z.flatten(1).matmul(self.w)");
        row("a parameter set after it was read",
            "y = z.flatten(1).matmul(self.w); self.w[:, 4:8].zero_(); return y");
        row("a parameter in two halves, one changed",
            "p = self.w.chunk(2); a = p[0]; a.mul_(0.5); return z.flatten(1).matmul(self.w)",
            "changes a parameter");
        row("a parameter from itself",
            "self.w.copy_(self.w * 2.0); return z.flatten(1).matmul(self.w)",
            "changes a parameter");
        row("a copy of a parameter",
            "w = self.w.clone(); w.mul_(0.5); return z.flatten(1).matmul(w)");
        row("out=", "torch.sigmoid(z, out=z); return z.flatten(1)", "(out=)");
        row("out= of constants",
            "torch.add(self.w, self.w, out=self.w); return z.flatten(1).matmul(self.w)", "(out=)");
        row("subtracted expanded", "return (z - g.expand_as(z)).flatten(1)");
        row("a large view",
            "t = torch.arange(0, 12800).view(1, 12800, 1).expand(1, 12800, 4000); "
            "return z.flatten(1) + t[0, 0, 0:16]");
        row("an index of a table",
            "t = torch.arange(0, 26544).view(2212, 12); i = torch.arange(0, 332929) % 2212; "
            "return z.flatten(1) + t[i][0, 0]");
        row("nothing times much",
            "t = torch.zeros([1000000, 0]); return z.flatten(1) + t.matmul(torch.zeros([0, "
            "64])).sum()",
            "too large");
        row("the least number divided",
            "t = torch.full([1], -9223372036854775807 - 1, dtype=4); "
            "return z.flatten(1) + torch.div(t, -1, rounding_mode='trunc').sum()",
            "divides by zero");
        row("one-dimensional convolution",
            "return torch.conv1d(z.flatten(2), self.w[:4, :3].unsqueeze(1), None, [2], [1])");
        row("one-dimensional convolution of another rank",
            "return torch.conv1d(z, self.w[:4, :3].unsqueeze(1), None, [2], [1])",
            "takes channels");
        row("padded to the same size",
            "return torch._convolution_mode(z, self.w[:2, :9].view(2, 1, 3, 3), None, [1, 1], "
            "'same', [1, 1], 1)");
        row("added products",
            "return torch.addcmul(self.w[0].view(1, 1, 4, 4), z, g, value=0.5).flatten(1)");
        row("group norm without bias", "return torch.group_norm(z, 1, self.w[0, :1])");
        row("reshaped as another", "return z.reshape_as(z.view(-1, 2, 8))");
        row("batch norm of all tokens",
            "t = z.view(-1, 4, 4); y = torch.batch_norm(t.flatten(0, 1), self.w[0, :4], "
            "self.w[1, :4], self.w[2, :4], self.w[3, :4].abs(), False, 0.1, 1e-5, False); "
            "return y.reshape_as(t)");
        row("one matrix for several heads",
            "return z.view(-1, 4, 2, 2).matmul(z[:, :, :2, 1:3]).flatten(1)");
        row("a learned query",
            "return self.w[:4].unsqueeze(0).matmul(z.flatten(2).transpose(1, 2))");
        row("standardised weights",
            "w = torch.batch_norm(self.w[:2, :9].reshape(1, 2, 9), None, None, None, None, True, "
            "0.0, 1e-5, False); return torch.conv2d(z, w.reshape(2, 1, 3, 3))");
        row("statistics of weights that change",
            "w = torch.batch_norm(self.w, None, None, self.w[0], self.w[1], True, 0.1, 1e-5, "
            "False); return z.flatten(1).matmul(w)",
            "on constants");
        row("constants without dropout",
            "return z.flatten(1).matmul(torch.dropout(self.w, 0.5, False))");
        row("constants with dropout",
            "return z.flatten(1).matmul(torch.dropout(self.w, 0.5, True))", "on constants");
        row("waves of positions",
            "p = torch.ones([1, 4, 4]).cumsum(1); e = torch.stack([p.sin(), p.cos()], 1); "
            "t = torch.conv2d(e, self.w[:1, :2].view(1, 2, 1, 1)); return z + t");
        row("a convolution of constants",
            "t = torch.conv2d(self.w.view(1, 1, 16, 16), torch.ones([1, 1, 3, 3])); "
            "return z * t.sum()",
            "on constants");
        row("a constant whose batch does not lead",
            "t = self.w[:2, :8].unsqueeze(0).expand(z.size(0), 2, 8).transpose(0, 1); "
            "return z.flatten(1) + t.reshape(z.size(0), 16)",
            "size of the batch");
        row("a constant cut by the batch",
            "return z.flatten(1) + self.w.view(z.size(0), -1)[:, :16]", "size of the batch");
        row("a wave of the batch", "return (z * torch.sin(z.size(0))).flatten(1)",
            "size of the batch");
        row("filled with the batch", "return z.flatten(1) + torch.full_like(self.w[0], z.size(0))",
            "size of the batch");
        row("new with the batch", "return (z * z.new_full([4], z.size(0))).flatten(1)",
            "size of the batch");
        row("new of a whole number",
            "s = z.new_full([4], 0); s.fill_(0.5); return (z + s).flatten(1)");
        row("summed along the batch", "return z.flatten(1) + torch.ones([z.size(0), 16]).cumsum(0)",
            "size of the batch");
        row("summed over the batch", "return z.flatten(1) + torch.ones([z.size(0), 16]).sum(0)",
            "size of the batch");
        row("multiplied along the batch",
            "t = torch.ones([16, z.size(0)]).mm(torch.ones([z.size(0), 16])); "
            "return z.flatten(1) + t[0]",
            "size of the batch");
        row("multiplied across the batch",
            "return self.w[:1, :4].matmul(z.view(-1, 4, 4).transpose(0, 1))", "across the batch");
        row("a vector by matrices", "return self.w[0, :4].matmul(z.view(-1, 4, 4)).softmax(1)",
            "does not know");
        row("expanded and multiplied",
            "return z[:, :, :1].expand(-1, -1, 4, 4).matmul(z).sum([2, 3])", "does not know");
        row("in place on a tensor reshaped as another",
            "y = z.reshape_as(z.view(-1, 16)); y.relu_(); return z.flatten(1)", changed);
        row("in place with products",
            "y = z * 2.0; y.addcmul_(z, z, value=0.5); return y.flatten(1)");
        row("an unknown element type", "return z + torch.new_zeros(z, [4], dtype=200)",
            "element type");
        row("an unknown element type of a sum",
            "return z.flatten(1) + self.w.cumsum(0, dtype=-3)[0]", "element type");
        row("much copied",
            "t = torch.ones([64, 1, 512, 512]).matmul(torch.ones([1, 64, 512, 1])); "
            "return z + t.sum()",
            "too large");
        row("added to products of constants",
            "t = torch.addmm(self.w[0], self.w[:4], self.w); return z.flatten(1) + t[0]");
        row("a norm taken apart", "return z / z.pow(2).sum([3], True).pow(0.5)");
        row("a norm with a root", "return z / z.pow(2).sum([2, 3]).sqrt().view(-1, 1, 1, 1)");
        row("another root", "return z.abs().pow(0.5)", "aten::");
        row("a root of a sum", "return z.exp().sum([2, 3]).pow(0.5)", "second power");
        row("a softmax that knows rows of nothing",
            "s = z.softmax(-1); c = z.eq(float('-inf')).logical_not().any(-1, True); "
            "return torch.where(c.logical_not(), torch.full_like(s, 0.0), s)");
        row("compared with a number", "return torch.where(z.eq(0.5), z, z * 2.0)", "aten::eq");
        row("strides of a mean",
            "m = z.view(-1, 4, 2, 2).mean([2, 3], True); "
            "return m.as_strided([z.size(0), 4, 1, 1], [4, 1, 4, 4])");
        row("strides of an image", "return z.as_strided([z.size(0), 1, 4, 4], [16, 16, 1, 4])",
            "does not know");
        row("divided otherwise",
            "t = torch.cat([z, z[:, :, :2]], 2); return t.view(-1, 2, 3, 4).view(-1, 3, 2, 4)");
        row("permuted, then divided otherwise",
            "t = torch.cat([z, z[:, :, :2]], 2); t = torch.cat([t, t[:, :, :, :2]], 3); "
            "p = t.view(-1, 1, 3, 2, 3, 2).permute(0, 1, 3, 2, 5, 4); "
            "return p.reshape(-1, 1, 3, 2, 3, 2)");
        row("a constant viewed with the batch",
            "t = self.w[:1].expand(z.size(0), 16); return z + t.view(z.size(0), 1, 4, 4)");
        row("expanded beside", "return (z * g.expand(-1, -1, 4, 4)).flatten(1)");
        row("expanded both",
            "h = g.expand(-1, -1, 4, 4) * g.expand(-1, -1, 4, 4); "
            "return h.sum([2, 3])",
            "repeated");
        row("expanded and asked", "return g.expand(-1, -1, 4, 4).size(2) * z.flatten(1)");
        row("expanded alone", "return g.expand(-1, -1, 4, 4).flatten(1)", "does not know");
        row("divided by the batch", "return (z / z.size(0)).flatten(1)", "does not know");
        row("scaled by the batch's inverse", "return (z * (1.0 / z.size(0))).flatten(1)",
            "the size of the batch");
        row("one more than the batch", "return z.view(z.size(0) + 1, -1)", "size of the batch");
        row("batch cancels out", "return z.flatten(1) * (z.size(0) * 6 // z.size(0))");
        row("batch as a factor", "return z.view(z.size(0) * 4, 4).view(z.size(0) * 4 // 4, 16)");
        row("constant of the batch's size",
            "return (z + torch.ones([z.size(0), 1, 4, 4])).flatten(1)");
        row("mean over batch and more", "return z.view(-1, 4).mean(0, True)", "across the batch");
        row("softmax over batch and more", "return z.view(-1, 4).softmax(0).view(-1, 16)",
            "across the batch");
        row("whole numbers", "return z.to(3).flatten(1)", "whole numbers");
        row("a long loop",
            "n = 0\n    for i in range(2000000000):\n        n = n + i\n    "
            "return z.flatten(1) * n",
            "not come to an end");
        row("a huge range", "return z.flatten(1) + torch.arange(0, 1000000000000).sum()",
            "too large");
        row("a list that doubles",
            "l = [1]\n    for i in range(60):\n        l = l + l\n    return z.flatten(1) * len(l)",
            "too large");
        row("a text that doubles",
            "l = 'a'\n    for i in range(60):\n        l = l + l\n    return z.flatten(1) * len(l)",
            "too large");
        row("a table that doubles",
            "t = torch.ones([1, 16])\n    for i in range(60):\n        t = torch.cat([t, t], 0)\n"
            "    return z.flatten(1) + t.sum()",
            "too large");
        row("many large tables",
            "t = torch.ones([8192, 8192])\n    for i in range(60):\n        t = t + 1.0\n"
            "    return z.flatten(1) + t.sum()",
            "too large");
        row("an outer product",
            "t = torch.ones([1048576, 1]); return z.flatten(1) + t.matmul(t.t()).sum()",
            "too large");
        row("torn into ones", "t = torch.ones([1048576]).unbind(0); return z.flatten(1) + t[0]",
            "too large");
    }

    void givesWhatPyTorchGivesOrRefuses()
    {
        QFETCH(QString, body); // TorchScript knows no semicolons
        QFETCH(QString, refusal);
        torch::jit::Module module("Model");
        module.register_parameter("w", test::randomTensor({16, 16}), /*is_buffer=*/false);
        module.define("def forward(self, x):\n    z = x - 0.1\n    g = z.mean([2, 3], True)\n    "
                      + body.replace("; ", "\n    ").toStdString() + "\n");
        module.save(file("case.pt").string());
        const auto network = importTorchScript(file("case.pt"), Shape{1, 4, 4});
        if (!refusal.isEmpty()) {
            QVERIFY(!network.has_value());
            QVERIFY2(QString::fromStdString(network.error().message).contains(refusal),
                     network.error().message.c_str());
            return;
        }
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({3, 1, 4, 4});
        QVERIFY(test::maxDifference(run(*network, x), runOriginal(file("case.pt"), x)) < 1e-6);
    }

    /// A trace of a model on a GPU makes its constants there, and there may be none here.
    void runsOnTheCpuWhatWasTracedElsewhere()
    {
        torch::jit::Module module("Model");
        module.define(R"(
def forward(self, x):
    z = torch.new_ones(x, [1, 1, 4, 4], dtype=6, device=torch.device("cuda:0"))
    s = torch.new_full(x, [4], 3.0, dtype=6, device=torch.device("cuda:0"))
    t = torch.arange(0, 4, dtype=6, device=torch.device("cuda:0"))
    if x.device == torch.device("cuda:0"):
        t = t * 2.0
    return (x * s + z.to(torch.device("cuda:0")) + t).flatten(1)
)");
        module.save(file("traced_on_gpu.pt").string());
        const auto network = importTorchScript(file("traced_on_gpu.pt"), Shape{1, 4, 4});
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({3, 1, 4, 4});
        const auto expected = (x * 3.0 + 1.0 + at::arange(4)).flatten(1);
        QVERIFY(test::maxDifference(run(*network, x), expected) < 1e-6);
    }

    void aBufferIsNotTrainedAfterARoundTrip()
    {
        for (const bool trainable : {false, true}) {
            auto graph =
                Graph::build({{"input", Input{}, {}},
                              {"mask", Parameter{.shape = {2, 3, 3}, .trainable = trainable}, {}},
                              {"sum", Add{}, {NodeId(0), NodeId(1)}}},
                             {2, 3, 3});
            QVERIFY2(graph.has_value(), graph ? "" : graph.error().message.c_str());
            const auto network = test::randomNetwork(std::move(*graph));
            QVERIFY(exportTorchScript(network, file("buffer.pt")).has_value());
            const auto again = importTorchScript(file("buffer.pt"));
            QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
            QCOMPARE(again->graph().params(), trainable ? 18 : 0);
        }
    }

    void refusesFilesThatAreNoModels_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("text") << QByteArray("hello, world, this is text") << "not a model file";
        QTest::newRow("zip head") << QByteArray("PK\x03\x04zzzzzzzzzzzzzzzzzzzz")
                                  << "damaged or truncated zip";
        QTest::newRow("pickle") << QByteArray("\x80\x02}q\x00.") << "before 2020";
        QTest::newRow("safetensors")
            << QByteArray("\x10\0\0\0\0\0\0\0{\"a\":1}", 15) << "safetensors";
    }

    void refusesFilesThatAreNoModels()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        std::ofstream(file("bad.pt"), std::ios::binary).write(content.data(), content.size());
        const auto network = importModel(file("bad.pt"));
        QVERIFY(!network.has_value());
        const auto message = QString::fromStdString(network.error().message);
        QVERIFY2(message.contains(says) && message.contains("bad.pt"), qPrintable(message));
    }

    void refusesTruncatedAndForeignRealFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("says");
        QTest::newRow("legacy") << "resnet20_cifar10_legacy.th"
                                << "before 2020";
    }

    void refusesTruncatedAndForeignRealFiles()
    {
        QFETCH(QString, name);
        QFETCH(QString, says);
        const auto path = test::sharedFile("models/" + name.toStdString());
        if (!path)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importModel(*path);
        QVERIFY(!network.has_value());
        QVERIFY2(QString::fromStdString(network.error().message).contains(says),
                 network.error().message.c_str());
    }

    void refusesATruncatedFileAtEveryLength()
    {
        QVERIFY(exportTorchScript(everyOperator(), file("whole.pt")).has_value());
        std::ifstream stream(file("whole.pt"), std::ios::binary);
        const std::string whole((std::istreambuf_iterator<char>(stream)), {});
        for (std::size_t part = 1; part < 20; ++part) {
            std::ofstream(file("part.pt"), std::ios::binary)
                << whole.substr(0, whole.size() * part / 20);
            QVERIFY(!importModel(file("part.pt")).has_value());
        }
    }

    void saysWhenAFileCannotBeWritten()
    {
        const auto status = exportModel(everyOperator(), file("no/such/folder/model.pt"));
        QVERIFY(!status.has_value());
        QCOMPARE(status.error().code, ErrorCode::Io);
        QVERIFY(!exportModel(everyOperator(), file("model.xyz")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestTorchScript)
#include "tst_torchscript.moc"
