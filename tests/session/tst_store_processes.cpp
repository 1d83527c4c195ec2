#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/session_values.h"
#include "session/store.h"

namespace fs = std::filesystem;
using namespace espalier;
using namespace espalier::test;
using Access = SessionStore::Access;

// What one process does to the session of another: each test forks. A child tells by its exit
// status and leaves without destructors, as a killed one does.

namespace {

constexpr int skipped = 77;

template <class Body> pid_t forked(const Body& body)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    return child;
}

/// The exit status; 128 + signal when killed.
int awaited(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

template <class Body> int inAnotherProcess(const Body& body)
{
    return awaited(forked(body));
}

/// Exit status that tells an outcome: 0 for success, else 1 + the error's code.
int statusOf(const Status& status)
{
    return status ? 0 : 1 + static_cast<int>(status.error().code);
}
int statusOf(ErrorCode code)
{
    return 1 + static_cast<int>(code);
}

Status openedBy(const fs::path& file, Access access)
{
    return SessionStore::open(file, access).map([](const SessionStore&) {});
}

/// Another user, to whom permissions apply.
bool becomeNobody()
{
    return ::geteuid() != 0 || ::setresuid(65534, 65534, 65534) == 0;
}

/// One pipe: the child says that it is ready, the parent that it may end.
class Signal {
public:
    Signal() { m_open = ::pipe2(m_ends, O_CLOEXEC) == 0; }
    ~Signal()
    {
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
    void send() const { (void)!::write(m_ends[1], "x", 1); }
    bool await() const
    {
        constexpr int milliseconds = 30'000; // a child that failed says nothing
        char byte = 0;
        pollfd end{.fd = m_ends[0], .events = POLLIN, .revents = 0};
        return m_open && ::poll(&end, 1, milliseconds) == 1 && ::read(m_ends[0], &byte, 1) == 1;
    }

private:
    int m_ends[2]{-1, -1};
    bool m_open = false;
};

} // namespace

class StoreProcessesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aSecondWriterIsToldThatTheFileIsBusy();
    void aReaderInAnotherProcessSeesWhatWasSaved();
    void aDeadWriterLeavesTheFileToTheNext();
    void killedInTheMiddleOfWritingTheFileIsWhole();
    void killedInTheMiddleOfCreationNothingIsThere();
    void aReadOnlyFileCanBeReadAndIsNotHarmed();
    void aReadOnlyFolderIsReported();
    void aFullDiskLosesNothingThatWasSaved_data();
    void aFullDiskLosesNothingThatWasSaved();
    void aFullDiskAtCreationLeavesNothing();

private:
    SessionStore created()
    {
        auto store = SessionStore::create(m_file, "seed: 1\n", denseIteration(), smallNetwork(1));
        if (!store)
            qFatal("%s", store.error().message.c_str());
        return std::move(*store);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_file;
};

void StoreProcessesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    ::chmod(m_folder->path().toUtf8(), 0755);
    m_file = fs::path(m_folder->path().toStdString()) / "net.espalier";
}

void StoreProcessesTest::cleanup()
{
    m_folder.reset();
}

void StoreProcessesTest::aSecondWriterIsToldThatTheFileIsBusy()
{
    auto store = created();
    const auto another = [&] {
        return inAnotherProcess([&] { return statusOf(openedBy(m_file, Access::ReadWrite)); });
    };
    QCOMPARE(another(), statusOf(ErrorCode::Busy));
    const auto here = openedBy(m_file, Access::ReadWrite);
    QVERIFY(!here);
    QCOMPARE(here.error().code, ErrorCode::Busy);
    QVERIFY(here.error().message.find(m_file.string()) != std::string::npos);
    QVERIFY(store.setExperimentText("still ours")); // the first writer is not disturbed
    auto moved = std::move(store);
    QCOMPARE(another(), statusOf(ErrorCode::Busy));
    {
        const auto closed = std::move(moved);
    }
    QCOMPARE(another(), 0);
}

void StoreProcessesTest::aReaderInAnotherProcessSeesWhatWasSaved()
{
    auto store = created();
    QVERIFY(store.addIteration(fullIteration(), smallNetwork(2)));
    const auto status = inAnotherProcess([&] {
        const auto reader = SessionStore::open(m_file, Access::ReadOnly);
        if (!reader)
            return statusOf(reader.error().code);
        return same(reader->network(IterationId(1)).value(), smallNetwork(2)) ? 0 : 1;
    });
    QCOMPARE(status, 0);
    QVERIFY(store.setCurrent(IterationId(0)));
}

void StoreProcessesTest::aDeadWriterLeavesTheFileToTheNext()
{
    created();
    const Signal ready;
    const auto child = forked([&] {
        const auto store = SessionStore::open(m_file, Access::ReadWrite);
        ready.send();
        ::pause();
        return 0;
    });
    QVERIFY(ready.await());
    QCOMPARE(openedBy(m_file, Access::ReadWrite).error().code, ErrorCode::Busy);
    ::kill(child, SIGKILL);
    QCOMPARE(awaited(child), 128 + SIGKILL);
    QVERIFY(openedBy(m_file, Access::ReadWrite));
}

void StoreProcessesTest::killedInTheMiddleOfWritingTheFileIsWhole()
{
    created();
    std::mt19937 random(5);
    std::uniform_int_distribution<int> epochs(1, 10);
    std::uniform_real_distribution<> part(0.0, 1.0);
    std::size_t iterations = 1;
    std::int64_t furthest = 0;
    for (int round = 0; round < 15; ++round) {
        const Signal saved;
        // Saves checkpoint after checkpoint, each determined by its epoch; every 8th becomes an
        // iteration.
        const auto child = forked([&] {
            auto store = SessionStore::open(m_file, Access::ReadWrite);
            if (!store)
                return statusOf(store.error().code);
            for (std::uint64_t epoch = 1;; ++epoch) {
                const auto state = trainState(epoch, static_cast<std::int64_t>(epoch));
                if (!store->saveCheckpoint(epoch % 2, state, pendingIteration(epoch))
                    || (epoch % 8 == 0 && !store->addIteration(fullIteration(), state.network)))
                    return 1;
                saved.send();
            }
        });
        QVERIFY(saved.await());
        QElapsedTimer timer;
        timer.start();
        const int more = epochs(random);
        for (int i = 0; i < more; ++i)
            QVERIFY(saved.await());
        // Somewhere within the next save, all of which is equally likely.
        const auto duration = static_cast<double>(timer.nsecsElapsed()) / 1000.0 / more;
        ::usleep(static_cast<useconds_t>(part(random) * duration));
        ::kill(child, SIGKILL);
        QCOMPARE(awaited(child), 128 + SIGKILL);

        if (round % 2 == 0) // a reader may be the first to meet what the dead one left
            QVERIFY(SessionStore::open(m_file, Access::ReadOnly)->iterations());
        const auto store = SessionStore::open(m_file, Access::ReadWrite);
        QVERIFY2(store, store ? "" : store.error().message.c_str());
        const auto history = store->iterations().value();
        QVERIFY(history.size() >= iterations);
        iterations = history.size();
        QCOMPARE(store->current().value().index(), history.size() - 1);
        QVERIFY(store->network(store->current().value()));
        const auto pending = store->pending().value();
        if (!pending)
            continue;
        // The newest checkpoint and the description are of one moment.
        const auto epoch = pending->epochs.size();
        QVERIFY(same(*pending, pendingIteration(epoch)));
        const auto checkpoint = store->checkpoint(epoch % 2).value();
        QVERIFY(checkpoint);
        QVERIFY(same(*checkpoint, trainState(epoch, static_cast<std::int64_t>(epoch))));
        furthest = std::max(furthest, checkpoint->epochsDone);
    }
    QVERIFY(furthest > 1); // the children did write
}

void StoreProcessesTest::killedInTheMiddleOfCreationNothingIsThere()
{
    std::mt19937 random(6);
    std::uniform_int_distribution<useconds_t> delay(0, 6'000);
    const auto network = smallNetwork(1);
    for (int round = 0; round < 20; ++round) {
        const Signal ready;
        const auto child = forked([&] {
            ready.send();
            return SessionStore::create(m_file, "", denseIteration(), network) ? 0 : 1;
        });
        QVERIFY(ready.await());
        ::usleep(delay(random));
        ::kill(child, SIGKILL);
        QVERIFY(awaited(child) != 1);
        // Either a whole session has the name, or nothing has and the name is free.
        if (!fs::exists(m_file))
            QVERIFY(SessionStore::create(m_file, "", denseIteration(), network));
        QVERIFY(openedBy(m_file, Access::ReadWrite));
        fs::remove(m_file);
    }
}

void StoreProcessesTest::aReadOnlyFileCanBeReadAndIsNotHarmed()
{
    created();
    fs::permissions(m_file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const auto open = [&](Access access) {
        return inAnotherProcess(
            [&] { return becomeNobody() ? statusOf(openedBy(m_file, access)) : skipped; });
    };
    if (open(Access::ReadOnly) == skipped)
        QSKIP("needs the right to become another user");
    QCOMPARE(open(Access::ReadOnly), 0);
    QCOMPARE(open(Access::ReadWrite), statusOf(ErrorCode::Io));
    fs::permissions(m_file, fs::perms::owner_all);
    QVERIFY(openedBy(m_file, Access::ReadWrite));
}

void StoreProcessesTest::aReadOnlyFolderIsReported()
{
    created();
    fs::permissions(m_file,
                    fs::perms::all); // the file may be written, its folder (for the journal) not
    ::chmod(m_file.parent_path().c_str(), 0555);
    const auto write = inAnotherProcess([&] {
        if (!becomeNobody())
            return skipped;
        auto store = SessionStore::open(m_file, Access::ReadWrite);
        return store ? statusOf(store->setExperimentText("x")) : statusOf(store.error().code);
    });
    const auto create = inAnotherProcess([&] {
        if (!becomeNobody())
            return skipped;
        const auto store = SessionStore::create(m_file.parent_path() / "new.espalier", "",
                                                denseIteration(), smallNetwork(1));
        return store ? 0 : statusOf(store.error().code);
    });
    fs::permissions(m_file.parent_path(), fs::perms::owner_all);
    if (write == skipped)
        QSKIP("needs the right to become another user");
    QCOMPARE(write, statusOf(ErrorCode::Io));
    QCOMPARE(create, statusOf(ErrorCode::Io));
    QCOMPARE(SessionStore::open(m_file, Access::ReadOnly)->experimentText().value(), "seed: 1\n");
}

void StoreProcessesTest::aFullDiskLosesNothingThatWasSaved_data()
{
    QTest::addColumn<bool>("realDisk");
    QTest::newRow("file size limit") << false;
    QTest::newRow("full file system") << true;
}

/// In a child: fills the disk by iterations, then looks whether everything saved is still there.
static int writeUntilFull(const fs::path& file)
{
    auto store = SessionStore::open(file, Access::ReadWrite);
    if (!store)
        return statusOf(store.error().code);
    std::uint64_t saved = 1;
    Status status;
    while (status && saved < 10'000) {
        status =
            store->addIteration(fullIteration(), smallNetwork(saved + 1)).map([](IterationId) {});
        saved += status ? 1 : 0;
    }
    if (status || status.error().code != ErrorCode::Io || saved < 3)
        return 1;
    // The same object goes on: with what it has, and with what needs no room.
    for (int again = 0; again < 2; ++again) {
        const auto history = store->iterations();
        if (!history || history->size() != saved || store->current().value().index() != saved - 1)
            return 2;
        for (std::uint64_t i = 0; i < saved; ++i)
            if (!same(store->network(IterationId(static_cast<std::int64_t>(i))).value(),
                      smallNetwork(i + 1)))
                return 3;
        if (statusOf(
                store->addIteration(fullIteration(), smallNetwork(20'000)).map([](IterationId) {}))
            != statusOf(ErrorCode::Io))
            return 4;
        store = SessionStore::open(file, Access::ReadOnly);
        if (!store)
            return 5;
    }
    return 0;
}

void StoreProcessesTest::aFullDiskLosesNothingThatWasSaved()
{
    QFETCH(bool, realDisk);
    created();
    const auto status = inAnotherProcess([&] {
        if (!realDisk) {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{.rlim_cur = 600'000, .rlim_max = RLIM_INFINITY};
            return ::setrlimit(RLIMIT_FSIZE, &limit) == 0 ? writeUntilFull(m_file) : skipped;
        }
        const auto disk = m_file.parent_path() / "disk";
        fs::create_directory(disk);
        if (::unshare(CLONE_NEWNS) != 0
            || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=800k") != 0)
            return skipped;
        fs::copy_file(m_file, disk / "net.espalier");
        return writeUntilFull(disk / "net.espalier");
    });
    if (status == skipped)
        QSKIP("needs the right to mount a small disk");
    QCOMPARE(status, 0);
    QVERIFY(openedBy(m_file, Access::ReadWrite));
}

void StoreProcessesTest::aFullDiskAtCreationLeavesNothing()
{
    const auto network = smallNetwork(1);
    const auto status = inAnotherProcess([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{.rlim_cur = 40'000, .rlim_max = RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto store = SessionStore::create(m_file, "", denseIteration(), network);
        return store ? 0 : statusOf(store.error().code);
    });
    QCOMPARE(status, statusOf(ErrorCode::Io));
    QVERIFY(fs::is_empty(m_file.parent_path()));
}

QTEST_GUILESS_MAIN(StoreProcessesTest)
#include "tst_store_processes.moc"
