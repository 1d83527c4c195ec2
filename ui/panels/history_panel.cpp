#include "panels/history_panel.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "models/history_model.h"
#include "panels/column_menu.h"
#include "panels/history_delegate.h"
#include "panels/table.h"

namespace espalier::ui {

HistoryPanel::HistoryPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HistoryModel(this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(tr("The iterations of a session are listed here."), this))
    , m_goTo(new QAction(tr("Go To"), this))
    , m_compare(new QAction(tr("Compare"), this))
    , m_export(new QAction(tr("Export This Network…"), this))
    , m_bar(nullptr)
{
    makeTable();
    makeActions();
    m_bar = makeBar();
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(12);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_bar);
    showHistory({});
}

void HistoryPanel::makeTable()
{
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setAccessibleName(tr("History of iterations"));
    m_table->setModel(m_model);
    setUpTable(*m_table);
    new ColumnMenu(*m_table, QStringLiteral("history"),
                   {HistoryModel::Margin, HistoryModel::Params, HistoryModel::LayerDistance,
                    HistoryModel::FilterDistance},
                   {HistoryModel::Number, HistoryModel::Choice});
    // A long name gives way, so that the numbers stay in sight.
    m_table->horizontalHeader()->setSectionResizeMode(HistoryModel::Choice, QHeaderView::Stretch);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setItemDelegateForColumn(HistoryModel::Number, new HistoryDelegate(*m_model, this));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                if (row.isValid())
                    Q_EMIT iterationSelected(m_model->iteration(row.row()).id);
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HistoryPanel::enableActions);
    connect(m_table, &QTableView::doubleClicked, this, &HistoryPanel::goToSelected);
}

void HistoryPanel::makeActions()
{
    m_goTo->setObjectName(QStringLiteral("goToIteration"));
    m_goTo->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    m_compare->setObjectName(QStringLiteral("compareIterations"));
    m_compare->setShortcut(QKeySequence(QStringLiteral("Ctrl+D")));
    m_export->setObjectName(QStringLiteral("exportIteration"));
    connect(m_goTo, &QAction::triggered, this, &HistoryPanel::goToSelected);
    connect(m_compare, &QAction::triggered, this, &HistoryPanel::compareSelected);
    connect(m_export, &QAction::triggered, this,
            [this] { Q_EMIT exportRequested(selected().front()); });
    for (auto* action : {m_goTo, m_compare, m_export}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_table->addAction(action);
    }
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

QWidget* HistoryPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 3, 6, 3);
    row->addWidget(makeButton(m_goTo));
    row->addWidget(makeButton(m_compare));
    row->addStretch(1);
    return bar;
}

/// A button that says and does what the action does.
QPushButton* HistoryPanel::makeButton(QAction* action)
{
    auto* button = new QPushButton(this);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

void HistoryPanel::showHistory(const SessionState& state)
{
    m_model->setHistory(state.history, state.current);
    const bool isEmpty = state.history.empty();
    m_table->setVisible(!isEmpty);
    m_bar->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (const auto row = m_model->rowOf(state.current))
        m_table->scrollTo(m_model->index(*row, 0));
    followState(state);
}

void HistoryPanel::followState(const SessionState& state)
{
    m_canStep = state.canStep();
    enableActions();
}

std::vector<IterationId> HistoryPanel::selected() const
{
    std::vector<IterationId> ids;
    for (const auto& index : m_table->selectionModel()->selectedRows())
        ids.push_back(m_model->iteration(index.row()).id);
    std::ranges::sort(ids);
    return ids;
}

void HistoryPanel::enableActions()
{
    const auto ids = selected();
    const bool isOther = ids.size() == 1 && ids.front() != m_model->current();
    const bool branches = isOther && m_model->wasPruned(ids.front());
    m_goTo->setEnabled(isOther && m_canStep);
    m_goTo->setText(branches ? tr("Branch from Here") : tr("Go To"));
    m_goTo->setToolTip(branches ? tr("Make this the current network; what is pruned next begins a "
                                     "branch, and what was made of it stays (Return)")
                                : tr("Make this the current network (Return)"));
    m_compare->setEnabled(isOther || ids.size() == 2);
    m_compare->setText(isOther ? tr("Compare with Current") : tr("Compare"));
    m_compare->setToolTip(tr("Both networks side by side; select two with Ctrl (%1)")
                              .arg(m_compare->shortcut().toString(QKeySequence::NativeText)));
    m_export->setEnabled(ids.size() == 1 && m_canStep);
}

void HistoryPanel::goToSelected()
{
    if (m_goTo->isEnabled())
        Q_EMIT goToRequested(selected().front());
}

void HistoryPanel::compareSelected()
{
    auto ids = selected();
    if (ids.size() == 1)
        ids.push_back(m_model->current());
    std::ranges::sort(ids);
    Q_EMIT compareRequested(ids[0], ids[1]);
}

} // namespace espalier::ui
