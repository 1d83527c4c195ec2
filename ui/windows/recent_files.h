#pragma once

#include <filesystem>
#include <vector>

#include <QObject>

class QMenu;

namespace espalier::ui {

/// The models, sessions and experiments that were opened last, latest first; kept in QSettings, so
/// that every window adds to one list.
class RecentFiles final : public QObject {
    Q_OBJECT

public:
    explicit RecentFiles(QObject* parent = nullptr);

    std::vector<std::filesystem::path> files() const;
    void add(const std::filesystem::path& file);
    void remove(const std::filesystem::path& file);
    void clear();

    /// An entry for each, a way to clear the list; files that are gone cannot be chosen. Filled
    /// whenever it is opened.
    QMenu* makeMenu(QWidget* parent);

Q_SIGNALS:
    void chosen(const std::filesystem::path& file);

private:
    void fill(QMenu& menu);
    static void keep(const std::vector<std::filesystem::path>& files);
};

} // namespace espalier::ui
