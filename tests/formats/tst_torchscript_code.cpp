#include <QtTest>

#include <fstream>
#include <iterator>

#include "formats/state_dict_p.h"
#include "formats/torchscript_code_p.h"
#include "support/shared_data.h"
#include "support/zip_writer.h"

using namespace espalier;
using namespace espalier::test;

namespace {

std::string repeated(const std::string& text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += text;
    return result;
}

ZipArchive archiveOf(const std::string& record, const std::string& content)
{
    ZipWriter zip;
    zip.add("model/" + record, content);
    zip.add("model/version", "3\n");
    return *ZipArchive::open(ByteSource::memory(zip.finish(), "model.pt"));
}

Status checkedCode(const std::string& code)
{
    return checkTorchScriptCode(archiveOf("code/__torch__/net.py", code));
}

Status checkedPickle(const std::string& operations)
{
    return checkTorchScriptTensors(archiveOf("data.pkl", "\x80\x02" + operations + "."), "data");
}

std::string forward(const std::string& body)
{
    return "class Net(Module):\n  def forward(self: __torch__.net.Net, x: Tensor) -> Tensor:\n"
        + body;
}

std::string number(int i)
{
    return std::to_string(i);
}

/// Functions each of which calls the next.
std::string chainOfFunctions(int length)
{
    std::string code;
    for (int i = 0; i < length; ++i)
        code += "def f" + number(i) + "(x: Tensor) -> Tensor:\n  return __torch__.net.f"
            + number(i + 1) + "(x)\n";
    return code;
}

} // namespace

/// What an archive makes LibTorch do before the network is looked at.
class TestTorchScriptCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatPyTorchWrites_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("traced") << "traced";
        QTest::newRow("scripted") << "scripted";
    }

    void acceptsWhatPyTorchWrites()
    {
        QFETCH(QString, name);
        const auto file = testFile("fuzz") / "seeds" / "torchscript" / name.toStdString();
        const auto archive = ZipArchive::open(*ByteSource::file(file));
        QVERIFY(archive);
        const auto code = checkTorchScriptCode(*archive);
        QVERIFY2(code, code ? "" : code.error().message.c_str());
        for (const auto* pickle : {"data", "constants"}) {
            const auto tensors = checkTorchScriptTensors(*archive, pickle);
            QVERIFY2(tensors, tensors ? "" : tensors.error().message.c_str());
        }
    }

    void refusesWhatRunsOutOfStack_data()
    {
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const std::string& code) {
            QTest::newRow(name) << QString::fromStdString(code);
        };
        constexpr int many = 3000;
        const auto returned = [](const std::string& expression) {
            return forward("    return " + expression + "\n");
        };
        row("brackets", returned(repeated("[", many) + repeated("]", many)));
        row("brackets over lines", returned(repeated("(\n", many)));
        row("negations", returned(repeated("not ", many) + "x"));
        row("sums", returned("x" + repeated(" + x", many)));
        row("sums over lines", returned("x" + repeated(" + \\\n x", many)));
        row("attributes", returned("x" + repeated(".a", many)));
        row("calls", returned("x" + repeated("()", many)));
        row("sums in brackets", returned(repeated("(x" + repeated("+x", 100), 100)));
        row("a type's comment", forward("    # type: " + repeated("List[", many) + "\n"));
        row("behind literals",
            forward("    # '''\n    y = ['''a\"''', \"'\", '\\'', " + repeated("[", many) + "\n"));
        std::string blocks;
        for (int depth = 0; depth < many; ++depth)
            blocks += std::string(static_cast<std::size_t>(depth) + 4, ' ') + "if True:\n";
        row("blocks", forward(blocks));
        row("alternatives",
            forward("    if True:\n      pass\n" + repeated("    elif True:\n      pass\n", many)));
        row("functions", chainOfFunctions(many));
        std::string classes;
        for (int i = many; i >= 0; --i)
            classes +=
                "class A" + number(i) + "(Module):\n  a : __torch__.net.A" + number(i + 1) + "\n";
        row("classes", classes);
    }

    void refusesWhatRunsOutOfStack()
    {
        QFETCH(QString, code);
        const auto status = checkedCode(code.toStdString());
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unsupported);
    }

    void takesLongProgramsThatDoNotNest()
    {
        constexpr int many = 3000;
        std::string body;
        for (int i = 0; i < many; ++i)
            body += "    x" + number(i) + " = torch.add(x, x, alpha=-1.5)\n";
        body += "    y = [" + repeated("-1.5, ", many) + "]\n";
        body += "    z = \"" + repeated("(", many) + "\" # " + repeated("(", many) + "\n";
        QVERIFY(checkedCode(forward(body)));
        std::string classes;
        for (int i = 0; i < many; ++i)
            classes += "class A" + number(i) + "(Module):\n  training : bool\n";
        QVERIFY(checkedCode(classes));
        QVERIFY(checkedCode(chainOfFunctions(100)));
    }

    void refusesCodeThatRunsWhileItIsLoaded()
    {
        const auto status = checkedCode("class Net(Module):\n  def __setstate__(self: "
                                        "__torch__.net.Net, state: int) -> None:\n    pass\n");
        QVERIFY(!status);
        QVERIFY(status.error().message.find("quantised") != std::string::npos);
    }

    void refusesClassesThatPyTorchDoesNotWrite_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("a constant without type") << "x = 3";
        QTest::newRow("in brackets") << "(x) = 3";
        QTest::newRow("several") << "x, y = 3";
        QTest::newRow("an element") << "x[0] = 3";
        QTest::newRow("no statement") << "x";
        QTest::newRow("tabs") << "training : bool\n\tx = 3";
    }

    void refusesClassesThatPyTorchDoesNotWrite()
    {
        QFETCH(QString, statement);
        const auto code = "class Net(Module):\n  __parameters__ = []\n  " + statement.toStdString()
            + "\n  def forward(self: __torch__.net.Net, x: Tensor) -> Tensor:\n    return x\n";
        QVERIFY(!checkedCode(code));
        QVERIFY(!checkedCode("\n# comment\n" + code));
    }

    void takesClassesAsPyTorchWritesThem()
    {
        QVERIFY(checkedCode("class Net(Module):\n  __parameters__ = [\"w\", ]\n  __buffers__ = []\n"
                            "  __annotations__ = []\n  __annotations__[\"0\"] = int\n"
                            "  w : Tensor\n  k : Final[int] = 3\n  def forward(self: "
                            "__torch__.net.Net,\n  x: Tensor) -> Tensor:\n    y = x\n"
                            "    return y\nclass Colour(Enum):\n  RED = 1\n"
                            "class Empty(Module):\n  pass\n"));
    }

    /// LibTorch would find them where it looks for names in the usual letters.
    void refusesNamesInOtherLetters()
    {
        const auto code = forward("    return x\n");
        for (const char* record : {"CODE/__torch__/net.py", "code/__torch__/net.PY", "DATA.PKL",
                                   "Constants.pkl", "Version"})
            QVERIFY2(!checkTorchScriptCode(archiveOf(record, code)), record);
        QVERIFY(checkTorchScriptCode(archiveOf("code/__torch__/Net.py", code)));
    }

    void refusesPicklesThatLibTorchDoesNotSurvive_data()
    {
        QTest::addColumn<QByteArray>("operations");
        const auto row = [](const char* name, const std::string& operations) {
            QTest::newRow(name) << QByteArray::fromStdString(operations);
        };
        using namespace std::string_literals;
        const std::string type = repeated("List[", 3000);
        row("tuples within tuples", ")" + repeated("\x85", 3000));
        row("objects within objects", repeated("c__torch__\nA\n)\x81", 3000) + repeated("b", 2999));
        row("a list of itself", "]q\0h\0a"s);
        row("a far place in the table", ")r\xff\xff\xff\x3f");
        row("a deep type",
            "X"s + static_cast<char>(type.size() & 0xff) + static_cast<char>(type.size() >> 8)
                + "\0\0"s + type);
        row("a quantised tensor", "ctorch._utils\n_rebuild_qtensor\n)R");
    }

    void refusesPicklesThatLibTorchDoesNotSurvive()
    {
        QFETCH(QByteArray, operations);
        QVERIFY(!checkedPickle(operations.toStdString()));
    }

    void takesPicklesWhoseValuesAreShared()
    {
        using namespace std::string_literals;
        // One tuple, three times within the next, and so on: small, though a tree of it is not.
        std::string operations = ")";
        for (char i = 0; i < 100; ++i)
            operations += "q"s + i + "h"s + i + "h"s + i + "\x87"s;
        QVERIFY(checkedPickle(operations));
        QVERIFY(checkedPickle("c__torch__\nA\n)\x81}b"));
    }
};

QTEST_GUILESS_MAIN(TestTorchScriptCode)
#include "tst_torchscript_code.moc"
