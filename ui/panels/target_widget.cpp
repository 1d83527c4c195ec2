#include "panels/target_widget.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QSpinBox>

#include "style/text.h"

namespace espalier::ui {

TargetWidget::TargetWidget(QWidget* parent)
    : QWidget(parent)
    , m_target(new QSpinBox(this))
    , m_bar(new QProgressBar(this))
{
    m_target->setObjectName(QStringLiteral("target"));
    m_target->setRange(1, 99);
    m_target->setValue(50);
    m_target->setSuffix(tr(" % of MACs"));
    m_target->setAccessibleName(tr("Target: percent of the dense network's MACs to remove"));
    m_target->setToolTip(m_target->accessibleName());
    m_bar->setObjectName(QStringLiteral("targetProgress"));
    m_bar->setAccessibleName(tr("MACs removed so far"));
    m_bar->setFixedWidth(150);
    m_bar->setRange(0, 1000);
    auto* label = new QLabel(tr("Tar&get"), this);
    label->setBuddy(m_target);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->addWidget(label);
    layout->addWidget(m_target);
    layout->addWidget(m_bar);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    connect(m_target, &QSpinBox::valueChanged, this, &TargetWidget::updateBar);
    updateBar();
}

double TargetWidget::target() const
{
    return m_target->value() / 100.0;
}

void TargetWidget::setTarget(double fraction)
{
    m_target->setValue(qRound(100.0 * fraction));
}

void TargetWidget::setEditable(bool editable)
{
    m_target->setEnabled(editable);
}

void TargetWidget::setRemoved(double fraction)
{
    m_removed = fraction;
    updateBar();
}

void TargetWidget::updateBar()
{
    m_bar->setValue(static_cast<int>(1000.0 * std::clamp(m_removed / target(), 0.0, 1.0)));
    m_bar->setFormat(tr("%1 removed").arg(percentText(m_removed, 1)));
}

} // namespace espalier::ui
