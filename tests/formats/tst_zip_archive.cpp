#include <QtTest>

#include <fstream>

#include <zlib.h>

#include "formats/zip_archive.h"
#include "support/shared_data.h"
#include "support/zip_writer.h"

using namespace espalier;

namespace {

Result<ZipArchive> opened(const std::string& bytes)
{
    return ZipArchive::open(ByteSource::memory(bytes, "test.zip"));
}

/// Raw deflate, as zip files hold it.
std::string deflated(const std::string& text)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(text.size() + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace

class TestZipArchive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsStoredRecordsWithoutTheirCommonFolder()
    {
        test::ZipWriter zip;
        zip.add("model/data.pkl", "pickle");
        zip.add("model/data/0", std::string("\0\1\2", 3));
        const auto archive = opened(zip.finish());
        QVERIFY2(archive.has_value(), archive ? "" : archive.error().message.c_str());
        QCOMPARE(archive->records().size(), 2u);
        QCOMPARE(*archive->read("data.pkl"), std::string("pickle"));
        QCOMPARE(*archive->read("data/0"), std::string("\0\1\2", 3));
        QVERIFY(!archive->read("data/1").has_value());
    }

    void keepsNamesThatShareNoFolder()
    {
        test::ZipWriter zip;
        zip.add("a/x", "1");
        zip.add("b/x", "2");
        const auto archive = opened(zip.finish());
        QCOMPARE(*archive->read("a/x"), std::string("1"));
        QCOMPARE(*archive->read("b/x"), std::string("2"));
    }

    void inflatesRecords()
    {
        const std::string text(5'000, 'x');
        const auto checksum = crc32(0, reinterpret_cast<const Bytef*>(text.data()), 5'000);
        test::ZipWriter zip;
        zip.add("whole", deflated(text),
                {.size = 5'000, .method = 8, .checksum = static_cast<std::uint32_t>(checksum)});
        zip.add("shorter than said", deflated(text), {.size = 5'001, .method = 8});
        zip.add("longer than said", deflated(text), {.size = 4'999, .method = 8});
        const auto archive = opened(zip.finish());
        QVERIFY2(archive.has_value(), archive ? "" : archive.error().message.c_str());
        const auto read = archive->read("whole");
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(*read, text);
        QVERIFY(!archive->read("shorter than said").has_value());
        QVERIFY(!archive->read("longer than said").has_value());
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const test::ZipWriter::Lies& lies, const char* says) {
            test::ZipWriter zip;
            zip.add("a", "content", lies);
            QTest::newRow(name) << QByteArray::fromStdString(zip.finish()) << says;
        };
        row("beyond the end", {.size = 4'000'000'000, .storedSize = 4'000'000'000},
            "beyond the end");
        row("a stored record of two sizes", {.size = 4'000'000'000}, "claims a size");
        row("unpacks without end", {.size = 4'000'000'000, .method = 8}, "claims a size");
        row("unknown method", {.method = 12}, "unknown way");
        row("zip64 without its field", {.size = 0xFFFFFFFF}, "missing");
        test::ZipWriter twice;
        twice.add("a", "1");
        twice.add("a", "2");
        QTest::newRow("twice") << QByteArray::fromStdString(twice.finish()) << "twice";
        QTest::newRow("no zip") << QByteArray("PK\3\4 and nothing else") << "end is missing";
        QTest::newRow("empty") << QByteArray() << "end is missing";
    }

    void refusesWhatCannotBe()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const auto archive = opened(content.toStdString());
        QVERIFY(!archive.has_value());
        QVERIFY2(QString::fromStdString(archive.error().message).contains(says),
                 archive.error().message.c_str());
    }

    void refusesDamagedContent()
    {
        test::ZipWriter zip;
        zip.add("a", "content", {.checksum = 1});
        const auto archive = opened(zip.finish());
        const auto read = archive->read("a");
        QVERIFY(!read.has_value());
        QVERIFY(read.error().message.find("checksum") != std::string::npos);
    }

    void refusesOverlappingRecords()
    {
        test::ZipWriter zip;
        zip.add("a", std::string(100, 'a'));
        zip.add("b", "b");
        auto bytes = zip.finish();
        const auto second = bytes.rfind("PK\x01\x02"); // its record is moved onto the first
        bytes.replace(second + 42, 4, std::string(4, '\0'));
        const auto archive = opened(bytes);
        QVERIFY(!archive.has_value());
        QVERIFY(archive.error().message.find("overlap") != std::string::npos);
    }

    void readsEveryRecordOfRealFiles_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"resnet20_cifar10.pt", "resnet20_cifar10_state_dict.pt",
                                 "resnet20_cifar10_torch215.pt", "resnet20_cifar10_torch215.pt2"})
            QTest::newRow(name) << name;
    }

    void readsEveryRecordOfRealFiles()
    {
        QFETCH(QString, name);
        const auto file = test::sharedFile("models/" + name.toStdString());
        if (!file)
            QSKIP("needs ../shared/data/models (or ESPALIER_SHARED_DATA)");
        const auto archive = ZipArchive::open(*ByteSource::file(*file));
        QVERIFY2(archive.has_value(), archive ? "" : archive.error().message.c_str());
        QVERIFY(archive->records().size() > 10);
        for (const auto& [record, where] : archive->records()) {
            const auto bytes = archive->read(record);
            QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().message.c_str());
            QCOMPARE(bytes->size(), where.size);
        }
    }
};

QTEST_GUILESS_MAIN(TestZipArchive)
#include "tst_zip_archive.moc"
