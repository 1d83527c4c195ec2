#include <filesystem>
#include <fstream>

#include <QTemporaryDir>
#include <QTest>

#include "data/class_map.h"

namespace fs = std::filesystem;
using namespace espalier;

using Outputs = std::vector<std::int64_t>;
using ByName = std::map<std::string, std::int64_t>;

namespace {

const std::vector<std::string> pets{"cat", "dog", "tench, a fish"};

} // namespace

class TestClassMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTexts();
    void numbersAlikeWithoutAMap();
    void takesListsAndNames();
    void readsFiles_data();
    void readsFiles();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
};

void TestClassMap::readsTexts()
{
    QVERIFY(parseClassMap("0,217,482") == ClassMap(Outputs{0, 217, 482}));
    QVERIFY(parseClassMap("7") == ClassMap(Outputs{7}));
    QVERIFY(parseClassMap("cat=3,a=b=5") == ClassMap(ByName{{"cat", 3}, {"a=b", 5}}));
    QVERIFY(parseClassMap("synsets.txt") == ClassMap(fs::path("synsets.txt")));
    QVERIFY(!parseClassMap(""));
    for (const auto* text : {"0,217,482", "a=b=5,cat=3", "some/file, with a comma"})
        QCOMPARE(classMapText(*parseClassMap(text)), std::string(text));
    QCOMPARE(classMapText({}), std::string());
}

void TestClassMap::numbersAlikeWithoutAMap()
{
    QVERIFY(classOutputs({}, pets) == Outputs({0, 1, 2}));
}

void TestClassMap::takesListsAndNames()
{
    QVERIFY(classOutputs(Outputs{5, 0, 9}, pets) == Outputs({5, 0, 9}));
    QVERIFY(classOutputs(ByName{{"dog", 4}, {"cat", 8}, {"tench, a fish", 1}}, pets)
            == Outputs({8, 4, 1}));
}

void TestClassMap::readsFiles_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<Outputs>("outputs");
    QTest::newRow("numbers") << "dog 7\ncat\t3\r\ntench, a fish   11\nunicorn 0\n\n"
                             << Outputs{3, 7, 11};
    QTest::newRow("a line for each output") << "ant\ndog\ntench, a fish\ncat\n" << Outputs{3, 1, 2};
    QTest::newRow("names with explanations")
        << "ant small\r\ntench, a fish\r\ncat purrs\r\ndog barks" << Outputs{2, 3, 1};
}

void TestClassMap::readsFiles()
{
    QFETCH(QString, content);
    QFETCH(Outputs, outputs);
    const QTemporaryDir dir;
    const fs::path file = fs::path(dir.path().toStdString()) / "classes.txt";
    std::ofstream(file) << content.toStdString();
    const auto found = classOutputs(file, pets);
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(*found, outputs);
}

void TestClassMap::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<ClassMap>("map");
    QTest::addColumn<QString>("problem");
    QTest::newRow("too short") << ClassMap(Outputs{1, 2}) << "lists 2 outputs, but the data has 3";
    QTest::newRow("negative") << ClassMap(Outputs{1, -2, 3}) << "negative";
    QTest::newRow("a class is missing")
        << ClassMap(ByName{{"cat", 1}, {"dog", 2}}) << "no output for the class 'tench, a fish'";
    QTest::newRow("an unknown class")
        << ClassMap(ByName{{"cat", 1}, {"dog", 2}, {"tench, a fish", 3}, {"cow", 4}}) << "'cow'";
    QTest::newRow("no file") << ClassMap(fs::path("/nowhere/map.txt")) << "'/nowhere/map.txt'";
    QTest::newRow("a folder") << ClassMap(fs::temp_directory_path()) << "no text file";
}

void TestClassMap::refusesWhatDoesNotFit()
{
    QFETCH(ClassMap, map);
    QFETCH(QString, problem);
    const auto outputs = classOutputs(map, pets);
    QVERIFY(!outputs);
    const auto message = QString::fromStdString(outputs.error().message);
    QVERIFY2(message.contains(problem), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestClassMap)
#include "tst_class_map.moc"
