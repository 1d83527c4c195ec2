#include <limits>
#include <set>

#include <QTest>

#include <nlohmann/json.hpp>

#include "network/architectures.h"
#include "session/graph_json.h"

using namespace espalier;
using Json = nlohmann::json;

namespace {

/// A graph that holds every operator with attributes unlike the defaults.
Graph everyOperator()
{
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    std::vector<NodeSpec> nodes{
        {"input", Input{}, {}},
        {"conv",
         Conv2d{.inChannels = 4,
                .outChannels = 8,
                .kernel = {3, 5},
                .stride = {1, 2},
                .padding = {1, 2},
                .dilation = {1, 1},
                .groups = 2,
                .bias = true},
         {NodeId(0)}},
        {"norm",
         BatchNorm2d{.channels = 8, .epsilon = 1.0 / 3.0, .momentum = 0.1, .affine = false},
         {NodeId(1)}},
        {"relu", Activation{}, {NodeId(2)}},
        {"add", Add{}, {NodeId(3), NodeId(1)}},
        {"pad", Pad{.before = {1, 0, 2}, .after = {0, 1, 0}, .value = -infinity}, {NodeId(4)}},
        {"slice", Slice{.dimension = 0, .start = 1, .stop = 9, .step = 2}, {NodeId(5)}},
        {"max",
         MaxPool2d{.kernel = {2, 3},
                   .stride = {2, 1},
                   .padding = {1, 1},
                   .dilation = {1, 2},
                   .ceilMode = true},
         {NodeId(6)}},
        {"average",
         AvgPool2d{.kernel = {2, 2},
                   .stride = {2, 2},
                   .padding = {1, 0},
                   .ceilMode = true,
                   .countIncludePad = false},
         {NodeId(7)}},
        {"adaptive", AdaptiveAvgPool2d{.output = {2, 1}}, {NodeId(8)}},
        {"flatten", Flatten{}, {NodeId(9)}},
        {"dropout \xff\xc3", Dropout{.probability = 0.3}, {NodeId(10)}}, // names need not be UTF-8
        {"linear", Linear{.inFeatures = 8, .outFeatures = 3, .bias = true}, {NodeId(11)}},
        {"softmax \"ü\\", Softmax{.logarithm = true}, {NodeId(12)}},
        {"parameter", Parameter{.shape = {3}, .trainable = false}, {}},
        {"multiply", Multiply{}, {NodeId(13), NodeId(14)}},
        {"divide", Divide{}, {NodeId(15), NodeId(14)}},
        {"affine", Affine{.scale = 0.1, .shift = -infinity}, {NodeId(16)}},
        {"layer norm",
         LayerNorm{.normalized = {3}, .epsilon = 1e-6, .affine = false},
         {NodeId(17)}},
        {"group norm",
         GroupNorm{.groups = 3, .channels = 3, .epsilon = 1e-6, .affine = false},
         {NodeId(18)}},
        {"row", Rearrange{.split = {3}, .order = {0}, .merged = {1, 3}}, {NodeId(19)}},
        {"column", Rearrange{.split = {1, 3}, .order = {1, 0}, .merged = {3, 1}}, {NodeId(20)}},
        {"product", MatMul{}, {NodeId(20), NodeId(21)}},
        {"concat", Concat{.dimension = 1}, {NodeId(22), NodeId(22)}},
        {"reduce",
         Reduce{.kind = ReduceKind::L2Norm, .dimensions = {1}, .keep = true},
         {NodeId(23)}},
        {"gelu", Activation{.kind = ActivationKind::GeluTanh, .a = 0.5, .b = 2.0}, {NodeId(24)}},
    };
    return Graph::build(std::move(nodes), {4, 12, 16}).value();
}

bool same(const Graph& a, const Graph& b)
{
    return std::ranges::equal(a.nodes(), b.nodes(), [](const Node& x, const Node& y) {
        return x.id == y.id && x.name == y.name && x.operation == y.operation
            && x.inputs == y.inputs && x.shape == y.shape;
    });
}

Json base()
{
    return Json::parse(graphToJson(everyOperator()));
}

/// Every place of a document, as JSON pointers.
void places(const Json& json, const Json::json_pointer& at, std::vector<Json::json_pointer>& found)
{
    found.push_back(at);
    if (json.is_object())
        for (const auto& [key, value] : json.items())
            places(value, at / key, found);
    else if (json.is_array())
        for (std::size_t i = 0; i < json.size(); ++i)
            places(json[i], at / i, found);
}

} // namespace

class GraphJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOperatorSurvives();
    void realArchitecturesSurvive();
    void refusesForeignDocuments_data();
    void refusesForeignDocuments();
    void refusesDamagedDocuments_data();
    void refusesDamagedDocuments();
    void everyMutationIsAGraphOrRefused();
    void everyTruncationIsRefused();
};

void GraphJsonTest::everyOperatorSurvives()
{
    const auto graph = everyOperator();
    std::set<std::size_t> kinds;
    for (const auto& node : graph.nodes())
        kinds.insert(node.operation.index());
    QCOMPARE(kinds.size(), std::variant_size_v<Operation>); // a new operator belongs into this test
    const auto again = graphFromJson(graphToJson(graph));
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY(same(graph, *again));
}

void GraphJsonTest::realArchitecturesSurvive()
{
    for (const auto* name : {"resnet20", "resnet110"}) {
        const auto network = makeNetwork(name, {3, 32, 32}, 10, 1);
        QVERIFY(network);
        const auto again = graphFromJson(graphToJson(network->graph()));
        QVERIFY(again);
        QVERIFY(same(network->graph(), *again));
    }
}

void GraphJsonTest::refusesForeignDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("graph");
    QTest::newRow("a number") << QByteArray("3");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("another format") << QByteArray(R"({"format": "netron", "version": 1})");
    QTest::newRow("format of another type") << QByteArray(R"({"format": [1], "version": 1})");
    QTest::newRow("a newer version") << QByteArray(R"({"format": "espalier-graph", "version": 2})");
    QTest::newRow("nested without end") << QByteArray(200000, '[');
    QTest::newRow("objects without end") << QByteArray(R"({"a":)").repeated(200000);
    QTest::newRow("not UTF-8") << QByteArray("{\"format\": \"\xff\"}");
    QTest::newRow("a number too large") << QByteArray(R"({"format": 1e999})");
}

void GraphJsonTest::refusesForeignDocuments()
{
    QFETCH(QByteArray, text);
    const auto graph = graphFromJson(text.toStdString());
    QVERIFY(!graph);
    QCOMPARE(graph.error().code, ErrorCode::BadFormat);
    QVERIFY(!graph.error().message.empty());
}

void GraphJsonTest::refusesDamagedDocuments_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("value"); ///< empty: the place is removed
    QTest::newRow("no nodes") << QByteArray("/nodes") << QByteArray("[]");
    QTest::newRow("input missing") << QByteArray("/input") << QByteArray();
    QTest::newRow("unknown field") << QByteArray("/author") << QByteArray("1");
    QTest::newRow("input shape empty") << QByteArray("/input") << QByteArray("[]");
    QTest::newRow("input shape negative") << QByteArray("/input/0") << QByteArray("-4");
    QTest::newRow("input shape huge")
        << QByteArray("/input/1") << QByteArray("9223372036854775807");
    QTest::newRow("shape beyond int64")
        << QByteArray("/input/1") << QByteArray("18446744073709551615");
    QTest::newRow("name missing") << QByteArray("/nodes/1/name") << QByteArray();
    QTest::newRow("name twice") << QByteArray("/nodes/1/name") << QByteArray("\"relu\"");
    QTest::newRow("name of wrong bytes") << QByteArray("/nodes/1/name") << QByteArray("[256]");
    QTest::newRow("unknown operator")
        << QByteArray("/nodes/1/operation/op") << QByteArray("\"Conv9d\"");
    QTest::newRow("operator of another node")
        << QByteArray("/nodes/1/operation/op") << QByteArray("\"Activation\"");
    QTest::newRow("attribute missing")
        << QByteArray("/nodes/1/operation/attributes/groups") << QByteArray();
    QTest::newRow("attribute unknown")
        << QByteArray("/nodes/3/operation/attributes/slope") << QByteArray("1");
    QTest::newRow("attribute a fraction")
        << QByteArray("/nodes/1/operation/attributes/groups") << QByteArray("2.0");
    QTest::newRow("flag a number")
        << QByteArray("/nodes/1/operation/attributes/bias") << QByteArray("1");
    QTest::newRow("no stride") << QByteArray("/nodes/1/operation/attributes/stride/0")
                               << QByteArray("0");
    QTest::newRow("no groups") << QByteArray("/nodes/1/operation/attributes/groups")
                               << QByteArray("0");
    QTest::newRow("huge padding") << QByteArray("/nodes/1/operation/attributes/padding/0")
                                  << QByteArray("9223372036854775807");
    QTest::newRow("huge kernel") << QByteArray("/nodes/1/operation/attributes/kernel/0")
                                 << QByteArray("9223372036854775807");
    QTest::newRow("huge constant pad") << QByteArray("/nodes/5/operation/attributes/before/1")
                                       << QByteArray("9223372036854775807");
    QTest::newRow("three strides")
        << QByteArray("/nodes/1/operation/attributes/stride") << QByteArray("[1,1,1]");
    QTest::newRow("slice beyond") << QByteArray("/nodes/6/operation/attributes/stop")
                                  << QByteArray("99");
    QTest::newRow("reads itself") << QByteArray("/nodes/3/inputs/0") << QByteArray("3");
    QTest::newRow("reads ahead") << QByteArray("/nodes/3/inputs/0") << QByteArray("9");
    QTest::newRow("reads nothing") << QByteArray("/nodes/3/inputs") << QByteArray("[]");
    QTest::newRow("reads a negative node") << QByteArray("/nodes/3/inputs/0") << QByteArray("-1");
    QTest::newRow("reads far away")
        << QByteArray("/nodes/3/inputs/0") << QByteArray("9223372036854775807");
    QTest::newRow("second input") << QByteArray("/nodes/3/operation")
                                  << QByteArray(R"({"op":"Input","attributes":{}})");
}

void GraphJsonTest::refusesDamagedDocuments()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, value);
    auto json = base();
    const Json::json_pointer pointer(place.toStdString());
    if (value.isEmpty())
        json.at(pointer.parent_pointer()).erase(pointer.back());
    else
        json[pointer] = Json::parse(value.toStdString());
    const auto graph = graphFromJson(json.dump());
    QVERIFY(!graph);
    QCOMPARE(graph.error().code, ErrorCode::BadFormat);
}

void GraphJsonTest::everyMutationIsAGraphOrRefused()
{
    const std::vector<Json> values{nullptr,
                                   true,
                                   -1,
                                   0,
                                   1,
                                   7,
                                   1U << 31U,
                                   std::numeric_limits<std::int64_t>::max(),
                                   std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::uint64_t>::max(),
                                   0.5,
                                   -1e308,
                                   "inf",
                                   "",
                                   "Conv2d",
                                   Json::array(),
                                   Json::object(),
                                   Json::array({1, 2}),
                                   Json::array({-5, 1LL << 62})};
    std::vector<Json::json_pointer> all;
    const auto original = base();
    places(original, Json::json_pointer(), all);
    std::size_t refused = 0;
    for (const auto& place : all) {
        for (const auto& value : values) {
            auto json = original;
            json[place] = value;
            const auto graph = graphFromJson(json.dump());
            if (graph)
                QVERIFY(graph->macs() != -1); // what is accepted can be used
            else {
                QCOMPARE(graph.error().code, ErrorCode::BadFormat);
                ++refused;
            }
        }
    }
    QVERIFY(refused > all.size() * values.size() / 2);
}

void GraphJsonTest::everyTruncationIsRefused()
{
    const auto text = graphToJson(everyOperator());
    for (std::size_t length = 0; length < text.size(); ++length)
        QVERIFY(!graphFromJson(text.substr(0, length)));
}

QTEST_GUILESS_MAIN(GraphJsonTest)
#include "tst_graph_json.moc"
