#include "panels/candidates_panel.h"

#include <algorithm>

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "models/candidates_filter.h"
#include "models/candidates_model.h"
#include "models/words.h"
#include "panels/column_menu.h"
#include "panels/table.h"
#include "session/selection.h"
#include "style/text.h"

namespace espalier::ui {

CandidatesPanel::CandidatesPanel(Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_model(new CandidatesModel(this))
    , m_filter(new CandidatesFilter(this))
    , m_table(new QTableView(this))
    , m_kind(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_similarity(new QComboBox(this))
    , m_criterion(new QComboBox(this))
    , m_ratio(new QDoubleSpinBox(this))
    , m_score(new QPushButton(tr("Score all"), this))
    , m_summary(new QLabel(this))
    , m_choose(new QAction(tr("Prune This Instead"), this))
    , m_chooseButton(new QPushButton(m_choose->text(), this))
{
    makeTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFilterBar());
    layout->addWidget(m_table, 1);
    layout->addWidget(makeChoiceBar());
    setTabOrder(m_table, m_chooseButton);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &CandidatesPanel::selectionHasChanged);
    showCandidates({}, {});
}

void CandidatesPanel::makeTable()
{
    m_filter->setSourceModel(m_model);
    m_table->setObjectName(QStringLiteral("candidatesTable"));
    m_table->setAccessibleName(tr("Candidates of the next cut"));
    m_table->setModel(m_filter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CandidatesModel::Distance, Qt::AscendingOrder);
    setUpTable(*m_table);
    m_columns =
        new ColumnMenu(*m_table, QStringLiteral("candidates"), {CandidatesModel::DebiasedDistance},
                       {CandidatesModel::Mark, CandidatesModel::Name});
    m_choose->setObjectName(QStringLiteral("pruneInstead"));
    m_choose->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    m_choose->setShortcutContext(Qt::WidgetShortcut);
    m_choose->setToolTip(tr("Cut the selected candidate next, whatever was chosen (Return)"));
    m_table->addAction(m_choose);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_choose, &QAction::triggered, this, &CandidatesPanel::requestChoice);
}

QWidget* CandidatesPanel::makeFilterBar()
{
    auto* bar = new QWidget(this);
    m_kind->setObjectName(QStringLiteral("candidatesKind"));
    m_kind->setAccessibleName(tr("Kind of the candidates listed"));
    m_kind->setToolTip(m_kind->accessibleName());
    m_kind->addItem(tr("All kinds"));
    for (const auto kind :
         {StructureKind::Layer, StructureKind::Filter, StructureKind::Head, StructureKind::Neuron})
        m_kind->addItem(CandidatesModel::kindText(kind), static_cast<int>(kind));
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        const auto kind = m_kind->currentData();
        m_filter->setKind(kind.isValid() ? std::optional(static_cast<StructureKind>(kind.toInt()))
                                         : std::nullopt);
    });
    m_text->setObjectName(QStringLiteral("candidatesFilter"));
    m_text->setAccessibleName(tr("Filter by the names of the parts"));
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setToolTip(m_text->accessibleName());
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(60);
    connect(m_text, &QLineEdit::textChanged, m_filter, &CandidatesFilter::setText);
    m_similarity->setObjectName(QStringLiteral("candidatesSimilarity"));
    m_similarity->setAccessibleName(tr("How similarity is shown"));
    m_similarity->setToolTip(tr("CKA, or the distance 1 − CKA, whose digits tell values near 1 "
                                "apart"));
    m_similarity->addItems({tr("1 − CKA"), tr("CKA")});
    connect(m_similarity, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_model->showSimilarity(index == 1); });
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 3, 6, 3);
    row->addWidget(m_kind);
    row->addWidget(m_text, 1);
    row->addWidget(m_similarity);
    row->addSpacing(8);
    addScoring(*row);
    return bar;
}

void CandidatesPanel::addScoring(QHBoxLayout& row)
{
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
    connect(m_score, &QPushButton::clicked, this, &CandidatesPanel::requestPreview);
    row.addWidget(m_criterion);
    row.addWidget(m_ratio);
    row.addWidget(m_score);
}

QWidget* CandidatesPanel::makeChoiceBar()
{
    auto* bar = new QWidget(this);
    m_summary->setObjectName(QStringLiteral("candidatesSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_chooseButton->setObjectName(QStringLiteral("pruneInsteadButton"));
    m_chooseButton->setToolTip(m_choose->toolTip());
    connect(m_chooseButton, &QPushButton::clicked, m_choose, &QAction::trigger);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 6, 3);
    row->addWidget(m_summary, 1);
    row->addWidget(m_chooseButton);
    return bar;
}

void CandidatesPanel::showCandidates(const CandidateSet& set, const SessionState& state)
{
    const auto before = m_model->chosenRow();
    m_model->setCandidates(set);
    m_columns->setEmpty(CandidatesModel::Spread,
                        std::ranges::none_of(set.candidates, [](const auto& candidate) {
                            return candidate.cka && candidate.cka->interval;
                        }));
    m_columns->setEmpty(CandidatesModel::LatencySaved,
                        std::ranges::none_of(set.candidates, [](const auto& candidate) {
                            return candidate.latency.has_value();
                        }));
    followState(state);
    const auto chosen = m_model->chosenRow();
    if (chosen && m_isOnBench && (chosen != before || !selectedRow()))
        m_table->selectRow(m_filter->mapFromSource(m_model->index(*chosen, 0)).row());
    else
        selectionHasChanged();
}

void CandidatesPanel::followState(const SessionState& state)
{
    const auto& set = m_model->candidates();
    m_isOnBench = state.graph && set.parent == state.shown;
    m_canChoose = m_isOnBench && state.canStep();
    m_summary->setText(candidatesText(set, m_isOnBench, state));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_score, m_criterion, m_ratio})
        widget->setEnabled(state.canPreview());
    enableChoice();
}

void CandidatesPanel::enableChoice()
{
    const auto row = selectedRow();
    const auto& set = m_model->candidates();
    const bool isNext =
        set.source == CandidateSet::Source::Contest && row && row == m_model->chosenRow();
    m_choose->setEnabled(m_canChoose && row && !isNext);
    m_chooseButton->setEnabled(m_choose->isEnabled());
}

std::optional<int> CandidatesPanel::selectedRow() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return std::nullopt;
    return m_filter->mapToSource(rows.front()).row();
}

void CandidatesPanel::requestPreview()
{
    PreviewRequest request;
    request.criterion = static_cast<Criterion>(m_criterion->currentData().toInt());
    request.ratio = m_ratio->value() / 100.0;
    Q_EMIT previewRequested(request);
}

void CandidatesPanel::requestChoice()
{
    if (const auto row = selectedRow(); row && m_choose->isEnabled()) {
        const auto candidate = m_model->candidate(*row); // the model may change meanwhile
        Q_EMIT choiceRequested(candidate);
    }
}

void CandidatesPanel::selectionHasChanged()
{
    enableChoice();
    const auto row = selectedRow();
    m_selection.previewRemoval(row && m_isOnBench ? m_model->candidate(*row).removal : Removal());
}

} // namespace espalier::ui
