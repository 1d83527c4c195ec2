#include "panels/message_bar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "style/colours.h"

namespace espalier::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(QStringLiteral("messageButton"));
    m_button->hide(); // until there is a way on
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAutoRaise(true);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto go = m_wayOn.go)
            go();
    });
    hide();
}

void MessageBar::showError(const QString& text, WayOn wayOn)
{
    show(text, std::move(wayOn), true);
}

void MessageBar::showNotice(const QString& text, WayOn wayOn)
{
    show(text, std::move(wayOn), false);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::show(const QString& text, WayOn wayOn, bool isError)
{
    m_isError = isError;
    m_wayOn = std::move(wayOn);
    m_text->setText(text);
    m_button->setText(m_wayOn.text);
    m_button->setVisible(static_cast<bool>(m_wayOn.go));
    const auto icon = isError ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
    m_icon->setPixmap(style()->standardIcon(icon).pixmap(20, 20));
    setAccessibleName(text);
    restyle();
    setVisible(true);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::restyle()
{
    const QPalette window = parentWidget() ? parentWidget()->palette() : palette();
    const auto meaning = m_isError ? Meaning::Removed : Meaning::Layer;
    const auto ground = blended(colourOf(meaning, window), window.color(QPalette::Window), 0.22);
    if (ground == palette().color(QPalette::Window))
        return;
    QPalette own; // all other colours are the window's, now and after a change of theme
    own.setColor(QPalette::Window, ground);
    setPalette(own);
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ParentChange || event->type() == QEvent::PaletteChange)
        QMetaObject::invokeMethod( // the parent may be told after its children
            this, [this] { restyle(); }, Qt::QueuedConnection);
}

} // namespace espalier::ui
