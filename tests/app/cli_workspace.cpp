#include "cli_workspace.h"

#include <random>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace espalier::test {

namespace {

constexpr int processLimit = 120'000; // ms

/// The header of an IDX file: type unsigned byte, then the extents, big-endian.
QByteArray idxHeader(std::initializer_list<int> extents)
{
    QByteArray header;
    header.append('\0').append('\0').append('\x08').append(static_cast<char>(extents.size()));
    for (const int extent : extents) {
        for (int shift = 24; shift >= 0; shift -= 8)
            header.append(static_cast<char>((extent >> shift) & 0xff));
    }
    return header;
}

/// Class k has its bright square in the k-th quarter of the image.
void appendImage(QByteArray& pixels, int side, int label, std::mt19937& random)
{
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int quarter = (y >= side / 2 ? 2 : 0) + (x >= side / 2 ? 1 : 0);
            const auto noise = static_cast<int>(random() % 60);
            pixels.append(static_cast<char>(noise + (quarter == label % 4 ? 120 : 30)));
        }
    }
}

} // namespace

QJsonObject Outcome::json() const
{
    return QJsonDocument::fromJson(out).object();
}

bool Outcome::isOneSentenceNaming(const QString& name) const
{
    const QString line = QString::fromUtf8(err).trimmed();
    return line.startsWith(QStringLiteral("espalier-cli: ")) && !line.contains(QLatin1Char('\n'))
        && line.contains(name) && line.size() < 400;
}

QByteArray Outcome::text() const
{
    return "exit code " + QByteArray::number(exitCode) + "\nstdout:\n" + out + "\nstderr:\n" + err;
}

CliWorkspace::CliWorkspace()
{
    writeDataSet(QStringLiteral("data"), 12);
}

QString CliWorkspace::path(const QString& relative) const
{
    return m_folder.filePath(relative);
}

void CliWorkspace::write(const QString& relative, const QByteArray& content) const
{
    QDir().mkpath(QFileInfo(path(relative)).path());
    QFile file(path(relative));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

QByteArray CliWorkspace::read(const QString& relative) const
{
    QFile file(path(relative));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void CliWorkspace::writeDataSet(const QString& folder, int side, int classes) const
{
    std::mt19937 random(7);
    for (const auto& [part, count] : {std::pair("train", 240), std::pair("t10k", 80)}) {
        QByteArray images = idxHeader({count, side, side});
        QByteArray labels = idxHeader({count});
        for (int i = 0; i < count; ++i) {
            appendImage(images, side, i % classes, random);
            labels.append(static_cast<char>(i % classes));
        }
        const QString start = folder + QLatin1Char('/') + QLatin1String(part);
        write(start + QStringLiteral("-images-idx3-ubyte"), images);
        write(start + QStringLiteral("-labels-idx1-ubyte"), labels);
    }
}

void CliWorkspace::writeExperiment(const QString& relative, const QByteArray& more) const
{
    write(relative, R"(model: model.pt
data: idx:data
seed: 1
device: cpu
threads: 1
splits: {calibration: 40, validation: 40}
pruning: {criterion: l1, min_blocks_per_stage: 1, similarity_images: 40}
fine_tuning: {brief_epochs: 1, epochs: 2, batch_size: 32, milestones: [], crop_padding: 1}
)" + (more.isEmpty() ? QByteArray("stop: {iterations: 2}\n") : more));
}

QString CliWorkspace::program()
{
    return QStringLiteral(ESPALIER_CLI);
}

Outcome CliWorkspace::run(const QStringList& arguments) const
{
    const auto process = start(arguments);
    return outcomeOf(*process);
}

std::unique_ptr<QProcess> CliWorkspace::start(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setWorkingDirectory(m_folder.path());
    process->start(program(), arguments);
    if (!process->waitForStarted())
        qFatal("cannot start %s", ESPALIER_CLI);
    return process;
}

Outcome CliWorkspace::outcomeOf(QProcess& process)
{
    Outcome outcome;
    const bool ended =
        process.state() == QProcess::NotRunning || process.waitForFinished(processLimit);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    if (ended && process.exitStatus() == QProcess::NormalExit)
        outcome.exitCode = process.exitCode();
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

bool CliWorkspace::awaitMarker(QProcess& process, const QByteArray& marker)
{
    process.setReadChannel(QProcess::StandardError);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < processLimit) {
        if (process.peek(1 << 20).contains(marker))
            return true;
        if (!process.waitForReadyRead(processLimit))
            return process.peek(1 << 20).contains(marker);
    }
    return false;
}

} // namespace espalier::test
