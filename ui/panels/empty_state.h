#pragma once

#include <filesystem>
#include <vector>

#include <QList>
#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace espalier::ui {

/// What stands in the middle of a window without a network: what to do first, and what was open
/// last; or, while one is being opened, what is under way.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    /// A button for each action.
    explicit EmptyState(const QList<QAction*>& actions, QWidget* parent = nullptr);

    /// A link for each of the latest few; none: nothing is said of them.
    void setRecent(const std::vector<std::filesystem::path>& files);
    void setOpening(bool opening);

Q_SIGNALS:
    void recentChosen(const std::filesystem::path& file);

private:
    void addButtons(QVBoxLayout& layout, const QList<QAction*>& actions);

    QLabel* m_title;
    QWidget* m_welcome; ///< hint and buttons
    QWidget* m_recent;
};

} // namespace espalier::ui
