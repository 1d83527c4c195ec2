#include <filesystem>
#include <fstream>
#include <limits>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ATen/Functions.h>
#include <sqlite3.h>

#include "network/architectures.h"
#include "network/network_p.h"
#include "session/history_json_p.h"
#include "session/session_values.h"
#include "session/store.h"
#include "support/tensors.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;
using Access = SessionStore::Access;

namespace {

/// A statement on the file behind the store's back; the first column of the first row, or -1.
std::int64_t sql(const fs::path& file, const std::string& statement)
{
    sqlite3* handle = nullptr;
    sqlite3_stmt* prepared = nullptr;
    sqlite3_open(file.c_str(), &handle);
    sqlite3_prepare_v2(handle, statement.c_str(), -1, &prepared, nullptr);
    const int code = sqlite3_step(prepared);
    const auto value = code == SQLITE_ROW ? sqlite3_column_int64(prepared, 0) : -1;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        qFatal("%s: %s", statement.c_str(), sqlite3_errmsg(handle));
    sqlite3_finalize(prepared);
    sqlite3_close(handle);
    return value;
}

} // namespace

class StoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void candidatesOfOlderSessionsHaveNoInterval()
    {
        auto iteration = fullIteration();
        QVERIFY(iterationFromJson(iterationToJson(iteration))->candidates[0].cka->interval);
        iteration.candidates[0].cka->interval.reset();
        const auto older = iterationToJson(iteration);
        QVERIFY(older.find("interval") == std::string::npos); // the field did not exist
        const auto read = iterationFromJson(older);
        QVERIFY(read.has_value());
        QVERIFY(read->candidates[0].cka == iteration.candidates[0].cka);
    }

    void networksOfOlderSessionsWereNotTimed()
    {
        auto iteration = fullIteration();
        QVERIFY(iterationFromJson(iterationToJson(iteration))->latency == iteration.latency);
        iteration.latency.reset();
        iteration.candidates[0].latency.reset();
        const auto older = iterationToJson(iteration);
        QVERIFY(older.find("latency") == std::string::npos); // the field did not exist
        const auto read = iterationFromJson(older);
        QVERIFY(read && !read->latency && !read->candidates[0].latency);
    }

    void init();
    void cleanup();
    void keepsWhatItWasCreatedWith();
    void keepsEveryFieldOfAnIteration();
    void keepsATreeAndItsCurrentNetwork();
    void keepsNetworksBitForBit();
    void keepsMetadata();
    void keepsAnInterruptedIteration();
    void replacesCheckpointsWithoutGrowing();
    void storesEqualTensorsOnce();
    void addingAnIterationDropsWhatWasPending();
    void keepsTheLog();
    void refusesNetworksThatAreNotFinite();
    void refusesIterationsThatDoNotExist();
    void neverOverwritesAFile();
    void leavesNothingWhenCreationFails();
    void readersSeeAWholeStateWhileAWriterIsOpen();
    void readersCannotWrite();
    void refusesFilesThatAreNotSessions_data();
    void refusesFilesThatAreNotSessions();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void noticesAChangedTensor();
    void refusesHistoriesThatAreNoTree();
    void refusesInterruptedIterationsThatContradictThemselves();
    void everyTruncationIsRefused();

private:
    SessionStore created()
    {
        auto store = SessionStore::create(m_file, "seed: 1\n", denseIteration(), smallNetwork(1));
        if (!store)
            qFatal("%s", store.error().message.c_str());
        return std::move(*store);
    }
    Result<SessionStore> opened(Access access = Access::ReadWrite)
    {
        return SessionStore::open(m_file, access);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_file;
};

void StoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = fs::path(m_folder->path().toStdString()) / "net.espalier";
}

void StoreTest::cleanup()
{
    m_folder.reset();
}

void StoreTest::keepsWhatItWasCreatedWith()
{
    {
        auto store = created();
        QVERIFY(store.setExperimentText("seed: 2\n"));
    }
    const auto store = opened();
    QVERIFY2(store, store ? "" : store.error().message.c_str());
    QCOMPARE(store->file(), m_file);
    QCOMPARE(store->experimentText().value(), "seed: 2\n");
    QCOMPARE(store->current().value(), IterationId(0));
    const auto iterations = store->iterations().value();
    QCOMPARE(iterations.size(), 1U);
    QVERIFY(same(iterations[0], denseIteration()));
    QVERIFY(!store->pending().value());
    QVERIFY(store->log().value().empty());
    QVERIFY(same(store->network(IterationId(0)).value(), smallNetwork(1)));
}

void StoreTest::keepsEveryFieldOfAnIteration()
{
    auto iteration = fullIteration();
    {
        auto store = created();
        QCOMPARE(store.addIteration(iteration, smallNetwork(2)).value(), IterationId(1));
    }
    iteration.id = IterationId(1);
    const auto kept = opened()->iterations().value().back();
    QVERIFY(same(kept, iteration));
    QCOMPARE(kept.chosen()->name, iteration.chosen()->name);
    QVERIFY(!kept.candidates[1].score); // absent stays absent
    QVERIFY(kept.candidates[0].cka && !kept.candidates[0].cka->minibatch);
}

void StoreTest::keepsATreeAndItsCurrentNetwork()
{
    {
        auto store = created();
        auto child = fullIteration();
        QVERIFY(store.addIteration(child, smallNetwork(2)));
        QVERIFY(store.setCurrent(IterationId(0)));
        QCOMPARE(store.addIteration(child, smallNetwork(3)).value(), IterationId(2));
        QCOMPARE(store.current().value(), IterationId(2));
        child.parent = IterationId(2);
        QCOMPARE(store.addIteration(child, smallNetwork(4)).value(), IterationId(3));
        QVERIFY(store.setCurrent(IterationId(1)));
    }
    const auto store = opened();
    QCOMPARE(store->current().value(), IterationId(1));
    const auto iterations = store->iterations().value();
    QCOMPARE(iterations.size(), 4U);
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        QCOMPARE(iterations[i].id.index(), i);
        QVERIFY(same(store->network(iterations[i].id).value(), smallNetwork(i + 1)));
    }
    QCOMPARE(*iterations[2].parent, IterationId(0));
    QCOMPARE(*iterations[3].parent, IterationId(2));
    QVERIFY(!iterations[0].parent);
}

void StoreTest::keepsNetworksBitForBit()
{
    auto network = makeNetwork("resnet20", {3, 32, 32}, 10, 7).value();
    auto weights = cloneWeights(network.weights());
    const auto conv = network.graph().nodes()[1].id;
    auto& weight = weights[conv].weight;
    weight.view(-1)[0] = std::numeric_limits<float>::denorm_min();
    weight.view(-1)[1] = -0.0F;
    weight.view(-1)[2] = std::numeric_limits<float>::max();
    weight = weight.contiguous(at::MemoryFormat::ChannelsLast); // how the engine keeps it
    network = Network(network.sharedGraph(), std::make_shared<const Network::Weights>(weights));
    {
        auto store = created();
        QVERIFY(store.addIteration(fullIteration(), network));
    }
    const auto kept = opened()->network(IterationId(1)).value();
    QVERIFY(same(kept, network));
    QVERIFY(kept.weights()[conv].weight.is_contiguous());
}

void StoreTest::keepsMetadata()
{
    const auto plain = smallNetwork(2);
    const std::string bytes = "caf\xe9 is not UTF-8";
    const std::vector<ModelMetadata> all{
        {},
        {.normalisation = Normalisation{.mean = {0.1, 1.0 / 3.0}, .deviation = {0.2, 1e-17}},
         .classes = {"cat", "Straßenbahn \"7\"", bytes},
         .notices = {"Batch norm was frozen in training mode; imported as ordinary batch norm.\n"}},
        {.normalisation = Normalisation{Normalisation::Kind::PixelMean, {}, {}},
         .classes = {},
         .notices = {}},
    };
    {
        auto store = created();
        for (const auto& metadata : all)
            QVERIFY(store.addIteration(
                fullIteration(), Network(plain.sharedGraph(), plain.sharedWeights(), metadata)));
    }
    const auto store = opened();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto kept = store->network(IterationId(static_cast<std::int64_t>(i) + 1)).value();
        QVERIFY(kept.metadata().normalisation == all[i].normalisation);
        QCOMPARE(kept.metadata().classes, all[i].classes);
        QCOMPARE(kept.metadata().notices, all[i].notices);
    }
}

void StoreTest::keepsAnInterruptedIteration()
{
    const auto pending = pendingIteration(3);
    const auto first = trainState(5, 3);
    auto second = trainState(6, 0);
    second.momentum = nullptr; // not a step yet
    {
        auto store = created();
        QVERIFY(store.setPending(pendingIteration(0)));
        QVERIFY(store.saveCheckpoint(0, first, pendingIteration(1)));
        QVERIFY(store.saveCheckpoint(1, second, pending));
    }
    auto store = opened();
    QVERIFY(same(store->pending().value().value(), pending));
    QVERIFY(same(store->checkpoint(0).value().value(), first));
    QVERIFY(same(store->checkpoint(1).value().value(), second));
    QVERIFY(!store->checkpoint(2).value());
    QVERIFY(store->clearPending());
    QVERIFY(!store->pending().value());
    QVERIFY(!store->checkpoint(0).value());
}

void StoreTest::replacesCheckpointsWithoutGrowing()
{
    auto store = created();
    QVERIFY(store.saveCheckpoint(0, trainState(1, 1), pendingIteration(1)));
    QVERIFY(store.saveCheckpoint(0, trainState(2, 2), pendingIteration(1)));
    const auto tensors = sql(m_file, "SELECT count(*) FROM tensor");
    const auto size = fs::file_size(m_file);
    for (std::uint64_t epoch = 3; epoch < 40; ++epoch)
        QVERIFY(store.saveCheckpoint(0, trainState(epoch, static_cast<std::int64_t>(epoch)),
                                     pendingIteration(1)));
    QCOMPARE(sql(m_file, "SELECT count(*) FROM tensor"), tensors);
    QCOMPARE(sql(m_file, "SELECT count(*) FROM network"), 2);
    QVERIFY(fs::file_size(m_file) <= size + size / 4);
    QVERIFY(same(store.checkpoint(0).value().value(), trainState(39, 39)));
}

void StoreTest::storesEqualTensorsOnce()
{
    auto store = created();
    const auto before = sql(m_file, "SELECT count(*) FROM tensor");
    QVERIFY(store.addIteration(fullIteration(), smallNetwork(1)));
    QCOMPARE(sql(m_file, "SELECT count(*) FROM tensor"), before);
    // Zeros of two shapes are two tensors, though their bytes agree.
    const auto network = smallNetwork(1);
    auto weights = cloneWeights(network.weights());
    weights.nodes[1].weight.zero_();
    weights.nodes[2].bias.zero_();
    QVERIFY(store.addIteration(
        fullIteration(),
        Network(network.sharedGraph(), std::make_shared<const Network::Weights>(weights))));
    QCOMPARE(sql(m_file, "SELECT count(*) FROM tensor"), before + 2);
}

void StoreTest::addingAnIterationDropsWhatWasPending()
{
    auto store = created();
    const auto state = trainState(8, 4);
    QVERIFY(store.saveCheckpoint(0, state, pendingIteration(2)));
    QVERIFY(store.saveCheckpoint(1, trainState(9, 4), pendingIteration(2)));
    QVERIFY(store.addIteration(fullIteration(), state.network));
    QVERIFY(!store.pending().value());
    QVERIFY(!store.checkpoint(0).value());
    QVERIFY(!store.checkpoint(1).value());
    QCOMPARE(sql(m_file, "SELECT count(*) FROM network"), 2);
    QCOMPARE(sql(m_file,
                 "SELECT count(*) FROM tensor WHERE id NOT IN (SELECT tensor FROM network_tensor)"),
             0);
    QVERIFY(same(store.network(IterationId(1)).value(), state.network));
}

void StoreTest::keepsTheLog()
{
    const std::vector<LogLine> lines{{LogLevel::Info, "opened"},
                                     {LogLevel::Warning, ""},
                                     {LogLevel::Error, "zwei\nZeilen \xff"}};
    {
        auto store = created();
        for (const auto& line : lines)
            QVERIFY(store.appendLog(line));
    }
    const auto kept = opened()->log().value();
    QCOMPARE(kept.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        QCOMPARE(kept[i].level, lines[i].level);
        QCOMPARE(kept[i].text, lines[i].text);
    }
}

void StoreTest::refusesNetworksThatAreNotFinite()
{
    auto store = created();
    const auto network = smallNetwork(1);
    auto weights = cloneWeights(network.weights());
    weights.nodes[1].weight.view(-1)[0] = std::numeric_limits<float>::quiet_NaN();
    const auto id = store.addIteration(
        fullIteration(),
        Network(network.sharedGraph(), std::make_shared<const Network::Weights>(weights)));
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::Mismatch);
    QCOMPARE(store.iterations().value().size(), 1U);
}

void StoreTest::refusesIterationsThatDoNotExist()
{
    auto store = created();
    auto orphan = fullIteration();
    orphan.parent = IterationId(7);
    auto pending = pendingIteration(1);
    pending.parent = IterationId(7);
    QCOMPARE(store.network(IterationId(7)).error().code, ErrorCode::NotFound);
    QCOMPARE(store.network(IterationId()).error().code, ErrorCode::NotFound);
    QCOMPARE(store.setCurrent(IterationId(7)).error().code, ErrorCode::NotFound);
    QCOMPARE(store.addIteration(orphan, smallNetwork(2)).error().code, ErrorCode::NotFound);
    QCOMPARE(store.setPending(pending).error().code, ErrorCode::NotFound);
    QCOMPARE(store.saveCheckpoint(0, trainState(1, 1), pending).error().code, ErrorCode::NotFound);
    QCOMPARE(sql(m_file, "SELECT count(*) FROM network"), 1);
}

void StoreTest::neverOverwritesAFile()
{
    std::ofstream(m_file) << "precious";
    const auto store = SessionStore::create(m_file, "", denseIteration(), smallNetwork(1));
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::Io);
    QVERIFY(store.error().message.find("exists already") != std::string::npos);
    std::string text;
    std::ifstream(m_file) >> text;
    QCOMPARE(text, "precious");
}

void StoreTest::leavesNothingWhenCreationFails()
{
    const auto nowhere = m_file.parent_path() / "absent" / "net.espalier";
    const auto store = SessionStore::create(nowhere, "", denseIteration(), smallNetwork(1));
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::Io);
    QVERIFY(store.error().message.find(nowhere.string()) != std::string::npos);

    auto orphan = denseIteration();
    orphan.parent = IterationId(3);
    QVERIFY(!SessionStore::create(m_file, "", orphan, smallNetwork(1)));
    QVERIFY(fs::is_empty(m_file.parent_path()));
}

void StoreTest::readersSeeAWholeStateWhileAWriterIsOpen()
{
    auto writer = created();
    const auto reader = opened(Access::ReadOnly);
    QVERIFY2(reader, reader ? "" : reader.error().message.c_str());
    QCOMPARE(reader->iterations().value().size(), 1U);
    for (std::uint64_t i = 1; i < 6; ++i) {
        QVERIFY(writer.saveCheckpoint(0, trainState(i, static_cast<std::int64_t>(i)),
                                      pendingIteration(i)));
        QCOMPARE(reader->checkpoint(0).value()->epochsDone, static_cast<std::int64_t>(i));
        QVERIFY(same(reader->checkpoint(0).value().value(),
                     trainState(i, static_cast<std::int64_t>(i))));
        QVERIFY(writer.addIteration(fullIteration(), smallNetwork(i + 1)));
        QCOMPARE(reader->iterations().value().size(), i + 1);
        QVERIFY(same(reader->network(reader->current().value()).value(), smallNetwork(i + 1)));
    }
}

void StoreTest::readersCannotWrite()
{
    created();
    auto reader = opened(Access::ReadOnly);
    QVERIFY(reader);
    const auto status = reader->setExperimentText("x");
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Io);
    QCOMPARE(reader->addIteration(fullIteration(), smallNetwork(2)).error().code, ErrorCode::Io);
    QCOMPARE(reader->experimentText().value(), "seed: 1\n");
}

void StoreTest::refusesFilesThatAreNotSessions_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("model: net.pt\n");
    QTest::newRow("zip") << QByteArray("PK\x03\x04").append(QByteArray(5000, 'x'));
    QTest::newRow("only SQLite's mark") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("SQLite's mark and noise")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(9000, '\x5a');
}

void StoreTest::refusesFilesThatAreNotSessions()
{
    QFETCH(QByteArray, contents);
    std::ofstream(m_file, std::ios::binary).write(contents.data(), contents.size());
    for (const auto access : {Access::ReadWrite, Access::ReadOnly}) {
        const auto store = opened(access);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::BadFormat);
        QVERIFY(store.error().message.find(m_file.string()) != std::string::npos);
    }
    std::ifstream stream(m_file, std::ios::binary);
    const std::string kept{std::istreambuf_iterator<char>(stream), {}};
    QCOMPARE(QByteArray::fromStdString(kept), contents);
    QCOMPARE(SessionStore::open(m_file.parent_path(), Access::ReadOnly).error().code,
             ErrorCode::BadFormat);
    QCOMPARE(SessionStore::open(m_file / "absent", Access::ReadOnly).error().code,
             ErrorCode::NotFound);
}

void StoreTest::refusesDamagedFiles_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* statement, ErrorCode code) {
        QTest::newRow(name) << statement << static_cast<int>(code);
    };
    using enum ErrorCode;
    row("newer version", "PRAGMA user_version = 3", Unsupported);
    row("early version", "PRAGMA user_version = 1", Unsupported);
    row("no version", "PRAGMA user_version = 0", BadFormat);
    row("another application", "PRAGMA application_id = 252006673", BadFormat);
    row("a table too many", "CREATE TABLE extra (x)", BadFormat);
    row("a trigger", "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM iteration; END",
        BadFormat);
    row("a table too few", "DROP TABLE log", BadFormat);
    row("a column too many", "ALTER TABLE log ADD COLUMN x TEXT", BadFormat);
    row("no session", "DELETE FROM session", BadFormat);
    row("no dense network", "DELETE FROM iteration", BadFormat);
    row("no network", "DELETE FROM network", BadFormat);
    row("no tensors", "DELETE FROM tensor", BadFormat);
}

void StoreTest::refusesDamagedFiles()
{
    QFETCH(QString, statement);
    QFETCH(int, code);
    created();
    sql(m_file, statement.toStdString());
    const auto store = opened();
    QVERIFY(!store);
    QVERIFY2(static_cast<int>(store.error().code) == code, store.error().message.c_str());
    QVERIFY(store.error().message.find(m_file.string()) != std::string::npos);
}

void StoreTest::noticesAChangedTensor()
{
    created();
    for (const auto* change :
         {"UPDATE tensor SET data = zeroblob(length(data)) WHERE id = 2",
          "UPDATE tensor SET sizes = '[1]' WHERE id = 2",
          "UPDATE tensor SET sizes = '[9223372036854775807,4]' WHERE id = 2",
          "UPDATE network_tensor SET node = 999 WHERE part = 'running_mean'",
          "UPDATE network_tensor SET part = 'wait' WHERE part = 'running_mean'",
          "UPDATE network SET graph = '{}'", "UPDATE network SET metadata = 'x'",
          "DELETE FROM network_tensor WHERE part = 'bias'"}) {
        const auto copy = fs::path(m_file.string() + ".copy");
        fs::copy_file(m_file, copy, fs::copy_options::overwrite_existing);
        sql(copy, change);
        const auto store = SessionStore::open(copy, Access::ReadOnly);
        QVERIFY2(store, change);
        const auto network = store->network(IterationId(0));
        QVERIFY2(!network, change);
        QVERIFY2(network.error().code == ErrorCode::BadFormat, network.error().message.c_str());
        QVERIFY(store->iterations()); // the history can still be read
    }
    sql(m_file, "UPDATE iteration SET description = '{\"macs\": 1}'");
    QCOMPARE(opened()->iterations().error().code, ErrorCode::BadFormat);
}

void StoreTest::refusesHistoriesThatAreNoTree()
{
    {
        auto store = created();
        QVERIFY(store.addIteration(fullIteration(), smallNetwork(2)));
        QCOMPARE(store.iterations()->size(), 2U);
    }
    for (const auto* change :
         {"UPDATE iteration SET parent = 1 WHERE id = 1", "UPDATE iteration SET parent = 0",
          "UPDATE iteration SET id = 7 WHERE id = 1"}) {
        const auto copy = fs::path(m_file.string() + ".copy");
        fs::copy_file(m_file, copy, fs::copy_options::overwrite_existing);
        sql(copy, change);
        if (std::string_view(change).find("id = 7") != std::string_view::npos)
            sql(copy, "UPDATE session SET current = 7");
        const auto store = SessionStore::open(copy, Access::ReadOnly);
        QVERIFY2(store, change);
        const auto iterations = store->iterations();
        QVERIFY2(!iterations, change);
        QCOMPARE(iterations.error().code, ErrorCode::BadFormat);
    }
}

void StoreTest::refusesInterruptedIterationsThatContradictThemselves()
{
    {
        auto store = created();
        QVERIFY(store.saveCheckpoint(
            0, TrainState{.network = smallNetwork(3), .momentum = nullptr, .epochsDone = 2},
            pendingIteration(0)));
        QVERIFY(store.pending().value() && store.checkpoint(0).value());
    }
    sql(m_file,
        "UPDATE pending SET description = "
        "replace(description, '\"phase\":\"brief\"', '\"phase\":\"full\"')");
    sql(m_file, "UPDATE checkpoint SET epochs_done = -1");
    const auto store = opened();
    QCOMPARE(store->pending().error().code, ErrorCode::BadFormat);
    QCOMPARE(store->checkpoint(0).error().code, ErrorCode::BadFormat);
}

void StoreTest::everyTruncationIsRefused()
{
    created();
    QFile file(QString::fromStdString(m_file.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto whole = file.readAll();
    const auto step = std::max<qsizetype>(1, whole.size() / 97);
    for (qsizetype size = 0; size < whole.size(); size += step) {
        std::ofstream(m_file, std::ios::binary | std::ios::trunc).write(whole.data(), size);
        const auto store = opened();
        QVERIFY2(!store, qPrintable(QString::number(size)));
        QCOMPARE(store.error().code, ErrorCode::BadFormat);
    }
}

QTEST_GUILESS_MAIN(StoreTest)
#include "tst_store.moc"
