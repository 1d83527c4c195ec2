#include <QtTest>

#include <fstream>
#include <set>

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include "formats/exported_operators_p.h"
#include "formats/model_file.h"
#include "formats/torch_export.h"
#include "network/executor_p.h"
#include "network/runtime.h"
#include "support/shared_data.h"
#include "support/tensors.h"
#include "support/zip_writer.h"

using namespace espalier;
namespace fs = std::filesystem;

namespace {

at::Tensor run(const Network& network, const at::Tensor& x)
{
    return forward(network.graph(), network.weights(), x, Mode::Evaluate);
}

std::vector<std::string> names(const Network& network)
{
    std::vector<std::string> result;
    for (const auto& node : network.graph().nodes())
        result.push_back(node.name);
    return result;
}

/// A program in JSON of `nodes`, from "x" (2 x 3 x 8 x 8, or any batch) to `output`.
std::string
program(const std::string& nodes, const std::string& output = "y",
        const std::string& batch = R"({"as_expr":{"expr_str":"s0"}})",
        const std::string& inputs = R"({"user_input":{"arg":{"as_tensor":{"name":"x"}}}})")
{
    return R"({"graph_module":{"graph":{"nodes":[)" + nodes + R"(],"tensor_values":{"x":{"sizes":[)"
        + batch + R"(,{"as_int":3},{"as_int":8},{"as_int":8}]}}},"signature":{"input_specs":[)"
        + inputs + R"(],"output_specs":[{"user_output":{"arg":{"as_tensor":{"name":")" + output
        + R"("}}}}]}}})";
}

std::string node(const std::string& target, const std::string& arguments,
                 const std::string& output = R"({"as_tensor":{"name":"y"}})")
{
    return R"({"target":")" + target + R"(","inputs":[)" + arguments + R"(],"outputs":[)" + output
        + R"(],"metadata":{}})";
}

std::string tensor(const std::string& name, const std::string& value)
{
    return R"({"name":")" + name + R"(","arg":{"as_tensor":{"name":")" + value + R"("}}})";
}

std::string argument(const std::string& name, const std::string& value)
{
    return R"({"name":")" + name + R"(","arg":)" + value + "}";
}

} // namespace

class TestTorchExport : public QObject {
    Q_OBJECT

private:
    at::NoGradGuard m_noGrad;
    QTemporaryDir m_folder;

    Result<Network> imported(const std::string& json) const
    {
        test::ZipWriter zip;
        zip.add("m/models/model.json", json);
        zip.add("m/archive_format", "pt2");
        const auto file = fs::path(m_folder.path().toStdString()) / "model.pt2";
        std::ofstream(file, std::ios::binary) << zip.finish();
        return importModel(file);
    }

    std::string refusal(const std::string& json) const
    {
        const auto network = imported(json);
        return network ? std::string() : network.error().message;
    }

private Q_SLOTS:
    void initTestCase() { prepareThread(); }

    void equalsTheTorchScriptImport_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("notices");
        QTest::newRow("dynamic batch") << "resnet20_cifar10_torch215.pt2" << 0;
        QTest::newRow("training mode, fixed batch") << "resnet20_cifar10_torch215_train.pt2" << 1;
    }

    void equalsTheTorchScriptImport()
    {
        QFETCH(QString, name);
        QFETCH(int, notices);
        const auto file = test::sharedFile("models/" + name.toStdString());
        const auto reference = test::sharedFile("models/resnet20_cifar10.pt");
        if (!file || !reference)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto network = importModel(*file);
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto expected = importModel(*reference);
        const auto x = test::randomTensor({5, 3, 32, 32});
        QVERIFY(test::maxDifference(run(*network, x), run(*expected, x)) < 1e-5);
        QCOMPARE(names(*network), names(*expected));
        QCOMPARE(network->metadata().notices.size(), static_cast<std::size_t>(notices));
    }

    /// Small files by older PyTorch versions; see formats/data/make_torch_export_files.py.
    void readsTheLayoutsOfOlderVersions_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"2.1_dynamic", "2.1_train", "2.5_eval", "2.5_train",
                                 "2.5_decomposed", "2.8_eval", "2.8_train", "2.8_decomposed"})
            QTest::newRow(name) << name;
    }

    void readsTheLayoutsOfOlderVersions()
    {
        QFETCH(QString, name);
        const auto network =
            importModel(test::testFile("formats/data/exported_" + name.toStdString() + ".pt2"));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto traced = importModel(test::testFile("formats/data/traced.pt"), Shape{3, 8, 8});
        QVERIFY2(traced.has_value(), traced ? "" : traced.error().message.c_str());
        const auto x = test::randomTensor({3, 3, 8, 8});
        QVERIFY(test::maxDifference(run(*network, x), run(*traced, x)) < 1e-5);
        for (const auto& node : traced->graph().nodes()) {
            if (traced->weights()[node.id].weight.defined())
                QVERIFY2(network->graph().find(node.name), node.name.c_str());
        }
        QCOMPARE(network->metadata().notices.empty(), !name.endsWith("train"));
    }

    void fillsInDefaultsAndOrdersKeywords()
    {
        // As keywords in another order, stride and ceil_mode left out.
        const auto network = imported(
            program(node("torch.ops.aten.max_pool2d.default",
                         argument("padding", R"({"as_ints":[1,1]})") + "," + tensor("self", "x")
                             + "," + argument("kernel_size", R"({"as_ints":[3,3]})"))));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto& pool = std::get<MaxPool2d>(network->graph().nodes()[1].operation);
        QCOMPARE(pool, (MaxPool2d{.kernel = {3, 3}, .stride = {3, 3}, .padding = {1, 1}}));
    }

    void worksOutSizes()
    {
        const auto sizes = node("torch.ops.aten.sym_size.int",
                                tensor("self", "x") + "," + argument("dim", R"({"as_int":0})"),
                                R"({"as_sym_int":{"as_name":"b"}})")
            + ","
            + node("torch.ops.aten.sym_size.int",
                   tensor("self", "x") + "," + argument("dim", R"({"as_int":-1})"),
                   R"({"as_sym_int":{"as_name":"w"}})")
            + ","
            + node("_operator.mul",
                   argument("a", R"({"as_sym_int":{"as_name":"w"}})") + ","
                       + argument("b", R"({"as_int":24})"),
                   R"({"as_sym_int":{"as_name":"f"}})")
            + ","
            + node("torch.ops.aten._assert_scalar.default",
                   argument("self", R"({"as_sym_int":{"as_name":"f"}})") + ","
                       + argument("assert_msg", R"({"as_string":"no"})"),
                   "")
            + ","
            + node("torch.ops.aten.view.default",
                   tensor("self", "x") + ","
                       + argument("size", R"({"as_sym_ints":[{"as_name":"b"},{"as_name":"f"}]})"));
        const auto network = imported(program(sizes));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(network->graph().outputShape(), (Shape{192}));
    }

    void takesAFixedBatchAsTheBatch()
    {
        const auto flatten =
            node("torch.ops.aten.view.default",
                 tensor("self", "x") + "," + argument("size", R"({"as_ints":[4,192]})"));
        const auto network = imported(program(flatten, "y", R"({"as_int":4})"));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QCOMPARE(network->graph().outputShape(), (Shape{192}));
    }

    /// The mask and the bias of windowed attention (Swin) are such: made beside the network's
    /// values, cut and looked up.
    void worksOutConstantsMadeBesideTheNetwork()
    {
        const auto made = [](const std::string& name, const std::string& arguments,
                             const std::string& output) {
            return node("torch.ops.aten." + name, arguments,
                        R"({"as_tensor":{"name":")" + output + R"("}})");
        };
        const auto network = imported(program(
            made("new_zeros.default",
                 tensor("self", "x") + "," + argument("size", R"({"as_ints":[8]})"), "zeros")
            + ","
            + made("new_full.default",
                   tensor("self", "x") + "," + argument("size", R"({"as_ints":[2]})") + ","
                       + argument("fill_value", R"({"as_float":3.0})"),
                   "threes")
            + ","
            + made("slice_scatter.default",
                   tensor("self", "zeros") + "," + tensor("src", "threes") + ","
                       + argument("start", R"({"as_int":2})") + ","
                       + argument("end", R"({"as_int":4})"),
                   "some")
            + "," + made("arange.default", argument("end", R"({"as_int":8})"), "up") + ","
            + made("rsub.Scalar", tensor("self", "up") + "," + argument("other", R"({"as_int":7})"),
                   "down")
            + ","
            + made("index.Tensor",
                   tensor("self", "some") + ","
                       + argument("indices", R"({"as_tensors":[{"name":"down"}]})"),
                   "turned")
            + ","
            + made("add.Tensor", tensor("self", "x") + "," + tensor("other", "turned"), "y")));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        const auto x = at::randn({3, 3, 8, 8});
        const auto added = at::tensor({0.0F, 0.0F, 0.0F, 0.0F, 3.0F, 3.0F, 0.0F, 0.0F});
        QCOMPARE(test::maxDifference(run(*network, x), x + added), 0.0);
    }

    /// roll() as run_decompositions() writes it.
    void rollsByAnIndexSelect()
    {
        const auto made = [](const std::string& name, const std::string& arguments,
                             const std::string& output) {
            return node("torch.ops.aten." + name, arguments,
                        R"({"as_tensor":{"name":")" + output + R"("}})");
        };
        const auto selected = [&](int first, int count) {
            return made("arange.default",
                        argument("end", R"({"as_int":)" + std::to_string(count) + "}"), "all")
                + ","
                + made("add.Tensor",
                       tensor("self", "all") + ","
                           + argument("other", R"({"as_int":)" + std::to_string(first) + "}"),
                       "more")
                + ","
                + made("fmod.Scalar",
                       tensor("self", "more") + "," + argument("other", R"({"as_int":8})"), "which")
                + ","
                + made("index_select.default",
                       tensor("self", "x") + "," + argument("dim", R"({"as_int":-1})") + ","
                           + tensor("index", "which"),
                       "y");
        };
        for (const int first : {0, 3, 7}) {
            const auto network = imported(program(selected(first, 8)));
            QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
            const auto x = test::randomTensor({3, 3, 8, 8});
            QCOMPARE(test::maxDifference(run(*network, x), x.roll(-first, -1)), 0.0);
        }
        QVERIFY(refusal(program(selected(3, 7))).find("aten::index_select") != std::string::npos);
    }

    /// The first linear layer of a VGG has 25088 x 4096.
    void takesConstantsAsLargeAsTheModels()
    {
        const auto large = AtenValue::of(at::empty({8192, 8193}));
        const auto order = AtenValue::of(std::vector<std::int64_t>{1, 0});
        ConstantFolding folding;
        QVERIFY(folding.admit("permute", {large, order}).has_value());
        QVERIFY(folding.admit("clone", {large}).has_value());
        const auto column = AtenValue::of(at::empty({8192, 1}));
        const auto row = AtenValue::of(at::empty({8193}));
        const auto outer = folding.admit("add", {column, row});
        QVERIFY(!outer.has_value() && outer.error().message.find("too large") != std::string::npos);
    }

    void followsInPlaceOperators()
    {
        const auto nodes =
            node("torch.ops.aten.max_pool2d.default",
                 tensor("self", "x") + "," + argument("kernel_size", R"({"as_ints":[2,2]})"))
            + ","
            + node("torch.ops.aten.relu_.default", tensor("self", "y"),
                   R"({"as_tensor":{"name":"unused"}})");
        const auto network = imported(program(nodes));
        QVERIFY2(network.has_value(), network ? "" : network.error().message.c_str());
        QVERIFY(std::holds_alternative<Activation>(network->graph().nodes().back().operation));
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& json, const char* says) {
            QTest::newRow(name) << QString::fromStdString(json) << says;
        };
        row("no JSON", "{", "JSON");
        row("another JSON", "[]", "JSON");
        row("deeply nested", std::string(100'000, '['), "JSON");
        row("unknown operator", program(node("torch.ops.aten.erfinv.default", tensor("self", "x"))),
            "aten::erfinv");
        row("another library", program(node("torch.ops.quantized.conv2d.new", tensor("a", "x"))),
            "torch.ops.quantized.conv2d.new");
        row("control flow",
            program(node("torch.ops.higher_order.cond", argument("", R"({"as_graph":{}})"))),
            "as_graph");
        row("a missing argument",
            program(node("torch.ops.aten.max_pool2d.default", tensor("self", "x"))),
            "lacks its argument 'kernel_size'");
        row("an unknown argument",
            program(node("torch.ops.aten.relu.default",
                         tensor("self", "x") + "," + argument("magic", R"({"as_int":1})"))),
            "the argument 'magic'");
        row("an unbound value", program(node("torch.ops.aten.relu.default", tensor("self", "q"))),
            "'q'");
        row("an output that nothing makes", program(""), "'y'");
        row("the output is a constant",
            program(node("torch.ops.aten.arange.default", argument("end", R"({"as_int":3})"))),
            "does not depend on its input");
        row("a huge constant",
            program(node("torch.ops.aten.arange.default",
                         argument("end", R"({"as_int":1000000000000})"))),
            "too large");
        for (const char* size : {"9e30", "2.5", "true", "\"8\""}) {
            row(("a size of " + std::string(size)).c_str(),
                program(
                    node("torch.ops.aten.view.default",
                         tensor("self", "x") + ","
                             + argument("size", R"({"as_ints":[-1,)" + std::string(size) + "]}"))),
                "JSON");
            row(("an input of " + std::string(size)).c_str(),
                program(node("torch.ops.aten.relu.default", tensor("self", "x")), "y",
                        R"({"as_int":)" + std::string(size) + "}"),
                "JSON");
        }
        row("several inputs",
            program("", "x", R"({"as_int":1})",
                    R"({"user_input":{"arg":{"as_tensor":{"name":"x"}}}},)"
                    R"({"user_input":{"arg":{"as_tensor":{"name":"x2"}}}})"),
            "takes 2 inputs");
        row("no such parameter",
            program(
                node("torch.ops.aten.add.Tensor", tensor("self", "x") + "," + tensor("other", "w")),
                "y", R"({"as_int":1})",
                R"({"user_input":{"arg":{"as_tensor":{"name":"x"}}}},)"
                R"({"parameter":{"arg":{"name":"w"},"parameter_name":"scale"}})"),
            "lacks the tensor 'scale'");
    }

    void refusesWhatItCannotRead()
    {
        QFETCH(QString, json);
        QFETCH(QString, says);
        const auto message = QString::fromStdString(refusal(json.toStdString()));
        QVERIFY2(message.contains(says) && message.contains("model.pt2"), qPrintable(message));
    }

    void refusesATruncatedFileAtEveryLength()
    {
        ESPALIER_SHARED_FILE(path, "models/resnet20_cifar10_torch215.pt2");
        std::ifstream stream(path, std::ios::binary);
        const std::string whole((std::istreambuf_iterator<char>(stream)), {});
        const auto file = fs::path(m_folder.path().toStdString()) / "part.pt2";
        for (std::size_t part = 1; part < 20; ++part) {
            std::ofstream(file, std::ios::binary) << whole.substr(0, whole.size() * part / 20);
            QVERIFY(!importModel(file).has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestTorchExport)
#include "tst_torch_export.moc"
