#include "panels/candidates_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "models/candidates_model.h"
#include "panels/elided_label.h"
#include "panels/table.h"
#include "session/selection.h"
#include "style/text.h"

namespace espalier::ui {

CandidatesPanel::CandidatesPanel(Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_model(new CandidatesModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView(this))
    , m_summary(new ElidedLabel(this))
    , m_criterion(new QComboBox(this))
    , m_ratio(new QDoubleSpinBox(this))
    , m_score(new QPushButton(tr("Score all"), this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(CandidatesModel::SortRole);
    m_table->setObjectName(QStringLiteral("candidatesTable"));
    m_table->setAccessibleName(tr("Candidates of the next cut"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CandidatesModel::Distance, Qt::AscendingOrder);
    setUpTable(*m_table);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_table, 1);
    connect(m_score, &QPushButton::clicked, this, &CandidatesPanel::requestPreview);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &CandidatesPanel::previewSelected);
    setPreviewEnabled(false);
    setCandidates({}, false);
}

QWidget* CandidatesPanel::makeBar()
{
    auto* bar = new QWidget(this);
    m_summary->setObjectName(QStringLiteral("candidatesSummary"));
    m_criterion->setObjectName(QStringLiteral("criterion"));
    m_criterion->setAccessibleName(tr("Criterion that ranks filters"));
    m_criterion->setToolTip(m_criterion->accessibleName());
    m_criterion->addItem(QStringLiteral("L1"), static_cast<int>(Criterion::L1));
    m_criterion->addItem(QStringLiteral("L2"), static_cast<int>(Criterion::L2));
    m_criterion->addItem(QStringLiteral("KL"), static_cast<int>(Criterion::Kl));
    m_criterion->addItem(tr("Random"), static_cast<int>(Criterion::Random));
    m_ratio->setObjectName(QStringLiteral("ratio"));
    m_ratio->setRange(1, 90);
    m_ratio->setValue(10);
    m_ratio->setDecimals(0);
    m_ratio->setSuffix(tr(" % of filters"));
    m_ratio->setAccessibleName(tr("Share of each convolution's filters in the filter candidate"));
    m_ratio->setToolTip(m_ratio->accessibleName());
    m_score->setObjectName(QStringLiteral("scoreCandidates"));
    m_score->setToolTip(
        tr("Compare every removable layer, and the lowest filters, with the current network; "
           "nothing is fine-tuned"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 6, 4);
    row->addWidget(m_summary, 1);
    row->addWidget(m_criterion);
    row->addWidget(m_ratio);
    row->addWidget(m_score);
    return bar;
}

void CandidatesPanel::setCandidates(const CandidateSet& set, bool isOnBench)
{
    m_isOnBench = isOnBench;
    m_model->setCandidates(set);
    m_summary->setText(summary());
    const auto chosen = m_model->chosenRow();
    if (chosen && isOnBench && m_table->selectionModel()->selectedRows().isEmpty())
        m_table->selectRow(m_sorted->mapFromSource(m_model->index(*chosen, 0)).row());
    else
        previewSelected();
}

QString CandidatesPanel::summary() const
{
    const auto& set = m_model->candidates();
    switch (set.source) {
    case CandidateSet::Source::None:
        return tr("Candidates appear with a step, or when all are scored");
    case CandidateSet::Source::Preview:
        return tr("Every candidate of the current network (accuracy %1 on %2 images)")
            .arg(percentText(set.baselineAccuracy), countText(set.samples));
    case CandidateSet::Source::Contest:
        break;
    }
    const auto after = set.parent.value();
    return set.choice
        ? tr("Contest after iteration %1: %2").arg(after).arg(toText(set.choice->reason))
        : tr("Contest after iteration %1: under way").arg(after);
}

void CandidatesPanel::setPreviewEnabled(bool enabled)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_score, m_criterion, m_ratio})
        widget->setEnabled(enabled);
}

void CandidatesPanel::requestPreview()
{
    PreviewRequest request;
    request.criterion = static_cast<Criterion>(m_criterion->currentData().toInt());
    request.ratio = m_ratio->value() / 100.0;
    Q_EMIT previewRequested(request);
}

void CandidatesPanel::previewSelected()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty() || !m_isOnBench) {
        m_selection.previewRemoval({});
        return;
    }
    m_selection.previewRemoval(
        m_model->candidate(m_sorted->mapToSource(rows.front()).row()).removal);
}

} // namespace espalier::ui
