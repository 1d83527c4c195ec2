#pragma once

#include <filesystem>

#include <QFileSystemWatcher>

namespace espalier::ui {

/// Notices when the open session's file is deleted or moved: the engine would go on writing into a
/// file that nobody finds again.
class SessionWatch final : public QObject {
    Q_OBJECT

public:
    explicit SessionWatch(QObject* parent = nullptr);

    /// Empty: nothing is watched.
    void watch(const std::filesystem::path& session);

Q_SIGNALS:
    void vanished(const std::filesystem::path& session);

private:
    void look();

    QFileSystemWatcher m_watcher;
    std::filesystem::path m_session;
};

} // namespace espalier::ui
