#include "windows/recent_files.h"

#include <algorithm>

#include <QDir>
#include <QMenu>
#include <QSettings>

#include "style/text.h"
#include "windows/preferences.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

const QString key = QStringLiteral("recentFiles");

fs::path absoluteOf(const fs::path& file)
{
    std::error_code error;
    auto path = fs::absolute(file, error);
    return error ? file : path.lexically_normal();
}

/// "&3  model.pt – ~/networks".
QString entryText(int number, const fs::path& file)
{
    QString folder = toText(file.parent_path());
    if (folder.startsWith(QDir::homePath()))
        folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
    QString text = QStringLiteral("%1 – %2").arg(toText(file.filename()), folder);
    text.replace(QLatin1Char('&'), QStringLiteral("&&"));
    return number < 10 ? QStringLiteral("&%1  %2").arg(number).arg(text) : text;
}

} // namespace

RecentFiles::RecentFiles(QObject* parent)
    : QObject(parent)
{
}

std::vector<fs::path> RecentFiles::files() const
{
    std::vector<fs::path> files;
    for (const auto& file : QSettings().value(key).toStringList())
        files.push_back(toPath(file));
    const auto limit = static_cast<std::size_t>(Preferences::load().recentFiles);
    files.resize(std::min(files.size(), limit));
    return files;
}

void RecentFiles::keep(const std::vector<fs::path>& files)
{
    QStringList names;
    for (const auto& file : files)
        names << toText(file);
    QSettings().setValue(key, names);
}

void RecentFiles::add(const fs::path& file)
{
    auto kept = files();
    const auto path = absoluteOf(file);
    std::erase(kept, path);
    kept.insert(kept.begin(), path);
    keep(kept);
}

void RecentFiles::remove(const fs::path& file)
{
    auto kept = files();
    std::erase(kept, absoluteOf(file));
    keep(kept);
}

void RecentFiles::clear()
{
    keep({});
}

QMenu* RecentFiles::makeMenu(QWidget* parent)
{
    auto* menu = new QMenu(tr("Open &Recent"), parent);
    menu->setObjectName(QStringLiteral("recentMenu"));
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
    fill(*menu);
    return menu;
}

void RecentFiles::fill(QMenu& menu)
{
    menu.clear();
    int number = 0;
    for (const auto& file : files()) {
        std::error_code error;
        const bool isThere = fs::exists(file, error);
        auto* entry = menu.addAction(entryText(++number, file));
        entry->setEnabled(isThere);
        entry->setToolTip(isThere ? toText(file)
                                  : tr("%1 is not there any more").arg(toText(file)));
        connect(entry, &QAction::triggered, this, [this, file] { Q_EMIT chosen(file); });
    }
    if (number == 0) {
        menu.addAction(tr("Nothing was opened yet"))->setEnabled(false);
        return;
    }
    menu.addSeparator();
    auto* clearing = menu.addAction(tr("&Clear the List"));
    clearing->setObjectName(QStringLiteral("clearRecent"));
    connect(clearing, &QAction::triggered, this, &RecentFiles::clear);
}

} // namespace espalier::ui
