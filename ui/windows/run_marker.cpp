#include "windows/run_marker.h"

#include <cerrno>
#include <csignal>

#include <QCoreApplication>
#include <QSettings>

#include "style/text.h"

namespace espalier::ui {

namespace {

const QString group = QStringLiteral("running");

bool isAlive(qint64 process)
{
    return ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
}

QString ownKey()
{
    return group + QLatin1Char('/') + QString::number(QCoreApplication::applicationPid());
}

} // namespace

void RunMarker::set(const std::optional<Left>& work)
{
    const auto session = work ? std::optional(work->session) : std::nullopt;
    if (session == m_noted)
        return;
    m_noted = session;
    QSettings settings;
    settings.remove(ownKey());
    if (work) {
        settings.setValue(ownKey() + QStringLiteral("/session"), toText(work->session));
        settings.setValue(ownKey() + QStringLiteral("/toTarget"), work->toTarget);
    }
    settings.sync(); // a process that is killed writes nothing later
}

std::optional<RunMarker::Left> RunMarker::takeLeft()
{
    QSettings settings;
    std::optional<Left> left;
    settings.beginGroup(group);
    for (const auto& process : settings.childGroups()) {
        const auto id = process.toLongLong();
        if (id == QCoreApplication::applicationPid() || isAlive(id))
            continue;
        const auto session =
            toPath(settings.value(process + QStringLiteral("/session")).toString());
        std::error_code error;
        if (std::filesystem::exists(session, error))
            left = {session, settings.value(process + QStringLiteral("/toTarget")).toBool()};
        settings.remove(process);
    }
    return left;
}

} // namespace espalier::ui
