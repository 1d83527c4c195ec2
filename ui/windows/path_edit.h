#pragma once

#include <filesystem>

#include <QWidget>

class QLineEdit;

namespace espalier::ui {

/// A line for a path with a button that browses for it.
class PathEdit final : public QWidget {
    Q_OBJECT

public:
    enum class Kind { ExistingFile, Directory, NewFile };

    PathEdit(Kind kind, const QString& title, const QString& filter, QWidget* parent = nullptr);

    std::filesystem::path path() const;
    void setPath(const std::filesystem::path& path);

Q_SIGNALS:
    void changed();

private:
    void browse();

    Kind m_kind;
    QString m_title;
    QString m_filter;
    QLineEdit* m_line;
};

} // namespace espalier::ui
