#include "panels/log_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextCharFormat>
#include <QVBoxLayout>

#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr std::size_t maxEntries = 5000;
} // namespace

LogPanel::LogPanel(QWidget* parent)
    : QWidget(parent)
    , m_level(new QComboBox(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_clear(new QPushButton(tr("Clear"), this))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("logPanel"));
    m_level->setObjectName(QStringLiteral("logLevel"));
    m_level->setAccessibleName(tr("Which lines are shown"));
    m_level->setToolTip(m_level->accessibleName());
    m_level->addItem(tr("Everything"), static_cast<int>(LogLevel::Info));
    m_level->addItem(tr("Warnings and errors"), static_cast<int>(LogLevel::Warning));
    m_level->addItem(tr("Errors"), static_cast<int>(LogLevel::Error));
    m_copy->setObjectName(QStringLiteral("logCopy"));
    m_copy->setToolTip(tr("Copy the lines that are selected, or all that are shown"));
    m_clear->setObjectName(QStringLiteral("logClear"));
    m_clear->setToolTip(tr("Forget all lines; the session keeps its own log"));
    m_text->setObjectName(QStringLiteral("log"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setMaximumBlockCount(static_cast<int>(maxEntries));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 2, 6, 2);
    bar->addWidget(m_level);
    bar->addStretch();
    bar->addWidget(m_copy);
    bar->addWidget(m_clear);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(bar);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPanel::showAll);
    connect(m_copy, &QPushButton::clicked, this, &LogPanel::copy);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_entries.clear();
        showAll();
    });
}

void LogPanel::append(const LogLine& line)
{
    m_entries.push_back({QTime::currentTime(), line});
    if (m_entries.size() > maxEntries)
        m_entries.pop_front();
    if (isShown(line))
        show(m_entries.back());
}

/// Colour is not the only sign of a warning.
QString LogPanel::levelText(LogLevel level)
{
    switch (level) {
    case LogLevel::Info:
        return {};
    case LogLevel::Warning:
        return tr("Warning: ");
    case LogLevel::Error:
        return tr("Error: ");
    }
    return {};
}

bool LogPanel::isShown(const LogLine& line) const
{
    return static_cast<int>(line.level) >= m_level->currentData().toInt();
}

void LogPanel::show(const Entry& entry)
{
    QTextCharFormat format;
    if (entry.line.level != LogLevel::Info)
        format.setForeground(colourOf(Meaning::Removed, palette()));
    if (entry.line.level == LogLevel::Error)
        format.setFontWeight(QFont::Bold);
    m_text->setCurrentCharFormat(format);
    m_text->appendPlainText(entry.time.toString(QStringLiteral("HH:mm:ss  "))
                            + levelText(entry.line.level) + toText(entry.line.text));
}

void LogPanel::showAll()
{
    m_text->clear();
    for (const auto& entry : m_entries) {
        if (isShown(entry.line))
            show(entry);
    }
}

void LogPanel::copy() const
{
    if (m_text->textCursor().hasSelection())
        m_text->copy();
    else
        QApplication::clipboard()->setText(m_text->toPlainText());
}

void LogPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showAll();
}

} // namespace espalier::ui
