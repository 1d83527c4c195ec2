#pragma once

#include <QPlainTextEdit>

#include "base/log.h"

namespace espalier::ui {

/// What the engine says, the last few thousand lines.
class LogPanel final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LogPanel(QWidget* parent = nullptr);

    void append(const LogLine& line);
};

} // namespace espalier::ui
