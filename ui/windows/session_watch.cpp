#include "windows/session_watch.h"

#include <utility>

#include "style/text.h"

namespace espalier::ui {

SessionWatch::SessionWatch(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &SessionWatch::look);
}

void SessionWatch::watch(const std::filesystem::path& session)
{
    if (session == m_session)
        return;
    if (const auto files = m_watcher.files(); !files.isEmpty())
        m_watcher.removePaths(files);
    m_session = session;
    if (!session.empty())
        m_watcher.addPath(toText(session));
}

void SessionWatch::look()
{
    std::error_code error;
    if (m_session.empty() || std::filesystem::exists(m_session, error))
        return;
    const auto session = std::exchange(m_session, {});
    Q_EMIT vanished(session);
}

} // namespace espalier::ui
