#include "panels/work_status.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>

#include "panels/elided_label.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

QString commandText(Command command)
{
    switch (command) {
    case Command::OpenModel:
        return WorkStatus::tr("Opening the model");
    case Command::Check:
        return WorkStatus::tr("Checking the experiment");
    case Command::CreateSession:
        return WorkStatus::tr("Creating the session");
    case Command::OpenSession:
        return WorkStatus::tr("Opening the session");
    case Command::Preview:
        return WorkStatus::tr("Scoring candidates");
    case Command::CompareLayers:
        return WorkStatus::tr("Comparing layers");
    case Command::MeasureLayers:
        return WorkStatus::tr("Timing the layers");
    case Command::Propose:
        return WorkStatus::tr("Proposing candidates");
    case Command::Choose:
        return WorkStatus::tr("Choosing by hand");
    case Command::Step:
        return WorkStatus::tr("One iteration");
    case Command::Run:
        return WorkStatus::tr("Running to the target");
    case Command::Undo:
        return WorkStatus::tr("Undoing");
    case Command::GoTo:
        return WorkStatus::tr("Going to another network");
    case Command::SetLocks:
        return WorkStatus::tr("Setting locks");
    case Command::SetStopRules:
        return WorkStatus::tr("Setting the target");
    case Command::ShowNetwork:
        return WorkStatus::tr("Loading a network");
    case Command::Export:
        return WorkStatus::tr("Exporting");
    }
    return {};
}

} // namespace

WorkStatus::WorkStatus(QWidget* parent)
    : QWidget(parent)
    , m_task(new ElidedLabel(this))
    , m_bar(new QProgressBar(this))
    , m_rate(new QLabel(this))
    , m_device(new QLabel(this))
{
    m_task->setObjectName(QStringLiteral("statusTask"));
    m_bar->setObjectName(QStringLiteral("statusProgress"));
    m_bar->setFixedWidth(160);
    m_bar->setMaximumHeight(m_task->fontMetrics().height() + 2);
    m_bar->setAccessibleName(tr("Progress of the current work"));
    m_rate->setObjectName(QStringLiteral("statusRate"));
    m_device->setObjectName(QStringLiteral("statusDevice"));
    m_device->setToolTip(tr("The device the networks run on"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->addWidget(m_task, 1);
    layout->addWidget(m_rate);
    layout->addWidget(m_bar);
    layout->addWidget(m_device);
    m_bar->hide();
}

void WorkStatus::showState(const SessionState& state)
{
    m_task->setText(taskText(state));
    m_device->setText(toText(state.device));
    m_device->setVisible(!state.device.empty());
    m_rate->setText(state.progress ? rateText(*state.progress) : QString());
    m_bar->setVisible(state.isBusy());
    if (!state.progress || state.progress->total <= 0) {
        m_bar->setRange(0, 0); // how long is not known
        return;
    }
    const auto done =
        static_cast<double>(state.progress->done) / static_cast<double>(state.progress->total);
    m_bar->setRange(0, 1000);
    m_bar->setValue(static_cast<int>(1000.0 * std::clamp(done, 0.0, 1.0)));
}

QString WorkStatus::taskText(const SessionState& state) const
{
    if (!state.isBusy()) {
        if (state.hasPending)
            return state.candidates.choice
                ? tr("Ready; Fine-Tune goes on with the proposal")
                : tr("Ready; an iteration was interrupted, Fine-Tune continues it");
        return state.graph ? tr("Ready") : QString();
    }
    QString text = commandText(state.active.front().command);
    if (state.progress && !state.progress->task.empty())
        text += QStringLiteral(": ") + toText(state.progress->task);
    if (state.stopping)
        return tr("%1 (stopping)").arg(text);
    return state.paused ? tr("%1 (paused)").arg(text) : text;
}

QString WorkStatus::rateText(const Progress& progress) const
{
    QStringList parts;
    if (progress.rate > 0)
        parts << tr("%1 %2/s").arg(
            QLocale().toString(progress.rate, 'f', progress.rate < 10 ? 1 : 0),
            toText(progress.unit));
    if (progress.secondsLeft >= 0)
        parts << tr("%1 left").arg(durationText(progress.secondsLeft));
    return parts.join(QStringLiteral(", "));
}

} // namespace espalier::ui
