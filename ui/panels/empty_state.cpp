#include "panels/empty_state.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "style/text.h"

namespace espalier::ui {

EmptyState::EmptyState(const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_welcome(new QWidget(this))
    , m_recent(new QWidget(this))
{
    setObjectName(QStringLiteral("emptyState"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    m_title->setFont(font);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    auto* hint =
        new QLabel(tr("A TorchScript or ONNX file (.pt, .onnx) opens as a picture of its layers.\n"
                      "A new session adds the data it was trained on, so that it can be pruned.\n"
                      "A session file (.espalier) goes on where it stopped."),
                   m_welcome);
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* welcome = new QVBoxLayout(m_welcome);
    welcome->setContentsMargins(0, 0, 0, 0);
    welcome->addWidget(hint);
    welcome->addSpacing(14);
    addButtons(*welcome, actions);
    welcome->addSpacing(10);
    welcome->addWidget(m_recent);
    m_recent->setObjectName(QStringLiteral("recentLinks"));
    auto* links = new QVBoxLayout(m_recent);
    links->setSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 20, 40, 20);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addSpacing(6);
    layout->addWidget(m_welcome);
    layout->addStretch(3);
    setRecent({});
    setOpening(false);
}

void EmptyState::addButtons(QVBoxLayout& layout, const QList<QAction*>& actions)
{
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (auto* action : actions) {
        auto* button = new QPushButton(action->text(), m_welcome);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    layout.addLayout(buttons);
}

void EmptyState::setRecent(const std::vector<std::filesystem::path>& files)
{
    constexpr std::size_t most = 5;
    qDeleteAll(m_recent->findChildren<QPushButton*>());
    for (std::size_t i = 0; i < std::min(files.size(), most); ++i) {
        auto* link = new QPushButton(toText(files[i].filename()).replace('&', "&&"), m_recent);
        link->setFlat(true);
        link->setToolTip(toText(files[i]));
        link->setAccessibleName(tr("Open %1").arg(toText(files[i].filename())));
        link->setCursor(Qt::PointingHandCursor);
        connect(link, &QPushButton::clicked, this,
                [this, file = files[i]] { Q_EMIT recentChosen(file); });
        m_recent->layout()->addWidget(link);
        m_recent->layout()->setAlignment(link, Qt::AlignHCenter);
    }
    m_recent->setVisible(!files.empty());
}

void EmptyState::setOpening(bool opening)
{
    m_title->setText(opening ? tr("Opening …") : tr("Drop a model or a session here"));
    m_welcome->setVisible(!opening);
}

} // namespace espalier::ui
