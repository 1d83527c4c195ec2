#pragma once

#include <cstdint>
#include <memory>

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace espalier::test {

/// What an espalier-cli process left behind.
struct Outcome {
    int exitCode = -1; ///< -1: it crashed or did not end in time
    QByteArray out;
    QByteArray err;

    /// stdout as one JSON object; empty when it is none.
    QJsonObject json() const;
    /// Whether stderr is one sentence of espalier-cli that names `name`.
    bool isOneSentenceNaming(const QString& name) const;
    /// For failure messages.
    QByteArray text() const;
};

/// A temporary folder with a tiny data set in `data` (IDX, 4 classes, 1x12x12: easy to learn),
/// where espalier-cli processes run.
class CliWorkspace {
public:
    CliWorkspace();

    QString path(const QString& relative) const;
    void write(const QString& relative, const QByteArray& content) const;
    QByteArray read(const QString& relative) const;
    /// `classes`: how many the labels really use; 4 fit.
    void writeDataSet(const QString& folder, int side, int classes = 4) const;
    /// An experiment on model.pt and `data`; `more` is further YAML.
    void writeExperiment(const QString& relative, const QByteArray& more = {}) const;

    /// The executable under test.
    static QString program();
    Outcome run(const QStringList& arguments) const;
    /// The same, not waited for.
    std::unique_ptr<QProcess> start(const QStringList& arguments) const;
    /// Waits for the end of what start() returned.
    static Outcome outcomeOf(QProcess& process);
    /// Waits until the process has written `marker` to stderr; false when it ended before.
    static bool awaitMarker(QProcess& process, const QByteArray& marker);

private:
    QTemporaryDir m_folder;
};

} // namespace espalier::test
