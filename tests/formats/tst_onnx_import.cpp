#include <QtTest>

#include <cmath>
#include <fstream>
#include <numbers>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <onnx/onnx_pb.h>

#include "formats/model_file.h"
#include "formats/onnx.h"
#include "formats/onnx_writer_p.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "structures/structures.h"
#include "support/every_operator.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "surgery/surgery.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

double relativeDifference(const at::Tensor& a, const at::Tensor& b)
{
    return test::maxDifference(a, b) / b.abs().max().item<double>();
}

/// A model written by hand: one input "x" of N x 4 x 6 x 6, one output "y".
struct Model {
    onnx::ModelProto proto;
    OnnxWriter writer{*proto.mutable_graph()};

    explicit Model(int opset = 17, std::vector<std::int64_t> input = {0, 4, 6, 6})
    {
        proto.set_ir_version(8);
        proto.add_opset_import()->set_version(opset);
        value(*proto.mutable_graph()->add_input(), "x", input);
        value(*proto.mutable_graph()->add_output(), "y", {});
        writer.begin("made");
    }

    static void value(onnx::ValueInfoProto& info, const char* name,
                      const std::vector<std::int64_t>& extents)
    {
        info.set_name(name);
        auto& type = *info.mutable_type()->mutable_tensor_type();
        type.set_elem_type(onnx::TensorProto::FLOAT);
        for (const auto extent : extents) {
            auto& dimension = *type.mutable_shape()->add_dim();
            if (extent > 0)
                dimension.set_dim_value(extent);
            else
                dimension.set_dim_param("N");
        }
    }

    fs::path save(const QTemporaryDir& folder)
    {
        writer.endAs("y");
        const auto file = fs::path(folder.path().toStdString()) / "made.onnx";
        std::ofstream stream(file, std::ios::binary);
        proto.SerializeToOstream(&stream);
        return file;
    }
};

std::vector<std::string> operatorsOf(const Network& network)
{
    std::vector<std::string> names;
    for (const auto& node : network.graph().nodes().subspan(1))
        names.emplace_back(operationName(node.operation));
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TestOnnxImport : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    fs::path file(const std::string& name) const
    {
        return fs::path(m_folder.path().toStdString()) / name;
    }

    Result<Network> import(Model& model) { return importOnnx(model.save(m_folder)); }

    /// Imports the model and compares it with what it should compute.
    void compare(Model& model, const Names& operators,
                 const std::function<at::Tensor(const at::Tensor&)>& expected)
    {
        const auto network = import(model);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(operatorsOf(*network), operators);
        const auto x = test::randomTensor({3, 4, 6, 6}) * 3;
        QVERIFY(relativeDifference(run(*network, x), expected(x)) < 1e-5);
    }

    /// The sentence with which a model is refused.
    QString refusal(Model& model)
    {
        const auto network = import(model);
        return network ? "imported" : QString::fromStdString(network.error().message);
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void everyFormOfOneNetworkGivesTheSameOutputs_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<bool>("isFolded");
        QTest::newRow("opset 13") << "" << false;
        QTest::newRow("folded") << "_folded" << true;
        QTest::newRow("new exporter, second file") << "_torch215" << true;
        QTest::newRow("pad computed by shapes") << "_torch215_legacy" << false;
    }

    void everyFormOfOneNetworkGivesTheSameOutputs()
    {
        QFETCH(QString, form);
        QFETCH(bool, isFolded);
        ESPALIER_SHARED_FILE(reference, "models/resnet20_cifar10.pt");
        const auto path =
            test::sharedFile("models/resnet20_cifar10" + form.toStdString() + ".onnx");
        if (!path)
            QSKIP("needs ../shared/data/models");
        const auto network = importModel(*path);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto expected = importModel(reference, Shape{3, 32, 32});
        QVERIFY(expected);
        const auto x = test::randomTensor({4, 3, 32, 32});
        QVERIFY(relativeDifference(run(*network, x), run(*expected, x)) < 1e-5);
        QCOMPARE(network->graph().macs(), std::int64_t{40'551'040});
        if (!isFolded)
            QCOMPARE(network->graph().params(), std::int64_t{269'722});
        QVERIFY(network->graph().find("layer1.0.conv1"));
        QVERIFY(network->graph().find("linear"));
        QCOMPARE(network->graph().find("layer1.0.bn1").has_value(), !isFolded);
        QCOMPARE(findStructures(network->graph()).layers.size(), std::size_t{7});
    }

    void namesAreThoseOfTheTorchScriptFile()
    {
        ESPALIER_SHARED_FILE(onnx, "models/resnet20_cifar10.onnx");
        ESPALIER_SHARED_FILE(script, "models/resnet20_cifar10.pt");
        const auto a = importModel(onnx);
        const auto b = importModel(script, Shape{3, 32, 32});
        QVERIFY(a && b);
        for (const auto& node : b->graph().nodes()) {
            if (std::holds_alternative<Conv2d>(node.operation)
                || std::holds_alternative<BatchNorm2d>(node.operation)
                || std::holds_alternative<Linear>(node.operation)
                || std::holds_alternative<Add>(node.operation))
                QVERIFY2(a->graph().find(node.name), node.name.c_str());
        }
    }

    void readsBackWhatWasExported_data()
    {
        QTest::addColumn<bool>("images");
        QTest::addColumn<qint64>("inside");
        QTest::newRow("images") << true << qint64{1'000'000};
        QTest::newRow("tokens") << false << qint64{1'000'000};
        QTest::newRow("images, second file") << true << qint64{1000};
    }

    void readsBackWhatWasExported()
    {
        QFETCH(bool, images);
        QFETCH(qint64, inside);
        auto network = images ? test::imageOperators() : test::tokenOperators();
        ModelMetadata metadata;
        metadata.classes = {"a", "b"};
        metadata.normalisation = Normalisation{.mean = {0.1, 0.2, 0.3}, .deviation = {1, 2, 3}};
        network = Network(network.sharedGraph(), network.sharedWeights(), metadata);
        QVERIFY(exportOnnx(network, file("back.onnx"), {.largestInside = inside}));
        const auto back = importOnnx(file("back.onnx"));
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        const auto x = test::randomTensor({3, 3, 16, 16});
        QVERIFY(relativeDifference(run(*back, x), run(network, x)) < 1e-5);
        QCOMPARE(back->metadata().classes, metadata.classes);
        QVERIFY(back->metadata().normalisation == metadata.normalisation);
        QVERIFY(back->metadata().notices.empty());
        const auto kept = [&](const Node& node) {
            return !std::holds_alternative<Rearrange>(node.operation)
                && !std::holds_alternative<Dropout>(node.operation)
                && !std::holds_alternative<Affine>(node.operation) && node.name != "act.softplus2"
                && node.name != "adaptive" // written as other operators
                && node.name != "block.mask"; // a constant has no name
        };
        for (const auto& node : network.graph().nodes()) {
            if (!kept(node))
                continue;
            const auto found = back->graph().find(node.name);
            QVERIFY2(found, node.name.c_str());
            QCOMPARE(operationName(back->graph().node(*found).operation),
                     operationName(node.operation));
        }
    }

    void prunesAnOnnxModelAndReadsItBack()
    {
        ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10_torch215.onnx");
        const auto network = importModel(path);
        QVERIFY(network);
        const auto structures = findStructures(network->graph());
        const auto pruned = prune(*network, structures, {.layers = {structures.layers.at(3).name}});
        QVERIFY(pruned);
        QVERIFY(exportModel(*pruned, file("pruned.onnx")));
        const auto back = importModel(file("pruned.onnx"));
        QVERIFY(back);
        const auto x = test::randomTensor({4, 3, 32, 32});
        QVERIFY(relativeDifference(run(*back, x), run(*pruned, x)) < 1e-5);
    }

    void knowsGeluInTheFormsOfExporters_data()
    {
        QTest::addColumn<int>("form");
        QTest::newRow("x 0.5 (1 + erf(x / sqrt 2))") << 0;
        QTest::newRow("0.5 (x (erf(0.707 x) + 1))") << 1;
        QTest::newRow("by tanh with powers") << 2;
        QTest::newRow("by tanh with products") << 3;
    }

    void knowsGeluInTheFormsOfExporters()
    {
        QFETCH(int, form);
        Model model;
        auto& w = model.writer;
        const auto number = [&](double value) { return w.constant(value); };
        const auto mul = [&](const std::string& a, const std::string& b) {
            return w.call("Mul", {a, b});
        };
        const auto add = [&](const std::string& a, const std::string& b) {
            return w.call("Add", {a, b});
        };
        const auto root = std::sqrt(2.0 / std::numbers::pi);
        if (form == 0) {
            const auto erf = w.call("Erf", {w.call("Div", {"x", number(std::numbers::sqrt2)})});
            mul(mul("x", number(0.5)), add(number(1.0), erf));
        } else if (form == 1) {
            const auto erf = w.call("Erf", {mul(number(std::numbers::sqrt2 / 2), "x")});
            mul(number(0.5), mul("x", add(erf, number(1.0))));
        } else if (form == 2) {
            const auto cubed = w.call("Pow", {"x", number(3.0)});
            const auto inner = mul(number(root), add("x", mul(number(0.044715), cubed)));
            mul(mul(number(0.5), "x"), add(number(1.0), w.call("Tanh", {inner})));
        } else {
            const auto bend = add(number(1.0), mul(number(0.044715), mul("x", "x")));
            const auto inner = mul(mul("x", number(root)), bend);
            mul(number(0.5), mul("x", add(number(1.0), w.call("Tanh", {inner}))));
        }
        compare(model, Names{"GELU"},
                [&](const at::Tensor& x) { return at::gelu(x, form < 2 ? "none" : "tanh"); });
    }

    void knowsActivationsThatWereTakenApart_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"SiLU", "Mish", "Hardswish", "Hardsigmoid"})
            QTest::newRow(name) << name;
    }

    void knowsActivationsThatWereTakenApart()
    {
        QFETCH(QString, name);
        Model model;
        auto& w = model.writer;
        const auto clipped = [&] {
            return w.call(
                "Clip", {w.call("Add", {"x", w.constant(3.0)}), w.constant(0.0), w.constant(6.0)});
        };
        if (name == "SiLU")
            w.call("Mul", {w.call("Sigmoid", {"x"}), "x"});
        else if (name == "Mish")
            w.call("Mul", {"x", w.call("Tanh", {w.call("Softplus", {"x"})})});
        else if (name == "Hardswish")
            w.call("Div", {w.call("Mul", {"x", clipped()}), w.constant(6.0)});
        else
            w.call("Div", {clipped(), w.constant(6.0)});
        compare(model, Names{name.toStdString()}, [&](const at::Tensor& x) {
            return name == "SiLU"     ? at::silu(x)
                : name == "Mish"      ? at::mish(x)
                : name == "Hardswish" ? at::hardswish(x)
                                      : at::hardsigmoid(x);
        });
    }

    void doesNotTakeASqueezeGateForSilu()
    {
        Model model;
        auto& w = model.writer;
        w.call("Mul", {"x", w.call("Sigmoid", {w.call("GlobalAveragePool", {"x"})})});
        compare(model, Names{"AdaptiveAvgPool2d", "Sigmoid", "Multiply"}, [](const at::Tensor& x) {
            return x * at::sigmoid(x.mean({2, 3}, true));
        });
    }

    void knowsLayerNormThatWasTakenApart()
    {
        Model model;
        auto& w = model.writer;
        const auto weight = test::randomTensor({6}, 2);
        const auto bias = test::randomTensor({6}, 3);
        const OnnxAttribute axes{"axes", std::vector<std::int64_t>{-1}};
        const auto centred = w.call("Sub", {"x", w.call("ReduceMean", {"x"}, {axes})});
        const auto squared = w.call("Pow", {centred, w.constant(2.0)});
        const auto variance = w.call("ReduceMean", {squared}, {axes});
        const auto root = w.call("Sqrt", {w.call("Add", {variance, w.constant(1e-3)})});
        const auto scaled =
            w.call("Mul", {w.call("Div", {centred, root}), w.parameter("n.weight", weight)});
        w.call("Add", {scaled, w.parameter("n.bias", bias)});
        compare(model, Names{"LayerNorm"},
                [&](const at::Tensor& x) { return at::layer_norm(x, {6}, weight, bias, 1e-3); });
    }

    void worksShapesAwayAndMovesTheBatch()
    {
        // Channel shuffle with sizes computed by the graph, then tokens first and the batch second.
        Model model;
        auto& w = model.writer;
        const auto shape = w.call("Shape", {"x"});
        const auto at = [&](std::int64_t i) {
            const auto one = w.call("Gather", {shape, w.constant(std::vector{i})});
            return one;
        };
        const auto half = w.call("Div", {at(1), w.constant(std::vector<std::int64_t>{2})});
        const auto split =
            w.call("Concat", {at(0), w.constant(std::vector<std::int64_t>{2}), half, at(2), at(3)},
                   {{"axis", std::int64_t{0}}});
        auto value = w.call("Reshape", {"x", split});
        value = w.call("Transpose", {value}, {{"perm", std::vector<std::int64_t>{0, 2, 1, 3, 4}}});
        value = w.call("Reshape", {value, shape});
        value = w.call("Reshape", {value, w.constant(std::vector<std::int64_t>{0, 0, -1})});
        value = w.call("Transpose", {value}, {{"perm", std::vector<std::int64_t>{2, 0, 1}}});
        value = w.call("Relu", {value});
        w.call("Transpose", {value}, {{"perm", std::vector<std::int64_t>{1, 0, 2}}});
        const auto network = import(model);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({3, 4, 6, 6});
        const auto expected = x.reshape({3, 2, 2, 6, 6}).permute({0, 2, 1, 3, 4});
        QVERIFY(relativeDifference(run(*network, x),
                                   at::relu(expected.reshape({3, 4, 36}).permute({0, 2, 1})))
                < 1e-6);
    }

    void takesTheBranchThatAKnownConditionNames_data()
    {
        QTest::addColumn<bool>("byShape");
        QTest::addColumn<bool>("holds");
        QTest::newRow("shape, true") << true << true;
        QTest::newRow("shape, false") << true << false;
        QTest::newRow("constant, true") << false << true;
        QTest::newRow("constant, false") << false << false;
    }

    void takesTheBranchThatAKnownConditionNames()
    {
        // As the old exporter writes squeeze(): whether the extent is 1 is asked at run time.
        QFETCH(bool, byShape);
        QFETCH(bool, holds);
        Model model;
        auto& w = model.writer;
        const auto shared = w.call("Sigmoid", {"x"}); // only the branches use it
        const auto index = w.constant(std::vector<std::int64_t>{1});
        const auto extent = byShape ? w.call("Gather", {w.call("Shape", {"x"}), index})
                                    : w.constant(std::vector<std::int64_t>{4});
        const auto condition =
            w.call("Equal", {extent, w.constant(std::vector<std::int64_t>{holds ? 4 : 5})});
        w.call("If", {condition});
        auto& node =
            *model.proto.mutable_graph()->mutable_node(model.proto.graph().node_size() - 1);
        for (const char* op : {"Relu", "NonMaxSuppression"}) {
            auto& attribute = *node.add_attribute();
            const bool isThen = (op == std::string("Relu")) == holds;
            attribute.set_name(isThen ? "then_branch" : "else_branch");
            attribute.set_type(onnx::AttributeProto::GRAPH);
            auto& graph = *attribute.mutable_g();
            graph.add_output()->set_name("result");
            auto& inner = *graph.add_node();
            inner.set_op_type(op);
            inner.add_input(shared);
            inner.add_output("inner");
            auto& last = *graph.add_node();
            last.set_op_type("Mul");
            last.add_input("inner");
            last.add_input("two");
            last.add_output("result");
            fillTensor(*graph.add_initializer(), at::full({}, 2.0));
            graph.mutable_initializer(0)->set_name("two");
        }
        compare(model, Names{"Sigmoid", "ReLU", "Affine"},
                [](const at::Tensor& x) { return at::relu(at::sigmoid(x)) * 2; });
    }

    void readsOldOpsets()
    {
        // Opset 9: bounds, axes, pads and parts as attributes, softmax over what follows the axis.
        Model model(9);
        auto& w = model.writer;
        auto value = w.call("Clip", {"x"}, {{"min", -1.0}, {"max", 2.0}});
        value =
            w.call("Pad", {value},
                   {{"pads", std::vector<std::int64_t>{0, 0, 1, 0, 0, 0, 0, 1}}, {"value", 0.5}});
        value = w.call("Slice", {value},
                       {{"starts", std::vector<std::int64_t>{1}},
                        {"ends", std::vector<std::int64_t>{3}},
                        {"axes", std::vector<std::int64_t>{1}}});
        value = w.call("GlobalAveragePool", {value});
        value = w.call("Squeeze", {value}, {{"axes", std::vector<std::int64_t>{2, 3}}});
        value = w.call("Dropout", {value}, {{"ratio", 0.25}});
        w.call("Softmax", {value}, {{"axis", std::int64_t{1}}});
        compare(
            model,
            Names{"Hardtanh", "Pad", "Slice", "AdaptiveAvgPool2d", "Dropout", "Flatten", "Softmax"},
            [](const at::Tensor& x) {
                const auto padded = at::constant_pad_nd(at::clamp(x, -1, 2), {0, 1, 1, 0}, 0.5);
                return at::softmax(padded.slice(1, 1, 3).mean({2, 3}), 1);
            });
    }

    void readsGemmInEveryForm()
    {
        for (const bool transposed : {false, true}) {
            Model model;
            auto& w = model.writer;
            const auto matrix = test::randomTensor({144, 5}, 4);
            const auto bias = test::randomTensor({5}, 5);
            const auto flat = w.call("Flatten", {"x"});
            w.call("Gemm",
                   {flat, w.parameter("fc.weight", transposed ? matrix.t() : matrix),
                    w.parameter("fc.bias", bias)},
                   {{"transB", std::int64_t{transposed}}, {"alpha", 0.5}, {"beta", 2.0}});
            compare(model, Names{"Flatten", "Linear"}, [&](const at::Tensor& x) {
                return x.reshape({3, 144}).matmul(matrix) * 0.5 + bias * 2.0;
            });
        }
    }

    void padsAsymmetrically()
    {
        Model model;
        auto& w = model.writer;
        const auto kernel = test::randomTensor({5, 4, 3, 3}, 6);
        const auto value = w.call("Conv", {"x", w.parameter("c.weight", kernel)},
                                  {{"pads", std::vector<std::int64_t>{0, 0, 1, 1}},
                                   {"strides", std::vector<std::int64_t>{2, 2}}});
        w.call("MaxPool", {value},
               {{"kernel_shape", std::vector<std::int64_t>{2, 2}},
                {"pads", std::vector<std::int64_t>{1, 1, 0, 0}}});
        const auto network = import(model);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = test::randomTensor({3, 4, 6, 6});
        const auto conv =
            at::conv2d(at::constant_pad_nd(x, {0, 1, 0, 1}), kernel, {}, at::IntArrayRef({2, 2}));
        const auto around =
            at::constant_pad_nd(conv, {1, 0, 1, 0}, -std::numeric_limits<double>::infinity());
        const auto expected = at::max_pool2d(around, {2, 2}, {1, 1});
        QVERIFY(relativeDifference(run(*network, x), expected) < 1e-5);
    }

    void namesBothOutputsOfADetector()
    {
        ESPALIER_SHARED_FILE(path, "models/face_slim320_opset9.onnx");
        const auto network = importModel(path);
        QVERIFY(!network);
        const auto message = QString::fromStdString(network.error().message);
        QVERIFY2(message.contains("'scores' and 'boxes'"), qPrintable(message));
    }

    void refusesWithASentence_data()
    {
        QTest::addColumn<QString>("op");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown") << "NonMaxSuppression"
                                 << "(NonMaxSuppression) is an operator";
        QTest::newRow("control flow") << "If"
                                      << "control flow";
        QTest::newRow("quantised") << "QLinearConv"
                                   << "quantised";
        QTest::newRow("resize") << "Resize"
                                << "size of images";
    }

    void refusesWithASentence()
    {
        QFETCH(QString, op);
        QFETCH(QString, says);
        Model model;
        model.writer.call(op.toStdString(), {"x"});
        const auto message = refusal(model);
        QVERIFY2(message.contains(says) && message.contains("'made"), qPrintable(message));
    }

    void refusesCycles()
    {
        Model model;
        model.writer.call("Relu", {"b"});
        auto& graph = *model.proto.mutable_graph();
        auto& back = *graph.add_node();
        back.set_op_type("Sigmoid");
        back.add_input("y");
        back.add_output("b");
        std::swap(*graph.mutable_node(0), *graph.mutable_node(1));
        model.writer.endAs("y"); // last is the Relu again
        const auto message = refusal(model);
        QVERIFY2(message.contains("cycle"), qPrintable(message));
    }

    void refusesForeignDomainsWithinBranches()
    {
        Model model;
        model.writer.call("If", {"x"});
        auto& attribute = *model.proto.mutable_graph()->mutable_node(0)->add_attribute();
        attribute.set_name("then_branch");
        attribute.set_type(onnx::AttributeProto::GRAPH);
        attribute.mutable_g()->add_node()->set_domain("com.example");
        QVERIFY(refusal(model).contains("com.example"));
    }

    void tellsThatBatchNormWasFolded()
    {
        ESPALIER_SHARED_FILE(folded, "models/resnet20_cifar10_folded.onnx");
        ESPALIER_SHARED_FILE(whole, "models/resnet20_cifar10.onnx");
        const auto network = importModel(folded);
        QVERIFY(network);
        QCOMPARE(network->metadata().notices.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(network->metadata().notices[0]).contains("19 convolutions"));
        QVERIFY(importModel(whole)->metadata().notices.empty());
    }

    void refusesForeignDomains()
    {
        Model model;
        model.writer.call("Magic", {"x"});
        model.proto.mutable_graph()->mutable_node(0)->set_domain("com.example");
        const auto message = refusal(model);
        QVERIFY2(message.contains("com.example") && message.contains("Magic"), qPrintable(message));
    }

    void refusesSeveralInputsAndOthersThanImages()
    {
        Model two;
        Model::value(*two.proto.mutable_graph()->add_input(), "z", {0, 4});
        two.writer.call("Relu", {"x"});
        QVERIFY(refusal(two).contains("'x' and 'z'"));
        Model flat(17, {0, 12});
        flat.writer.call("Relu", {"x"});
        QVERIFY(refusal(flat).contains("2 dimensions"));
        Model open(17, {0, 4, 0, 0});
        open.writer.call("Relu", {"x"});
        QVERIFY(refusal(open).contains("give the input shape"));
        QVERIFY(importOnnx(file("made.onnx"), Shape{4, 6, 6}));
    }

    void refusesWeightsThatAreNoNumbers()
    {
        Model model;
        auto weight = test::randomTensor({4, 4, 1, 1});
        weight[0][0][0][0] = std::numeric_limits<double>::quiet_NaN();
        model.writer.call("Conv", {"x", model.writer.parameter("c.weight", weight)});
        const auto message = refusal(model);
        QVERIFY2(message.contains("c.weight") && message.contains("finite"), qPrintable(message));
    }

    void refusesWeightsOutsideOfTheFolder_data()
    {
        QTest::addColumn<QString>("location");
        QTest::addColumn<QString>("offset");
        QTest::addColumn<QString>("says");
        QTest::newRow("above") << "../secret"
                               << "0"
                               << "outside";
        QTest::newRow("absolute") << "/etc/passwd"
                                  << "0"
                                  << "outside";
        QTest::newRow("hidden") << "a/../../secret"
                                << "0"
                                << "outside";
        QTest::newRow("link") << "link"
                              << "0"
                              << "outside";
        QTest::newRow("missing") << "nothing"
                                 << "0"
                                 << "not there";
        QTest::newRow("beyond the end") << "weights"
                                        << "40"
                                        << "does not hold it";
        QTest::newRow("no number") << "weights"
                                   << "-8"
                                   << "does not hold it";
    }

    void refusesWeightsOutsideOfTheFolder()
    {
        QFETCH(QString, location);
        QFETCH(QString, offset);
        QFETCH(QString, says);
        std::ofstream(file("weights")) << std::string(64, 'w');
        std::error_code error;
        fs::create_symlink("/etc/passwd", file("link"), error);
        Model model;
        model.writer.call(
            "Conv", {"x", model.writer.parameter("c.weight", test::randomTensor({4, 4, 1, 1}))});
        auto& tensor = *model.proto.mutable_graph()->mutable_initializer(0);
        tensor.clear_raw_data();
        tensor.set_data_location(onnx::TensorProto::EXTERNAL);
        const std::vector<std::pair<std::string, QString>> notes{{"location", location},
                                                                 {"offset", offset}};
        for (const auto& [key, value] : notes) {
            auto& entry = *tensor.add_external_data();
            entry.set_key(key);
            entry.set_value(value.toStdString());
        }
        const auto message = refusal(model);
        QVERIFY2(message.contains(says), qPrintable(message));
    }

    void refusesTensorsThatLieAboutTheirSize()
    {
        Model model;
        model.writer.call(
            "Conv", {"x", model.writer.parameter("c.weight", test::randomTensor({4, 4, 1, 1}))});
        model.proto.mutable_graph()->mutable_initializer(0)->set_dims(0, 1'000'000'000);
        QVERIFY(refusal(model).contains("c.weight"));
        Model large;
        auto& w = large.writer;
        const auto sizes = w.constant(std::vector<std::int64_t>{1 << 20, 1 << 20, 1 << 20});
        w.call("Add", {"x", w.call("ConstantOfShape", {sizes})});
        QVERIFY(refusal(large).contains("too large"));
    }

    void survivesAnyDamage()
    {
        QVERIFY(exportOnnx(test::tokenOperators(), file("whole.onnx")));
        std::ifstream stream(file("whole.onnx"), std::ios::binary);
        const std::string whole((std::istreambuf_iterator<char>(stream)), {});
        QRandomGenerator random(1);
        int imported = 0;
        for (int i = 0; i < 1000; ++i) {
            auto damaged = whole;
            for (int k = 0; k < 1 + i % 4; ++k)
                damaged[random.bounded(static_cast<quint32>(damaged.size()))] =
                    static_cast<char>(random.bounded(256));
            std::ofstream(file("damaged.onnx"), std::ios::binary) << damaged;
            const auto network = importOnnx(file("damaged.onnx"));
            QVERIFY(network || !network.error().message.empty());
            imported += network.has_value();
        }
        QVERIFY(imported > 0 && imported < 1000); // most hit weights, some the graph
    }

    void refusesDamagedFilesAndFarOpsets()
    {
        QVERIFY(exportOnnx(test::imageOperators(), file("whole.onnx")));
        const auto size = fs::file_size(file("whole.onnx"));
        for (const auto part : {size / 2, size - 1, std::uintmax_t{3}}) {
            fs::copy_file(file("whole.onnx"), file("cut.onnx"),
                          fs::copy_options::overwrite_existing);
            fs::resize_file(file("cut.onnx"), part);
            const auto cut = importOnnx(file("cut.onnx"));
            QVERIFY(!cut);
            QCOMPARE(cut.error().code, ErrorCode::BadFormat);
        }
        Model old(7);
        old.writer.call("Relu", {"x"});
        QVERIFY(refusal(old).contains("opset 7"));
    }
};

QTEST_GUILESS_MAIN(TestOnnxImport)
#include "tst_onnx_import.moc"
