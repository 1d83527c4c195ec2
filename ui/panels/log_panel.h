#pragma once

#include <deque>

#include <QTime>
#include <QWidget>

#include "base/log.h"

class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace espalier::ui {

/// What the engine says, the last few thousand lines; all of it, or only what is a warning or
/// worse.
class LogPanel final : public QWidget {
    Q_OBJECT

public:
    explicit LogPanel(QWidget* parent = nullptr);

    void append(const LogLine& line);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        QTime time;
        LogLine line;
    };
    static QString levelText(LogLevel level);
    bool isShown(const LogLine& line) const;
    void show(const Entry& entry);
    void showAll();
    void copy() const;

    std::deque<Entry> m_entries;
    QComboBox* m_level;
    QPushButton* m_copy;
    QPushButton* m_clear;
    QPlainTextEdit* m_text;
};

} // namespace espalier::ui
