#include "panels/log_panel.h"

#include <QTextCharFormat>
#include <QTime>

#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

LogPanel::LogPanel(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("log"));
    setAccessibleName(tr("Log"));
    setReadOnly(true);
    setMaximumBlockCount(5000);
    setFrameShape(NoFrame);
    setLineWrapMode(NoWrap);
}

void LogPanel::append(const LogLine& line)
{
    QTextCharFormat format;
    if (line.level != LogLevel::Info)
        format.setForeground(colourOf(Meaning::Removed, palette()));
    if (line.level == LogLevel::Error)
        format.setFontWeight(QFont::Bold);
    setCurrentCharFormat(format);
    appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss  "))
                    + toText(line.text));
}

} // namespace espalier::ui
