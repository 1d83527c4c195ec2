#include "windows/assistant/target_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSpinBox>

#include "style/text.h"

namespace espalier::ui {

TargetPage::TargetPage(QWidget* parent)
    : AssistantPage(parent)
    , m_target(new QSpinBox(this))
    , m_limitIterations(new QCheckBox(tr("End after &iterations:"), this))
    , m_iterations(new QSpinBox(this))
    , m_limitAccuracy(new QCheckBox(tr("Keep &accuracy above:"), this))
    , m_accuracy(new QDoubleSpinBox(this))
    , m_contest(new QComboBox(this))
    , m_budget(new QComboBox(this))
{
    makeFields();
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Target"), m_target);
    form->addRow(m_limitIterations, m_iterations);
    form->addRow(m_limitAccuracy, m_accuracy);
    form->addRow(tr("What &may go"), m_contest);
    form->addRow(tr("&Compare at equal"), m_budget);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    connect(m_limitIterations, &QCheckBox::toggled, m_iterations, &QWidget::setEnabled);
    connect(m_limitAccuracy, &QCheckBox::toggled, m_accuracy, &QWidget::setEnabled);
    for (auto* box : {m_target, m_iterations})
        connect(box, &QSpinBox::valueChanged, this, &AssistantPage::changed);
    connect(m_accuracy, &QDoubleSpinBox::valueChanged, this, &AssistantPage::changed);
    for (auto* box : {m_limitIterations, m_limitAccuracy})
        connect(box, &QCheckBox::toggled, this, &AssistantPage::changed);
    for (auto* box : {m_contest, m_budget})
        connect(box, &QComboBox::currentIndexChanged, this, &AssistantPage::changed);
}

void TargetPage::makeFields()
{
    m_target->setObjectName(QStringLiteral("assistantTarget"));
    m_target->setAccessibleName(tr("Target: percent of the MACs to remove"));
    m_target->setRange(1, 99);
    m_target->setSuffix(tr(" % of the MACs removed"));
    m_limitIterations->setObjectName(QStringLiteral("assistantLimitIterations"));
    m_iterations->setObjectName(QStringLiteral("assistantIterations"));
    m_iterations->setAccessibleName(tr("Iterations at most"));
    m_iterations->setRange(1, 1000);
    m_iterations->setEnabled(false);
    m_limitAccuracy->setObjectName(QStringLiteral("assistantLimitAccuracy"));
    m_limitAccuracy->setToolTip(
        tr("A run ends, and goes one step back, when accuracy on the held-out images falls below"));
    m_accuracy->setObjectName(QStringLiteral("assistantAccuracy"));
    m_accuracy->setAccessibleName(tr("Accuracy to keep, percent"));
    m_accuracy->setRange(0.1, 100.0);
    m_accuracy->setDecimals(1);
    m_accuracy->setSuffix(QStringLiteral(" %"));
    m_accuracy->setEnabled(false);
    m_contest->setObjectName(QStringLiteral("assistantContest"));
    m_contest->setAccessibleName(tr("What may go"));
    m_contest->addItem(tr("layers or filters, whichever changes the network less"),
                       static_cast<int>(Contest::Cka));
    m_contest->addItem(tr("layers only"), static_cast<int>(Contest::LayersOnly));
    m_contest->addItem(tr("filters, heads and neurons only"),
                       static_cast<int>(Contest::FiltersOnly));
    m_contest->addItem(tr("layers or filters, by the toss of a coin (a control)"),
                       static_cast<int>(Contest::Coin));
    m_budget->setObjectName(QStringLiteral("assistantBudget"));
    m_budget->setAccessibleName(tr("What makes candidates equally large"));
    m_budget->setToolTip(tr("As many filters go as the layer has, or as much computing, or as many "
                            "parameters"));
    m_budget->addItem(tr("the same number of filters, as in the paper"),
                      static_cast<int>(Budget::Filters));
    m_budget->addItem(tr("the same MACs"), static_cast<int>(Budget::Macs));
    m_budget->addItem(tr("the same parameters"), static_cast<int>(Budget::Params));
}

QString TargetPage::title() const
{
    return tr("Target");
}

QString TargetPage::explanation() const
{
    return tr("A run goes on until so much is removed. The target can be changed at any time, and "
              "every step can also be taken by hand.");
}

Status TargetPage::write(Experiment& experiment) const
{
    experiment.stop = {};
    experiment.stop.macsRemoved = m_target->value() / 100.0;
    if (m_limitIterations->isChecked())
        experiment.stop.iterations = m_iterations->value();
    if (m_limitAccuracy->isChecked())
        experiment.stop.minAccuracy = m_accuracy->value() / 100.0;
    experiment.pruning.contest = static_cast<Contest>(m_contest->currentData().toInt());
    experiment.pruning.budget = static_cast<Budget>(m_budget->currentData().toInt());
    return {};
}

void TargetPage::read(const Experiment& experiment)
{
    const auto& stop = experiment.stop;
    m_target->setValue(qRound(100.0 * stop.macsRemoved.value_or(0.5)));
    m_limitIterations->setChecked(stop.iterations.has_value());
    m_iterations->setValue(static_cast<int>(stop.iterations.value_or(5)));
    m_limitAccuracy->setChecked(stop.minAccuracy.has_value());
    m_accuracy->setValue(100.0 * stop.minAccuracy.value_or(0.9));
    m_contest->setCurrentIndex(m_contest->findData(static_cast<int>(experiment.pruning.contest)));
    m_budget->setCurrentIndex(m_budget->findData(static_cast<int>(experiment.pruning.budget)));
}

QString TargetPage::findings(const ExperimentChecked& known) const
{
    if (!known.graph)
        return {};
    const auto dense = known.graph->macs();
    const auto left =
        static_cast<std::int64_t>(static_cast<double>(dense) * (1.0 - m_target->value() / 100.0));
    return tr("Of %1 MACs at most %2 stay.").arg(shortCountText(dense), shortCountText(left));
}

} // namespace espalier::ui
